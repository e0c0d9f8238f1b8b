"""The zone above names other name servers for a zone than the zone does itself.

Both sets are used: resolvers begin with those of the zone above, and many go on with the zone's own (RFC 1034 section
4.2.2 has them alike). A server that only one side names is forgotten at the next change, so that some of the world sees
old records. All of them are asked here.

## Bad

```yaml
'':  # <- the zone above names `ns2.old.example` only; the zone itself `ns2.example.com` only
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
    servers: [192.0.2.53]
    delegation:
      status: seen
      parent: [ns1.example.com, ns2.old.example]
      own: [ns1.example.com, ns2.example.com]
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
    servers: [192.0.2.53]
    delegation:
      status: seen
      parent: [ns1.example.com, ns2.example.com]
      own: [ns1.example.com, ns2.example.com]
```
"""

from collections.abc import Iterator

from linter.facts.drift_words import listed_values, shown_name
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """The zone once, with the servers that only one side names."""
    if facts.drift is None or not facts.drift.served.delegation.differs:
        return
    delegation = facts.drift.served.delegation
    sides = (
        ("the zone above names", delegation.parent, delegation.own),
        ("the zone itself", delegation.own, delegation.parent),
    )
    told = "; ".join(
        f"{who} {listed_values(sorted(set(names) - set(others)))} only"
        for who, names, others in sides
        if set(names) - set(others)
    )
    message = f"the delegation of {shown_name(facts.zone.name)} differs from the zone's NS records: {told}"
    way_out = "enter the same name servers at the registrar and in the zone"
    span = facts.expectations.place((facts.zone.name, "NS"))
    yield Complaint(span, message, way_out, (), facts.zone.name, "NS")


RULE = Rule("drift-delegation-differs", "warning", check, __doc__, "RFC 1034 section 4.2.2", needs=("served",))
