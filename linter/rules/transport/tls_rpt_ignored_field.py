"""A field of a TLS-RPT record is passed over by senders.

Besides `v` and `rua` no field of the record means anything yet (RFC 8460 section 3). One that is copied from DMARC,
such as `ruf`, does nothing here.

## Bad

```yaml
_smtp._tls:
  type: TXT
  value: v=TLSRPTv1\\; rua=mailto:tls@reports.example.net\\; ruf=mailto:tls@reports.example.net  # <- `ruf`
```

## Good

```yaml
_smtp._tls:
  type: TXT
  value: v=TLSRPTv1\\; rua=mailto:tls@reports.example.net
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import grammar_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind."""
    return grammar_complaints(facts.texts.tls_rpt, "ignored-field")


RULE = Rule("tls-rpt-ignored-field", "warning", check, __doc__, "RFC 8460 section 3", needs=("tls-rpt:ignored-field",))
