"""A tag of a BIMI record is unknown, so receivers ignore it.

The draft knows `v`, `l`, `a`, `avp` and `lps` (section 4.3). What else stands in the record does nothing; often it is
one of these, misspelt.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
default._bimi:
  type: TXT
  value: v=BIMI1\\; l=https://example.com/logo.svg\\; a=https://example.com/mark.pem\\; av=brand  # <- is no BIMI tag
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
default._bimi:
  type: TXT
  value: v=BIMI1\\; l=https://example.com/logo.svg\\; a=https://example.com/mark.pem
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import grammar_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind."""
    return grammar_complaints(facts.texts.bimi, "unknown-tag")


RULE = Rule(
    "bimi-unknown-tag",
    "warning",
    check,
    __doc__,
    "draft-brand-indicators-for-message-identification section 4.3",
    needs=("bimi:unknown-tag",),
)
