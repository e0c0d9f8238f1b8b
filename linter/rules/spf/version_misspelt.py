"""A text was plainly meant as an SPF record, but receivers do not see it as one.

Receivers take a text as SPF only if it begins with exactly `v=spf1` followed by a blank or by its end (RFC 7208
section 4.5). `v=spf1;`, `v=spf10`, a blank in front, or words before it leave the domain without any SPF: not
an error that somebody would see, but silence.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1; include:spf.protection.outlook.com -all  # <- `v=spf1
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```

## Good

```yaml
'':
  type: TXT
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

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import At, Rule, complaint_of


def check(facts: Facts) -> Iterator[Complaint]:
    """The near misses."""
    for miss in facts.texts.near_spf:
        span = miss.value.part(miss.fault.start, miss.fault.end)
        yield complaint_of(miss.fault, span, At(miss.record.name, "TXT"))


RULE = Rule("spf-version-misspelt", "error", check, __doc__, "RFC 7208 section 4.5", needs=("near-spf",))
