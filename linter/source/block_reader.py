"""YAML of the shape that most zones have, straight from the text: block mappings and lists of scalars without escapes.

Whatever else is in a text, all of it is left to libyaml: this reader never guesses, and it refuses nothing. What it
reads is the very tree that libyaml's events make, with the same places; a property test compares the two. It saves the
import of PyYAML, which is half of the gain, and an object for each event and mark.
"""

from .merge import Mappings
from .pattern import Pattern
from .text import Source
from .tree import Node, Scalar, Sequence
from .typed import TypeAlias

_LARGEST = 256 * 1024
"""Characters beyond which the import of PyYAML does not count: an empty line costs libyaml less than it costs here."""
_MOST_LEVELS = 60
"""Below the bound at which libyaml's reader refuses."""
_LONGEST_KEY = 1000
"""libyaml takes keys of up to 1024 characters."""
_NOT_FIRST = frozenset("?:,[]{}#&*!|>%@`\"'")
"""What begins something else than a plain scalar; not always, but then libyaml is asked."""
_COMMON = Pattern(r" *+(- )?([\w.][\w.-]{0,255}+):(?: ([\w.][^# ]*+(?: [^# ]++)*+))?")
"""`key:`, `key: value`, and such behind one dash: what nine lines of ten are."""
_OTHERS = Pattern(r"[:-] +(?:[&*!|>]|\[[^\]]|\{[^}])")
"""What shows at once that libyaml is needed: anchors, tags, block scalars, lists and mappings in brackets."""
_MARKERS = ("---", "...")
_MOST_KNOWN = 2048
_LONGEST_KNOWN = 64
_new = tuple.__new__
_Line: TypeAlias = tuple[int, bool, int, int, str, int, int, str | None]
"""A common line: its column, whether it has a dash, where its key begins and ends, the key; its value alike."""
_common_lines: dict[str, _Line | None] = {}
"""What short lines are: seven of eight lines of a repository stand there before (`  ttl: 300`)."""
_Open: TypeAlias = tuple[int, bool, int, list[Node]]
"""A collection that has begun: its column, whether it is a mapping, its place, its children so far."""


class _Other(Exception):
    """Something that is libyaml's to read, or to refuse."""


def read_blocks(source: Source, mappings: Mappings) -> Node | None:
    """The root of a document; None where libyaml must read it."""
    text = source.text
    if len(text) > _LARGEST or not source.is_plain or _OTHERS.search(text):
        return None
    return read_part(source, mappings, 0, len(text))


def read_part(source: Source, mappings: Mappings, start: int, end: int) -> Node | None:
    """The root of some lines of a plain text; None where libyaml must read it."""
    try:
        return _Blocks(source, mappings, end).run(start)
    except _Other:
        return None


