"""Mechanisms stand behind `all`, where nobody reads them.

`all` matches every sender, so evaluation ends there (RFC 7208 section 5.1). Senders listed behind it are not
authorised, though the record looks as if they were.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 include:spf.protection.outlook.com -all ip4:192.0.2.25  # <- behind `-all`
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
  value: v=spf1 include:spf.protection.outlook.com ip4:192.0.2.25 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.spf_places import dead_terms, is_include_target
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.spf import is_repeated_version
from linter.rules.rule import Rule

from .grammar import keep_later_all


def check(facts: Facts) -> Iterator[Complaint]:
    """The dead mechanisms of a record, as one finding."""
    for text in facts.texts.spf:
        dead, stop = dead_terms(text.spf), text.spf.all_term
        if not dead or stop is None or any(map(is_repeated_version, text.spf.modifiers)):
            continue  # of two records in one text the grammar speaks
        alls_only = all(term.name == "all" for term in dead)
        if alls_only and keep_later_all(text.spf) and _is_judged(text.record.name, stop.qualifier):
            continue
        written = text.spf.text[stop.start : stop.end]
        what = f"`{text.spf.text[dead[0].start : dead[0].end]}` stands"
        if len(dead) > 1:
            what = f"{len(dead)} mechanisms stand"
        span = text.value.part(dead[0].start, dead[-1].end)
        message = f"{what} behind `{written}`, where no receiver reads on"
        way_out = f"keep one `all`, as `{written}` alone is evaluated" if alls_only else f"move `{written}` to the end"
        yield Complaint(span, message, way_out, (), text.record.name, "TXT")


def _is_judged(name: str, qualifier: str) -> bool:
    """Whether an open `all` has a finding of its own, which says that a stricter one follows."""
    return qualifier == "+" or (qualifier == "?" and not is_include_target(name))


RULE = Rule("spf-term-after-all", "warning", check, __doc__, "RFC 7208 section 5.1", needs=("spf:all-inside",))
