"""The parts of DMARC records as nearly everybody writes them, read directly; the grammar reads all others."""

from linter.records.text.report_uri import plain_uris
from linter.records.text.tags import Tag

from .tag import LISTS, WORDS

Part = tuple[int, object, Tag]
"""A sound part: the field of `Dmarc` that its value belongs in, the value, and its tag."""

SLOTS = {name: slot for slot, name in enumerate(("p", "sp", "np", "adkim", "aspf", "t", "psd"), 3)}
"""Which field of `Dmarc` a tag has."""
SLOTS |= {"fo": 11, "rua": 12, "ruf": 13}

# How a list of plain URIs begins: its name, its field, and the blanks before it.
_LIST_HEADS = {f" {name}=": (name, SLOTS[name], 1) for name in LISTS}
_LIST_HEADS |= {f"{name}=m": (name, SLOTS[name], 0) for name in LISTS}
_new = tuple.__new__


def plain_list(position: int, written: str) -> Part | None:
    """A list of plain URIs with commas alone between them, without blanks but for one before it; else None.

    `written` stands at `position` of the record.
    """
    head = _LIST_HEADS.get(written[:5])
    if head is None:
        return None
    name, slot, blank = head
    start, end = position + blank, position + len(written)
    value = written[blank + 4 :]
    uris = plain_uris(value, start + 4)
    return None if uris is None else (slot, uris, _new(Tag, (name, value, start, end, start + 4, end)))


def plain_word(position: int, written: str) -> Part | None:
    """A part that is one lower-case word, without blanks but for one before it; else None."""
    start = position + (written[:1] == " ")
    name, _, value = written[start - position :].partition("=")
    if name not in WORDS or value not in WORDS[name]:
        return None
    end = position + len(written)
    read = value == "y" if name == "t" else value
    return SLOTS[name], read, _new(Tag, (name, value, start, end, end - len(value), end))
