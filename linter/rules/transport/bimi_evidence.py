"""A BIMI record names no certificate for its logo, or a document that is none.

`a` leads to the mark certificate in PEM (section 4.3 of the BIMI draft, which is no RFC). Without one, Gmail and others
show no logo; an SVG or HTML document in its place is no certificate for anybody.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
default._bimi:
  type: TXT
  value: v=BIMI1\\; l=https://example.com/logo.svg\\; a=https://example.com/mark.svg  # <- is no certificate in PEM
```

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
default._bimi:
  type: TXT
  value: v=BIMI1\\; l=https://example.com/logo.svg  # <- no evidence document is named
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

from .grammar import fault_complaint


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind; to name no document at all is one's own choice."""
    for text in facts.texts.bimi:
        for fault in text.read.faults:
            if fault.kind == "evidence":
                complaint = fault_complaint(text, fault)
                yield complaint._replace(severity="info") if text.read.evidence == "" else complaint


RULE = Rule(
    "bimi-evidence",
    "warning",
    check,
    __doc__,
    "draft-brand-indicators-for-message-identification section 4.3",
    needs=("bimi:evidence",),
)
