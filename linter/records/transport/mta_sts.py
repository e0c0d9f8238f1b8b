"""MTA-STS records: the TXT value that says that a policy is there, and which one (RFC 8461 section 3.1)."""

from linter.records.text.fault import Fault, proposal, quoted
from linter.records.text.field_list import RecordKind, extensions, is_plain, required_field
from linter.records.text.tags import Tag, TagList, split_tags
from linter.source.frozen import Frozen

__all__ = ["KIND", "MtaSts", "is_mta_sts", "near_miss", "parse", "to_text"]

KIND = RecordKind(
    "v=STSv1",
    "id",
    "id=20270131",
    "senders",
    "act as if the domain had no MTA-STS",
    "RFC 8461 section 3.1",
)
_LONGEST_ID = 32


class MtaSts(Frozen):
    """One MTA-STS record. `id` names the policy that senders are to fetch; None where it is missing or invalid.

    The kinds of its faults: "syntax" where senders refuse the record, "ignored-field" where they pass over a
    part of it.
    """

    text: str
    tags: TagList
    faults: tuple[Fault, ...]
    id: str | None


def is_mta_sts(text: str) -> bool:
    """Whether senders select the text as an MTA-STS record: they discard what does not begin just so."""
    return text.startswith("v=STSv1;")


def near_miss(text: str, at_mta_sts_name: bool = False) -> Fault | None:
    """The fault of a text that is meant as MTA-STS but that senders discard; None for any other text.

    `at_mta_sts_name` is whether the text stands at a `_mta-sts` name: only there is an `id` without any version an
    MTA-STS record.
    """
    if is_mta_sts(text) or not (at_mta_sts_name or "stsv1" in text.lower()):
        return None
    from linter.records.text.version_near_miss import misspelt  # most runs have no such text

    return misspelt(text, KIND, at_mta_sts_name)


def parse(text: str) -> MtaSts:
    """Read a record; a text that senders discard has a fault that says so, and then those of its fields."""
    tags = split_tags(text)
    field = required_field(text, tags, KIND)
    identifier = field.value if field is not None and _is_id(field.value) else None
    if identifier is not None and is_mta_sts(text) and is_plain(text, tags):
        return MtaSts(text, tags, (), identifier)
    from linter.records.text.field_list_diagnosis import diagnose

    return MtaSts(text, tags, diagnose(text, tags, KIND, _id_faults), identifier)


def to_text(record: MtaSts) -> str:
    """The record in its usual spelling."""
    fields = [] if record.id is None else [f"id={record.id}"]
    return "; ".join((KIND.version, *fields, *extensions(record.text, record.tags, KIND)))


def _is_id(value: str) -> bool:
    return value.isascii() and value.isalnum() and len(value) <= _LONGEST_ID


def _id_faults(tag: Tag) -> list[Fault]:
    """The faults of the value of `id`, which may be empty."""
    value = tag.value
    if _is_id(value):
        return []
    if not value:
        message = "`id` has no value"
    elif value.isascii() and value.isalnum():
        message = f"`id` has {len(value)} characters, {len(value) - _LONGEST_ID} too many"
    else:
        message = f"{quoted(value)} is not an `id`, which has letters and digits only"
    first = (value.split(maxsplit=1) or [""])[0]  # what comes after a blank is a comment, or another thing
    meant = "".join(character for character in first if character.isascii() and character.isalnum())
    way_out = "give it 1 to 32 letters and digits, such as the date of the policy"
    if meant and len(meant) <= _LONGEST_ID:
        way_out = proposal(meant) if value else ""
    span = (tag.value_start, tag.value_end) if value else (tag.start, tag.end)
    return [Fault(*span, "syntax", f"{message}, so senders {KIND.loss}", way_out, KIND.reference)]
