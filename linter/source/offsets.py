"""Where in the file each character of a scalar's value stands, whatever escapes and folds lie between.

The value is built a second time from the raw text, with places; only when that gives exactly the value
libyaml gave is the map used. Where it does not, there is no map: the whole scalar, never a wrong place.
"""

from collections.abc import Sequence

from .frozen import Frozen
from .text import Span
from .tree import Scalar

_BREAKS = "\n\r\x85\u2028\u2029"
_SIMPLE_ESCAPES = dict(zip('0abt\tnvfre "/\\N_LP', '\0\a\b\t\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029', strict=True))
_ESCAPES = {"": "", "'": "''", '"': "\\"}
"""By the style of a scalar, what makes its text another than what is written."""
_HEX_ESCAPES = {"x": 2, "u": 4, "U": 8}


class Offsets(Frozen):
    """For each character of a value where what was written for it begins and ends in the source."""

    starts: Sequence[int]
    ends: Sequence[int]


class _Found:
    """A value that is built a second time, with the places of its characters."""

    __slots__ = ("ends", "starts", "text")

    def __init__(self) -> None:
        self.text: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, character: str, start: int, end: int) -> None:
        """One character of the value, from source[start:end]."""
        self.text.append(character)
        self.starts.append(start)
        self.ends.append(end)


# A value with a hundred faults is asked for as often, one time after the other: the last answer is kept.
_latest: list[tuple[Scalar, Offsets | None]] = []


def offsets_of(scalar: Scalar) -> Offsets | None:
    """The map of a scalar's value, or None where its style makes that impossible."""
    if not _latest or _latest[0][0] is not scalar:
        _latest[:] = [(scalar, _mapped(scalar))]
    return _latest[0][1]


def _mapped(scalar: Scalar) -> Offsets | None:
    source, style = scalar.source.text, scalar.style
    found = _Found()
    if style in _ESCAPES:
        start, stop = (scalar.start + 1, scalar.end - 1) if style else (scalar.start, scalar.end)
        raw, escape = source[start:stop], _ESCAPES[style]
        if raw == scalar.text and raw.isprintable() and (not escape or escape not in raw):  # as nearly all are
            return Offsets(range(start, stop), range(start + 1, stop + 1))
        _flow(source, start, stop, found, style)
    else:
        _block(source, scalar, found)
    if "".join(found.text[: len(scalar.text)]) != scalar.text:
        return None
    return Offsets(found.starts, found.ends)


def part_of(scalar: Scalar, start: int, end: int, via: Span | None = None) -> Span:
    """The span of value[start:end]; of the whole scalar where no exact place can be told."""
    offsets = offsets_of(scalar)
    if offsets is None or not offsets.starts:
        return Span(scalar.source, scalar.start, scalar.end, via)
    starts, ends = offsets
    count = len(starts)
    if start >= end or start >= count:
        point = starts[start] if start < count else ends[count - 1]
        return Span(scalar.source, point, point, via)
    return Span(scalar.source, starts[start], ends[min(end, count) - 1], via)


def _flow(source: str, position: int, stop: int, offsets: _Found, quote: str) -> None:
    """Plain and quoted scalars: white space around line ends folds (YAML 1.1 section 9.1)."""
    while position < stop:
        character = source[position]
        if character in " \t" or character in _BREAKS:
            position = _white(source, position, stop, offsets)
        elif character == "'" and quote == "'" and source.startswith("''", position):
            offsets.add("'", position, position + 2)
            position += 2
        elif character == "\\" and quote == '"':
            position = _escape(source, position, stop, offsets)
        else:
            offsets.add(character, position, position + 1)
            position += 1


