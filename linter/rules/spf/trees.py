"""What SPF records cost in lookups, with all that they include."""

from collections.abc import Iterator

from linter.facts.elsewhere import lacking
from linter.facts.hosts.reserved_names import is_documentation
from linter.facts.spf.cases import NEAR, Reported, SpfCase, own_and_foreign, reports, spf_cases
from linter.facts.spf.cost import VERSIONS, SpfTree, TreeTerm, records_in, rows, uncounted, witnesses_in
from linter.facts.spf.limits import MAX_LOOKUPS, MAX_MX_HOSTS, MAX_VOID_LOOKUPS
from linter.facts.spf.placeholders import is_placeholder
from linter.facts.spf.reading import leads
from linter.finding import in_words
from linter.lookup.answer import NO_NAME, UNKNOWN
from linter.records.text.fault import quoted
from linter.source.typed import TYPE_CHECKING
from mailzone import ERROR, INFO, SPF_LOOKUPS, WARNING, At, Complaint, Facts, Related, complaint, rule

from .tree_words import costs, listed, others, related_at, shown

if TYPE_CHECKING:
    from linter.facts.spf.voids import HostVoids


@rule("spf-too-many-lookups", ERROR, "RFC 7208 section 4.6.4", when=SPF_LOOKUPS)
def too_many_lookups(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each cause, at the term where the running total passes the limit."""
    if not any(case.tree.lookups.min > MAX_LOOKUPS for case in spf_cases(facts)):
        return
    from linter.facts.spf.firm import FirmLookups, assumed_in  # of the few records that cost too much

    firm = FirmLookups()
    for reported in reports(spf_cases(facts), firm, MAX_LOOKUPS + 1):
        yield _complaint(reported, _shorter(facts, reported.case) or _WAY_OUT)
    rest = [case for case in spf_cases(facts) if firm(case.tree) <= MAX_LOOKUPS]
    for reported in reports(rest, _least, MAX_LOOKUPS + 1):
        snapshots = assumed_in(reported.case.tree)
        need = "needs" if len(snapshots) == 1 else "need"
        made = _complaint(reported, "")
        vendors = listed(record.name for record in snapshots)
        when = in_words(each for record in snapshots for each in record.witnesses)
        message = f"{made.message}, if {vendors} still {need} what was there ({when})"
        way_out = "run `mailzone lock` to see what it is now"
        yield made._replace(message=message, help=way_out, is_firm=False)


_WAY_OUT = "remove what no longer sends, write addresses for hosts, or have a service send from a subdomain"


def _shorter(facts: Facts, case: SpfCase) -> str:
    """How the record gets under the limit; "" where nothing can be said of that."""
    from linter.facts.spf.shorter import UNDECLARED, shorter  # of the few records that cost too much
    from linter.facts.spf.shorter_words import in_short

    if len(facts.spf_by_name.get(case.name, ())) != 1:
        return ""
    known = UNDECLARED
    if facts.intent is not None:
        from linter.facts.mail.idle_terms import known_terms

        known = known_terms(facts, case.name)
    found = shorter(case.tree, facts.resolver, facts.parsers.spf, facts.zone_at, known)
    return in_short(found, case.name, case.tree.is_open) if found is not None else ""


def _complaint(reported: Reported, way_out: str) -> Complaint:
    case = reported.case
    least, most = case.tree.lookups
    term = next(term for term in case.tree.terms if term.total.min > MAX_LOOKUPS)
    at_least = "at least " if case.tree.is_open or most > least else ""
    message = f"{at_least}{least} lookups, {least - MAX_LOOKUPS} too many: receivers answer permerror"
    related = (*costs(case), *others(reported))
    return complaint(
        case.place(term.term),
        message,
        help=way_out,
        at=At(case.name, "TXT"),
        related=related,
        evidence=witnesses_in(case.tree),
    )


def _least(tree: SpfTree) -> int:
    return tree.lookups.min


@rule("spf-near-lookup-limit", WARNING, "RFC 7208 section 4.6.4", when=SPF_LOOKUPS)
def near_lookup_limit(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each cause, at the term where the running total comes near the limit."""
    cases = [case for case in spf_cases(facts) if case.tree.lookups.min <= MAX_LOOKUPS]
    for reported in reports(cases, _least, NEAR):
        case = reported.case
        least, most = case.tree.lookups
        term = next(term for term in case.tree.terms if term.total.min >= NEAR)
        unknown = uncounted(case.tree)
        if unknown:
            message = f"at least {least} of {MAX_LOOKUPS} lookups; those inside {listed(unknown)} are not known yet"
            way_out = "run `mailzone lock` once; remove what no longer sends"
        else:
            at_least = "at least " if most > least else ""
            message = f"{at_least}{least} of {MAX_LOOKUPS} lookups; one more service may be one too many"
            way_out = "remove what no longer sends, or write addresses for hosts, before anything is added"
        yield complaint(
            case.place(term.term),
            message,
            help=way_out,
            at=At(case.name, "TXT"),
            related=(*costs(case), *others(reported)),
            evidence=witnesses_in(case.tree),
        )


_MOST_PLACES = 10


@rule("spf-lookups-unknown", INFO, "RFC 7208 section 4.6.4", when=SPF_LOOKUPS)
def lookups_unknown(facts: Facts) -> Iterator[Complaint]:
    """The records with unknown ones below, from the most expensive; what is named once is not named again.

    Of a record that does not parse its errors speak, and of one near the limit `spf-near-lookup-limit`.
    """
    named: set[str] = set()
    for case in sorted(spf_cases(facts), key=_order):
        if not case.tree.is_open or case.tree.lookups.min >= NEAR or not case.text.spf.is_valid:
            continue
        # Of names that are never there `spf-domain-not-public` speaks, of placeholders `spf-placeholder`.
        askable = (name for name in uncounted(case.tree) if not is_placeholder(name, facts.zone.name))
        unknown = [name for name in askable if is_documentation(name) or not facts.not_public(name)]
        if named.issuperset(unknown):
            continue
        named.update(unknown)
        term = next(term for term in case.tree.terms if any(below.is_open for below in term.below))
        least = case.tree.lookups.min
        plural = "" if least == 1 else "s"
        message = f"at least {least} lookup{plural}; those inside {listed(unknown)} are not known yet"
        related = tuple(_elsewhere(case))
        yield complaint(
            case.place(term.term),
            message,
            help="run `mailzone lock` once",
            at=At(case.name, "TXT"),
            related=related,
            evidence=witnesses_in(case.tree),
        )


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


_MOST_ROWS = 20


@rule("spf-too-many-void-lookups", ERROR, "RFC 7208 section 4.6.4", when=SPF_LOOKUPS)
def too_many_void_lookups(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each cause, at the term whose lookup is the third in vain."""
    if not any(case.tree.most_voids > MAX_VOID_LOOKUPS for case in spf_cases(facts)):
        return
    from linter.facts.spf.voids import HostVoids  # of the few records that ask in vain

    voids = HostVoids()
    for reported in reports(spf_cases(facts), voids, MAX_VOID_LOOKUPS + 1):
        case = reported.case
        versions = voids.exceeded(case.tree)
        version = max(versions, key=lambda each: voids.count(case.tree, each))
        count = voids.count(case.tree, version)
        told = f"{count} lookups find nothing{_clients(versions)}, {count - MAX_VOID_LOOKUPS} too many"
        message = f"{told}: receivers may answer permerror"
        can_be_there = not any(facts.not_public(name) for name in _void_names(case, version))
        way_out = _gone(can_be_there) if versions == VERSIONS else _way_out(version, can_be_there)
        severity = "" if _is_error(voids, reported) else "warning"
        place = case.place(_third(voids, case, version).term)
        related = (*_reasons(facts, case, version), *others(reported))
        at, evidence = At(case.name, "TXT"), witnesses_in(case.tree)
        yield complaint(place, message, help=way_out, at=at, related=related, severity=severity, evidence=evidence)


def _clients(versions: tuple[int, ...]) -> str:
    return "" if versions == VERSIONS else f" for IPv{versions[0]} clients"


def _gone(can_be_there: bool) -> str:
    return f"remove the names that do not exist any more{', or publish their addresses' if can_be_there else ''}"


def _way_out(version: int, can_be_there: bool) -> str:
    """Hosts that are there need no lookup where the record names their addresses."""
    other, kind = 10 - version, "A" if version == 4 else "AAAA"
    instead = f", or publish their {kind} records" if can_be_there else ""
    return f"name the addresses of these hosts by `ip{other}:` in place of the hosts{instead}"


def _void_names(case: SpfCase, version: int) -> Iterator[str]:
    """All names that are asked for in vain."""
    return (name for row in rows(case.tree) if not leads(row.term) for name in row.term.voids(version))


def _is_error(voids: "HostVoids", reported: Reported) -> bool:
    """Whether what is asked for is gone, or a client of one IP version loses a term that could match it."""
    return any(
        voids.gone(case.tree) > MAX_VOID_LOOKUPS
        or any(voids.is_match_lost(case.tree, version) for version in voids.exceeded(case.tree))
        for case in (reported.case, *reported.others)
    )


def _third(voids: "HostVoids", case: SpfCase, version: int) -> TreeTerm:
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


@rule("spf-too-many-mx-hosts", ERROR, "RFC 7208 section 4.6.4", when=SPF_LOOKUPS)
def too_many_mx_hosts(facts: Facts) -> Iterator[Complaint]:
    """Each such term of a declared record, and each that it leads to in a record that no zone declares."""
    for case in spf_cases(facts):
        for own, record, term in own_and_foreign(case) if case.tree.most_hosts > MAX_MX_HOSTS else ():
            if term.hosts <= MAX_MX_HOSTS:
                continue
            written, too_many = quoted(term.text, 80), term.hosts - MAX_MX_HOSTS
            related = []
            if record is not case.tree:
                written = f"{quoted(own.text, 80)} leads to {written} in {shown(record.name)}, which"
                related.append(related_at(case, record, term.term, "the term"))
            for name in term.targets:
                spans = facts.resolver.lookup(name, "MX").spans
                related += [Related(span, "one too many") for span in spans[MAX_MX_HOSTS : MAX_MX_HOSTS + 1]]
            message = f"{written} has {term.hosts} mail hosts, {too_many} too many: receivers answer permerror"
            yield complaint(
                case.place(own.term),
                message,
                help="list their addresses instead",
                at=At(case.name, "TXT"),
                related=tuple(related),
                evidence=(*record.witnesses, *term.witnesses),
            )
