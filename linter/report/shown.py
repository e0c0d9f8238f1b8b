"""Text from a stranger's file made safe and measurable for a terminal: escapes, widths, and windows."""

from linter.source.text import escaped


def shown(text: str) -> str:
    """The text with every character that is not printable as an escape; a tab becomes four spaces."""
    if text.isprintable():
        return text
    return "".join(cell(character) for character in text)


_COMMANDS = ("::", "##[", "##vso[")
"""How lines begin that a runner of CI jobs obeys: GitHub's, old and new, and Azure's."""


def shown_path(path: str) -> str:
    """A relative path that may begin a line: no file's name is a command to whoever runs the job."""
    return shown(f"./{path}" if path.lstrip().startswith(_COMMANDS) else path)


def opening(text: str) -> str:
    """A word from a stranger's file that opens a line, however far that is indented; as shown_path, for other words."""
    bare = text.lstrip()
    return f"\\x{ord(bare[0]):02x}{shown(bare[1:])}" if bare.startswith(_COMMANDS) else shown(text)


def cell(character: str) -> str:
    """What stands on the screen for one character."""
    if character == "\t":
        return "    "
    return character if character.isprintable() else escaped(character)


def width(text: str) -> int:
    """Columns that an already shown text takes on a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(0 if category(each) in ("Mn", "Me") else 2 if east_asian_width(each) in "WF" else 1 for each in text)


def _cells(text: str) -> tuple[list[str], list[int]]:
    """What stands on the screen for each character, and how many columns each takes."""
    if text.isascii() and text.isprintable():
        return [*text], [1] * len(text)
    cells = [cell(character) for character in text]
    return cells, [width(each) for each in cells]


def window(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """A line cut to `room` columns around line[start:end]; returns (shown text, first column, columns).

    `start` and `end` are characters of the raw line; the stretch may lie past its end (something is missing
    there) and always gets one column at least. What is cut off is marked by an ellipsis.
    """
    start, end = min(start, len(line)), min(max(end, start), len(line))
    # A line may have megabytes, and no more than `room` characters on each side can be of use.
    low, high = max(0, start - room), min(len(line), start + room)
    cells, sizes = _cells(line[low:high])
    before, after = start - low, min(end, high) - low
    begin, length = sum(sizes[:before]), max(1, sum(sizes[before:after]))
    if high - low == len(line) and max(sum(sizes), begin + length) <= room:
        return "".join(cells), begin, length
    # The stretch itself comes first, then as much as fits on its left, for that is where a reader begins.
    stretch = min(length, room // 2)
    first, used = before, 0
    while first > 0 and used + sizes[first - 1] <= room - stretch - 4:
        first -= 1
        used += sizes[first]
    column, last = used, before
    while last < len(cells) and used + sizes[last] <= room - 2:
        used += sizes[last]
        last += 1
    lead, tail = "…" if low + first > 0 else "", "…" if low + last < len(line) else ""
    length = max(1, sum(sizes[before : min(after, last)]))
    return f"{lead}{''.join(cells[first:last])}{tail}", len(lead) + column, length
