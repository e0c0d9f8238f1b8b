"""The field lists of MTA-STS and TLS-RPT records: a version first, then `name=value` fields parted by semicolons."""

from linter.source.frozen import Frozen

from .tags import Tag, TagList

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
_NAME = f"{_LETTERS}{_DIGITS}_-."
# RFC 8461 section 3.1: visible ASCII but `;` and `=`.
_VALUE = f"{_NAME}!\"#$%&'()*+,/:<>?@[\\]^`{{|}}~"
_LONGEST_NAME = 32


class RecordKind(Frozen):
    """What sets one kind of versioned record apart from the others.

    `version` is what a record begins with, `required` the field it cannot be without, `example` such a field.
    `readers` are those who look the record up, `loss` is what they do where they cannot use it ("act as if …").
    """

    version: str
    required: str
    example: str
    readers: str
    loss: str
    reference: str


def is_extension(tag: Tag) -> bool:
    """Whether name and value are such as a field that is defined later may have (RFC 8461 section 3.1)."""
    return (
        0 < len(tag.name) <= _LONGEST_NAME
        and tag.name[0] not in "_-."
        and not tag.name.strip(_NAME)
        and tag.value != ""
        and not tag.value.strip(_VALUE)
    )


def is_tight(text: str, tag: Tag) -> bool:
    """Whether no blank stands beside the equals sign; the grammar has none there."""
    return tag.value_start == tag.start + len(tag.name) + 1 or (not tag.value and text[tag.end - 1] == "=")


def required_field(text: str, tags: TagList, kind: RecordKind) -> Tag | None:
    """The field that the kind cannot be without; the first one counts (RFC 8461 section 3.2)."""
    found = tags.first(kind.required)
    return found if found is not None and is_tight(text, found) else None


def is_plain(text: str, tags: TagList) -> bool:
    """Whether the text has one field behind its version, and no character between that belongs to neither."""
    return (
        len(tags.tags) == 2
        and not tags.empty
        and text.isascii()
        and text.isprintable()
        and (text[-1] != " " or text.rstrip(" ")[-1] == ";")
    )


def extensions(text: str, tags: TagList, kind: RecordKind) -> list[str]:
    """The well-formed fields that this version does not define, each as `name=value`."""
    found: dict[str, str] = {}
    for tag in tags.tags:
        if tag.name not in ("v", "V", kind.required) and is_extension(tag) and is_tight(text, tag):
            found.setdefault(tag.name, f"{tag.name}={tag.value}")
    return list(found.values())


def stray_length(text: str) -> int:
    """How much of what follows a version stands where its semicolon belongs: one character, and the semicolon after."""
    behind = text[1:].lstrip(" \t")
    return len(text) - len(behind) + 1 if text[0] != "\\" and behind.startswith(";") else 1


def semicolon_instead(text: str) -> str:
    """The way out where something else than a semicolon follows a version: to write one, if a name comes after it."""
    behind = text[stray_length(text) :]
    return "write `;`" if behind[:1] == " " and behind.lstrip(" ")[:1].isalpha() else "put `;` in its place"
