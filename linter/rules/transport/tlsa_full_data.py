"""A TLSA record for SMTP publishes a whole certificate or key where a digest would do.

Matching type 0 makes answers large, up to what does not fit into UDP, and the record changes with every byte of the
certificate. A SHA2-256 digest does the same in 32 octets (RFC 7671 section 10.1.2).

## Bad

```yaml
_25._tcp.mx1:
  type: TLSA
  value:
    certificate_usage: 3
    selector: 1
    matching_type: 0  # <- matching type 0 publishes the whole certificate or key
    certificate_association_data: 302a300506032b6570032100b0de85375a9d99a2abdd9d76b5dcd2a2bd16f2e4d8c1e3a0e6d1a3c5f7b9d0e2
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
"""  # noqa: E501 - the data is one word

from collections.abc import Iterator

from linter.facts.certificates import certificates
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Matching type 0 at port 25."""
    for found in certificates(facts.records("TLSA")):
        for fault in found.smtp_faults:
            if fault.fault.kind == "full-data":
                yield from found.complaint(fault)


RULE = Rule("tlsa-full-data", "info", check, __doc__, "RFC 7671 section 10.1.2", needs=("TLSA",))
