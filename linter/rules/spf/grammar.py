"""The faults that the grammar finds in SPF records, one kind at a time: what several rules of this family yield."""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import At, complaint_of


def grammar_complaints(facts: Facts, kind: str) -> Iterator[Complaint]:
    """The faults of one kind in all SPF records of the zone."""
    for text in facts.texts.spf:
        for fault in text.spf.faults:
            if fault.kind == kind:
                yield complaint_of(fault, text.value.part(fault.start, fault.end), At(text.record.name, "TXT"))
