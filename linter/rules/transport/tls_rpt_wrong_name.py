"""A TLS-RPT record stands at a name where no sender looks.

Senders ask for TXT at `_smtp._tls` below the mail domain (RFC 8460 section 3), two labels with a dot between. Drafts
had other names, which are still copied.

## Bad

```yaml
_smtp-tlsrpt:
  type: TXT
  value: v=TLSRPTv1\\; rua=mailto:tls@reports.example.net  # <- move it to `_smtp._tls.example.com`
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

from .grammar import wrong_names


def check(facts: Facts) -> Iterator[Complaint]:
    """Records at names that nobody asks for, nor leads to."""
    return wrong_names(facts, facts.texts.tls_rpt, KIND, "TLS-RPT")


RULE = Rule(
    "tls-rpt-wrong-name",
    "error",
    check,
    __doc__,
    "RFC 8460 section 3",
    needs=("stray-tls-rpt",),
)
