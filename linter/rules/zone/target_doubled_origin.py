"""A record points to a complete name with the zone's own name behind it once more.

Where a target is typed without its final dot, many tools add the zone's name (RFC 1035 section 5.1) and write down
the result: `mail.example.com` becomes `mail.example.com.example.com.`. Such a host does not exist, so the mail,
the key or the service behind the record is lost. The name of a well-known mail provider in front of the
zone's own says the same.

## Bad

```yaml
www:
  type: CNAME
  value: web.example.com.example.com.  # <- has the zone's own name behind a complete name
autodiscover:
  type: CNAME
  value: autodiscover.outlook.com.example.com.  # <- write `autodiscover.outlook.com.`
web:
  type: A
  value: 192.0.2.80
```

## Good

```yaml
www:
  type: CNAME
  value: web.example.com.
autodiscover:
  type: CNAME
  value: autodiscover.outlook.com.
web:
  type: A
  value: 192.0.2.80
```
"""

from collections.abc import Iterator

from linter.facts.targets import without_second_origin
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.fault import quoted
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Targets of all types that have one."""
    for record, target in facts.targets:
        meant = without_second_origin(target, facts.index)
        if meant and not target.fault:
            # The caret stands under what is too much.
            start = len(target.written) - len(facts.zone.name)
            span = target.part(start, len(target.written))
            message = f"{quoted(target.written, 80)} has the zone's own name behind a complete name"
            yield Complaint(span, message, f"write `{meant}`", (), record.name, record.type)


RULE = Rule("target-doubled-origin", "error", check, __doc__, "RFC 1035 section 5.1", needs=("doubled-target",))
