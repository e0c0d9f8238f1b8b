"""A line of an MTA-STS policy is passed over by senders.

Of a key that stands twice, `mx` apart, the first line counts, and keys that RFC 8461 section 3.2 does not define mean
nothing. What was meant by the line does not happen.

## Bad

```config
mta-sts:
  example.com: policies/mta-sts.txt
```

```yaml
# file: example.com.yaml
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
# file: policies/mta-sts.txt
version: STSv1
mode: testing
mode: enforce  # <- `mode` stands twice
mx: mx1.mail.example.net
max_age: 604800
```

## Good

```config
mta-sts:
  example.com: policies/mta-sts.txt
```

```yaml
# file: example.com.yaml
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
# file: policies/mta-sts.txt
version: STSv1
mode: enforce
mx: mx1.mail.example.net
max_age: 604800
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .policy import policy_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind."""
    return policy_complaints(facts, "policy-ignored-field")


RULE = Rule(
    "mta-sts-policy-ignored-field",
    "warning",
    check,
    __doc__,
    "RFC 8461 section 3.2",
    needs=("mta-sts:policy-ignored-field",),
)
