"""A name has several DMARC records, so none of them counts.

Receivers of RFC 9989 discard all of them and go on to the record of a parent domain (section 4.10); those of RFC 7489
stop there and apply no DMARC (section 6.6.3). Either way the policy is lost. It happens when a second
service asks for "its" DMARC record; one record can name several report addresses.

## Bad

```yaml
_dmarc:
  type: TXT
  values:
    - v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
    - v=DMARC1\\; p=none\\; rua=mailto:dmarc@watch.example.org  # <- a second DMARC record
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net,mailto:dmarc@watch.example.org
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule

from .grammar import shown


def check(facts: Facts) -> Iterator[Complaint]:
    """Every record after the first one; the same text again is a duplicate, which DNS itself drops."""
    for name, texts in facts.dmarc.by_name().items():
        first, *others = texts
        for text in others:
            message = (
                f"a second DMARC record at {shown(name)}: old receivers apply none of them,"
                " new ones go on to the parent domain's"
            )
            related = (Related(first.value.span, "the first one"),)
            way_out = "keep one record; its `rua` can name several addresses, with commas between"
            yield Complaint(text.value.span, message, way_out, related, name, "TXT")


RULE = Rule("dmarc-multiple-records", "error", check, __doc__, "RFC 9989 section 4.10", needs=("several:TXT",))
