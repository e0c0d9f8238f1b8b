"""A name has several TLS-RPT records, so no reports are sent.

Senders that find more than one record beginning with `v=TLSRPTv1;` act as if there were none (RFC 8460 section 3).
One record can name several addresses.

## Bad

```yaml
_smtp._tls:
  type: TXT
  values:
    - v=TLSRPTv1\\; rua=mailto:tls@reports.example.net
    - v=TLSRPTv1\\; rua=mailto:tls@watch.example.org  # <- a second TLS-RPT record
```

## Good

```yaml
_smtp._tls:
  type: TXT
  value: v=TLSRPTv1\\; rua=mailto:tls@reports.example.net,mailto:tls@watch.example.org
```

## Fix

List all addresses in one `rua`, with commas between.
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.tls_rpt import KIND
from linter.rules.rule import Rule

from .grammar import second_records


def check(facts: Facts) -> Iterator[Complaint]:
    """Every record after the first one of a name."""
    return second_records(facts.texts.tls_rpt, KIND, "TLS-RPT")


RULE = Rule("tls-rpt-multiple-records", "error", check, __doc__, "RFC 8460 section 3", needs=("tls-rpt-several",))