def _white(source: str, position: int, stop: int, offsets: _Found) -> int:
    """A run of blanks and line ends: kept if it lies in one line, else folded to a space or to line ends."""
    start, breaks = position, []
    while position < stop and (source[position] in " \t" or source[position] in _BREAKS):
        if source.startswith("\r\n", position):
            position += 1
        if source[position] in _BREAKS:
            breaks.append(position)
        position += 1
    if not breaks:
        for place in range(start, position):
            offsets.add(source[place], place, place + 1)
    elif len(breaks) == 1:
        offsets.add(" ", breaks[0], position)
    else:
        for place in breaks[1:]:
            offsets.add("\n", place, place + 1)
    return position


def _escape(source: str, position: int, stop: int, offsets: _Found) -> int:
    """A backslash in double quotes; before a line end it joins the lines."""
    letter = source[position + 1 : position + 2]
    if letter in _HEX_ESCAPES:
        end = position + 2 + _HEX_ESCAPES[letter]
        digits = source[position + 2 : end]
        try:
            offsets.add(chr(int(digits, 16)), position, end)
        except (ValueError, OverflowError):
            return stop
        return end
    if letter and letter in _BREAKS:
        position += 3 if source.startswith("\r\n", position + 1) else 2
        while position < stop and (source[position] in " \t" or source[position] in _BREAKS):
            past = position + (2 if source.startswith("\r\n", position) else 1)
            if source[position] in _BREAKS:
                offsets.add("\n", position, past)
            position = past
        return position
    offsets.add(_SIMPLE_ESCAPES.get(letter, letter), position, position + 2)
    return position + 2


def _lines(source: str, position: int, stop: int) -> list[tuple[int, int, int]]:
    """(start, end without line end, end with it) of each line in source[position:stop]."""
    lines = []
    while position < stop:
        end = position
        while end < stop and source[end] not in _BREAKS:
            end += 1
        after = min(stop, end + (2 if source.startswith("\r\n", end) else 1))
        lines.append((position, end, after))
        position = after
    return lines


def _block(source: str, scalar: Scalar, offsets: _Found) -> None:
    """Literal and folded scalars: the header's line, then lines at the indentation of the first one."""
    lines = _lines(source, scalar.start, scalar.end)
    if not lines:
        return
    header = source[lines[0][0] : lines[0][1]].split("#")[0]
    body = lines[1:]
    texts = [line for line in body if source[line[0] : line[1]].strip(" ")]
    if not texts:
        for _, end, after in body:
            offsets.add("\n", end, after)
        return
    written = next((int(sign) for sign in header if sign.isdigit()), None)
    indent = _leading(source, texts[0])
    if written is not None:
        # An explicit indentation counts from the parent's, which only the value itself can tell us.
        first = next((line for line in scalar.text.split("\n") if line.strip(" ")), "")
        indent -= len(first) - len(first.lstrip(" "))
    content = [(min(start + indent, end), end, after) for start, end, after in body]
    if scalar.style == "|":
        for line in content:
            _emit(source, line, offsets)
            offsets.add("\n", line[1], line[2])
    else:
        _fold(source, content, offsets)


def _leading(source: str, line: tuple[int, int, int]) -> int:
    text = source[line[0] : line[1]]
    return len(text) - len(text.lstrip(" "))


def _emit(source: str, line: tuple[int, int, int], offsets: _Found) -> None:
    for place in range(line[0], line[1]):
        offsets.add(source[place], place, place + 1)


def _fold(source: str, content: list[tuple[int, int, int]], offsets: _Found) -> None:
    """Folded lines: one line end between two texts becomes a space, unless one of them is indented more."""
    pending: list[tuple[int, int]] = []
    previous_indented = True  # nothing folds into a beginning
    begun = False
    for start, end, after in content:
        if start == end:
            pending.append((end, after))
            continue
        indented = source[start] in " \t"
        if begun and not indented and not previous_indented:
            if len(pending) == 1:
                offsets.add(" ", pending[0][0], start)
                pending = []
            else:
                pending = pending[1:]
        for place, past in pending:
            offsets.add("\n", place, past)
        _emit(source, (start, end, after), offsets)
        pending = [(end, after)]
        begun, previous_indented = True, indented
    for place, past in pending:
        offsets.add("\n", place, past)
