"""A name in an SPF record ends in a dot.

Names in SPF are absolute as they stand, and a dot at the end is a habit from zone files. Receivers must accept it, but
it should not be published (RFC 7208 section 7.3).

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 include:_spf.example.com. -all  # <- `_spf.example.com.` ends in a dot
_spf:
  type: TXT
  value: v=spf1 ip4:192.0.2.0/24 ?all
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
  value: v=spf1 include:_spf.example.com -all
_spf:
  type: TXT
  value: v=spf1 ip4:192.0.2.0/24 ?all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.spf_places import dotted_names
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.fault import quoted
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Each name, at its dot."""
    for text in facts.texts.spf:
        for name in dotted_names(text.spf):
            message = f"{quoted(name.text, 80)} ends in a dot, which should not be published in SPF"
            span = text.value.part(name.end - 1, name.end)
            yield Complaint(span, message, "leave the dot away", (), text.record.name, "TXT")


RULE = Rule("spf-trailing-dot", "info", check, __doc__, "RFC 7208 section 7.3", needs=("spf:dotted",))
