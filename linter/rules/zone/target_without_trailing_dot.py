"""A record points to a name without a final dot, which may be read as relative to the zone.

In zone files and at most providers a name without its final dot is completed with the zone's own name (RFC 1035
section 5.1): `mx1.mail.example.net` in the zone example.com becomes `mx1.mail.example.net.example.com`, a host that
does not exist. Others take it as it stands, so that the same file works at one provider and loses mail at
the next. octoDNS asks for the dot. If your provider takes all names as absolute, say so once:
`dns: {target-dots: optional}` in the configuration.

## Bad

```yaml
www:
  type: CNAME
  value: example.hosting.example.net  # <- has no final dot
```

## Good

```yaml
www:
  type: CNAME
  value: example.hosting.example.net.
```

## Good

```yaml
www:
  type: CNAME
  value: example.hosting.example.net
```

```config
dns:
  target-dots: optional
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.lookup.zone_index import ZoneIndex
from linter.records.fault import quoted
from linter.rules.rule import Rule
from linter.zone.model import Target


def check(facts: Facts) -> Iterator[Complaint]:
    """Targets of all types that have one, unless the provider takes them as absolute."""
    if facts.publishing.target_dots == "optional":
        return
    zone = facts.zone.name
    for record, target in facts.targets:
        if target.dotted or target.fault or "{" in target.written:
            continue
        relative = quoted(f"{target.written}.{zone}".rstrip("."), 80)
        message = f"{quoted(target.written, 60)} has no final dot, so it may be read as {relative}"
        way_out = (
            f"write `{_meant(target, facts.index)}`; if your provider needs no dots, `dns: {{target-dots: optional}}`"
        )
        yield Complaint(target.span, message, way_out, (), record.name, record.type)


def _meant(target: Target, index: ZoneIndex) -> str:
    """The name in full: relative where the zone holds it so, else the likelier reading."""
    relative = f"{target.written.lower()}.{index.zone.name}"
    if index.exists(relative) and not index.exists(target.name):
        return relative
    return target.name


RULE = Rule("target-without-trailing-dot", "warning", check, __doc__, "RFC 1035 section 5.1", needs=("undotted",))
