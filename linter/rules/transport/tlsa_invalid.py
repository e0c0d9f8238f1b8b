"""A TLSA record has a field that is out of range, or data of the wrong length.

Usage is 0 to 3, selector 0 or 1, matching type 0 to 2, and the data has as many hexadecimal digits as the digest: 64
for SHA2-256, 128 for SHA2-512 (RFC 6698 section 2.1). Senders cannot use such a record; where a host has no other,
DANE protects nothing, and if the data is merely wrong, mail is not delivered.

## Bad

```yaml
_25._tcp.mx1:
  type: TLSA
  value:
    certificate_usage: 3
    selector: 1
    matching_type: 1
    certificate_association_data: d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e9  # <- a SHA2-256 digest has 64 hexadecimal digits, and here are 62
```

## Bad

```yaml
_25._tcp.mx1:
  type: TLSA
  value:
    certificate_usage: 4  # <- `4` is no certificate usage
    selector: SPKI  # <- write `1`
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
"""  # noqa: E501 - the data is one word

from collections.abc import Iterator

from linter.facts.certificates import certificates
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """The faults of all fields, at any port."""
    for found in certificates(facts.records("TLSA")):
        for fault in found.read.faults:
            yield from found.complaint(fault)


RULE = Rule("tlsa-invalid", "error", check, __doc__, "RFC 6698 section 2.1", needs=("TLSA",))
