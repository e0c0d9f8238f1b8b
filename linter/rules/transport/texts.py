"""What several rules of this family yield: what a grammar finds in texts, records in pieces, and second records."""

from collections.abc import Iterable, Iterator

from linter.facts.texts import BimiText, StsText, TlsRptText
from linter.facts.transport.wrong_names import strays
from linter.records.text.fault import Fault
from linter.records.text.field_list import RecordKind
from linter.records.text.name import shown
from linter.source.typed import TypeAlias
from mailzone import At, Complaint, Facts, Related, complaint, complaint_of

_MOST = 20
"""Faults of one kind that are reported of one text; nobody reads more of them."""


AnyText: TypeAlias = StsText | TlsRptText | BimiText


def grammar_complaints(texts: Iterable[AnyText], kind: str) -> Iterator[Complaint]:
    """The faults of one kind in all texts."""
    for text in texts:
        for fault in first_of(text.read.faults, kind):
            yield fault_complaint(text, fault)


def first_of(faults: Iterable[Fault], kind: str) -> Iterator[Fault]:
    """The faults of one kind; of thousands the first ones, which say how many more there are."""
    found = [fault for fault in faults if fault.kind == kind]
    yield from found[: _MOST - 1]
    if len(found) > _MOST:
        last = found[_MOST - 1]
        yield last._replace(message=f"{last.message}; {len(found) - _MOST} more faults follow")
    else:
        yield from found[_MOST - 1 :]


def syntax_complaints(texts: Iterable[AnyText], record_kind: RecordKind) -> Iterator[Complaint]:
    """The faults that cost the whole record; a record cut into several values is one fault, not one for each."""
    for found in by_name(texts).values():
        head = next((text for text in found if _is_head(text, record_kind)), None)
        rest = [text for text in found if _is_rest(text, record_kind)]
        if head is not None and len(rest) == 1 and len(found) == 2:
            message = f"the record is cut into two values, so {record_kind.readers} {record_kind.loss}"
            related = (Related(rest[0].value.span, "the rest of it"),)
            way_out = "write both as one value, a semicolon between"
            name, reference = head.record.name, record_kind.reference
            yield complaint(
                head.value.span, message, help=way_out, at=At(name, "TXT"), related=related, reference=reference
            )
        else:
            yield from grammar_complaints(found, "syntax")


def second_records(texts: Iterable[AnyText], record_kind: RecordKind, what: str) -> Iterator[Complaint]:
    """Every record after the first one of its name; the same text again is a duplicate, which DNS itself drops."""
    for name, found in by_name(texts).items():
        first, *others = [text for text in found if text.selected] or found[:1]
        for text in others:
            message = f"a second {what} record at {shown(name)}, so {record_kind.readers} {record_kind.loss}"
            related = (Related(first.value.span, "the first one"),)
            yield complaint(text.value.span, message, help="keep one of them", at=At(name, "TXT"), related=related)


def fault_complaint(text: AnyText, fault: Fault) -> Complaint:
    """A fault of a record as a complaint."""
    span = text.value.place(fault)
    return complaint_of(fault, span, At(text.record.name, "TXT"), text.value)


def by_name(texts: Iterable[AnyText]) -> dict[str, list[AnyText]]:
    """The texts of each name, without repetitions."""
    names: dict[str, dict[str, AnyText]] = {}
    for text in texts:
        names.setdefault(text.record.name, {}).setdefault(text.value.text, text)
    return {name: list(found.values()) for name, found in names.items()}


def _is_head(text: AnyText, kind: RecordKind) -> bool:
    tags = text.read.tags
    return text.value.text.startswith(kind.version) and tags.first(kind.required) is None


def _is_rest(text: AnyText, kind: RecordKind) -> bool:
    tags = text.read.tags.tags
    return bool(tags) and tags[0].name == kind.required


def wrong_names(facts: Facts, texts: Iterable[AnyText], record_kind: RecordKind, what: str) -> Iterator[Complaint]:
    """Every wrong name; milder where some text stands at the right one, or an alias leads on from there."""
    for stray in strays(facts.zone.name, texts, facts.estate.aliases_to):
        text = stray.text
        answer = facts.resolver.lookup(stray.right, "TXT")
        is_there = bool(answer.steps) or any(record_kind.version in str(value) for value in answer.values)
        message = f"{record_kind.readers} look for {what} at {shown(stray.right)}, not here"
        way_out = "delete it; a record is there already" if is_there else f"move it to {shown(stray.right)}"
        severity = "warning" if is_there else ""
        evidence = answer.witnesses if is_there else ()
        yield complaint(text.value.span, message, help=way_out, at=text.record, severity=severity, evidence=evidence)
