"""An SPF record is so long that the answer with it may not fit into one UDP packet.

The name and all TXT strings at it should stay below 450 octets or so, so that the whole answer keeps within 512 (RFC
7208 section 3.4). Larger answers need EDNS or TCP, and where a firewall drops those, SPF fails now and then, at some
receivers only.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 ip4:192.0.2.1 ip4:192.0.2.3 ip4:192.0.2.5 ip4:192.0.2.7 ip4:192.0.2.9 ip4:192.0.2.11 ip4:192.0.2.13 ip4:192.0.2.15 ip4:192.0.2.17 ip4:192.0.2.19 ip4:192.0.2.21 ip4:192.0.2.23 ip4:192.0.2.25 ip4:192.0.2.27 ip4:192.0.2.29 ip4:192.0.2.31 ip4:192.0.2.33 ip4:192.0.2.35 ip4:192.0.2.37 ip4:192.0.2.39 ip4:192.0.2.41 ip4:192.0.2.43 ip4:192.0.2.45 ip4:192.0.2.47 ip4:192.0.2.49 ip4:192.0.2.51 ip4:192.0.2.53 ip4:192.0.2.55 ip4:192.0.2.57 ip4:192.0.2.59 -all  # <- the record has 456
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
  value: v=spf1 ip4:192.0.2.0/26 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Fix

Write ranges instead of single addresses, take out what is not used any more, or move a part to a name of its own and
include that, which costs one lookup.
"""  # noqa: E501 - a record is one line

from collections.abc import Iterator

from linter.facts.spf_limits import RECORD_LENGTH
from linter.facts.spf_places import term_at
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Records beyond the advised length, at the term that crosses it."""
    for text in facts.texts.spf:
        length = len(text.spf.text.encode("utf-8", "surrogatepass"))
        if length > RECORD_LENGTH:
            start, end = term_at(text.spf, RECORD_LENGTH)
            message = f"the record has {length} octets, {length - RECORD_LENGTH} more than the {RECORD_LENGTH} advised"
            way_out = "write ranges for addresses, or move a part to a name of its own and include that"
            yield Complaint(text.value.part(start, end), message, way_out, (), text.record.name, "TXT")


RULE = Rule("spf-record-too-long", "warning", check, __doc__, "RFC 7208 section 3.4", needs=("spf:long",))
