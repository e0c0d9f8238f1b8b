"""A file says that it is one zone, and the octoDNS configuration makes another of it.

octoDNS names a zone by its configuration and the name of the file, never by what stands in it. So the records of a
native file with `zone: other.example` would be published for `example.com`, if for any, and nobody can tell which of
the two is meant. Other zones learn nothing from such a file.

## Bad

```yaml
# file: production.yaml
providers:
  config: {class: octodns.provider.yaml.YamlProvider, directory: ./zones}
  route53: {class: octodns_route53.Route53Provider}
zones:
  example.com.: {sources: [config], targets: [route53]}  # <- is made of a file that says
# file: zones/example.com.yaml
zone: other.example  # <- the octoDNS configuration makes `example.com` of it
records:
  www: {type: A, value: 192.0.2.1}
```

## Good

```yaml
# file: production.yaml
providers:
  config: {class: octodns.provider.yaml.YamlProvider, directory: ./zones}
  route53: {class: octodns_route53.Route53Provider}
zones:
  example.com.: {sources: [config], targets: [route53]}
# file: zones/example.com.yaml
www: {type: A, value: 192.0.2.1}
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .file_faults import file_faults


def check(facts: Facts) -> Iterator[Complaint]:
    """Zones of two names."""
    return file_faults(facts, "zone-name-conflict")


RULE = Rule("zone-name-conflict", "error", check, __doc__, "", needs=("zone-name-conflict",))
