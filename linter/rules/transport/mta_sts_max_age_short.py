"""An enforced MTA-STS policy is forgotten within a day.

Senders keep a policy for `max_age` seconds, and an attacker who keeps them from fetching it anew need only wait that
long. RFC 8461 section 3.2 expects weeks or more. Less than a day protects hardly anybody who is written to less often.

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
mode: enforce
mx: mx1.mail.example.net
max_age: 3600  # <- 3600 seconds
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
from linter.source.frozen import Frozen

_WEEK = 604_800


class Options(Frozen):
    """`minimum_seconds`: the shortest `max_age` that is not reported."""

    minimum_seconds: int = 86_400


def check(facts: Facts, options: Options) -> Iterator[Complaint]:
    """Enforced policies that are kept for less than the minimum."""
    for domain, file in facts.sts_policies.items():
        age, line = file.policy.max_age, file.policy.line("max_age")
        if file.policy.mode == "enforce" and line and age is not None and age < options.minimum_seconds:
            wanted = max(_WEEK, options.minimum_seconds)
            message = f"senders keep the policy for {age} seconds only; expected {options.minimum_seconds} or more"
            span = file.span(line.value_start, line.value_end)
            yield Complaint(span, message, f"write `{wanted}`", (), f"_mta-sts.{domain}", "TXT")


RULE = Rule(
    "mta-sts-max-age-short",
    "warning",
    check,
    __doc__,
    "RFC 8461 section 3.2",
    Options,
    ("mta-sts-policy",),
)
