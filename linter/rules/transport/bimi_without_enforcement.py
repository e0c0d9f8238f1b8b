"""A BIMI record does not count while DMARC is not enforced at full strength.

Receivers show a logo only for mail under `p=quarantine` or `p=reject` that holds for subdomains too (no `sp=none`) and
for all mail (no `pct` below 100); the domain and its organisational domain must both be so (BIMI draft, which is no
RFC). With a weaker policy the record does nothing.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=none\\; rua=mailto:dmarc@reports.example.net  # <- [dmarc-policy-none]
default._bimi:
  type: TXT
  value: v=BIMI1\\; l=https://example.com/logo.svg\\; a=https://example.com/mark.pem  # <- `p=none`
```

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; sp=none\\; rua=mailto:dmarc@reports.example.net  # <- [dmarc-subdomains-weaker]
default._bimi:
  type: TXT
  value: v=BIMI1\\; l=https://example.com/logo.svg\\; a=https://example.com/mark.pem  # <- `sp=none`
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
default._bimi:
  type: TXT
  value: v=BIMI1\\; l=https://example.com/logo.svg\\; a=https://example.com/mark.pem
```
"""

from collections.abc import Iterator

from linter.facts.bimi_policy import weakness
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule

from .grammar import shown


def check(facts: Facts) -> Iterator[Complaint]:
    """Every domain with a logo whose DMARC policy is known to be too weak."""
    seen = set()
    for text in facts.texts.bimi:
        domain = text.record.name.partition("._bimi.")[2]
        if not text.in_place or not domain or text.read.declines or domain in seen:
            continue
        seen.add(domain)
        found = weakness(facts, domain)
        if found is None:
            continue
        why = f"{shown(domain)} has no DMARC record"
        if found.tag:
            why = f"the DMARC record of {shown(found.domain)} says `{found.tag}`"
        related = (Related(found.span, "the DMARC record"),) if found.span else ()
        message = f"{why}, so receivers show no logo"
        way_out = "enforce `p=quarantine` or `p=reject` for all mail, or delete the BIMI record"
        yield Complaint(text.value.span, message, way_out, related, text.record.name, "TXT")


RULE = Rule(
    "bimi-without-enforcement",
    "warning",
    check,
    __doc__,
    "draft-brand-indicators-for-message-identification",
    needs=("bimi",),
)
