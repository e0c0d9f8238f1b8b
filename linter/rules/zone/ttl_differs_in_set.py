"""Records of one name and type have different TTLs, which is not allowed.

All records of a set share one TTL. No server may send a set with unequal ones, and a resolver that gets such a set
treats it as an error or takes the lowest for all (RFC 2181 section 5.2). What is published depends on the
provider: often the TTL of the entry that came last.

## Bad

```yaml
www:
  - type: A
    ttl: 3600
    value: 192.0.2.80
  - type: A
    ttl: 300  # <- a TTL of 300
    value: 192.0.2.81
```

## Good

```yaml
www:
  type: A
  ttl: 3600
  values:
    - 192.0.2.80
    - 192.0.2.81
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule

from .places import ttl_span


def check(facts: Facts) -> Iterator[Complaint]:
    """Sets that several entries make up; a TTL that nobody wrote down is unknown."""
    for types in facts.index.names.values():
        for kind, records in types.items():
            timed = [record for record in records if record.ttl is not None] if len(records) > 1 else []
            for record in timed[1:]:
                if record.ttl != timed[0].ttl:
                    message = f"a TTL of {record.ttl}, but {timed[0].ttl} in the rest of this {kind} set"
                    related = (Related(ttl_span(timed[0]), f"a TTL of {timed[0].ttl}"),)
                    way_out = "give all records of a set one TTL"
                    yield Complaint(ttl_span(record), message, way_out, related, record.name, kind)


RULE = Rule("ttl-differs-in-set", "error", check, __doc__, "RFC 2181 section 5.2", needs=("several-entries",))
