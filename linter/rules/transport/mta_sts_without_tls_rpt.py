"""A domain has MTA-STS but asks for no reports, so failures stay unseen.

With MTA-STS, senders do not deliver where the certificate or the host does not fit. Only TLS-RPT tells the domain of
it (RFC 8460 section 1): without a record at `_smtp._tls`, the first to notice are those who wait for mail.

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
_mta-sts:
  type: TXT
  value: v=STSv1\\; id=20270131  # <- no TLS-RPT record
mta-sts:
  type: CNAME
  value: mta-sts.mail.example.net.
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
from linter.lookup.answer import FOUND
from linter.records.tls_rpt import is_tls_rpt, near_miss
from linter.rules.rule import Rule

from .grammar import shown


def check(facts: Facts) -> Iterator[Complaint]:
    """Every domain known to have no TLS-RPT record, nor a text that was meant as one."""
    for found in sts_domains(facts):
        name = f"_smtp._tls.{found.domain}"
        answer = facts.resolver.lookup(name, "TXT")
        is_known = answer.is_empty or answer.status == FOUND
        if not is_known or any(_is_meant(str(value)) for value in answer.values):
            continue
        if receives_nothing(facts, found.domain):
            continue  # mta-sts-without-mx
        message = f"{shown(found.domain)} has MTA-STS and no TLS-RPT record, so nobody hears of failed deliveries"
        way_out = f"publish `v=TLSRPTv1; rua=mailto:…` at {shown(name)}"
        yield Complaint(found.span, message, way_out, (), found.name, found.type)


def _is_meant(text: str) -> bool:
    return is_tls_rpt(text) or near_miss(text, at_tls_rpt_name=True) is not None


RULE = Rule("mta-sts-without-tls-rpt", "info", check, __doc__, "RFC 8460 section 1", needs=("mta-sts",))
