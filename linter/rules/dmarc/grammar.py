"""What several rules of this family yield: the faults of one kind that the grammar finds, and tags as places."""

from collections.abc import Iterator

from linter.facts.texts import DmarcText
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.fault import Fault
from linter.records.tag_list import Tag
from linter.rules.rule import At, complaint_of
from linter.source.text import Span


def grammar_complaints(facts: Facts, kind: str) -> Iterator[Complaint]:
    """The faults of one kind in all records that receivers read as policies."""
    for text in facts.dmarc.policies:
        for fault in text.dmarc.faults:
            if fault.kind == kind:
                yield fault_complaint(text, fault)


def fault_complaint(text: DmarcText, fault: Fault) -> Complaint:
    """A fault of a record as a complaint."""
    return complaint_of(fault, text.value.part(fault.start, fault.end), At(text.record.name, "TXT"))


def policy_tag(text: DmarcText) -> Tag | None:
    """The `p` of a record; none where it stands twice, since receivers differ in which of them they take."""
    tags = [tag for tag in text.dmarc.tags.tags if tag.name.lower() == "p"]
    return tags[0] if len(tags) == 1 else None


def tag_span(text: DmarcText, tag: Tag) -> Span:
    """Where a tag of a record is written."""
    return text.value.part(tag.start, tag.end)


def shown(name: str) -> str:
    """A name as messages have it: in backticks, without the final dot."""
    return f"`{name.rstrip('.')}`"
