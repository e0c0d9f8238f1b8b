"""Comments of a YAML text that hold a certain word, and the stretches of the text that the values beside them take."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

from yaml import YAMLError
from yaml._yaml import CParser  # whoever has read the text has seen that it is there
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from .frozen import Frozen
from .pattern import Pattern
from .text import Source
from .typed import Any

_BREAKS = "\r\n\x85\u2028\u2029"
"""What ends a line in YAML 1.1, and with it a comment."""
_LINE_END = Pattern(f"\r\n|[{_BREAKS}]")
_SPACES = " \t"
_MARKS = ("-", "?")
"""Lines that hold nothing but that a value begins behind them."""


class Comment(Frozen):
    """A comment from its `#` to the end of its line, a number from 0; `is_alone` is whether it is all of that line."""

    start: int
    end: int
    line: int
    is_alone: bool


class Stretch(Frozen):
    """An entry of a mapping, key and value, or an item of a list; half open. Entries of the root have `depth` 1."""

    start: int
    end: int
    depth: int
    is_entry: bool


class Beside(Frozen):
    """A YAML text: its lines, its scalars, its entries and items, each in the order of their beginnings.

    `root_keys` are the keys of the root, where that is a mapping. `next_content` is for each line the first from it on
    that is no comment, -1 where an empty one comes before.
    """

    source: Source
    lines: tuple[int, ...]
    scalars: tuple[tuple[int, int, str], ...]
    stretches: tuple[Stretch, ...]
    root_keys: frozenset[str]
    next_content: tuple[int, ...]

    def line_of(self, offset: int) -> int:
        """The number, from 0, of the line that an offset lies in."""
        return bisect_right(self.lines, offset) - 1

    def line_span(self, line: int) -> tuple[int, int]:
        """Where a line begins, and where its end has been passed."""
        end = self.lines[line + 1] if line + 1 < len(self.lines) else len(self.source.text) + 1
        return self.lines[line], end

    def comments(self, pattern: Pattern) -> Iterator[Comment]:
        """The comments that begin with what a pattern finds, which begins with `#`; others may stand before it."""
        text = self.source.text
        last, end, is_dead = -1, 0, False
        for found in pattern.finditer(text):
            start = found.start()
            if start and text[start - 1] not in f"{_SPACES}{_BREAKS}\ufeff":
                continue
            line = self.line_of(start)
            if line == last:  # inside of a comment that has been seen
                if not is_dead:
                    yield Comment(start, end, line, False)
                is_dead = True  # a third says no more than the second
                continue
            if self._is_in_scalar(start):
                continue
            begin, after = self.line_span(line)
            before = text[begin:start].lstrip(f"{_SPACES}\ufeff")
            last, end = line, begin + len(text[begin:after].rstrip(_BREAKS))
            is_dead = before.startswith("#")  # a line that was commented out, with what stood behind it
            if not is_dead:
                yield Comment(start, end, line, not before)

    def _is_in_scalar(self, offset: int) -> bool:
        row = bisect_right(self.scalars, offset, key=_start) - 1
        if row < 0 or offset >= self.scalars[row][1]:
            return False
        start, _, style = self.scalars[row]
        # Behind the sign of a block there may be a comment before its first line.
        return style not in ("|", ">") or self.line_of(start) != self.line_of(offset)

    def below(self, comment: Comment) -> Stretch | None:
        """What begins in the line below a comment that has a line of its own, other such lines aside."""
        line = self.next_content[comment.line + 1] if comment.line + 1 < len(self.lines) else -1
        if line < 0:
            return None
        begin, after = self.line_span(line)
        row = bisect_left(self.stretches, begin, key=_begin)
        first = self.stretches[row] if row < len(self.stretches) else None
        is_near = first is not None and (first.start < after or self.source.text[begin:after].strip() in _MARKS)
        return first if is_near and self._begins(begin, first) else None

    def _begins(self, begin: int, stretch: Stretch | None) -> bool:
        """Whether nothing but indentation and the signs of lists and keys stands before a stretch in its line."""
        return stretch is not None and not self.source.text[begin : stretch.start].strip(f"{_SPACES}{_BREAKS}-?")

    def of_line(self, line: int) -> Iterator[tuple[int, int, int]]:
        """(start, end, depth) of entries whose keys are in a line, and (…, 0) of scalars that begin or end there."""
        begin, after = self.line_span(line)
        row = bisect_left(self.stretches, begin, key=_begin)
        while row < len(self.stretches) and self.stretches[row].start < after:
            stretch = self.stretches[row]
            if stretch.is_entry:
                yield (stretch.start, stretch.end, stretch.depth)
            row += 1
        row = max(0, bisect_left(self.scalars, begin, key=_start) - 1)
        while row < len(self.scalars) and self.scalars[row][0] < after:
            start, end, _ = self.scalars[row]
            if end > begin:
                yield (start, end, 0)
            row += 1


def _start(scalar: tuple[int, int, str]) -> int:
    return scalar[0]


def _begin(stretch: Stretch) -> int:
    return stretch.start


class _Open:
    """A collection that has begun; `key` is where the key of an unfinished entry begins, -1 without one."""

    __slots__ = ("is_mapping", "key", "start")

    def __init__(self, start: int, is_mapping: bool) -> None:
        self.start, self.is_mapping, self.key = start, is_mapping, -1


def beside(source: Source) -> Beside | None:
    """A text as far as its first document goes; None where it is not YAML."""
    reader = _Reader()
    try:
        reader.run(source.text)
    except (YAMLError, UnicodeEncodeError):
        return None
    lines = (0, *(found.end() for found in _LINE_END.finditer(source.text)))
    stretches = tuple(sorted(reader.stretches, key=lambda each: (each.start, each.depth)))
    return Beside(
        source, lines, tuple(reader.scalars), stretches, frozenset(reader.root_keys), _contents(source, lines)
    )


def _contents(source: Source, lines: tuple[int, ...]) -> tuple[int, ...]:
    """For each line the next one of content, as `next_content` has it."""
    found = [-1] * len(lines)
    end = len(source.text)
    for row in range(len(lines) - 1, -1, -1):
        said = source.text[lines[row] : end].strip()
        end = lines[row]
        found[row] = (
            -1 if not said else row if not said.startswith("#") else found[row + 1] if row + 1 < len(lines) else -1
        )
    return tuple(found)


class _Reader:
    def __init__(self) -> None:
        self.scalars: list[tuple[int, int, str]] = []
        self.stretches: list[Stretch] = []
        self.root_keys: set[str] = set()
        self._stack: list[_Open] = []

    def run(self, text: str) -> None:
        """Feed all events. Raises YAMLError."""
        # As the reader of trees does: one byte order mark more than the text has is not counted.
        next_event: Callable[[], Any] = CParser(f"\ufeff{text}" if text[:1] == "\ufeff" else text).get_event
        documents = 0
        while True:
            event = next_event()
            kind = event.__class__
            start, end = event.start_mark.index, event.end_mark.index
            if kind is ScalarEvent:
                self.scalars.append((start, end, event.style or ""))
                if len(self._stack) == 1 and self._stack[0].is_mapping and self._stack[0].key < 0:
                    self.root_keys.add(event.value)
                self._finished(start, end)
            elif kind is AliasEvent:
                self._finished(start, end)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._stack.append(_Open(start, kind is MappingStartEvent))
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._finished(self._stack.pop().start, end)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    return
            elif kind is StreamEndEvent:
                return

    def _finished(self, start: int, end: int) -> None:
        """A node has come to its end: an item, a key, or the value that makes an entry whole."""
        if not self._stack:
            return
        above = self._stack[-1]
        if above.is_mapping and above.key < 0:
            above.key = start
            return
        begin = above.key if above.is_mapping else start
        above.key = -1
        self.stretches.append(Stretch(begin, max(begin, end), len(self._stack), above.is_mapping))
