"""An MTA-STS record has a fault, so senders act as if there were none.

A record begins with `v=STSv1;`, letter for letter, and has an `id` of 1 to 32 letters and digits (RFC 8461 section
3.1). Senders pass over one that does not, and go on without asking for TLS: nothing is returned, nothing is reported,
and the protection is not there.

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
  value: v=STSv1\\; id=2027-01-31  # <- letters and digits only
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
  value: v=STSV1\\; id=20270131  # <- `STSV1` is not `STSv1`
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

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.mta_sts import KIND
from linter.rules.rule import Rule

from .grammar import syntax_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The faults of the grammar that cost the whole record."""
    return syntax_complaints(facts.texts.mta_sts, KIND)


RULE = Rule("mta-sts-syntax", "error", check, __doc__, "RFC 8461 section 3.1", needs=("mta-sts:syntax",))
