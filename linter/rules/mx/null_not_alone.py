"""A null MX stands beside other MX records, which contradict it.

A single MX with the exchange `.` says that a name receives no mail; a domain that publishes one must not publish any
other MX (RFC 7505 section 3). Senders that meet both may bounce mail at once that the other hosts would take.

## Bad

```yaml
'':
  - type: MX
    values:
      - preference: 0
        exchange: .  # <- stands beside other MX
      - preference: 10
        exchange: mx1.mail.example.net.
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
from linter.finding import Complaint, Related
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Names with a null MX and another one; of the same one twice, record-duplicate speaks."""
    for name, values in facts.mail_hosts.items():
        null = next((value for value in values if value.is_null), None)
        if null is None:
            continue
        others = [value for value in values if not value.is_null or value.preference != null.preference]
        if others:
            message = f"a null MX says that `{name.rstrip('.')}` receives no mail, yet stands beside other MX records"
            related = tuple(Related(other.exchange.span, "another MX") for other in others)
            way_out = "keep the null MX or the others, not both"
            yield Complaint(null.exchange.span, message, way_out, related, name, "MX")


RULE = Rule("mx-null-not-alone", "error", check, __doc__, "RFC 7505 section 3", needs=("null-mx",))
