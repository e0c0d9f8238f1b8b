"""The faults that the grammar finds in DKIM keys, one kind at a time: what several rules of this family yield."""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import At, complaint_of


def grammar_complaints(facts: Facts, kind: str) -> Iterator[Complaint]:
    """The faults of one kind in all key records that verifiers find; a key in pieces is no record."""
    for key_set in facts.key_sets:
        for text in key_set.records:
            for fault in text.key.faults:
                if fault.kind == kind:
                    yield complaint_of(fault, text.value.part(fault.start, fault.end), At(key_set.name, "TXT"))
