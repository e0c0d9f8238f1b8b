"""An address range of an SPF record has bits set behind its prefix, so it means more than the address written.

Receivers compare only as many bits as the prefix says (RFC 7208 section 5.6): `ip4:192.0.2.77/24` is all of
`192.0.2.0/24`. Either one machine was meant, and 255 others are authorised too, or the network, and it reads as if it
were a machine.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 ip4:192.0.2.77/24 -all  # <- `ip4:192.0.2.0/24`
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 ip4:192.0.2.0/24 ip6:2001:db8:25::/48 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.address_sets import live_networks, without_host_bits
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.fault import quoted
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Each range whose address is not the first one of its network."""
    for text in facts.texts.spf:
        for term in live_networks(text.spf):
            network = term.network
            meant = without_host_bits(network) if network else None
            if network is None or meant is None:
                continue
            address = network._replace(prefix=network.bits)
            written = quoted(text.spf.text[term.start : term.end])
            message = f"{written} has bits set behind its prefix and means all of `{meant.text}`"
            way_out = f"write `{term.name}:{meant.text}`, or `{term.name}:{address.text}` if one machine is meant"
            yield Complaint(text.value.part(term.start, term.end), message, way_out, (), text.record.name, "TXT")


RULE = Rule("spf-host-bits-set", "warning", check, __doc__, "RFC 7208 section 5.6", needs=("spf:host-bits",))
