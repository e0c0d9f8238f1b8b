"""A DMARC record has a tag twice, and receivers differ in which of the two they take.

RFC 9989 does not say what a repeated tag means. Tag lists come from DKIM, where a repetition makes the whole list
invalid (RFC 6376 section 3.2); some receivers refuse such a DMARC record, some take the first, some the last.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=none\\; rua=mailto:dmarc@reports.example.net\\; p=reject  # <- `p` stands twice
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import grammar_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind."""
    return grammar_complaints(facts, "duplicate-tag")


RULE = Rule("dmarc-duplicate-tag", "error", check, __doc__, "RFC 6376 section 3.2", needs=("dmarc:duplicate-tag",))
