"""A DMARC policy is `none`: receivers deliver forged mail as if there were no policy.

`p=none` is where everybody begins: reports come in and nothing changes for the mail. It protects nobody until it
becomes `quarantine` or `reject` (RFC 9989 section 3.2.9 calls that enforcement), and many domains stay there for
years because nothing reminds them.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=none\\; rua=mailto:dmarc@reports.example.net  # <- `p=none`
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=quarantine\\; rua=mailto:dmarc@reports.example.net
```

## Fix

Read the reports until every system that sends in your name passes SPF or DKIM with your domain. Stay at `none` for
a month at least, and at `quarantine` for as long again, before `reject` (RFC 9989 section 7.4).
"""

from collections.abc import Iterator

from linter.facts.declared_names import lacks_rejection
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import policy_tag, tag_span


def check(facts: Facts) -> Iterator[Complaint]:
    """The policies `none` that ask for reports; without, another rule has more to say."""
    for text in facts.dmarc.single():
        tag = policy_tag(text)
        if lacks_rejection(facts, text.record.name.removeprefix("_dmarc.")):
            continue
        if tag and text.dmarc.p == "none" and text.dmarc.tag("rua"):
            message = "`p=none` asks for reports and lets forged mail through"
            way_out = "go on to `p=quarantine` when the reports show that your own mail passes"
            yield Complaint(tag_span(text, tag), message, way_out, (), text.record.name, "TXT")


RULE = Rule("dmarc-policy-none", "info", check, __doc__, "RFC 9989 section 3.2.9", needs=("dmarc:p=none",))
