"""The faults that the readers of files have found, one kind at a time: what the rules of this family yield."""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related


def file_faults(facts: Facts, kind: str) -> Iterator[Complaint]:
    """The zone's faults of one kind, as complaints."""
    for fault in facts.zone.faults:
        if fault.kind == kind:
            related = tuple(Related(span, message) for span, message in fault.related)
            yield Complaint(fault.span, fault.message, fault.help, related)
