"""A DMARC record holds something that is no tag, so receivers pass over part of it.

Tags are `name=value` with semicolons between (RFC 9989 section 4.8). What does not fit is ignored, by strict receivers
with all of the record. A lost semicolon is worst: the next tag becomes part of the value before it, so that
neither is read.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject rua=mailto:dmarc@reports.example.net  # <- the semicolon is missing before `rua=`
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

from .grammar import fault_complaint, grammar_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind, in records that authorise reports too."""
    yield from grammar_complaints(facts, "syntax")
    for text in facts.dmarc.reports:
        for fault in text.dmarc.faults:
            if fault.kind == "syntax":
                yield fault_complaint(text, fault)


RULE = Rule("dmarc-syntax", "error", check, __doc__, "RFC 9989 section 4.8", needs=("dmarc:syntax",))
