"""A null MX has another preference than 0.

RFC 7505 section 3 gives the null MX the preference 0. Senders that know it look at the exchange `.` alone, but
validators, and servers that compare strictly, take `MX 10 .` for a broken record.

## Bad

```yaml
'':
  - type: MX
    value:
      preference: 10  # <- has preference 0
      exchange: .
  - type: TXT
    value: v=spf1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject
```

## Good

```yaml
'':
  - type: MX
    value:
      preference: 0
      exchange: .
  - type: TXT
    value: v=spf1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule
from linter.source.tree import located


def check(facts: Facts) -> Iterator[Complaint]:
    """Null MX records that stand alone; beside others, mx-null-not-alone says what matters."""
    for name, values in facts.mail_hosts.items():
        for value in values if all(each.is_null for each in values) else ():
            if value.preference and value.preference == values[0].preference:
                node = value.preference_node
                span = located(node, value.exchange.via) if node is not None else value.exchange.span
                message = f"a null MX has preference 0, not {value.preference}"
                yield Complaint(span, message, "write `0`", (), name, "MX")
                break


RULE = Rule("mx-null-preference", "warning", check, __doc__, "RFC 7505 section 3", needs=("null-mx",))
