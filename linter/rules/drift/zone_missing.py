"""Some name servers of a zone do not have it.

Resolvers ask whichever server they like. One that does not have the zone answers nothing (a lame server, RFC 1912
section 2.8), so that every look-up that begins there takes longer, and fails once the others are down. Mostly the zone
was never added there, its transfer does not work, or the delegation names a server of the last provider.

## Bad

```yaml
'':  # <- 198.51.100.53 does not have the zone `example.com`
  - type: MX
    value: {preference: 10, exchange: mx1.mail.example.net.}
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```live
version: 1
answers:
  example.com:
    MX: ["10 mx1.mail.example.net."]
    TXT: ["v=spf1 include:_spf.mail.example.net -all"]
  _dmarc.example.com: {TXT: ["v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net"]}
  s1._domainkey.example.com: {CNAME: [s1.keys.example.net.]}
compared:
  example.com:
    servers: [192.0.2.53, 198.51.100.53]
    failed:
      - {server: 198.51.100.53, status: refused, detail: the server says REFUSED}
```

## Good

```yaml
'':
  - type: MX
    value: {preference: 10, exchange: mx1.mail.example.net.}
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```live
version: 1
answers:
  example.com:
    MX: ["10 mx1.mail.example.net."]
    TXT: ["v=spf1 include:_spf.mail.example.net -all"]
  _dmarc.example.com: {TXT: ["v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net"]}
  s1._domainkey.example.com: {CNAME: [s1.keys.example.net.]}
compared:
  example.com:
    servers: [192.0.2.53, 198.51.100.53]
```
"""

from collections.abc import Iterator

from linter.facts.drift_words import shown_name
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Each server once, whatever it was asked."""
    for server, why in facts.drift.lacking if facts.drift else ():
        message = f"{server} does not have the zone {shown_name(facts.zone.name)}, which others serve: {why}"
        way_out = "have it serve the zone, or take it out of the delegation and of the zone's NS records"
        span = facts.expectations.place((facts.zone.name, "NS"))
        yield Complaint(span, message, way_out, (), facts.zone.name, "NS")


RULE = Rule("drift-zone-missing", "error", check, __doc__, "RFC 1912 section 2.8", needs=("served",))
