"""SPF records include each other in a circle, and receivers answer a permanent error.

A record that leads back to itself has no end: receivers follow it until the ten lookups are spent and give up (RFC 7208
section 4.6.4). Every domain on the way round fails, and every domain that includes one of them.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 include:_spf.example.com -all
_spf:
  type: TXT
  value: v=spf1 ip4:192.0.2.0/24 include:example.com ?all  # <- example.com → _spf.example.com → example.com
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 include:_spf.example.com -all
_spf:
  type: TXT
  value: v=spf1 ip4:192.0.2.0/24 ?all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.spf_loops import loops
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.records.fault import quoted
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Each loop once, at the include that closes it."""
    for loop in loops(facts.spf_cases, facts.estate.spf_trees(facts.parsers.spf)):
        way = " → ".join(name.removesuffix(".") for name in loop.names)
        message = f"{quoted(loop.term.text, 80)} goes round in a circle: {quoted(way, 200)}"
        steps = ((span, f"{quoted(term.text, 80)} is on the way round") for _, term, span in loop.steps)
        related = tuple(Related(*step) for step in steps)
        yield Complaint(loop.span, message, "take this term out", related, loop.name, "TXT")


RULE = Rule("spf-loop", "error", check, __doc__, "RFC 7208 section 4.6.4", needs=("spf:loop",))
