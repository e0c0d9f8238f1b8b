"""A processor of the octoDNS configuration may change the values of a zone in ways that are unknown here.

octoDNS sends a zone through the processors that its configuration names before it compares and publishes it. What
those of octoDNS itself do is known and taken into account: templates are filled in, filters drop what they drop. Any
other class may publish anything. Values of such a zone are unknown, so no rule judges them.

## Bad

```yaml
# file: production.yaml
providers:
  config: {class: octodns.provider.yaml.YamlProvider, directory: ./zones}
  route53: {class: octodns_route53.Route53Provider}
processors:
  stamp: {class: ours.Stamp}  # <- what `stamp` does to values is unknown
zones:
  example.com.: {sources: [config], processors: [stamp], targets: [route53]}
# file: zones/example.com.yaml
www: {type: A, value: 192.0.2.1}
```

## Good

```yaml
# file: production.yaml
providers:
  config: {class: octodns.provider.yaml.YamlProvider, directory: ./zones}
  route53: {class: octodns_route53.Route53Provider}
processors:
  fill: {class: octodns.processor.templating.Templating, trailing_dots: false}
zones:
  example.com.: {sources: [config], processors: [fill], targets: [route53]}
# file: zones/example.com.yaml
note: {type: TXT, value: 'this is {zone_name}'}
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .file_faults import file_faults


def check(facts: Facts) -> Iterator[Complaint]:
    """Processors of unknown classes."""
    return file_faults(facts, "zone-processor-unknown")


RULE = Rule("zone-processor-unknown", "info", check, __doc__, "", needs=("zone-processor-unknown",))
