"""What the grammar finds in SPF records: each of these faults breaks the whole record."""

from collections.abc import Iterator

from linter.facts.spf.names import names_not_public
from linter.records.spf.record import Mechanism, Spf
from linter.records.text.fault import quoted
from mailzone import ERROR, SPF_ODD, At, Complaint, Facts, complaint, complaint_of, fault_rules, rule


@fault_rules(
    {
        "unknown-mechanism": ("spf-unknown-mechanism", ERROR, "RFC 7208 section 4.6.1"),
        "invalid-address": ("spf-invalid-address", ERROR, "RFC 7208 section 12"),
        "invalid-macro": ("spf-invalid-macro", ERROR, "RFC 7208 section 7.1"),
        "duplicate-modifier": ("spf-duplicate-modifier", ERROR, "RFC 7208 section 6"),
        "address-as-host": ("spf-address-as-host", ERROR, "RFC 7208 section 12"),
    },
    when=SPF_ODD,
)
def grammar_complaints(facts: Facts, kind: str) -> Iterator[Complaint]:
    """The faults of one kind in all SPF records of the zone."""
    for text in facts.texts.spf:
        for fault in text.spf.faults:
            if fault.kind == kind:
                span = text.value.place(fault)
                yield complaint_of(fault, span, At(text.record.name, "TXT"), text.value)


def later_alls(spf: Spf) -> list[Mechanism]:
    """Every `all` after the first."""
    return [term for term in spf.mechanisms if term.name == "all"][1:]


def keep_later_all(spf: Spf) -> str:
    """The way out for an open `all` where a stricter one comes later, which it keeps from being evaluated; else ""."""
    stricter = next((term for term in later_alls(spf) if term.qualifier in "~-"), None)
    return f"remove it: `{spf.written(stricter)}` then takes effect" if stricter else ""


@rule("spf-syntax", ERROR, "RFC 7208 section 12", when=SPF_ODD)
def syntax(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind, and web addresses behind `a` and `mx`."""
    yield from grammar_complaints(facts, "syntax")
    for text in facts.texts.spf:
        for each in names_not_public(facts, text.spf):
            if each.is_url and not each.is_needed and each.term.name != "exists":
                span = text.value.place(each.spec)
                shown = quoted(each.spec.text, 80)
                message = f"{shown} {each.found.why}; receivers that read `//` as a prefix length answer permerror"
                yield complaint(span, message, help=each.help, at=text.record, reference="RFC 7208 section 5.3")
