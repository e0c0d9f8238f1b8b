"""A text with a path, and the spans that point into it."""

from itertools import accumulate

from .frozen import Frozen
from .pattern import Pattern

_LINE_END = Pattern(r"\r\n|\n|\r")


def escaped(character: str) -> str:
    """A character by its code, as YAML and Python escape it: four digits for U+202E, or a reader would see two."""
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


class Position(Frozen):
    """A place as people and editors count it: line and column from 1, columns in Unicode code points."""

    line: int
    column: int


class Source:
    """One file's text; `path` is spelled as the user gave it, since it is what findings show."""

    __slots__ = ("_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._starts: list[int] | None = None

    @property
    def is_plain(self) -> bool:
        """Whether no characters stand here that YAML does not take as they are, or reads as ends of lines but these."""
        # Of what Python calls printable, libyaml takes all; a tab or a line end of another kind is left to it.
        return self.text.replace("\n", "").isprintable()

    def _line_starts(self) -> list[int]:
        # Only a file with something to report pays for its line table.
        if self._starts is None:
            if "\r" in self.text:
                self._starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]
            else:  # as nearly all, and in a third of the time
                self._starts = [0, *accumulate(len(line) + 1 for line in self.text.split("\n")[:-1])]
        return self._starts

    def position(self, offset: int) -> Position:
        """The line and column of an offset in code points."""
        from bisect import bisect_right

        starts = self._line_starts()
        row = bisect_right(starts, offset) - 1
        return Position(row + 1, offset - starts[row] + 1)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line end; "" past the end of the text."""
        starts = self._line_starts()
        if number > len(starts):
            return ""
        stop = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : stop].rstrip("\r\n")


class Span(Frozen):
    """A stretch of a source, in code point offsets, half open.

    `via` is where the text is used, when it stands elsewhere: behind an alias, a merge key or an `!include`.
    """

    source: Source
    start: int
    end: int
    via: "Span | None" = None

    @property
    def text(self) -> str:
        """What stands there."""
        return self.source.text[self.start : self.end]


class SourceFault(Frozen):
    """A fault of the file itself; `kind` is the name of the rule of family `source` that reports it.

    Without `spare`, which is a part of a comment, it is gone and nothing else is changed.
    """

    span: Span
    kind: str
    message: str
    help: str = ""
    related: tuple[tuple[Span, str], ...] = ()
    spare: Span | None = None
