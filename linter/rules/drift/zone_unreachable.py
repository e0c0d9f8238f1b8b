"""No name server of a zone answers for it.

Every resolver fails for such a zone: mail to it is deferred and then returned, and SPF, DKIM and DMARC of mail from it
are temporary errors (RFC 7208 section 4.4). The servers are dead, or they are lame: the zone is delegated to them and
they do not have it. What they would serve is unknown, so that nothing of the zone was compared.

## Bad

```yaml
'':  # <- no server answers for the zone `example.com`
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
answers: {}
compared:
  example.com:
    servers: [192.0.2.53, 198.51.100.53]
    failed:
      - {server: 192.0.2.53, status: refused, detail: the server says REFUSED}
      - {server: 198.51.100.53, status: timeout, detail: no answer within 9 s and 3 tries}
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
```
"""

from collections.abc import Iterator

from linter.facts.drift_words import shown_name
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule
from linter.source.text import Span

_MOST_SERVERS = 4


def check(facts: Facts) -> Iterator[Complaint]:
    """The zone once, with what each server said."""
    found = facts.drift.unreachable if facts.drift else ()
    if not found:
        return
    told = "; ".join(f"{server}: {why}" for server, why in found[:_MOST_SERVERS])
    more = f"; {len(found) - _MOST_SERVERS} more servers" if len(found) > _MOST_SERVERS else ""
    message = f"no server answers for the zone {shown_name(facts.zone.name)}, so nothing of it is known: {told}{more}"
    way_out = "have the servers serve the zone, or delegate it to those that do"
    yield Complaint(_place(facts), message, way_out, (), facts.zone.name, "SOA")


def _place(facts: Facts) -> Span:
    return facts.expectations.place((facts.zone.name, "SOA"))


RULE = Rule("drift-zone-unreachable", "error", check, __doc__, "RFC 1912 section 2.8", needs=("served", "seen"))
