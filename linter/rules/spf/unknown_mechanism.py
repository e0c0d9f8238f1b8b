"""An SPF record holds a word that is no mechanism, and so is broken as a whole.

Receivers know `all`, `include`, `a`, `mx`, `ptr`, `ip4`, `ip6` and `exists`, and answer a record with any other
mechanism with a permanent error (RFC 7208 section 4.6): `nclude:`, `ipv4:` and a bare host name each switch
off SPF for the domain.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 nclude:spf.ssmx.net -all  # <- did you mean `include
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 include:spf.ssmx.net -all
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
    return grammar_complaints(facts, "unknown-mechanism")


RULE = Rule(
    "spf-unknown-mechanism",
    "error",
    check,
    __doc__,
    "RFC 7208 section 4.6.1",
    needs=("spf:unknown-mechanism",),
)
