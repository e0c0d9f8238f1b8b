"""An address of a TLS-RPT record is no URI that reports are sent to.

`rua` holds `mailto:` and `https:` URIs with commas between; a comma, `!` or `;` inside one must be percent-encoded
(RFC 8460 section 3). What is no such URI gets no reports, and neither does a host that is in no public DNS, such as one
below `.local`.

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
from linter.records.fault import quoted
from linter.rules.rule import Rule

from .grammar import grammar_complaints, shown


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind, and hosts that public DNS does not have."""
    yield from grammar_complaints(facts.texts.tls_rpt, "invalid-uri")
    for text in facts.texts.tls_rpt:
        for uri in text.read.rua[:_MOST]:
            found = facts.not_public(f"{uri.host}.") if "." in uri.host else None
            if found is not None:
                message = f"{shown(uri.host)} {found.why}, so no report reaches {quoted(uri.text, 80)}"
                span = text.value.part(uri.start, uri.end)
                name = text.record.name
                yield Complaint(span, message, _WAY_OUT, (), name, "TXT", "warning", found.reference)


_MOST = 20
_WAY_OUT = "name an address that senders outside reach, or leave it out"
NEEDS = ("tls-rpt:invalid-uri", "tls-rpt:odd-host")
RULE = Rule("tls-rpt-invalid-uri", "error", check, __doc__, "RFC 8460 section 3", needs=NEEDS)
