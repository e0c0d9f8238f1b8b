"""A CNAME stands at the zone's own name, where SOA and NS stand already.

A CNAME must stand alone (RFC 1034 section 3.6.2), and the apex of a zone always has SOA and NS. Servers refuse such a
zone; where one does not, its MX, SPF and DMARC vanish for whoever gets the CNAME. Many providers have a type of
their own for this, often called ALIAS, or answer with the addresses of the target: if yours does, say so once
with `dns: {cname-flattening: true}` in the configuration.

## Bad

```yaml
'':
  type: CNAME
  value: example.hosting.example.net.  # <- own name
```

## Good

```yaml
'':
  type: ALIAS
  value: example.hosting.example.net.
www:
  type: CNAME
  value: example.hosting.example.net.
```

## Good

```yaml
'':
  type: CNAME
  value: example.hosting.example.net.
```

```config
dns:
  cname-flattening: true
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .places import record_span


def check(facts: Facts) -> Iterator[Complaint]:
    """The CNAME of the apex, unless the provider flattens it."""
    name = facts.zone.name
    aliases = facts.index.records(name, "CNAME")
    if any(not alias.is_proxied for alias in aliases) and not facts.publishing.flattens_at(is_apex=True):
        message = f"a CNAME cannot stand at the zone's own name `{name.rstrip('.')}`, beside SOA and NS"
        way_out = "use ALIAS if your provider has it, or A and AAAA"
        yield Complaint(record_span(aliases[0]), message, way_out, (), name, "CNAME")


RULE = Rule("cname-at-apex", "error", check, __doc__, "RFC 1912 section 2.4", needs=("CNAME",))
