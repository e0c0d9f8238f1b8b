"""A file is no YAML, so nothing in it can be checked or published.

octoDNS refuses the whole zone, and everything else in the file stays unchecked here as well. The place is
where the parser gave up; the cause often stands a little before it. Frequent ones are a tab as indentation,
a wildcard without quotes (`*` begins an alias in YAML), an `@` at the beginning of a value, and `\\;` inside
double quotes, where YAML knows no such escape.

## Bad

```yaml
www:
  type: A
  value: 192.0.2.1
*:  # <- begins an alias or anchor
  type: A
  value: 192.0.2.2
```

## Bad

```yaml
selector._domainkey:
  type: TXT
  value: "v=DKIM1\\; p="  # <- is no escape that double quotes know
```

## Good

```yaml
www:
  type: A
  value: 192.0.2.1
'*':
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
    """What the parser could not read."""
    return file_faults(facts, "yaml-syntax")


RULE = Rule("yaml-syntax", "error", check, __doc__, "YAML 1.1", needs=("yaml-syntax",))
