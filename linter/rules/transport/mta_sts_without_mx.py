"""A domain that receives no mail has an MTA-STS record.

MTA-STS says which MX hosts senders may deliver to and how (RFC 8461 section 2). Without an MX there is nothing to say;
often the record stands at the wrong domain, or the domain has moved and the record has stayed. A policy does not
cover subdomains: each mail domain needs its own (section 3.4).

## Bad

```yaml
www:
  type: A
  value: 192.0.2.80
_mta-sts.www:
  type: TXT
  value: v=STSv1\\; id=20270131  # <- `www.example.com` has no MX record
mta-sts.www:
  type: CNAME
  value: mta-sts.mail.example.net.
```

## Good

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
_mta-sts:
  type: TXT
  value: v=STSv1\\; id=20270131
_smtp._tls:
  type: TXT
  value: v=TLSRPTv1\\; rua=mailto:tls@reports.example.net
mta-sts:
  type: CNAME
  value: mta-sts.mail.example.net.
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.sts_domains import receives_nothing, sts_domains
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import shown


def check(facts: Facts) -> Iterator[Complaint]:
    """Every domain known to have no MX host."""
    for found in sts_domains(facts):
        why = receives_nothing(facts, found.domain)
        if why:
            message = f"{shown(found.domain)} {why}, so there is no delivery that MTA-STS could protect"
            way_out = "delete the record, or move it to the mail domain"
            yield Complaint(found.span, message, way_out, (), found.name, found.type)


RULE = Rule("mta-sts-without-mx", "warning", check, __doc__, "RFC 8461 section 2", needs=("mta-sts",))
