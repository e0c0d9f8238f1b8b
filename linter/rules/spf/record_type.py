"""An SPF record is published as record type SPF, which receivers do not ask for.

Type SPF (99) was an experiment and is discontinued: SPF is published as TXT only (RFC 7208 section 3.1). Alone it
protects nothing; beside a TXT record that says something else it only misleads whoever edits it next.

## Bad

```yaml
'':
  type: SPF
  value: v=spf1 ip4:192.0.2.0/24 -all  # <- receivers ask for TXT
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 ip4:192.0.2.0/24 -all
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
from linter.finding import Complaint, Related
from linter.rules.rule import Rule
from linter.zone.model import Record, Text


def check(facts: Facts) -> Iterator[Complaint]:
    """Every record of the type; one that agrees with the TXT record beside it is only in the way."""
    for record in facts.records("SPF"):
        for value in record.values:
            if isinstance(value, Text):
                yield _complaint(facts, record, value)


def _complaint(facts: Facts, record: Record, value: Text) -> Complaint:
    name = record.name
    beside = facts.spf_by_name.get(name, [])
    related = tuple(Related(text.value.span, "the TXT record beside it") for text in beside[:1])
    if any(text.value.text == value.text for text in beside):
        message, way_out, severity = (
            "record type SPF is discontinued; the TXT record does its work",
            "delete it",
            "warning",
        )
    elif beside:
        message = "record type SPF is discontinued, and this one differs from the TXT record"
        way_out, severity = "delete it, after a look at which of the two is right", ""
    else:
        message, severity = "receivers ask for TXT, never for record type SPF", ""
        way_out = "publish it as TXT"
    return Complaint(value.span, message, way_out, related, name, "SPF", severity)


RULE = Rule("spf-record-type", "error", check, __doc__, "RFC 7208 section 3.1", needs=("SPF",))
