"""One DMARC record is cut into several values, and receivers see the first piece alone.

Every value is a record of its own, and receivers discard those that do not begin with `v=DMARC1` (RFC 9989 section
4.10). What remains of the record has no policy, or no address for reports. It happens when a tool cuts a text
at its semicolons, or where a comma stands in a list in brackets without quotes.

## Bad

```yaml
_dmarc:
  type: TXT
  values:
    - v=DMARC1  # <- cut into 3 values
    - p=reject
    - rua=mailto:dmarc@reports.example.net
```

## Good

```yaml
_dmarc:
  type: TXT
  values:
    - v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """The records in pieces, each at the piece with the version."""
    for split in facts.dmarc.split:
        count = len(split.rest) + 1
        message = f"one DMARC record is cut into {count} values, and receivers read the one with `v=DMARC1` alone"
        way_out = "write one value with `;` between the tags, and in quotes if the list stands in brackets"
        related = tuple(Related(value.span, "a piece of it") for value in split.rest[:10])
        yield Complaint(split.version.span, message, way_out, related, split.record.name, "TXT")


RULE = Rule("dmarc-split-values", "error", check, __doc__, "RFC 9989 section 4.10", needs=("several:TXT",))
