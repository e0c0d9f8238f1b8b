"""What the grammar finds in DMARC records."""

from collections.abc import Iterator

from linter.facts.dmarc.places import dmarc_places
from linter.facts.texts import DmarcText
from linter.records.text.fault import Fault, quoted
from linter.source.typed import TYPE_CHECKING
from mailzone import (
    DMARC_ODD,
    ERROR,
    INFO,
    WARNING,
    At,
    Complaint,
    Facts,
    complaint,
    complaint_of,
    fault_rules,
    rule,
)

if TYPE_CHECKING:
    from linter.records.dmarc.record import Dmarc


@fault_rules(
    {
        "unknown-tag": ("dmarc-unknown-tag", WARNING, "RFC 9989 section 4.7"),
        "duplicate-tag": ("dmarc-duplicate-tag", ERROR, "RFC 6376 section 3.2"),
        "invalid-uri": ("dmarc-invalid-uri", ERROR, "RFC 9989 section 4.7"),
        "failure-options": ("dmarc-failure-options", WARNING, "RFC 9989 section 4.7"),
    },
    when=DMARC_ODD,
)
def grammar_complaints(facts: Facts, kind: str) -> Iterator[Complaint]:
    """The faults of one kind in all records that receivers read as policies."""
    for text in dmarc_places(facts).policies:
        for fault in text.dmarc.faults:
            if fault.kind == kind:
                yield fault_complaint(text, fault)


def fault_complaint(text: DmarcText, fault: Fault) -> Complaint:
    """A fault of a record as a complaint."""
    span = text.value.place(fault)
    return complaint_of(fault, span, At(text.record.name, "TXT"), text.value)


@rule("dmarc-syntax", ERROR, "RFC 9989 section 4.8", when=DMARC_ODD)
def syntax(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind, in records that authorise reports too."""
    yield from grammar_complaints(facts, "syntax")
    for text in dmarc_places(facts).reports:
        for fault in text.dmarc.faults:
            if fault.kind == "syntax":
                yield fault_complaint(text, fault)


@rule("dmarc-invalid-value", ERROR, "RFC 9989 section 4.7", when=DMARC_ODD)
def invalid_value(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind, and policies without `p`."""
    from linter.records.dmarc.record import policy_fault  # the grammar is loaded where there are records

    yield from grammar_complaints(facts, "invalid-value")
    for text in dmarc_places(facts).policies:
        fault = policy_fault(text.dmarc)
        if fault:
            yield fault_complaint(text, fault)


_MILDER = {"reject": "quarantine", "quarantine": "none"}


@rule("dmarc-historic-tag", INFO, "RFC 9989 appendix C", when=DMARC_ODD)
def historic_tag(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind, and `t=y` where there is something to be mild about."""
    for text in dmarc_places(facts).policies:
        for fault in text.dmarc.faults:
            if fault.kind == "historic-tag":
                pct = text.dmarc.tag("pct")
                is_divided = pct is not None and pct.start == fault.start and (text.dmarc.pct or 0) < 100
                graver = is_divided and _enforced(text.dmarc) is not None
                made = fault_complaint(text, fault)._replace(severity="warning" if graver else "")
                yield made._replace(fix=made.fix and made.fix._replace(why=_without(text, fault, graver)))
        if text.dmarc.t:
            yield from _tested(text)


def _without(text: DmarcText, fault: Fault, is_divided: bool) -> str:
    """What changes without a tag that only old receivers know."""
    if is_divided:
        return "receivers that know `pct` then apply the policy to all mail"
    return f"receivers that know {quoted(text.value.text[fault.start : fault.end])} then find its default"


def _enforced(dmarc: "Dmarc") -> tuple[str, str] | None:
    """The first tag with a policy other than none, and that policy; nothing where the policy is lost."""
    if dmarc.policy is None or dmarc.policy != dmarc.p:
        return None
    for name, policy in (("p", dmarc.p), ("sp", dmarc.sp), ("np", dmarc.np)):
        if policy in _MILDER:
            return name, policy
    return None


def _tested(text: DmarcText) -> Iterator[Complaint]:
    tag, enforced = text.dmarc.tag("t"), _enforced(text.dmarc)
    if tag is None or enforced is None:
        return
    name, policy = enforced
    message = f"`t=y`: new receivers apply `{_MILDER[policy]}` instead of `{name}={policy}`, old ones do not know it"
    way_out = f"use `{name}={_MILDER[policy]}` while you are testing, without `t`"
    span = text.value.place(tag)
    yield complaint(span, message, help=way_out, at=text.record, severity="warning", reference="RFC 9989 appendix A.6")
