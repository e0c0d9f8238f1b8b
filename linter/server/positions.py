"""Places as editors count them: lines from 0, and in a line units of the encoding that both sides agree on."""

from bisect import bisect_right

from linter.source.frozen import Frozen
from linter.source.text import Source

_MARK = "\ufeff"
_UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Place(Frozen):
    """A line, and the units before a place in it; both from 0."""

    line: int
    unit: int


class Text:
    """A text as an editor has it: `source` is that without a byte order mark, which findings point into.

    `encoding` is "utf-16" unless the editor asked for another one.
    """

    def __init__(self, path: str, text: str, encoding: str = "utf-16") -> None:
        self.source = Source(path, text.removeprefix(_MARK))
        self._marked = text.startswith(_MARK)
        self._codec, self._octets = _UNITS.get(encoding, _UNITS["utf-16"])
        self._is_plain = self.source.text.isascii()
        self._starts = [0]
        for number in range(1, self.source.position(len(self.source.text)).line):
            self._starts.append(self._after(number))

    def _after(self, number: int) -> int:
        """The offset at which the line after a line begins, whatever ends that."""
        end = self._starts[-1] + len(self.source.line(number))
        return end + (2 if self.source.text.startswith("\r\n", end) else 1)

    def place(self, offset: int) -> Place:
        """The place of an offset in code points; the last one for what lies behind the text."""
        offset = max(0, min(offset, len(self.source.text)))
        line = bisect_right(self._starts, offset) - 1
        before = self.source.text[self._starts[line] : offset]
        units = len(before) if self._is_plain else len(before.encode(self._codec, "surrogatepass")) // self._octets
        return Place(line, units + self._mark_in(line))

    def offset(self, line: int, unit: int) -> int:
        """The offset of a place; the end of its line, or of the text, for what lies behind that."""
        if line >= len(self._starts):
            return len(self.source.text)
        start, unit = self._starts[max(0, line)], max(0, unit - self._mark_in(line))
        held = self.source.line(max(0, line) + 1)
        if self._is_plain:
            return start + min(unit, len(held))
        for number, character in enumerate(held):
            unit -= len(character.encode(self._codec, "surrogatepass")) // self._octets
            if unit < 0:
                return start + number
        return start + len(held)

    def _mark_in(self, line: int) -> int:
        """The units that a byte order mark takes at the beginning of the first line."""
        if line or not self._marked:
            return 0
        return len(_MARK.encode(self._codec)) // self._octets
