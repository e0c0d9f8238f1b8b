"""A policy of DomainKeys or ADSP is still published, though nobody reads it.

DomainKeys (RFC 4870) put a policy such as `o=~` at `_domainkey`; ADSP (RFC 5617) put `dkim=all` at `_adsp._domainkey`.
Both are historic: what a domain asks of receivers now stands in its DMARC record. The old text does nothing but
puzzle those who read the zone.

## Bad

```yaml
_domainkey:
  type: TXT
  value: o=~\\; r=postmaster@example.com  # <- delete it
_adsp._domainkey:
  type: TXT
  value: dkim=all  # <- delete it
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
from linter.records.fault import quoted
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """The left-over policies."""
    for record, value in facts.texts.leftovers:
        message = f"{quoted(value.text)} is a policy of DomainKeys or ADSP, which receivers no longer read"
        yield Complaint(value.span, message, "delete it; DMARC has taken its place", (), record.name, "TXT")


RULE = Rule("domainkeys-leftover", "info", check, __doc__, "RFC 5617", needs=("dkim-leftover",))
