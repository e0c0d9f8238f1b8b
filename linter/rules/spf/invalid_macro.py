"""An SPF record holds a percent sign that begins no macro.

A `%` begins a macro such as `%{i}`, or one of `%%`, `%_` and `%-`; anything else behind it is a permanent error,
even in a modifier that receivers do not know (RFC 7208 section 7.1).

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 exists:%(ir).spf.example.com -all  # <- %
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 exists:%{ir}.spf.example.com -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import grammar_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind."""
    return grammar_complaints(facts, "invalid-macro")


RULE = Rule("spf-invalid-macro", "error", check, __doc__, "RFC 7208 section 7.1", needs=("spf:invalid-macro",))
