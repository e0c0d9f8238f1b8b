"""The lookups of an SPF record cannot be counted, because it includes records that nobody here knows.

Ten lookups are allowed over the whole tree (RFC 7208 section 4.6.4), and most of them are spent in the records of
vendors. What these need stands in no file of the repository; `mailzone lock` asks for it once and writes it down.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 mx include:mailers.vendor.example -all  # <- at least 2 lookups
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 mx include:mailers.vendor.example -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

```dns
version: 1
answers:
  mailers.vendor.example:
    TXT: {seen: 2026-11-02, values: ["v=spf1 ip4:198.51.100.0/24 ?all"]}
```
"""

from collections.abc import Iterator

from linter.facts.reserved_names import is_documentation
from linter.facts.spf_cases import NEAR, SpfCase
from linter.facts.spf_cost import records_in, uncounted
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.lookup.answer import UNKNOWN
from linter.rules.rule import Rule

from .tree_places import listed, related_at, shown

_MOST_PLACES = 10


def check(facts: Facts) -> Iterator[Complaint]:
    """The records with unknown ones below, from the most expensive; what is named once is not named again.

    Of a record that does not parse its errors speak, and of one near the limit `spf-near-lookup-limit`.
    """
    named: set[str] = set()
    for case in sorted(facts.spf_cases, key=_order):
        if not case.tree.is_open or case.tree.lookups.min >= NEAR or not case.text.spf.is_valid:
            continue
        # Of names that are never there, `spf-domain-not-public` speaks.
        unknown = [name for name in uncounted(case.tree) if is_documentation(name) or not facts.not_public(name)]
        if named.issuperset(unknown):
            continue
        named.update(unknown)
        term = next(term for term in case.tree.terms if any(below.is_open for below in term.below))
        least = case.tree.lookups.min
        plural, needs = "" if least == 1 else "s", "needs" if len(unknown) == 1 else "need"
        message = f"at least {least} lookup{plural}, without what {listed(unknown)} {needs}"
        related = tuple(_elsewhere(case))
        yield Complaint(case.place(term.term), message, "`mailzone lock` would tell", related, case.name, "TXT")


def _elsewhere(case: SpfCase) -> Iterator[Related]:
    """The terms of other declared records that lead to what is not known."""
    found = [
        (record, term, below)
        for record in records_in(case.tree)
        if record is not case.tree and record.span is not None
        for term in record.terms
        for below in term.below
        if below.status == UNKNOWN
    ]
    for record, term, below in found[:_MOST_PLACES]:
        yield related_at(case, record, term.term, f"{shown(record.name)} leads to {shown(below.name)}")


def _order(case: SpfCase) -> tuple[bool, int]:
    """Domains before the parts that they share, and among these the one nearest to the limit first."""
    return case.is_shared, -case.tree.lookups.min


RULE = Rule("spf-lookups-unknown", "info", check, __doc__, "RFC 7208 section 4.6.4", needs=("spf:uncounted",))
