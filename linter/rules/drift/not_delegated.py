"""The zone above does not delegate a zone.

Nobody is led to the zone's servers (RFC 1034 section 4.3.2), so that for the world none of its records is there: mail
to it is returned, and mail from it has neither SPF nor DKIM. The domain has expired, was never registered, or its name
servers were taken out at the registrar. It was asked of the servers of the zone above themselves. Zones that are not
public are named under `internal:` in the configuration.

## Bad

```yaml
'':  # <- the zone `example.com` is not delegated
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
    servers: []
    delegation:
      status: none
      detail: 192.0.2.1, a server of `com`, says that there is no such name
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
    delegation: {status: seen, parent: [ns1.example.com]}
```
"""

from collections.abc import Iterator

from linter.facts.drift_words import shown_name
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """The zone once."""
    if facts.drift is None or not facts.drift.is_undelegated:
        return
    why = facts.drift.served.delegation.detail
    message = f"the zone {shown_name(facts.zone.name)} is not delegated: {why}"
    way_out = "renew or register the domain and enter its name servers; or name the zone under `internal:`"
    span = facts.expectations.place((facts.zone.name, "NS"))
    yield Complaint(span, message, way_out, (), facts.zone.name, "NS")


RULE = Rule("drift-not-delegated", "error", check, __doc__, "RFC 1034 section 4.3.2", needs=("served",))
