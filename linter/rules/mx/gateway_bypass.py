"""An MX set names a gateway and, beside it, the mailbox system that the gateway protects.

Senders choose among the hosts of a set, and those who send spam choose the one without a filter: a higher preference
value keeps nobody away (RFC 5321 section 5.1). Whatever arrives there was never seen by the gateway. A second MX at the
mailbox system is no safety net either: a gateway's own hosts queue mail while the mailboxes are away.

## Bad

```yaml
'':
  - type: MX
    values:
      - preference: 10
        exchange: eu-smtp-inbound-1.mimecast.com.
      - preference: 10
        exchange: eu-smtp-inbound-2.mimecast.com.
      - preference: 50
        exchange: example-com.mail.protection.outlook.com.  # <- past the gateway
  - type: TXT
    value: v=spf1 include:spf.protection.outlook.com -all
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
        exchange: eu-smtp-inbound-1.mimecast.com.
      - preference: 10
        exchange: eu-smtp-inbound-2.mimecast.com.
  - type: TXT
    value: v=spf1 include:spf.protection.outlook.com -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Fix

Name only the gateway's hosts, and have the mailbox system take mail from them alone: in Microsoft 365 a partner
connector that is restricted to the gateway's certificate or addresses, in Google Workspace an inbound gateway.
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
    """The first mailbox host of each set that has a gateway's."""
    for name, values in facts.mail_hosts.items():
        hosts = [host for host in vendor_hosts(values) if host.sign.takes_mail]
        gateways = [host for host in hosts if host.is_gateway]
        systems = [host for host in hosts if host.is_system and not host.is_gateway]
        if not gateways or not systems or has_strange_hosts(facts, name):
            continue
        first, gateway = systems[0], gateways[0]
        providers = catalogue().providers
        inner, outer = providers[first.sign.provider].name, providers[gateway.sign.provider].name
        shown = first.mx.exchange.name.rstrip(".")
        message = f"`{shown}` leads past the gateway: mail can reach {inner} without {outer} seeing it"
        related = (Related(gateway.mx.exchange.span, f"the gateway, {outer}"),)
        way_out = f"keep only the hosts of {outer}, and let {inner} take mail from it alone"
        complaint = Complaint(first.mx.exchange.span, message, way_out, related, name, "MX")
        yield graded(complaint, first, gateway)


RULE = Rule("mx-gateway-bypass", "error", check, __doc__, "RFC 5321 section 5.1", needs=("mx:vendors",))
