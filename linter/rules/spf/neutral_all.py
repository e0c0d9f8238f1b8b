"""An SPF record ends with `?all`, which says nothing about other senders.

Receivers must treat "neutral" like having no SPF at all (RFC 7208 section 8.2). `?all` is meant for trying out a
record, and is often forgotten afterwards.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 include:spf.protection.outlook.com ?all  # <- says nothing
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 include:spf.protection.outlook.com ~all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.spf_places import is_include_target
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import keep_later_all


def check(facts: Facts) -> Iterator[Complaint]:
    """An `all` that is neutral, where mail can come from the name itself."""
    for text in facts.texts.spf:
        term = text.spf.all_term
        if term and term.qualifier == "?" and not is_include_target(text.record.name):
            message = "`?all` says nothing about all other senders"
            span = text.value.part(term.start, term.end)
            way_out = keep_later_all(text.spf) or "write `~all`, or `-all` once all senders are listed"
            yield Complaint(span, message, way_out, (), text.record.name, "TXT")


RULE = Rule("spf-neutral-all", "warning", check, __doc__, "RFC 7208 section 8.2", needs=("spf:?all",))
