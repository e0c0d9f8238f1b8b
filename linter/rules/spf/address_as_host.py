"""An SPF term that takes a name has an IP address instead.

`a:192.0.2.1` does not mean that address: the last label of a name cannot be a number, so the record does not parse
and is a permanent error (RFC 7208 section 12, toplabel). Addresses stand behind `ip4:` and `ip6:`.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 a:192.0.2.1 -all  # <- `ip4:
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 ip4:192.0.2.1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import grammar_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind."""
    return grammar_complaints(facts, "address-as-host")


RULE = Rule("spf-address-as-host", "error", check, __doc__, "RFC 7208 section 12", needs=("spf:address-as-host",))
