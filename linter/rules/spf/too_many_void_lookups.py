"""More than two lookups of an SPF record find nothing, and receivers may answer a permanent error.

Names without an address or mail host are left over when machines go. Receivers should allow two such "void" lookups in
an evaluation and give up at the third (RFC 7208 section 4.6.4): it makes the whole record fail.

A receiver asks for the addresses of the client's own IP version alone (section 5). So three hosts that have only an
IPv4 address are three void lookups for each client that connects over IPv6: an error where a term after them could
match such a client, a warning where only the result of mail that nothing matches changes. The addresses of the hosts
of an `mx` are not counted here; some receivers count them too.

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

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 a:h1.example.com a:h2.example.com a:h3.example.com ip6:2a0a:51c0::25 -all  # <- for IPv6 clients
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
h1:
  type: A
  value: 185.12.64.1
h2:
  type: A
  value: 185.12.64.2
h3:
  type: A
  value: 185.12.64.3
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
from linter.facts.spf_cases import SpfCase, Spoken, speakers
from linter.facts.spf_cost import VERSIONS, TreeTerm, rows
from linter.facts.spf_questions import MAX_VOID_LOOKUPS
from linter.facts.spf_reading import leads
from linter.facts.spf_voids import HostVoids
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
        case = spoken.case
        versions = voids.exceeded(case.tree)
        version = max(versions, key=lambda each: voids.count(case.tree, each))
        count = voids.count(case.tree, version)
        told = f"{count} lookups find nothing{_clients(versions)}, {count - MAX_VOID_LOOKUPS} too many"
        message = f"{told}: receivers may answer permerror"
        can_be_there = not any(facts.not_public(name) for name in _void_names(case, version))
        way_out = _gone(can_be_there) if versions == VERSIONS else _way_out(version, can_be_there)
        severity = "" if _is_error(voids, spoken) else "warning"
        place = case.place(_third(voids, case, version).term)
        related = (*_reasons(facts, case, version), *others(spoken))
        yield Complaint(place, message, way_out, related, case.name, "TXT", severity)


def _clients(versions: tuple[int, ...]) -> str:
    return "" if versions == VERSIONS else f" for IPv{versions[0]} clients"


def _gone(can_be_there: bool) -> str:
    return f"take out the names that are gone{', or publish their addresses' if can_be_there else ''}"


def _way_out(version: int, can_be_there: bool) -> str:
    """Hosts that are there need no lookup where the record names their addresses."""
    other, kind = 10 - version, "A" if version == 4 else "AAAA"
    instead = f", or publish their {kind} records" if can_be_there else ""
    return f"name the addresses of these hosts by `ip{other}:` in place of the hosts{instead}"


def _void_names(case: SpfCase, version: int) -> Iterator[str]:
    """All names that are asked for in vain."""
    return (name for row in rows(case.tree) if not leads(row.term) for name in row.term.voids(version))


def _is_error(voids: HostVoids, spoken: Spoken) -> bool:
    """Whether what is asked for is gone, or a client of one IP version loses a term that could match it."""
    return any(
        voids.gone(case.tree) > MAX_VOID_LOOKUPS
        or any(voids.is_match_lost(case.tree, version) for version in voids.exceeded(case.tree))
        for case in (spoken.case, *spoken.others)
    )


def _third(voids: HostVoids, case: SpfCase, version: int) -> TreeTerm:
    """The term of the record whose lookup is one too many."""
    total = 0
    for term in case.tree.terms:
        total += voids.of_term(term, version)
        if total > MAX_VOID_LOOKUPS:
            break
    return term


def _reasons(facts: Facts, case: SpfCase, version: int) -> Iterator[Related]:
    every = ((row.record, row.term, row.term.voids(version)) for row in rows(case.tree) if not leads(row.term))
    for record, term, names in [each for each in every if each[2]][:_MOST_ROWS]:
        reasons = ", ".join(f"{shown(name)} {_reason(facts, term, name, version)}" for name in names)
        inside = "" if record is case.tree else f"in {shown(record.name)}: "
        yield related_at(case, record, term.term, f"{inside}{quoted(term.text, 80)} finds nothing: {reasons}")
        for name in names:
            yield from lacking(facts, name)


def _reason(facts: Facts, term: TreeTerm, name: str, version: int) -> str:
    if facts.resolver.lookup(name, "A").status == NO_NAME:
        return "does not exist"
    if term.term.name == "mx":
        return "has no MX"
    return "has no address" if name in term.voids(10 - version) else f"has no IPv{version} address"


RULE = Rule("spf-too-many-void-lookups", "error", check, __doc__, "RFC 7208 section 4.6.4", needs=("spf:voids",))
