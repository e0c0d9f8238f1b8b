"""A DMARC policy is `quarantine` where `reject` is asked for.

With `quarantine` forged mail still arrives, in a folder that people look into (RFC 9989 section 4.7). Governments and
the practices for parked domains ask for `reject`, and this rule is on in their profiles alone: a domain whose people
write to mailing lists should not go so far (section 7.4).

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=quarantine\\; rua=mailto:dmarc@reports.example.net  # <- write `p=reject`
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```

## Fix

Stay at `quarantine` for a month at least and read the reports (RFC 9989 section 7.4), then write `reject`. A domain
that sends nothing has nothing to wait for.
"""

from collections.abc import Iterator

from linter.facts.declared_names import lacks_rejection
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import policy_tag, tag_span


def check(facts: Facts) -> Iterator[Complaint]:
    """The policies `quarantine`; one that is `none` is another rule's."""
    for text in facts.dmarc.single():
        tag = policy_tag(text)
        if lacks_rejection(facts, text.record.name.removeprefix("_dmarc.")):
            continue
        if tag and text.dmarc.p == "quarantine":
            message = "`p=quarantine` delivers forged mail to the junk folder, and `reject` is asked for"
            way_out = "write `p=reject` when the reports show that your own mail passes"
            yield Complaint(tag_span(text, tag), message, way_out, (), text.record.name, "TXT")


RULE = Rule("dmarc-policy-not-reject", "off", check, __doc__, "RFC 9989 section 4.7", needs=("dmarc:p=quarantine",))
