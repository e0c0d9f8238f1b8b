"""An `ip4` or `ip6` term of an SPF record has no valid address or prefix.

An address has four decimal numbers from 0 to 255 without leading zeros, or is an IPv6 address; a prefix ends at 32
or 128 (RFC 7208 section 12). A wrong one is a permanent error for the whole record, not for the term alone.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 ip4:203.0.113.0/33 -all  # <- 33
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 ip4:203.0.113.0/24 -all
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
    return grammar_complaints(facts, "invalid-address")


RULE = Rule("spf-invalid-address", "error", check, __doc__, "RFC 7208 section 12", needs=("spf:invalid-address",))
