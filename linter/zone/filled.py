"""What octoDNS's Templating processor makes of a text: the fields of Python's `format` filled in, with their places."""

from collections.abc import Mapping
from itertools import repeat

from linter.records.text.fault import nearest, quoted
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

from .published import Places

MOST_CHARACTERS = 65_535
"""Of a text when it is filled in: what a TXT record holds at most (RFC 1035 section 3.2.1)."""

_BRACE = Pattern(r"[{}]")
_FIELD_NAME = Pattern(r"[^.\[!:{]*")


class Piece(Frozen):
    """What stands for text[start:end] when it is filled in."""

    start: int
    end: int
    text: str


class BadField(Frozen):
    """A part of a text over which octoDNS stops; offsets in code points."""

    start: int
    end: int
    message: str
    help: str


def pieces_of(text: str, values: Mapping[str, str | None]) -> tuple[Piece, ...] | BadField | None:
    """The parts of a text that are filled in; None where nobody here can tell with what.

    `values` are the fields by name, None for one whose value is not known. A format or an attribute that a field asks
    for is not computed: text from a repository could ask for a billion blanks.
    """
    pieces: list[Piece] = []
    position, grown = 0, len(text)
    while (brace := _BRACE.search(text, position)) is not None:
        start = brace.start()
        if text[start : start + 2] in ("{{", "}}"):
            pieces.append(Piece(start, start + 2, text[start]))
            position = start + 2
            continue
        position = text.find("}", start) + 1
        field = text[start + 1 : position - 1]
        found = _FIELD_NAME.match(field)
        name = found[0] if found else ""
        if text[start] == "}" or not position or name not in values:
            return _bad_field(text, start, position or len(text), values)
        value = values[name]
        if value is None or name != field:
            return None
        grown += len(value)
        if grown > MOST_CHARACTERS:
            return None
        pieces.append(Piece(start, position, value))
    return tuple(pieces)


def filled(text: str, pieces: tuple[Piece, ...]) -> str:
    """The text with its pieces filled in."""
    kept: list[str] = []
    position = 0
    for piece in pieces:
        kept += (text[position : piece.start], piece.text)
        position = piece.end
    return "".join((*kept, text[position:]))


def filled_places(places: Places, pieces: tuple[Piece, ...]) -> Places:
    """Where each character of the filled text was written, by where those of the text were."""
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for piece in pieces:
        starts += (*places[0][position : piece.start], *repeat(places[0][piece.start], len(piece.text)))
        ends += (*places[1][position : piece.start], *repeat(places[1][piece.end - 1], len(piece.text)))
        position = piece.end
    return [*starts, *places[0][position:]], [*ends, *places[1][position:]]


def _bad_field(text: str, start: int, end: int, values: Mapping[str, str | None]) -> BadField:
    written = text[start:end]
    name = written.strip("{}")
    doubled = "write `{{` and `}}` for braces that are to be published"
    if not written.endswith("}") or not written.startswith("{"):
        return BadField(start, end, f"{quoted(written)} is half a pair of braces, so octoDNS stops here", doubled)
    meant = nearest(name, tuple(values))
    way_out = f"did you mean `{{{meant}}}`?" if meant else doubled
    return BadField(start, end, f"{quoted(written)} is filled in by nothing, so octoDNS stops here", way_out)
