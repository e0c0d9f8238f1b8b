"""DMARC reports go to a service that is known to be closed.

Nobody reads what is sent there, so that the domain is watched by no one although its record says so; and whoever takes
over a forgotten domain learns who sends mail for yours (RFC 9990 has the reports name every source). The record itself
stays valid (RFC 9989 section 4.7): receivers go on sending.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc-rua@dmarc.service.gov.uk  # <- NCSC Mail Check, which was closed
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.providers.catalogue import catalogue
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Every address of `rua` and `ruf` at a service that has been closed."""
    for text in facts.texts.dmarc:
        others = len({uri.host for uri in text.dmarc.rua}) > 1
        for uri in (*text.dmarc.rua, *text.dmarc.ruf):
            found = catalogue().retired("report-address", uri.host)
            if found is None or text.role != "policy":
                continue
            retired = found[1]
            is_firm = retired.evidence.confirmed
            severity = "" if is_firm else "info"
            message = f"`{uri.host}` {retired.reason}: nobody reads these reports"
            way_out = "delete the address" if others else "name an address that somebody reads, or leave out `rua`"
            span = text.value.part(uri.start, uri.end)
            yield Complaint(span, message, way_out, (), text.record.name, "TXT", severity, is_firm=is_firm)


RULE = Rule("dmarc-retired-report-address", "warning", check, __doc__, "RFC 9989 section 4.7", needs=("dmarc:retired",))
