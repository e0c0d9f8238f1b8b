"""A YAML file among the zones is none and was skipped.

Configuration files lie beside zones, and that is well. The finding says so because a zone with a fault in
its first lines can look like one: what is skipped is not checked.

## Bad

```yaml
# file: production.yaml
providers:  # <- no zone
  route53:
    class: octodns_route53.Route53Provider
```

## Good

```yaml
www:
  type: A
  value: 192.0.2.1
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .file_faults import file_faults


def check(facts: Facts) -> Iterator[Complaint]:
    """Files that were passed over."""
    return file_faults(facts, "not-a-zone")


RULE = Rule("not-a-zone", "info", check, __doc__, "", needs=("not-a-zone",))
