"""Names that SPF records include: without a record, in a circle, or given up."""

from collections.abc import Iterator

from linter.facts.elsewhere import lacking, zone_at
from linter.facts.hosts.vendors import retired_terms
from linter.facts.spf.cases import SpfCase, own_and_foreign
from linter.facts.spf.cost import SEVERAL, SpfTree
from linter.facts.spf.loops import loops
from linter.facts.spf.problems import MISSING
from linter.providers.catalogue import catalogue
from linter.records.spf.record import is_spf
from linter.records.text.fault import quoted
from mailzone import ERROR, SPF, WARNING, At, Complaint, Facts, Related, complaint, rule

from .tree_places import related_at, shown

_MOST_PLACES = 3


@rule("spf-include-without-record", ERROR, "RFC 7208 section 5.2", when=SPF)
def include_without_record(facts: Facts) -> Iterator[Complaint]:
    """Each include of what is known to be no record; what this zone declares itself has rules that speak there."""
    spoken = {miss.record.name for miss in facts.texts.near_spf} | {record.name for record in facts.records("SPF")}
    spoken.update(facts.spf_by_name)
    for case in facts.spf_cases:
        seen, never_there = set(), _never_there(facts, case)
        for own, record, term in own_and_foreign(case):
            broken = [target for target in term.below if _is_broken(target)]
            if not broken or len(broken) < len(term.below) or broken[0].name in spoken:
                continue
            if (own.text, broken[0].name) in seen or _is_spoilt(case, own.term.start, own.term.end):
                continue
            if record is case.tree and own.term.start in never_there:
                continue
            seen.add((own.text, broken[0].name))
            what = f"{shown(broken[0].name)} {_reason(broken[0])}"
            message = f"{quoted(own.text, 80)} fails: {what}, so receivers answer permerror"
            related = _what_stands_there(facts, broken[0]) or lacking(facts, broken[0].name)
            if record is not case.tree:
                written = f"{quoted(own.text, 80)} leads to {quoted(term.text, 80)}"
                message = f"{written}, and {what}, so receivers answer permerror"
                related = (related_at(case, record, term.term, "the term that fails"), *related)
            way_out = "take it out"
            if facts.not_public(broken[0].name) is None:
                way_out += f", or have an SPF record published at {shown(broken[0].name)}"
            yield complaint(case.place(own.term), message, help=way_out, at=At(case.name, "TXT"), related=related)


def _is_broken(target: SpfTree) -> bool:
    """A record that a zone declares and that does not parse is reported with its own zone."""
    return target.is_absent or (target.is_unreadable and bool(target.origin))


def _never_there(facts: Facts, case: SpfCase) -> set[int]:
    """Where the terms begin of which `spf-domain-not-public` speaks."""
    return {each.term.start for each in facts.odd_names(case.text)}


def _is_spoilt(case: SpfCase, start: int, end: int) -> bool:
    """Whether a fault of the grammar speaks of the term."""
    return any(fault.start <= end and start <= fault.end for fault in case.text.spf.faults)


def _reason(target: SpfTree) -> str:
    if target.spf is not None and not target.is_absent:
        return f"has a record that does not parse ({target.spf.faults[0].message})"
    return MISSING[target.status]


def _what_stands_there(facts: Facts, target: SpfTree) -> tuple[Related, ...]:
    # Other people's names are asked for nothing but what SPF needs.
    for kind in ("TXT", "A", "AAAA", "MX") if zone_at(facts, target.name) else ("TXT",):
        answer = facts.resolver.lookup(target.name, kind)
        places = list(zip(answer.values, answer.spans, strict=False))
        if target.status == SEVERAL or target.spf is not None:
            places = [(value, span) for value, span in places if isinstance(value, str) and is_spf(value)]
        if places:
            return tuple(Related(span, f"stands at {shown(target.name)}") for _, span in places[:_MOST_PLACES])
    return ()


@rule("spf-loop", ERROR, "RFC 7208 section 4.6.4", when=SPF)
def loop(facts: Facts) -> Iterator[Complaint]:
    """Each loop once, at the include that closes it."""
    for loop in loops(facts.spf_cases, facts.estate.spf_trees(facts.parsers.spf)):
        way = " → ".join(name.removesuffix(".") for name in loop.names)
        message = f"{quoted(loop.term.text, 80)} goes round in a circle: {quoted(way, 200)}"
        steps = ((span, f"{quoted(term.text, 80)} is on the way round") for _, term, span in loop.steps)
        related = tuple(Related(*step) for step in steps)
        yield complaint(loop.span, message, help="take this term out", at=At(loop.name, "TXT"), related=related)


@rule("spf-retired-include", WARNING, "RFC 7208 section 5.2", when=SPF)
def retired_include(facts: Facts) -> Iterator[Complaint]:
    """Every term that leads to a retired name."""
    for text in facts.texts.spf:
        for term, name in retired_terms(text):
            found = catalogue().retired("include", name)
            if found is None:
                continue
            provider, retired = found
            message = f"`{name}` {retired.reason} ({provider.name}, seen {retired.evidence.seen})"
            way_out = "delete the term"
            if retired.successor and retired.successor in text.spf.text.lower():
                way_out = f"delete the term: `{retired.successor}` stands in the record"
            elif retired.successor:
                way_out = f"write `{retired.successor}`"
            is_firm = retired.evidence.confirmed
            severity = "" if is_firm and not retired.works else "info"
            span = text.value.part(term.start, term.end)
            yield complaint(span, message, help=way_out, at=text.record, severity=severity, is_firm=is_firm)


@rule("spf-domain-not-public", ERROR, "RFC 7208 section 4.3", when=SPF)
def domain_not_public(facts: Facts) -> Iterator[Complaint]:
    """Each name that is never there; of web addresses behind `a` and `mx`, `spf-syntax` speaks."""
    for text in facts.texts.spf:
        for each in facts.odd_names(text):
            name = each.term.name
            if each.is_url and name in ("a", "mx"):
                continue
            message = f"{quoted(each.spec.text, 80)} {each.found.why}, so {each.effect}"
            span = text.value.part(each.spec.start, each.spec.end)
            severity = "" if each.is_needed else "warning"
            yield complaint(
                span, message, help=each.help, at=text.record, severity=severity, reference=each.found.reference
            )
