"""A key stands twice in one mapping, and the earlier one is lost without a word.

YAML's readers keep the last of two equal keys. In a zone file the two are usually a name's records written
in two places: half of them are never published. The records of one name belong in one list.

## Bad

```yaml
www:
  type: A
  value: 192.0.2.1
www:  # <- stands twice
  type: AAAA
  value: 2001:db8::1
```

## Good

```yaml
www:
  - type: A
    value: 192.0.2.1
  - type: AAAA
    value: 2001:db8::1
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .file_faults import file_faults


def check(facts: Facts) -> Iterator[Complaint]:
    """Keys that stand twice."""
    return file_faults(facts, "yaml-duplicate-key")


RULE = Rule("yaml-duplicate-key", "error", check, __doc__, "YAML 1.1 section 3.2.1.3", needs=("yaml-duplicate-key",))
