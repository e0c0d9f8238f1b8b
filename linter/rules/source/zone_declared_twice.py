"""Two files declare one zone, and nothing says which of them is published.

A second file with `zone: example.com`, `Example.Com.yaml` beside `example.com.yaml`, or `.yml` beside `.yaml`: one
copy is edited and the other is served. Nothing that concerns both can be judged, such as whether an MX names a host
that is there. Two folders are two views of the zone, and well; so are the globs under `views` in `.mailzone.yaml`.
Where octoDNS's configuration says which file is read, the other is a file without any effect.

## Bad

```yaml
# file: example.com.yaml
www: {type: A, value: 192.0.2.1}  # <- `example.com` is declared by `main.yaml` as well
# file: main.yaml
zone: example.com  # <- `example.com` is declared by `example.com.yaml` as well
records:
  www: {type: A, value: 192.0.2.2}
```

## Good

```yaml
# file: inside/example.com.yaml
www: {type: A, value: 192.0.2.1}
# file: outside/example.com.yaml
www: {type: A, value: 192.0.2.2}
```

```config
zones: [inside/*.yaml, outside/*.yaml]
views: {internal: [inside/*.yaml], external: [outside/*.yaml]}
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .file_faults import file_faults


def check(facts: Facts) -> Iterator[Complaint]:
    """Zones of two files; milder where it is known which of them is read."""
    yield from file_faults(facts, "zone-declared-twice")
    for complaint in file_faults(facts, "zone-not-read"):
        yield complaint._replace(severity="warning")


RULE = Rule("zone-declared-twice", "error", check, __doc__, "", needs=("zone-declared-twice", "zone-not-read"))
