"""The faults that the grammar finds in SPF records, one kind at a time: what several rules of this family yield."""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.spf import Mechanism, Spf
from linter.rules.rule import At, complaint_of


def grammar_complaints(facts: Facts, kind: str) -> Iterator[Complaint]:
    """The faults of one kind in all SPF records of the zone."""
    for text in facts.texts.spf:
        for fault in text.spf.faults:
            if fault.kind == kind:
                yield complaint_of(fault, text.value.part(fault.start, fault.end), At(text.record.name, "TXT"))


def later_alls(spf: Spf) -> list[Mechanism]:
    """Every `all` after the first."""
    return [term for term in spf.mechanisms if term.name == "all"][1:]


def keep_later_all(spf: Spf) -> str:
    """The way out for an open `all` where a stricter one comes later, which it keeps from being evaluated; else ""."""
    stricter = next((term for term in later_alls(spf) if term.qualifier in "~-"), None)
    return f"remove it: `{spf.text[stricter.start : stricter.end]}` then takes effect" if stricter else ""
