"""A TLS-RPT record has a fault, so no reports are sent.

A record begins with `v=TLSRPTv1;`, letter for letter, and `rua` says where reports go (RFC 8460 section 3). Senders
discard one that does not, and nobody hears that mail is delayed for want of a valid certificate.

## Bad

```yaml
_smtp._tls:
  type: TXT
  value: v=TLSRPT1\\; rua=mailto:tls@reports.example.net  # <- begin the record with `v=TLSRPTv1;`
```

## Bad

```yaml
_smtp._tls:
  type: TXT
  values:
    - v=TLSRPTv1  # <- cut into two values
    - rua=mailto:tls@reports.example.net
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
from linter.records.tls_rpt import KIND
from linter.rules.rule import Rule

from .grammar import syntax_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The faults of the grammar that cost the whole record."""
    return syntax_complaints(facts.texts.tls_rpt, KIND)


RULE = Rule("tls-rpt-syntax", "error", check, __doc__, "RFC 8460 section 3", needs=("tls-rpt:syntax",))
