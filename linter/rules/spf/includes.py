"""Names that SPF records lead to: without a record, in a circle, given up, or of a proxy."""

from collections.abc import Iterator

from linter.facts.elsewhere import lacking
from linter.facts.hosts.vendors import retired_terms
from linter.facts.proxied import proxied_terms
from linter.facts.spf.cases import SpfCase, own_and_foreign, spf_cases
from linter.facts.spf.cost import MISSING, SEVERAL, SpfTree
from linter.facts.spf.names import names_not_public
from linter.facts.witnesses import of_lookups
from linter.records.spf.record import is_spf
from linter.records.text.fault import quoted
from linter.records.text.name import dotless
from mailzone import ERROR, SPF_LOOKUPS, WARNING, At, Complaint, Facts, Related, complaint, rule

from .tree_words import related_at, shown

_MOST_PLACES = 3


@rule("spf-include-without-record", ERROR, "RFC 7208 section 5.2", when=SPF_LOOKUPS)
def include_without_record(facts: Facts) -> Iterator[Complaint]:
    """Each include of what is known not to be a record; what this zone declares itself has rules that speak there."""
    broken_cases = [case for case in spf_cases(facts) if case.tree.is_broken]
    if not broken_cases:
        return
    declared = {miss.record.name for miss in facts.texts.near_spf} | {record.name for record in facts.records("SPF")}
    declared.update(facts.spf_by_name)
    for case in broken_cases:
        seen, never_there = set(), _never_there(facts, case)
        for own, record, term in own_and_foreign(case):
            broken = [target for target in term.below if _is_broken(target)]
            if not broken or len(broken) < len(term.below) or broken[0].name in declared:
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
            yield complaint(
                case.place(own.term),
                message,
                help=way_out,
                at=At(case.name, "TXT"),
                related=related,
                evidence=(*record.witnesses, *broken[0].witnesses),
            )


def _is_broken(target: SpfTree) -> bool:
    """A record that a zone declares and that does not parse is reported with its own zone."""
    return target.is_absent or (target.is_unreadable and bool(target.origin))


def _never_there(facts: Facts, case: SpfCase) -> set[int]:
    """Where the terms begin of which `spf-domain-not-public` speaks."""
    return {each.term.start for each in names_not_public(facts, case.text.spf)}


def _is_spoilt(case: SpfCase, start: int, end: int) -> bool:
    """Whether a fault of the grammar speaks of the term."""
    return any(fault.start <= end and start <= fault.end for fault in case.text.spf.faults)


def _reason(target: SpfTree) -> str:
    if target.spf is not None and not target.is_absent:
        return f"has a record that does not parse ({target.spf.faults[0].message})"
    return MISSING[target.status]


def _what_stands_there(facts: Facts, target: SpfTree) -> tuple[Related, ...]:
    # Other people's names are asked for nothing but what SPF needs.
    for kind in ("TXT", "A", "AAAA", "MX") if facts.zone_at(target.name) else ("TXT",):
        answer = facts.resolver.lookup(target.name, kind)
        places = list(zip(answer.values, answer.spans, strict=False))
        if target.status == SEVERAL or target.spf is not None:
            places = [(value, span) for value, span in places if isinstance(value, str) and is_spf(value)]
        if places:
            return tuple(Related(span, f"is at {shown(target.name)}") for _, span in places[:_MOST_PLACES])
    return ()


@rule("spf-loop", ERROR, "RFC 7208 section 4.6.4", when=SPF_LOOKUPS)
def loop(facts: Facts) -> Iterator[Complaint]:
    """Each loop once, at the include that closes it."""
    if not any(case.tree.is_looped for case in spf_cases(facts)):
        return
    from linter.facts.spf.loops import loops  # of the few zones that have one

    for loop in loops(spf_cases(facts), facts.estate.spf_trees(facts.parsers.spf)):
        way = " → ".join(name.removesuffix(".") for name in loop.names)
        message = f"{quoted(loop.term.text, 80)} is a loop: {quoted(way, 200)}"
        steps = ((span, f"{quoted(term.text, 80)} is in the loop") for _, term, span in loop.steps)
        related = tuple(Related(*step) for step in steps)
        evidence = [witness for name in loop.names for witness in of_lookups(facts, name, "TXT")]
        at = At(loop.name, "TXT")
        yield complaint(loop.span, message, help="remove this term", at=at, related=related, evidence=evidence)


@rule("spf-retired-include", WARNING, "RFC 7208 section 5.2", when=SPF_LOOKUPS)
def retired_include(facts: Facts) -> Iterator[Complaint]:
    """Every term that leads to a retired name."""
    for text in facts.texts.spf:
        for term, name, vendor, retired in retired_terms(text):
            message = f"`{name}` {retired.told} ({vendor}, {retired.evidence.witness.words})"
            way_out = "delete the term"
            if retired.successor and retired.successor in text.spf.text.lower():
                way_out = f"delete the term: `{retired.successor}` is in the record"
            elif retired.successor:
                way_out = f"write `{retired.successor}`"
            is_firm = retired.evidence.confirmed
            severity = "" if is_firm and not retired.works else "info"
            span = text.value.place(term)
            yield complaint(
                span,
                message,
                help=way_out,
                at=text.record,
                severity=severity,
                is_firm=is_firm,
                evidence=(retired.evidence.witness,),
            )


@rule("spf-domain-not-public", ERROR, "RFC 7208 section 4.3", when=SPF_LOOKUPS)
def domain_not_public(facts: Facts) -> Iterator[Complaint]:
    """Each name that is never there; of web addresses behind `a` and `mx`, `spf-syntax` speaks."""
    for text in facts.texts.spf:
        for each in names_not_public(facts, text.spf):
            name = each.term.name
            if each.is_url and name in ("a", "mx"):
                continue
            message = f"{quoted(each.spec.text, 80)} {each.found.why}, so {each.effect}"
            span = text.value.place(each.spec)
            severity = "" if each.is_needed else "warning"
            yield complaint(
                span, message, help=each.help, at=text.record, severity=severity, reference=each.found.reference
            )


@rule("spf-authorises-proxy", WARNING, "RFC 7208 section 5.3", when=SPF_LOOKUPS)
def authorises_proxy(facts: Facts) -> Iterator[Complaint]:
    """Every `a` that authorises somebody by a name that a proxy answers for."""
    for text, term, host, at in proxied_terms(facts):
        message = f"{quoted(term.text)} authorises Cloudflare's web proxy, not the server behind `{dotless(host)}`"
        way_out = "write the server's address as `ip4:` or `ip6:` if it sends mail, else delete the term"
        related = tuple(Related(record.name_span, "proxied here") for record in at)
        span = text.value.place(term)
        yield complaint(span, message, help=way_out, at=text.record, related=related)
