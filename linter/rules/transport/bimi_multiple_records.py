"""A name has several BIMI records, so receivers show no logo.

Receivers that find more than one record for a selector show none (BIMI draft, which is no RFC). Another logo needs
another selector, which messages then name in their `BIMI-Selector` field.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
default._bimi:
  type: TXT
  values:
    - v=BIMI1\\; l=https://example.com/logo.svg\\; a=https://example.com/mark.pem
    - v=BIMI1\\; l=https://example.com/new.svg\\; a=https://example.com/mark.pem  # <- a second BIMI record
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
default._bimi:
  type: TXT
  value: v=BIMI1\\; l=https://example.com/logo.svg\\; a=https://example.com/mark.pem
new._bimi:
  type: TXT
  value: v=BIMI1\\; l=https://example.com/new.svg\\; a=https://example.com/mark.pem
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.bimi import KIND
from linter.rules.rule import Rule

from .grammar import second_records


def check(facts: Facts) -> Iterator[Complaint]:
    """Every record after the first one of a name."""
    return second_records(facts.texts.bimi, KIND, "BIMI")


RULE = Rule(
    "bimi-multiple-records",
    "error",
    check,
    __doc__,
    "draft-brand-indicators-for-message-identification section 4.3",
    needs=("bimi-several",),
)
