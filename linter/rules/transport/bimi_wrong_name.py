"""A BIMI record stands at a name where no receiver looks.

Receivers ask for TXT at a selector, `default` unless the message names another, and `_bimi` below the domain (BIMI
draft, section 4, which is no RFC).

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
_bimi:
  type: TXT
  value: v=BIMI1\\; l=https://example.com/logo.svg\\; a=https://example.com/mark.pem  # <- move it
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
from linter.records.bimi import KIND
from linter.rules.rule import Rule

from .grammar import wrong_names


def check(facts: Facts) -> Iterator[Complaint]:
    """Records at names that nobody asks for, nor leads to."""
    return wrong_names(facts, facts.texts.bimi, KIND, "BIMI")


RULE = Rule(
    "bimi-wrong-name",
    "error",
    check,
    __doc__,
    "draft-brand-indicators-for-message-identification section 4",
    needs=("stray-bimi",),
)
