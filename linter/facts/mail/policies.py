"""Where the policies that are published for a name are not those declared for it: DMARC and MTA-STS."""

from collections.abc import Iterator

from linter.facts.dmarc.places import dmarc_places
from linter.facts.dmarc.policy import Governing, dmarc_policies
from linter.facts.dmarc.walk import SEVERAL
from linter.facts.facts import Facts
from linter.facts.transport.sts_domains import receives_nothing
from linter.intent.model import POLICIES, STS_MODES, DeclaredPolicy, Mail, Word
from linter.lookup.answer import FOUND
from linter.records.dmarc.record import Dmarc
from linter.records.transport.mta_sts import is_mta_sts
from linter.source.frozen import Frozen
from linter.source.text import Span


class PolicyDifference(Frozen):
    """One thing that differs.

    `what` is "p", "sp", "rua", "dmarc" (no record at all) or "mta-sts"; `wanted` is the declared word, `found` what
    receivers find, "" for nothing. `is_weaker` is whether that protects less. `at` is the name of the record, `span`
    the place of what was found where it is in this zone.
    """

    what: str
    wanted: Word
    found: str
    is_weaker: bool
    at: str
    span: Span | None = None


def policy_differences(facts: Facts, entry: Mail) -> Iterator[PolicyDifference]:
    """All of one name; what is not known differs from nothing."""
    if entry.is_none:
        return
    if entry.dmarc is not None:
        yield from _dmarc(facts, entry, entry.dmarc)
    if entry.mta_sts is not None:
        yield from _mta_sts(facts, entry.name.text, entry.mta_sts)


def _dmarc(facts: Facts, entry: Mail, wanted: DeclaredPolicy) -> Iterator[PolicyDifference]:
    name = entry.name.text
    governing = dmarc_policies(facts).by_tree_walk(name)
    place = f"_dmarc.{governing.domain or name}"
    if governing.is_unknown or any(step.status == SEVERAL for step in governing.asked):
        return
    if governing.record is None:
        word = wanted.p or wanted.sp or next(iter(wanted.rua), None)
        is_meant = dmarc_policies(facts).records.at(name).is_meant or name in dmarc_places(facts).meant_for
        if word is not None and not is_meant:
            yield PolicyDifference("dmarc", word, "", word is wanted.p and word.text != "none", place)
        return
    yield from _policies(facts, governing, wanted, place)
    known = {uri.address.lower() for uri in governing.record.rua}
    lacking = [word for word in wanted.rua if not _addresses(word) <= known]
    if lacking and governing.record.rua:
        tag, span = governing.record.tag("rua"), _span(facts, place, "rua")
        yield PolicyDifference("rua", lacking[0], tag.value if tag is not None else "", False, place, span)


def _policies(facts: Facts, governing: Governing, wanted: DeclaredPolicy, place: str) -> Iterator[PolicyDifference]:
    record, found = governing.record, governing.policy or ""
    if record is None:
        return
    if wanted.p is not None and found != wanted.p.text and not _is_broken(record):
        tag = governing.tag or "p"
        yield PolicyDifference(
            "p", wanted.p, found, _rank(found) < _rank(wanted.p.text), place, _span(facts, place, tag)
        )
    if wanted.sp is not None and governing.domain == governing.name and not _is_broken(record):
        below = record.sp or record.p or ""
        # A change of `p` alone, which `sp` follows, is told with `p`.
        if below != wanted.sp.text and (record.sp is not None or wanted.p is None or found == wanted.p.text):
            tag = "sp" if record.sp is not None else "p"
            is_weaker = _rank(below) < _rank(wanted.sp.text)
            yield PolicyDifference("sp", wanted.sp, below, is_weaker, place, _span(facts, place, tag))


def _is_broken(record: Dmarc) -> bool:
    """Whether a fault of the record decides what receivers apply, of which the rules about its grammar speak."""
    return record.p is None or any(fault.kind == "invalid-value" for fault in record.faults)


def _rank(policy: str) -> int:
    return POLICIES.index(policy) if policy in POLICIES else -1


def _addresses(word: Word) -> set[str]:
    """The addresses of a declared `rua`, written as in a record or without `mailto:`."""
    return {each.strip().lower().removeprefix("mailto:") for each in word.text.split(",")}


def _span(facts: Facts, place: str, name: str) -> Span | None:
    """Where a tag of the one record at a name stands in this zone, or else the record."""
    for text in dmarc_places(facts).single():
        if text.record.name == place:
            tag = text.dmarc.tag(name) or text.dmarc.tag("p")
            return text.value.place(tag) if tag is not None else text.value.span
    return None


def _mta_sts(facts: Facts, name: str, wanted: Word) -> Iterator[PolicyDifference]:
    place = f"_mta-sts.{name}"
    answer = facts.resolver.lookup(place, "TXT")
    texts = [(value, span) for value, span in zip(answer.values, answer.spans, strict=False) if is_mta_sts(str(value))]
    if answer.status == FOUND and texts:
        policy = facts.policies.get(name)
        mode = policy.policy.mode if policy is not None and policy.policy.mode in STS_MODES else None
        if mode is not None and mode != wanted.text:
            is_weaker = STS_MODES.index(mode) < STS_MODES.index(wanted.text)
            yield PolicyDifference("mta-sts", wanted, mode, is_weaker, place, texts[0][1])
    elif answer.is_empty and not answer.steps and wanted.text != "none" and not receives_nothing(facts, name):
        yield PolicyDifference("mta-sts", wanted, "", True, place)
