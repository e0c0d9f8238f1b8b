"""A grammar's fault as what a rule says: at its place in the file, with a fix where the grammar proposes one."""

from linter.finding import Complaint, Fix, Owner, complaint
from linter.records.text.fault import Fault, instead, quoted
from linter.source.text import Span
from linter.zone.model import Text
from linter.zone.rewriting import rewrite_text


def complaint_of(fault: Fault, span: Span, at: Owner, value: Text | None = None) -> Complaint:
    """A grammar's fault as a complaint; `span` is the place of the fault in the file.

    `value` is what has the fault: with it the complaint has a fix where the fault's help proposes an exact text.
    """
    fix = _fix_of(fault, value) if value is not None else None
    return complaint(span, fault.message, help=fault.help, at=at, reference=fault.reference, fix=fix)


def _fix_of(fault: Fault, value: Text) -> Fix | None:
    change = instead(value.text, fault)
    if change is None:
        return None
    before, text = value.text[fault.start : fault.end], change[2]
    if not text:
        why = f"receivers then find no {quoted(before, 80)} there"
    else:
        why = f"receivers then read {quoted(text, 80)}{f' in place of {quoted(before, 80)}' if before else ' there'}"
    return rewrite_text(value, [change], why)
