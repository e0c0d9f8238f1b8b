"""The name servers of a zone answer one question in different ways.

Resolvers ask whichever server they like, so that a message is accepted or refused by chance. Mostly a secondary did
not get the zone: its serial is then behind (RFC 1035 section 4.3.5). Or two providers serve the zone and only one of
them was changed. All sets in which the same servers differ are told of once.

## Bad

```yaml
'':
  - type: MX
    value: {preference: 10, exchange: mx1.mail.example.net.}
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all  # <- 198.51.100.53 serves `v=spf1 a -all`; 1 more
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
    SOA: ["ns1.example.com. hostmaster.example.com. 7 3600 600 604800 300"]
    MX: ["10 mx1.mail.example.net."]
    TXT: ["v=spf1 include:_spf.mail.example.net -all"]
  _dmarc.example.com: {TXT: ["v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net"]}
  s1._domainkey.example.com: {CNAME: [s1.keys.example.net.]}
compared:
  example.com:
    servers: [192.0.2.53, 198.51.100.53]
    otherwise:
      198.51.100.53:
        example.com:
          SOA: ["ns1.example.com. hostmaster.example.com. 6 3600 600 604800 300"]
          TXT: ["v=spf1 a -all"]
        _dmarc.example.com: nxdomain
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

from linter.facts.drift import Disagreement
from linter.facts.drift_words import shown_name
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule

_MOST_SERVERS = 3


def check(facts: Facts) -> Iterator[Complaint]:
    """Each division of the servers once, at the first set that shows it."""
    for found in facts.drift.disagreements if facts.drift else ():
        name, kind = found.pair
        more = f"; {found.number - 1} more like this" if found.number > 1 else ""
        message = f"the name servers disagree on {_told(found)}{more}"
        related = tuple(Related(other.span, f"and on {_told(other)}") for other in found.others)
        yield Complaint(found.span, message, _way_out(found), related, name, kind)


def _told(found: Disagreement) -> str:
    name, kind = found.pair
    return f"{kind} of {shown_name(name)}: {', '.join(f'{_named(servers)} {words}' for servers, words in found.views)}"


def _named(servers: tuple[str, ...]) -> str:
    told = " and ".join(servers[:_MOST_SERVERS])
    rest = len(servers) - _MOST_SERVERS
    return f"{told} and {rest} more serve" if rest > 0 else f"{told} serve{'s' if len(servers) == 1 else ''}"


def _way_out(found: Disagreement) -> str:
    if not found.serials:
        return "have all of them serve the same zone, or take those that do not out of its NS records"
    told = ", ".join(f"{serial} at {server}" for server, serial in found.serials[:_MOST_SERVERS])
    return f"their serials differ ({told}): wait for the transfer, or mend it"


RULE = Rule("drift-nameservers-disagree", "error", check, __doc__, "RFC 1035 section 4.3.5", needs=("served",))
