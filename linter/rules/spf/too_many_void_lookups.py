"""More than two lookups of an SPF record find nothing, and receivers may answer a permanent error.

Names without an address or mail host are left over when machines go. Receivers should allow two such "void" lookups in
an evaluation and give up at the third (RFC 7208 section 4.6.4): it makes the whole record fail.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 a:old1.example.com a:old2.example.com a:old3.example.com -all  # <- 3 lookups find nothing, 1 too many
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
  value: v=spf1 a:new.example.com -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
new:
  type: A
  value: 192.0.2.25
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.elsewhere import lacking
from linter.facts.spf_cases import HostVoids, SpfCase, speakers
from linter.facts.spf_cost import TreeTerm, rows
from linter.facts.spf_questions import MAX_VOID_LOOKUPS
from linter.facts.spf_reading import leads
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.lookup.answer import NO_NAME
from linter.records.fault import quoted
from linter.rules.rule import Rule

from .tree_places import others, related_at, shown

_MOST_ROWS = 20


def check(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each cause, at the term whose lookup is the third in vain."""
    voids = HostVoids()
    for spoken in speakers(facts.spf_cases, voids, MAX_VOID_LOOKUPS + 1):
        case, total = spoken.case, 0
        for term in case.tree.terms:
            total += voids.of_term(term)
            if total > MAX_VOID_LOOKUPS:
                break
        count = voids(case.tree)
        message = f"{count} lookups find nothing, {count - MAX_VOID_LOOKUPS} too many: receivers may answer permerror"
        way_out = "take out the names that are gone, or publish their addresses"
        related = (*_reasons(facts, case), *others(spoken))
        yield Complaint(case.place(term.term), message, way_out, related, case.name, "TXT")


def _reasons(facts: Facts, case: SpfCase) -> Iterator[Related]:
    found = [(row.record, row.term) for row in rows(case.tree) if row.term.voids and not leads(row.term)]
    for record, term in found[:_MOST_ROWS]:
        reasons = ", ".join(f"{shown(name)} {_reason(facts, term, name)}" for name in term.voids[:3])
        inside = "" if record is case.tree else f"in {shown(record.name)}: "
        yield related_at(case, record, term.term, f"{inside}{quoted(term.text, 80)} finds nothing: {reasons}")
        for name in term.voids[:3]:
            yield from lacking(facts, name)


def _reason(facts: Facts, term: TreeTerm, name: str) -> str:
    if facts.resolver.lookup(name, "A").status == NO_NAME:
        return "does not exist"
    return "has no MX" if term.term.name == "mx" and name in term.targets else "has no address"


RULE = Rule("spf-too-many-void-lookups", "error", check, __doc__, "RFC 7208 section 4.6.4", needs=("spf:voids",))
