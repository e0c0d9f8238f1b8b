"""A DMARC record has the policy `none` and asks for no reports, so it does nothing at all.

`p=none` changes nothing about the mail; all it is good for is the reports, and receivers send none where there is no
`rua` (RFC 9989 section 4.7). Such a record is often published because some sender demands "a DMARC record", and
leaves the domain as open as before.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=none  # <- without `rua`
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=quarantine\\; rua=mailto:dmarc@reports.example.net
```

## Fix

Add `rua=mailto:…` with a mailbox or a service that reads the reports, and raise the policy when they are clean. A
domain that sends no mail can have `p=reject` at once.
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import policy_tag, tag_span


def check(facts: Facts) -> Iterator[Complaint]:
    """The policies `none` without `rua`; one that is there and broken is another fault."""
    for text in facts.dmarc.single():
        tag = policy_tag(text)
        if tag and text.dmarc.p == "none" and not text.dmarc.tag("rua"):
            message = "`p=none` without `rua` does nothing: no mail is stopped and no report is sent"
            way_out = "add `rua=mailto:…`, or publish the policy you want"
            yield Complaint(tag_span(text, tag), message, way_out, (), text.record.name, "TXT")


RULE = Rule("dmarc-none-without-reports", "warning", check, __doc__, "RFC 9989 section 4.7", needs=("dmarc:no-rua",))
