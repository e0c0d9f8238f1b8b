"""Mail goes to one vendor's mailboxes, and the SPF record authorises only another's.

People answer from the mailboxes that they read. If the system that the MX names may not send (RFC 7208 section 4.6.2),
every answer fails SPF, and DMARC where DKIM does not save it. This is what a move leaves behind that changed the MX and
forgot SPF, or the other way round. Judged only where every term is known down to its last include; addresses, `a` and
`mx` in the record may stand for anything, and a gateway in the MX says nothing about who sends.

## Bad

```yaml
'':
  - type: MX
    value:
      preference: 1
      exchange: smtp.google.com.
  - type: TXT
    value: v=spf1 include:spf.protection.outlook.com -all  # <- only Microsoft 365
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```dns
version: 1
answers:
  spf.protection.outlook.com:
    TXT: ["v=spf1 ip4:40.92.0.0/15 -all"]
```

## Good

```yaml
'':
  - type: MX
    value:
      preference: 1
      exchange: smtp.google.com.
  - type: TXT
    value: v=spf1 include:_spf.google.com include:spf.protection.outlook.com -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```dns
version: 1
answers:
  spf.protection.outlook.com:
    TXT: ["v=spf1 ip4:40.92.0.0/15 -all"]
  _spf.google.com:
    TXT: ["v=spf1 ip4:74.125.0.0/16 ~all"]
```
"""

from collections.abc import Iterator

from linter.facts.vendor_mismatch import mismatches
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each name, at the term that authorises the other vendor."""
    for found in mismatches(facts):
        name, text = found.text.record.name, found.text
        receiver, sender = found.receiver.name, found.sender.name
        message = f"mail for `{name.rstrip('.')}` goes to {receiver}, but of mailboxes only {sender} may send for it"
        related = (Related(found.mx.exchange.span, f"a host of {receiver}"),)
        way_out = f"add `{found.asked}`, or let the MX name {sender}"
        span = text.value.part(found.term.start, found.term.end)
        yield Complaint(span, message, way_out, related, name, "TXT", is_firm=found.is_firm)


RULE = Rule("provider-mismatch", "warning", check, __doc__, "RFC 7208 section 4.6.2", needs=("mx:vendor-not-in-spf",))
