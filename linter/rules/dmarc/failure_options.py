"""The `fo` tag of a DMARC record contradicts itself, or says when to send reports that go nowhere.

`fo` chooses among failure reports, which are sent to `ruf` alone: without `ruf` it is ignored. `0` and `1` exclude
each other and no option may stand twice (RFC 9989 section 4.8); receivers fall back to `0` then, where
those of RFC 7489 took such a list.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net\\; fo=1  # <- no `ruf` says where
```

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; ruf=mailto:dmarc@reports.example.net\\; fo=0:1:d:s  # <- both `0` and `1`
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:a@reports.example.net\\; ruf=mailto:f@reports.example.net\\; fo=1:d:s
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import grammar_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind."""
    return grammar_complaints(facts, "failure-options")


NEEDS = ("dmarc:failure-options",)
RULE = Rule("dmarc-failure-options", "warning", check, __doc__, "RFC 9989 section 4.7", needs=NEEDS)
