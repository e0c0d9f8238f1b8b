"""What a file shows of being a zone, for files that nobody has named as one, and layouts that are not known."""

import re
from functools import cache

from linter.source.plain import entry_of
from linter.source.tree import Mapping, Node, Scalar, Sequence, unalias

from .shape import KNOWN_TYPES, PROVIDER_TYPE

_VALUES = frozenset({"value", "values", "dynamic", "geo"})


def holds_record(root: Mapping) -> bool:
    """Whether any value is a record beyond doubt: a DNS type, and data beside it."""
    return any(_is_record(value) for value in root.values)


def is_list_of_records(node: Node) -> bool:
    """Whether a list holds records."""
    plain = unalias(node)[0]
    return isinstance(plain, Sequence) and any(_has_type(item) for item in plain.items)


def is_list_of_named_records(node: Node) -> bool:
    """Whether a list holds records that say their names themselves, as other programs have it."""
    plain = unalias(node)[0]
    items = (unalias(item)[0] for item in plain.items) if isinstance(plain, Sequence) else ()
    return any(isinstance(item, Mapping) and _has_type(item) and entry_of(item, "name") for item in items)


def may_hold_records(octets: bytes) -> bool:
    """Whether a file could hold a zone or octoDNS's configuration; of most files of other programs, this is all."""
    return _signs().search(octets) is not None


def _is_record(node: Node) -> bool:
    plain = unalias(node)[0]
    if isinstance(plain, Sequence):
        return any(isinstance(unalias(item)[0], Mapping) and _is_record(item) for item in plain.items)
    if not isinstance(plain, Mapping) or not _has_type(plain):
        return False
    return any(isinstance(key, Scalar) and key.text in _VALUES for key in (unalias(key)[0] for key in plain.keys))


def _has_type(node: Node) -> bool:
    plain = unalias(node)[0]
    kind = entry_of(plain, "type") if isinstance(plain, Mapping) else None
    scalar = unalias(kind[1])[0] if kind else None
    return isinstance(scalar, Scalar) and (scalar.text in KNOWN_TYPES or _is_provider_type(scalar.text))


def _is_provider_type(text: str) -> bool:
    return text.count("/") == 1 and "Provider/" in text and re.match(PROVIDER_TYPE, text) is not None


@cache
def _signs() -> "re.Pattern[bytes]":
    """A record's type (or an anchor, alias or tag in its place), a native zone's name, a configuration's providers."""
    return re.compile(
        rb"\btype[\"']?\s{0,64}:\s{0,64}(?:[&*!]|[\"']?(?:[A-Z][A-Z0-9]{0,11}\b|[A-Za-z0-9_]{1,40}/))"
        rb"|^[\"']?(?:zone|providers)[\"']?[ \t]{0,64}:|!include\b",
        re.MULTILINE,
    )
