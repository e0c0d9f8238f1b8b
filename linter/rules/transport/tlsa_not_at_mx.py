"""A TLSA record stands at the mail domain, where senders do not look.

Senders look for TLSA records at `_25._tcp.` and the name of the MX host, not of the mail domain (RFC 7672 section
2.2.3). At the domain nobody asks for them, and mail is delivered without DANE.

## Bad

```yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mx1.mail.example.net.
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
_25._tcp:  # <- senders look at `_25._tcp.mx1.mail.example.net`
  type: TLSA
  value:
    certificate_usage: 3
    selector: 1
    matching_type: 1
    certificate_association_data: d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Good

```yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mx1.example.com.
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
mx1:
  - type: A
    value: 192.0.2.25
  - type: TXT
    value: v=spf1 a -all
_25._tcp.mx1:
  type: TLSA
  value:
    certificate_usage: 3
    selector: 1
    matching_type: 1
    certificate_association_data: d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.lookup.answer import Exchange
from linter.records.tlsa import place_of
from linter.rules.rule import Rule

from .grammar import shown


def check(facts: Facts) -> Iterator[Complaint]:
    """Records at `_25._tcp` of a name whose MX hosts are others and that is no MX host of another name here."""
    hosts = {value.exchange.name for values in facts.mail_hosts.values() for value in values}
    seen = set()
    for record in facts.records("TLSA"):
        place = place_of(record.name)
        if place is None or (place.port, place.protocol) != (25, "tcp") or place.host in hosts or place.host in seen:
            continue
        seen.add(place.host)
        answer = facts.resolver.lookup(place.host, "MX")
        others = {value.host: None for value in answer.values if isinstance(value, Exchange)}
        if not others or place.host in others or "." in others:
            continue
        first = next(iter(others))
        related = tuple(Related(span, "the MX record") for span in answer.spans[:1])
        message = f"nobody asks for TLSA here: senders look at {shown(f'_25._tcp.{first}')}, the name of the MX host"
        way_out = "move the record there, if the MX host is yours, or delete it"
        yield Complaint(record.name_span, message, way_out, related, record.name, "TLSA")


RULE = Rule("tlsa-not-at-mx", "warning", check, __doc__, "RFC 7672 section 2.2.3", needs=("TLSA",))
