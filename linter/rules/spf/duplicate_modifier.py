"""An SPF record has `redirect=` or `exp=` twice.

Each of the two may stand once. With a second one the record is a permanent error (RFC 7208 section 6).

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 redirect=_spf.example.net redirect=_spf.example.org  # <- twice
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
  value: v=spf1 include:_spf.example.net include:_spf.example.org -all
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
    return grammar_complaints(facts, "duplicate-modifier")


RULE = Rule("spf-duplicate-modifier", "error", check, __doc__, "RFC 7208 section 6", needs=("spf:duplicate-modifier",))
