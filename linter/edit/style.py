"""How a zone file is written, so that what is added looks like what is there."""

from itertools import pairwise
from re import split

from linter.source.frozen import Frozen
from linter.source.plain import key_text
from linter.source.tree import Mapping, Node, Scalar, Sequence, unalias
from linter.source.typed import TypeVar
from linter.zone.document import Document, tree_of

from .change import CannotEdit
from .extent import column, dash_of, is_flow, line_start

Held = TypeVar("Held", bool, int)
_MOST_LOOKED_AT = 400
"""Names whose form is looked at: a file of thousands is of one form throughout."""


class Style(Frozen):
    """The habits of one file.

    `newline` ends its lines, `dash` is by how many columns a list is indented below its key, `step` by how many a
    mapping is. `escaped` is whether `;` is written `\\;` in TXT values, `lists` whether a name with one record holds a
    list, `gap` whether an empty line parts the names. `fields` are the keys of a MX value in their order, `in_flow`
    whether such values are written in braces. `order` sorts names: "natural", "plain", or "" where they are in none.
    """

    newline: str
    dash: int
    step: int
    escaped: bool
    lists: bool
    gap: bool
    fields: tuple[str, ...]
    in_flow: bool
    order: str


def style_of(document: Document) -> Style:
    """The habits of a file that is a zone."""
    text, names = document.source.text, names_of(document)
    values = [unalias(value)[0] for value in names.values[:_MOST_LOOKED_AT]]
    dashes, steps, shapes, mx = _columns(names), [], [], list[Mapping]()
    for key, value in zip(names.keys, values, strict=False):
        if isinstance(value, Mapping) and not is_flow(value) and value.source is document.source:
            steps.append(column(text, value.start) - column(text, key.start))
        if isinstance(value, Mapping) or (isinstance(value, Sequence) and len(value.items) == 1):
            shapes.append(isinstance(value, Sequence))
        mx += _mx_values(value)
    return Style(
        "\r\n" if "\r\n" in text else "\n",
        _usual(dashes, 2),
        max(1, _usual(steps, 2)),
        _is_escaped(document),
        _usual(shapes, True),
        _has_gaps(text, names),
        next((fields for each in mx if len(fields := _fields(each)) == 2), ("exchange", "preference")),
        _usual([is_flow(each) for each in mx], False),
        _order([key_text(key) for key in names.keys]),
    )


def names_of(document: Document) -> Mapping:
    """The names of a file. Raises CannotEdit where it is not a zone."""
    names = tree_of(document.names)
    if names is None:
        raise CannotEdit("the file is not a zone")
    return names


def natural(name: str) -> tuple[str | int, ...]:
    """The key by which octoDNS sorts names: numbers in them by their value (natsort, which octoDNS uses)."""
    return tuple(int(part) if part.isdigit() and part.isascii() else part for part in split(r"([0-9]+)", name))


def _usual(held: list[Held], default: Held) -> Held:
    return max(set(held), key=held.count) if held else default


def _columns(names: Mapping) -> list[int]:
    """How far lists are indented below the keys that hold them."""
    found = []
    for key, value in zip(names.keys[:_MOST_LOOKED_AT], names.values, strict=False):
        if isinstance(value, Sequence) and value.items and not is_flow(value):
            text = value.source.text
            if line_start(text, key.start) == line_start(text, value.start):
                continue
            try:
                found.append(column(text, dash_of(value, 0)) - column(text, key.start))
            except CannotEdit:
                continue
    return [each for each in found if each >= 0]


def _mx_values(node: Node) -> list[Mapping]:
    plain = unalias(node)[0]
    records = plain.items if isinstance(plain, Sequence) else (plain,)
    found: list[Mapping] = []
    for record in (unalias(each)[0] for each in records):
        if not isinstance(record, Mapping) or not any(_is_mx(value) for value in record.values):
            continue
        for key, value in zip(record.keys, record.values, strict=True):
            if key_text(key) in ("value", "values"):
                held = unalias(value)[0]
                items = held.items if isinstance(held, Sequence) else (held,)
                found += (each for each in (unalias(item)[0] for item in items) if isinstance(each, Mapping))
    return found


def _is_mx(node: Node) -> bool:
    plain = unalias(node)[0]
    return isinstance(plain, Scalar) and plain.text == "MX"


def _fields(mapping: Mapping) -> tuple[str, ...]:
    return tuple(key_text(key) for key in mapping.keys)


def _is_escaped(document: Document) -> bool:
    if document.escaped is not None:
        return document.escaped
    text = document.source.text
    return "\\;" in text or not any(mark in text for mark in ("; p=", ";p=", "; k=", "; rua", "; sp", "; id="))


def _has_gaps(text: str, names: Mapping) -> bool:
    starts = [line_start(text, key.start) for key in names.keys[1:_MOST_LOOKED_AT]]
    gaps = sum(1 for start in starts if not text[line_start(text, max(0, start - 1)) : start].strip())
    return bool(starts) and 2 * gaps > len(starts)


def _order(names: list[str]) -> str:
    """octoDNS refuses a file whose names are not in the order that it is told to enforce; natural by default."""
    if all(natural(first) <= natural(second) for first, second in pairwise(names)):
        return "natural"
    return "plain" if all(first <= second for first, second in pairwise(names)) else ""
