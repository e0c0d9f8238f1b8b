"""A DMARC record has a tag that DMARC does not have, and receivers ignore it.

Unknown tags are no error (RFC 9989 section 4.8), so a misspelt `aspf` or `rua` goes unnoticed: receivers use the
default in its place. A tag that was meant for a comment or for another kind of record is only in the way.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rau=mailto:dmarc@reports.example.net  # <- did you mean `rua`
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
    return grammar_complaints(facts, "unknown-tag")


RULE = Rule("dmarc-unknown-tag", "warning", check, __doc__, "RFC 9989 section 4.7", needs=("dmarc:unknown-tag",))
