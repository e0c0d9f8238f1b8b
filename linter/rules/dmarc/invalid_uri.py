"""A report address of a DMARC record is no URI that reports are sent to.

`rua` and `ruf` hold URIs with commas between, and only `mailto:` is in use (RFC 9989 section 4.7). An address without
`mailto:`, a placeholder, or a comma or semicolon inside an address that is not percent-encoded gets no reports,
and nobody hears of it. Without any valid `rua`, a fault in the policy costs all of DMARC.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=dmarc@reports.example.net  # <- write `mailto:dmarc@reports.example.net`
```

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:a@reports.example.net\\;mailto:b@reports.example.net  # <- with a comma
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:a@reports.example.net,mailto:b@reports.example.net
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import grammar_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind."""
    return grammar_complaints(facts, "invalid-uri")


RULE = Rule("dmarc-invalid-uri", "error", check, __doc__, "RFC 9989 section 4.7", needs=("dmarc:invalid-uri",))
