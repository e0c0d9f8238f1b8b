"""A domain has an MTA-STS record but no `mta-sts` host, so its policy cannot be fetched.

Senders fetch the policy from `https://mta-sts.<domain>/.well-known/mta-sts.txt` (RFC 8461 section 3.3). Without an
address for that host they get none, and act as if the domain had no MTA-STS.

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
  value: v=STSv1\\; id=20270131  # <- `mta-sts.example.com`, the host of the policy, does not exist
_smtp._tls:
  type: TXT
  value: v=TLSRPTv1\\; rua=mailto:tls@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

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
  value: v=STSv1\\; id=20270131  # <- leads to `www.example.com`, which does not exist
_smtp._tls:
  type: TXT
  value: v=TLSRPTv1\\; rua=mailto:tls@reports.example.net
mta-sts:
  type: CNAME
  value: www.example.com.
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

## Fix

Serve the policy at that host over HTTPS, with a certificate for its name, or point the host to a service that does.
To give MTA-STS up, first publish `mode: none` and wait for the `max_age` of the policy before (RFC 8461 section 8.3).
"""

from collections.abc import Iterator

from linter.facts.sts_domains import sts_domains
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.lookup.answer import NO_NAME
from linter.rules.rule import Rule

from .grammar import shown


def check(facts: Facts) -> Iterator[Complaint]:
    """Every domain whose policy host is known to have no address."""
    for found in sts_domains(facts):
        host = f"mta-sts.{found.domain}"
        answers = [facts.resolver.lookup(host, kind) for kind in ("A", "AAAA")]
        if not all(answer.is_empty for answer in answers):
            continue
        steps = answers[0].steps
        what = "does not exist" if answers[0].status == NO_NAME else "has no address"
        if steps:
            what = f"leads to {shown(steps[-1].target)}, which {what}"
        message = f"{shown(host)}, the host of the policy, {what}"
        related = tuple(Related(step.span, "the alias") for step in steps if step.span)
        way_out = "add the host that serves the policy, or delete the record"
        yield Complaint(found.span, message, way_out, related, found.name, found.type)


RULE = Rule("mta-sts-host-missing", "error", check, __doc__, "RFC 8461 section 3.3", needs=("mta-sts",))
