"""A file is larger or deeper than any zone, or its aliases expand without end.

Zone files come from strangers as well: a pull request must not be able to hang the check. A file may have
16 MiB, 64 levels of nesting, and two million values once its aliases are written out.

## Bad

```yaml
www: &again
  - *again  # <- stands inside the value it names
```

## Good

```yaml
www: &here
  type: A
  value: 192.0.2.1
mail: *here
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .file_faults import file_faults


def check(facts: Facts) -> Iterator[Complaint]:
    """What is larger or deeper than a zone can be."""
    return file_faults(facts, "yaml-limits")


RULE = Rule("yaml-limits", "error", check, __doc__, "", needs=("yaml-limits",))
