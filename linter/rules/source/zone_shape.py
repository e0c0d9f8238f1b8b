"""A record does not have the shape of its type, so it cannot be published.

A record is a mapping with a `type` and a `value` or `values`; what these hold depends on the type. octoDNS
refuses the whole zone over one such record. A number, a date or a boolean where text is expected is the
frequent one: YAML turns `12345`, `2026-11-24` and `no` into something else unless they stand in quotes.

Nor does octoDNS run with a configuration that takes a zone from a source that is none of its `providers`.

## Bad

```yaml
www:
  type: AAAAA  # <- did you mean `AAAA`?
  value: 192.0.2.1
mail:
  type: TXT
  value: 20261124  # <- put it in quotes
```

## Bad

```yaml
www:
  type: A  # <- no value
```

## Good

```yaml
www:
  type: A
  value: 192.0.2.1
mail:
  type: TXT
  value: '20261124'
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .file_faults import file_faults


def check(facts: Facts) -> Iterator[Complaint]:
    """What the reader of records could not read."""
    return file_faults(facts, "zone-shape")


RULE = Rule("zone-shape", "error", check, __doc__, "", needs=("zone-shape",))
