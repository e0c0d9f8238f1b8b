"""One MX set names the same host twice, at two preferences.

Senders try the hosts of a set in the order of their preferences (RFC 5321 section 5.1). The same host further down
is tried again after it has just failed: it looks like a second way in and is none.

## Bad

```yaml
'':
  - type: MX
    values:
      - preference: 10
        exchange: mx1.mail.example.net.
      - preference: 20
        exchange: mx1.mail.example.net.  # <- stands here at 20 and at 10
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
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
  - type: MX
    values:
      - preference: 10
        exchange: mx1.mail.example.net.
      - preference: 20
        exchange: mx2.mail.example.net.
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
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
from linter.finding import Complaint, Related
from linter.rules.rule import Rule
from linter.zone.model import Mx


def check(facts: Facts) -> Iterator[Complaint]:
    """Hosts of one name's MX set; at the same preference twice, record-duplicate speaks."""
    for name, values in facts.mail_hosts.items():
        first: dict[str, Mx] = {}
        told: set[tuple[str, int | None]] = set()
        for value in values:
            host, preference = value.exchange.name, value.preference
            earlier = first.setdefault(host, value)
            if earlier.preference == preference or value.is_null or (host, preference) in told:
                continue
            told.add((host, preference))
            message = f"`{host.rstrip('.')}` stands here at {preference} and at {earlier.preference}: it is tried twice"
            related = (Related(earlier.exchange.span, "the first"),)
            way_out = "keep one of them, or name another host"
            yield Complaint(value.exchange.span, message, way_out, related, name, "MX")


RULE = Rule("mx-duplicate-host", "warning", check, __doc__, "RFC 5321 section 5.1", needs=("several:MX",))
