"""One MX set names the hosts of two mailbox systems, so each message goes to one of them by chance.

Senders take the host with the lowest preference that answers, any of those with the same (RFC 5321 section 5.1). They
know nothing of who has a mailbox where: mail for a colleague on the other system bounces, or lies in a mailbox that
nobody reads. Two preferences do not help: the second system then takes mail whenever the first is slow to answer.

## Bad

```yaml
'':
  - type: MX
    values:
      - preference: 10
        exchange: example-com.mail.protection.outlook.com.
      - preference: 20
        exchange: aspmx.l.google.com.  # <- scattered, not split
  - type: TXT
    value: v=spf1 include:spf.protection.outlook.com include:_spf.google.com -all
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
    value:
      preference: 10
      exchange: example-com.mail.protection.outlook.com.
  - type: TXT
    value: v=spf1 include:spf.protection.outlook.com include:_spf.google.com -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Fix

Let the MX name one system, and that system pass on mail for those whom it does not know: in Microsoft 365 an accepted
domain of the type internal relay and an outbound connector, in Google Workspace a route for unrecognised recipients.
Exactly one system must be the last, or mail goes round in circles. Or give the second system a subdomain with an
MX of its own.
"""

from collections.abc import Iterator

from linter.facts.declared_names import has_strange_hosts
from linter.facts.vendors import vendor_hosts
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.providers.catalogue import catalogue
from linter.rules.rule import Rule

from .certainty import graded


def check(facts: Facts) -> Iterator[Complaint]:
    """The first host of a second system; where a gateway stands in the set, mx-gateway-bypass speaks."""
    for name, values in facts.mail_hosts.items():
        hosts = [host for host in vendor_hosts(values) if host.sign.takes_mail]
        systems = [host for host in hosts if host.is_system]
        second = next((host for host in systems if host.sign.provider != systems[0].sign.provider), None)
        if second is None or any(host.is_gateway for host in hosts) or has_strange_hosts(facts, name):
            continue
        first = systems[0]
        providers = catalogue().providers
        one, other = providers[first.sign.provider].name, providers[second.sign.provider].name
        message = (
            f"mail is scattered, not split: each message goes to {one} or to {other}, as the sender happens to come"
        )
        related = (Related(first.mx.exchange.span, f"a host of {one}"),)
        way_out = "name the hosts of one system, and let it pass on what belongs to the other"
        complaint = Complaint(second.mx.exchange.span, message, way_out, related, name, "MX")
        yield graded(complaint, first, second)


RULE = Rule("mx-split-between-systems", "error", check, __doc__, "RFC 5321 section 5.1", needs=("mx:vendors",))
