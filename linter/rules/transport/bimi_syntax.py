"""A BIMI record has a fault, so receivers show no logo.

A record begins with `v=BIMI1` and names the logo in `l`, as one `https:` URI of an SVG file (section 4.3 of the BIMI
draft, which is no RFC). Receivers show nothing where a tag cannot be read.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
default._bimi:
  type: TXT
  value: v=BIMI1\\; l=http://example.com/logo.svg\\; a=https://example.com/mark.pem  # <- write `https://example.com/logo.svg`
```

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
default._bimi:
  type: TXT
  value: v=BIMI1\\; l=https://example.com/logo.png\\; a=https://example.com/mark.pem  # <- SVG only
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

from .grammar import syntax_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The faults of the grammar that cost the whole record."""
    return syntax_complaints(facts.texts.bimi, KIND)


RULE = Rule(
    "bimi-syntax",
    "error",
    check,
    __doc__,
    "draft-brand-indicators-for-message-identification section 4.3",
    needs=("bimi:syntax",),
)
