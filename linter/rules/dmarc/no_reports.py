"""A DMARC policy is enforced, but nobody gets the reports about it.

Receivers send aggregate reports to `rua` and to nobody without it (RFC 9989 section 4.7). Then nobody learns that a
new system's mail is being rejected, or that somebody has begun to send in the domain's name. RFC 9989
section 8 counts a mailbox for these reports among what a domain owner does.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject  # <- no `rua`
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

from .grammar import policy_tag, tag_span


def check(facts: Facts) -> Iterator[Complaint]:
    """The enforced policies without `rua`."""
    for text in facts.dmarc.single():
        tag = policy_tag(text)
        if tag and text.dmarc.p in ("quarantine", "reject") and not text.dmarc.tag("rua"):
            message = f"`p={text.dmarc.p}` is enforced, but no `rua` says who gets the reports"
            yield Complaint(tag_span(text, tag), message, "add `rua=mailto:…`", (), text.record.name, "TXT")


RULE = Rule("dmarc-no-reports", "off", check, __doc__, "RFC 9989 section 4.7", needs=("dmarc:no-rua",))
