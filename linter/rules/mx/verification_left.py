"""An MX that only proved ownership is still published.

Microsoft's `ms….msv1.invalid` and Google's `….mx-verification.google.com` take no mail: they show, once, that whoever
sets up the domain controls its DNS. Afterwards a sender who comes to them only loses time, or the message where
nothing else answers (RFC 5321 section 5.1 has every host of the set tried).

## Bad

```yaml
'':
  - type: MX
    values:
      - preference: 0
        exchange: example-com.mail.protection.outlook.com.
      - preference: 32767
        exchange: ms12345678.msv1.invalid.  # <- takes no mail
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
    value:
      preference: 0
      exchange: example-com.mail.protection.outlook.com.
  - type: TXT
    value: v=spf1 include:spf.protection.outlook.com -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.vendors import vendor_hosts
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.providers.catalogue import catalogue
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Every host whose vendor uses it for verification and nothing else."""
    for name, values in facts.mail_hosts.items():
        for host in vendor_hosts(values):
            if not host.sign.takes_mail:
                exchange = host.mx.exchange
                vendor = catalogue().providers[host.sign.provider].name
                message = (
                    f"`{exchange.name.rstrip('.')}` takes no mail: {vendor} asks for it while a domain is verified"
                )
                yield Complaint(exchange.span, message, "delete it once the domain is verified", (), name, "MX")


RULE = Rule("mx-verification-left", "warning", check, __doc__, "RFC 5321 section 5.1", needs=("mx:verification",))