class _Blocks:
    """The state of one reading. `waiting` is the place behind a key or a dash that has no value yet, else -1."""

    def __init__(self, source: Source, mappings: Mappings, size: int) -> None:
        self.source = source
        self.text = source.text
        self.size = size
        self.mappings = mappings
        self.stack: list[_Open] = []
        self.waiting = -1
        self.is_begun = False

    def run(self, place: int) -> Node | None:
        """Read line by line, up to `size`; the root, or None where there is no block."""
        text, size, source, stack = self.text, self.size, self.source, self.stack
        while place < size:
            end = text.find("\n", place, size)
            end = size if end < 0 else end
            written = text[place:end]
            line = _common_lines[written] if written in _common_lines else _common(written)
            if line is None:
                place = self.other(written, place, end)
                continue
            column, is_item, start, stop, key, first, last, value = line
            # Most lines are one more entry of the mapping that the line before them is in.
            if is_item or self.waiting >= 0 or not stack or stack[-1][0] != column or not stack[-1][1]:
                self.begin(place + column, column, is_item, place + start)
            children = stack[-1][3]
            children.append(_new(Scalar, (source, place + start, place + stop, key, "", "")))
            if value is None:
                self.waiting = place + stop + 1
            else:
                children.append(_new(Scalar, (source, place + first, place + last, value, "", "")))
            place = end + 1
        return self.close(-1, size) if stack else None

    def other(self, written: str, place: int, end: int) -> int:
        """Take a line that is not of the most frequent shape; where the next line begins."""
        bare = written.lstrip(" ")
        if not bare or bare[0] == "#":
            return end + 1
        column = end - place - len(bare)
        if not column and bare[:3] in _MARKERS:
            if self.is_begun or self.stack or bare.rstrip(" ") != "---":
                raise _Other
            self.is_begun = True
            return end + 1
        self.is_begun = True
        if bare == "? ''" and self.text.startswith(f"\n{' ' * column}: ", end):
            return self.empty_key(place + column, column)
        return self.line(place + column, column, end)

    def empty_key(self, place: int, column: int) -> int:
        """Take `? ''` and the line behind it, as PyYAML writes an empty key; where the next line begins."""
        self.settle(place, column, False)
        if not self.stack or self.waiting >= 0:
            self.open(column, True, place)
        self.stack[-1][3].append(_new(Scalar, (self.source, place + 2, place + 4, "", "'", "")))
        colon = place + 5 + column
        end = self.text.find("\n", colon, self.size)
        end = self.size if end < 0 else end
        bare = self.text[colon + 1 : end].lstrip(" ")
        if not bare or bare[0] == "#":
            raise _Other
        self.waiting = colon + 1
        return self.line(end - len(bare), column + end - len(bare) - colon, end)

    def begin(self, place: int, column: int, is_item: bool, start: int) -> None:
        """End what a line ends, and begin the list and the mapping that its key at `start` is the first of."""
        stack = self.stack
        if not stack or is_item or self.waiting < 0 or column <= stack[-1][0]:
            self.settle(place, column, is_item)
        if is_item:
            if self.waiting >= 0 or not stack:
                self.open(column, False, place)
            self.waiting = place + 1
            column += 2
        if self.waiting >= 0 or not stack:
            self.open(column, True, start)

    def line(self, place: int, column: int, end: int) -> int:
        """Take what a line holds from its first character on; where the next line begins."""
        text, stack = self.text, self.stack
        is_item = text[place] == "-" and (place + 1 == end or text[place + 1] == " ")
        if self.waiting < 0 and stack and column > stack[-1][0]:
            return self.further_lines(place, column, end)
        self.settle(place, column, is_item)
        while is_item:
            if not stack or self.waiting >= 0:
                self.open(column, False, place)
            self.waiting = begun = place + 1
            while begun < end and text[begun] == " ":
                begun += 1
            if begun == end or text[begun] == "#":
                return end + 1
            column += begun - place
            place = begun
            is_item = text[place] == "-" and (place + 1 == end or text[place + 1] == " ")
        return self.entry(place, column, end)

    def settle(self, place: int, column: int, is_item: bool) -> None:
        """End what a line at this column ends; what still waits for a value there has an empty one."""
        stack = self.stack
        if not stack:
            return
        begun, is_mapping, _, _ = stack[-1]
        if self.waiting >= 0:
            if column > begun or (is_item and is_mapping and column == begun):
                return
            self.add(_new(Scalar, (self.source, self.waiting, self.waiting, "", "", "")))
        if begun > column or (begun == column and not is_mapping and not is_item):
            self.close(column, place, is_item)
            begun, is_mapping, _, _ = stack[-1]
        if begun != column or is_mapping is is_item:
            raise _Other

    def open(self, column: int, is_mapping: bool, place: int) -> None:
        """A collection begins, as the value that was waited for."""
        if len(self.stack) >= _MOST_LEVELS:
            raise _Other
        self.stack.append((column, is_mapping, place, []))
        self.waiting = -1

    def add(self, node: Node) -> None:
        """The value that was waited for."""
        self.stack[-1][3].append(node)
        self.waiting = -1

    def close(self, column: int, place: int, is_item: bool = False) -> Node:
        """End, at a place, what is deeper than a column, and a list at this column if no item of it follows."""
        stack = self.stack
        node: Node | None = None
        if self.waiting >= 0:
            self.add(_new(Scalar, (self.source, self.waiting, self.waiting, "", "", "")))
        while stack:
            begun, is_mapping, start, children = stack[-1]
            if begun < column or (begun == column and (is_mapping or is_item)):
                break
            stack.pop()
            if is_mapping:
                node = self.mappings.of_scalars(start, place, children)
            else:
                node = _new(Sequence, (self.source, start, place, tuple(children), ""))
            if stack:
                stack[-1][3].append(node)
        if node is None or (column >= 0 and not stack):
            raise _Other
        return node

    def entry(self, place: int, column: int, end: int) -> int:
        """Take a key with what follows it, or a scalar; where the next line begins."""
        key, after = self.key(place, end)
        if key is None:
            if self.waiting < 0:
                raise _Other
            return self.value(place, end)
        if not self.stack or self.waiting >= 0:
            self.open(column, True, place)
        self.stack[-1][3].append(key)
        text = self.text
        self.waiting = begun = after
        while begun < end and text[begun] == " ":
            begun += 1
        if begun == end or text[begun] == "#":
            return end + 1
        return self.value(begun, end)

    def key(self, place: int, end: int) -> tuple[Scalar | None, int]:
        """The key that begins at a place and where its colon ends; None where the line has none."""
        text = self.text
        style = text[place]
        if style in "'\"":
            stop = text.find(style, place + 1, end)
            while style == "'" and stop >= 0 and text[stop + 1 : stop + 2] == "'":
                stop = text.find("'", stop + 2, end)
            colon = stop + 1
            while 0 < colon < end and text[colon] == " ":
                colon += 1
            if stop < 0 or text[colon : colon + 1] != ":" or colon >= end:
                return None, 0
            key = self.quoted(place, stop, style)
        else:
            line = text[place:end].partition(" #")[0]
            colon = line.find(": ")
            if colon < 0 and line[-1] != ":":
                return None, 0
            colon = place + (colon if colon >= 0 else len(line) - 1)
            stop = place + len(text[place:colon].rstrip(" "))
            key = self.plain(place, stop, text[place:stop])
        if stop - place > _LONGEST_KEY or (colon + 1 < end and text[colon + 1] != " "):
            raise _Other
        return key, colon + 1

    def plain(self, start: int, stop: int, text: str) -> Scalar:
        """A scalar without quotes."""
        if not text or text[0] in _NOT_FIRST or text == "-" or text.startswith("- "):
            raise _Other
        return _new(Scalar, (self.source, start, stop, text, "", ""))

    def quoted(self, start: int, stop: int, style: str) -> Scalar:
        """A scalar in quotes, the last of which is at `stop`."""
        text = self.text[start + 1 : stop]
        if style == '"':
            if "\\" in text:
                raise _Other
        else:
            text = text.replace("''", "'")
        if "\n" in text:
            if "\n---" in text or "\n..." in text:
                raise _Other
            first, *middle, last = text.split("\n")
            text = _folded([first.rstrip(" "), *(line.strip(" ") for line in middle), last.lstrip(" ")])
        return _new(Scalar, (self.source, start, stop + 1, text, style, ""))

    def value(self, place: int, end: int) -> int:
        """Take the scalar that begins at a place; where the line behind it begins."""
        text, style = self.text, self.text[place]
        if style not in "'\"{[":
            return self.plain_value(place, end)
        if style in "{[":
            stop = place + 1
            if text[stop : stop + 1] != "}]"[style == "["]:
                raise _Other
            if style == "{":
                self.add(self.mappings.build(place, stop + 1, []))
            else:
                self.add(_new(Sequence, (self.source, place, stop + 1, (), "")))
        else:
            stop = text.find(style, place + 1, self.size)
            while style == "'" and stop >= 0 and text[stop + 1 : stop + 2] == "'":
                stop = text.find("'", stop + 2, self.size)
            if stop < 0:
                raise _Other
            self.add(self.quoted(place, stop, style))
        end = text.find("\n", stop, self.size)
        end = self.size if end < 0 else end
        behind = text[stop + 1 : end]
        if (behind.strip(" ") and behind.lstrip(" ")[0] != "#") or behind[:1] == "#":
            raise _Other
        return end + 1

    def plain_value(self, place: int, end: int) -> int:
        """Take a scalar without quotes, or the first line of one; where the next line begins."""
        line = _unquoted(self.text[place:end])
        self.add(self.plain(place, place + len(line), line))
        return end + 1

    def further_lines(self, place: int, column: int, end: int) -> int:
        """Take a line that is deeper than what it is in, and all like it, as more of the scalar before them."""
        text, size, (parent, _, _, children) = self.text, self.size, self.stack[-1]
        first = children[-1]
        if first.__class__ is not Scalar or first.style:
            raise _Other
        lines, stop = [first.text], first.end
        while column > parent:
            between = text[stop:place]
            if between.strip("\n "):  # a comment ends the scalar
                raise _Other
            lines += [""] * (between.count("\n") - 1)
            lines.append(_unquoted(text[place:end]))
            stop, following = place + len(lines[-1]), end + 1
            column = -1
            while end < size and column < 0:
                place = end + 1
                end = text.find("\n", place, size)
                end = size if end < 0 else end
                bare = text[place:end].lstrip(" ")
                if bare:
                    column = end - place - len(bare) if bare[0] != "#" else parent
            place += column
        children[-1] = first._replace(end=stop, text=_folded(lines))
        return following


def _common(written: str) -> _Line | None:
    """A line as one of the most frequent shape; None for any other."""
    found = _COMMON.fullmatch(written)
    line: _Line | None = None
    if found is not None:
        dash, key, value = found.groups()
        start, stop = found.span(2)
        if value is None or (": " not in value and value[-1] != ":"):
            line = (found.start(1) if dash else start, dash is not None, start, stop, key, *found.span(3), value)
    if len(written) <= _LONGEST_KNOWN:
        if len(_common_lines) >= _MOST_KNOWN:
            _common_lines.clear()
        _common_lines[written] = line
    return line


def _unquoted(line: str) -> str:
    """A line of a scalar without quotes, without a comment behind it."""
    line = line.partition(" #")[0].rstrip(" ")
    if ": " in line or line[-1] == ":":
        raise _Other
    return line


def _folded(lines: list[str]) -> str:
    """Lines put together: a line end is a space, and each empty line is a line end."""
    parts, is_broken = [lines[0]], False
    for line in lines[1:-1]:
        if line:
            parts.append(line if is_broken else f" {line}")
        else:
            parts.append("\n")
        is_broken = not line
    return "".join((*parts, lines[-1] if is_broken else f" {lines[-1]}"))
