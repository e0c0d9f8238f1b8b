"""A value can be read here, but octoDNS reads it otherwise or not at all.

octoDNS takes one value under `value` and a list under `values`. A list under `value`, or a mapping or a text
under `values`, is refused by some of its versions and published wrongly by others.

## Bad

```yaml
www:
  type: A
  value:
    - 192.0.2.1  # <- `value` holds a list
    - 192.0.2.2
```

## Good

```yaml
www:
  type: A
  values:
    - 192.0.2.1
    - 192.0.2.2
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .file_faults import file_faults


def check(facts: Facts) -> Iterator[Complaint]:
    """Values in a shape that octoDNS reads otherwise."""
    return file_faults(facts, "zone-value-shape")


RULE = Rule("zone-value-shape", "warning", check, __doc__, "", needs=("zone-value-shape",))
