"""A tag of a DMARC record has a value that it cannot have, or the policy is missing.

Where `p` is missing or wrong, or `sp` or `np` is wrong, the policy is gone: receivers act as if the record said
`p=none`, or apply no DMARC at all if it has no usable `rua` (RFC 9989 section 4.10.1). One mistyped
letter in `p=quarantine` switches protection off without a word. Of the other tags, the default counts.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=quarentine\\; rua=mailto:dmarc@reports.example.net  # <- did you mean `quarantine`
```

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; rua=mailto:dmarc@reports.example.net  # <- `p` is missing
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=quarantine\\; rua=mailto:dmarc@reports.example.net
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.dmarc import policy_fault
from linter.rules.rule import Rule

from .grammar import fault_complaint, grammar_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind, and policies without `p`."""
    yield from grammar_complaints(facts, "invalid-value")
    for text in facts.dmarc.policies:
        fault = policy_fault(text.dmarc)
        if fault:
            yield fault_complaint(text, fault)


NEEDS = ("dmarc:invalid-value", "dmarc:p=missing")
RULE = Rule("dmarc-invalid-value", "error", check, __doc__, "RFC 9989 section 4.7", needs=NEEDS)
