"""An MTA-STS record stands at a name where no sender looks.

Senders ask for TXT at `_mta-sts` below the mail domain, with the underscore (RFC 8461 section 3.1); `mta-sts` without
it is the host that serves the policy. Names that a CNAME at `_mta-sts` leads to are right.

## Bad

```yaml
mta-sts:
  type: TXT
  value: v=STSv1\\; id=20270131  # <- move it to `_mta-sts.example.com`
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

from .grammar import wrong_names


def check(facts: Facts) -> Iterator[Complaint]:
    """Records at names that nobody asks for, nor leads to."""
    return wrong_names(facts, facts.texts.mta_sts, KIND, "MTA-STS")


RULE = Rule(
    "mta-sts-wrong-name",
    "error",
    check,
    __doc__,
    "RFC 8461 section 3.1",
    needs=("stray-mta-sts",),
)
