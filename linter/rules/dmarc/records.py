"""DMARC records as a whole: which name has one, how many, and where."""

from collections.abc import Iterator

from linter.facts.dmarc.places import Misplaced, dmarc_places
from linter.facts.dmarc.policy import dmarc_policies
from linter.facts.elsewhere import lacking
from linter.facts.mail.declared_names import declared_without_mx, has_strange_policy, is_declared_closed
from linter.facts.mail_names import mail_names
from linter.facts.sound import covers_zone
from linter.facts.texts import NearMiss
from linter.lookup.answer import NO_DATA, UNKNOWN
from linter.records.text.fault import instead
from linter.records.text.name import dotless, shown
from linter.source.frozen import Frozen
from linter.source.text import Span
from linter.zone.rewriting import replaced, rewrite_text
from mailzone import (
    DMARC_ODD,
    DMARC_OPEN,
    ERROR,
    WARNING,
    At,
    Complaint,
    Facts,
    Fix,
    Related,
    complaint,
    complaint_of,
    rule,
)


@rule("dmarc-version", ERROR, "RFC 9989 section 4.7", when=DMARC_ODD)
def version(facts: Facts) -> Iterator[Complaint]:
    """The near misses at names where receivers look."""
    for miss in dmarc_places(facts).near:
        span = miss.value.place(miss.fault)
        made = complaint_of(miss.fault, span, At(miss.record.name, "TXT"), miss.value)
        yield made._replace(fix=_made_readable(facts, miss) or made.fix)


_MOST_STEPS = 20


def _made_readable(facts: Facts, miss: NearMiss) -> Fix | None:
    """The record with all that hides it from receivers put right, and what then breaks its grammar."""
    text, fault = miss.value.text, miss.fault
    for _ in range(_MOST_STEPS):
        change = instead(text, fault)
        if change is None:
            return None
        text = replaced(text, [change])
        broken = [each for each in facts.parsers.dmarc(text).faults if each.kind in ("syntax", "version")]
        if not broken:
            whole = (0, len(miss.value.text), text)
            return rewrite_text(miss.value, [whole], "receivers then find the record, and apply its policy")
        fault = broken[0]
    return None


@rule("dmarc-multiple-records", ERROR, "RFC 9989 section 4.10", when=DMARC_ODD)
def multiple_records(facts: Facts) -> Iterator[Complaint]:
    """Every record after the first one; the same text again is a duplicate, which DNS itself drops."""
    for name, texts in dmarc_places(facts).by_name().items():
        first, *others = texts
        for text in others:
            message = (
                f"a second DMARC record at {shown(name)}: old receivers apply none of them,"
                " new ones go on to the parent domain's"
            )
            related = (Related(first.value.span, "the first one"),)
            way_out = "keep one record; its `rua` can name several addresses, with commas between"
            yield complaint(text.value.span, message, help=way_out, at=At(name, "TXT"), related=related)


@rule("dmarc-split-values", ERROR, "RFC 9989 section 4.10", when=DMARC_ODD)
def split_values(facts: Facts) -> Iterator[Complaint]:
    """The records in pieces, each at the piece with the version."""
    for split in dmarc_places(facts).split:
        count = len(split.rest) + 1
        message = f"one DMARC record is cut into {count} values, and receivers read the one with `v=DMARC1` alone"
        way_out = "write one value with `;` between the tags, and in quotes if the list is in brackets"
        related = tuple(Related(value.span, "a piece of it") for value in split.rest[:10])
        yield complaint(split.version.span, message, help=way_out, at=split.record, related=related)


