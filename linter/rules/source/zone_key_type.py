"""A name is turned into nothing, a number, a date or a boolean by YAML.

`null`, `on`, `44.74` and `010` are not text to YAML 1.1, and octoDNS publishes what Python makes of them:
`None`, `True`, `44.74`, `8`. Quotes keep the name as it is written.

## Bad

```yaml
null:  # <- is nothing to YAML
  type: A
  value: 192.0.2.1
on:  # <- is a boolean to YAML
  type: A
  value: 192.0.2.2
```

## Good

```yaml
'null':
  type: A
  value: 192.0.2.1
'on':
  type: A
  value: 192.0.2.2
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .file_faults import file_faults


def check(facts: Facts) -> Iterator[Complaint]:
    """Names that are no text to YAML."""
    return file_faults(facts, "zone-key-type")


RULE = Rule("zone-key-type", "warning", check, __doc__, "YAML 1.1", needs=("zone-key-type",))
