"""A name is none that DNS can hold: a label too long, an empty label, a dot at the end, an `@`.

A label has at most 63 octets and a whole name at most 253 characters (RFC 1035 section 2.3.4). The names of a zone
file are relative to the zone: a dot at their end does not make them absolute as it does in BIND's files, and
`@` does not stand for the zone. octoDNS refuses the whole zone over such a name. The same holds for the names
that MX, NS, SRV and PTR records point to; of other slips in them, such as an address, this rule speaks as well.

## Bad

```yaml
www.example.com.:  # <- ends in a dot
  type: A
  value: 192.0.2.80
shop..eu:  # <- has an empty label
  type: A
  value: 192.0.2.81
```

## Bad

```yaml
branch:
  type: NS
  values:
    - ns1.example.net.
    - 192.0.2.53  # <- is an address where a name must stand
```

## Good

```yaml
www:
  type: A
  value: 192.0.2.80
shop.eu:
  type: A
  value: 192.0.2.81
branch:
  type: NS
  values:
    - ns1.example.net.
    - ns2.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule
from linter.source.offsets import part_of

_ALIASES = ("CNAME", "DNAME", "ALIAS")
"""`cname-target-not-a-host` speaks of these."""


def check(facts: Facts) -> Iterator[Complaint]:
    """Owner names, and targets of other types than aliases."""
    for bad in facts.zone.bad_names:
        fault = bad.fault
        yield Complaint(part_of(bad.node, fault.start, fault.end), fault.message, fault.help, (), bad.name)
    for record, target in facts.targets:
        found = target.fault
        if found is None or record.type in _ALIASES:
            continue
        if record.type == "MX" and target.is_address:
            continue  # mx-target-is-address
        span = target.part(found.start, found.end)
        yield Complaint(span, f"{record.type}: {found.message}", found.help, (), record.name, record.type)


RULE = Rule(
    "name-invalid",
    "error",
    check,
    __doc__,
    "RFC 1035 section 2.3.4",
    needs=("name-fault", "target-fault"),
)
