"""An MTA-STS policy has a fault, so senders refuse it.

A policy is lines of `key: value`: `version: STSv1`, a `mode`, one `mx` for each host or pattern, and a `max_age` in
seconds (RFC 8461 section 3.2). Senders that cannot read it keep the one they have, and once that has expired act as
if there were none. The policies of a repository are named in the configuration, by the domain they are for.

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
mode: live  # <- `live` is no mode
mx: mx1.mail.example.net.  # <- ends in a dot
max_age: 1w  # <- write `604800`
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
from linter.records.mta_sts_policy import LARGEST
from linter.rules.rule import Rule

from .policy import policy_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind, and policies larger than what senders read."""
    yield from policy_complaints(facts, "policy-invalid")
    for file in facts.sts_policies.values():
        if file.is_cut:
            message = f"the policy is larger than {LARGEST} octets, and senders may stop reading there"
            yield Complaint(file.span(0, 0), message, "make it shorter", reference="RFC 8461 section 3.3")


RULE = Rule(
    "mta-sts-policy-invalid",
    "error",
    check,
    __doc__,
    "RFC 8461 section 3.2",
    needs=("mta-sts:policy-invalid", "mta-sts:policy-cut"),
)
