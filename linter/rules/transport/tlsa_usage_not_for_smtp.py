"""A TLSA record for SMTP has usage 0 or 1, which senders do not use.

Usages 0 and 1 ask for a certificate of a public authority besides the match, and mail servers agree on no list of those
(RFC 7672 section 3.1.3). Senders treat the record as unusable, so where there is no other, DANE protects nothing.

## Bad

```yaml
_25._tcp.mx1:
  type: TLSA
  value:
    certificate_usage: 1  # <- usage 1 (PKIX-EE) is not for SMTP
    selector: 1
    matching_type: 1
    certificate_association_data: d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971
```

## Good

```yaml
_25._tcp.mx1:
  type: TLSA
  value:
    certificate_usage: 3
    selector: 1
    matching_type: 1
    certificate_association_data: d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971
```
"""

from collections.abc import Iterator

from linter.facts.certificates import certificates
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Usage 0 or 1 at port 25."""
    for found in certificates(facts.records("TLSA")):
        for fault in found.smtp_faults:
            if fault.fault.kind == "usage-not-for-smtp":
                yield from found.complaint(fault)


RULE = Rule("tlsa-usage-not-for-smtp", "warning", check, __doc__, "RFC 7672 section 3.1.3", needs=("TLSA",))
