"""An SPF record names addresses that no mail from the Internet ever comes from.

Private, loopback and link-local addresses (RFC 6890) stay inside a network: receivers elsewhere see the address that
the gateway sends from, and that one is missing. In their own networks the term lets anybody send as the domain.
Addresses for documentation are right in examples only, at the names that RFC 2606 keeps for these.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 ip4:10.1.2.25 -all  # <- `10.1.2.25` is private
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Bad

```yaml
# file: contoso.com.yaml
'':
  type: TXT
  value: v=spf1 ip4:192.0.2.25 -all  # <- `192.0.2.25` is for documentation
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
  value: v=spf1 ip4:192.0.2.25 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Fix

List the address that others see: that of the gateway or of the relay which sends to the Internet.
"""

from collections.abc import Iterator

from linter.facts.address_sets import useless_ranges
from linter.facts.reserved_names import is_example, is_inside
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Each range with "+" that lies in a special block, but for zones that nobody outside sees."""
    for text in facts.texts.spf:
        name = text.record.name
        if facts.is_internal or is_inside(name):
            continue
        for term, network, space in useless_ranges(text.spf):
            if space.is_documentation and is_example(name):
                continue
            message = f"`{network.text}` is {space.purpose}: no mail from the Internet comes from there"
            span = text.value.part(term.start, term.end)
            way_out = "list the address that others see, or delete the term"
            yield Complaint(span, message, way_out, (), name, "TXT", "", space.reference)


RULE = Rule("spf-private-address", "warning", check, __doc__, "RFC 6890", needs=("spf:special",))
