"""An address of a TLS-RPT record is no URI that reports are sent to.

`rua` holds `mailto:` and `https:` URIs with commas between; a comma, `!` or `;` inside one must be percent-encoded
(RFC 8460 section 3). What is no such URI gets no reports, and nobody hears of it.

## Bad

```yaml
_smtp._tls:
  type: TXT
  value: v=TLSRPTv1\\; rua=tls@reports.example.net  # <- write `mailto:tls@reports.example.net`
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
    return grammar_complaints(facts.texts.tls_rpt, "invalid-uri")


RULE = Rule("tls-rpt-invalid-uri", "error", check, __doc__, "RFC 8460 section 3", needs=("tls-rpt:invalid-uri",))
