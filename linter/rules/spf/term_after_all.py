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

from linter.facts.spf_places import dead_terms
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """The dead mechanisms of a record, as one finding."""
    for text in facts.texts.spf:
        dead, stop = dead_terms(text.spf), text.spf.all_term
        if not dead or stop is None:
            continue
        written = text.spf.text[stop.start : stop.end]
        what = f"`{text.spf.text[dead[0].start : dead[0].end]}` stands"
        if len(dead) > 1:
            what = f"{len(dead)} mechanisms stand"
        span = text.value.part(dead[0].start, dead[-1].end)
        message = f"{what} behind `{written}`, where no receiver reads on"
        yield Complaint(span, message, f"move `{written}` to the end", (), text.record.name, "TXT")


RULE = Rule("spf-term-after-all", "warning", check, __doc__, "RFC 7208 section 5.1", needs=("spf:all-inside",))