@rule("dmarc-wrong-name", ERROR, "RFC 9989 section 4.10", when=DMARC_ODD)
def wrong_name(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each wrong name, whatever else may be wrong with the text."""
    for misplaced in dmarc_places(facts).misplaced:
        status = dmarc_policies(facts).records.at(misplaced.domain).status if misplaced.domain else NO_DATA
        yield _about_name(misplaced, status)


def _about_name(misplaced: Misplaced, status: str) -> Complaint:
    name, right = misplaced.record.name, misplaced.right
    message = f"no receiver looks for DMARC at {shown(name)}"
    severity = "" if status == NO_DATA else "warning"
    if status not in (NO_DATA, UNKNOWN):
        message = f"{message}; the record at {shown(right)} is the one that receivers use"
        way_out = "compare the two, then delete this one"
    elif right.startswith("*."):
        way_out = f"publish it at {shown(right)}, or with the domain that sends reports there in place of `*`"
    else:
        way_out = f"publish it at {shown(right)}"
        if misplaced.fault:
            way_out = f"{way_out}, and fix it: {misplaced.fault.message}"
    related = tuple(Related(value.span, "this one too") for value in misplaced.more[:10])
    return complaint(
        misplaced.value.span, message, help=way_out, at=At(name, "TXT"), related=related, severity=severity
    )


_REASONS = {"MX": "has MX but", "TXT": "sends mail by its SPF but has", "": "is declared to send but has"}


class _Need(Frozen):
    """A name that takes part in mail, and the record that says so; `kind` is "" for a declaration."""

    name: str
    kind: str
    span: Span


@rule("dmarc-missing", WARNING, "RFC 9989 section 4.10", when=DMARC_OPEN)
def missing(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each organisational domain: one record would cover all its names."""
    ungoverned: dict[str, list[_Need]] = {}
    is_covered = facts.is_internal or covers_zone(facts.texts, facts.zone.name)
    for need in () if is_covered else _needs(facts):
        if _is_ungoverned(facts, need.name) and not has_strange_policy(facts, need.name):
            org_domain = dmarc_policies(facts).org_domain_by_list(need.name)
            ungoverned.setdefault(org_domain, []).append(need)
    for org_domain, needs in ungoverned.items():
        yield _about_missing(facts, org_domain, needs)


def _needs(facts: Facts) -> Iterator[_Need]:
    """The names of the records, apart from those that are declared to have no mail, and those declared to send."""
    found = {each[0]: _Need(*each) for each in mail_names(facts)}
    yield from (need for need in found.values() if not is_declared_closed(facts, need.name))
    for name, word in declared_without_mx(facts).items():
        if name not in found:
            yield _Need(name, "", word.span)


def _is_ungoverned(facts: Facts, name: str) -> bool:
    """Whether it is known that no record governs a name, and none was meant to."""
    records = dmarc_policies(facts).records
    if records.at(name).is_meant:
        return False
    steps = records.walk(name)
    if any(step.is_meant for step in steps) or not dmarc_places(facts).meant_for.isdisjoint(
        step.domain for step in steps
    ):
        return False
    return dmarc_policies(facts).by_tree_walk(name).status == NO_DATA


def _about_missing(facts: Facts, org_domain: str, needs: list[_Need]) -> Complaint:
    first = next((need for need in needs if need.name == org_domain), needs[0])
    others = [need for need in needs if need is not first]
    message = f"{shown(first.name)} {_REASONS[first.kind]} no DMARC record"
    if first.name != org_domain:
        message = f"{message}, neither its own nor one of {shown(org_domain)}"
    if others:
        names = "name has" if len(others) == 1 else "names have"
        message = f"{message}; {len(others)} more {names} none either"
    policy = facts.demands.policy
    when = "to begin with" if policy == "none" else "as the profile demands, once all who send pass SPF or DKIM"
    way_out = f"publish `v=DMARC1; p={policy}; rua=mailto:…` at `_dmarc.{dotless(org_domain)}` {when}"
    names_too = (Related(need.span, f"{shown(need.name)} has none either") for need in others[:10])
    related = (*names_too, *lacking(facts, f"_dmarc.{org_domain}"))
    return complaint(first.span, message, help=way_out, at=At(first.name, first.kind), related=related)
