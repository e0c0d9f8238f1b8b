"""Text from a stranger's file made safe and measurable for a terminal: escapes, widths, and windows."""


def shown(text: str) -> str:
    """The text with every character that is not printable as an escape; a tab becomes four spaces."""
    if text.isprintable():
        return text
    return "".join(cell(character) for character in text)


def cell(character: str) -> str:
    """What stands on the screen for one character."""
    if character == "\t":
        return "    "
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def width(text: str) -> int:
    """Columns that an already shown text takes on a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text)


def window(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """A line cut to `room` columns around line[start:end]; returns (shown text, first column, columns).

    `start` and `end` are characters of the raw line; the stretch may lie past its end (something is missing
    there) and always gets one column at least. What is cut off is marked by an ellipsis.
    """
    cells = [cell(character) for character in line]
    sizes = [width(each) for each in cells]
    start, end = min(start, len(cells)), min(max(end, start), len(cells))
    first, stretch = sum(sizes[:start]), sum(sizes[start:end])
    if sum(sizes) <= room:
        return "".join(cells), first, max(stretch, 1)
    # The stretch itself comes first, then as much as fits on its left, for that is where a reader begins.
    left = max(0, first - max(room - min(stretch, room // 2) - 4, room // 4))
    text, column, offset = "", 0, 0
    for each, size in zip(cells, sizes, strict=True):
        if left <= column and column + size <= left + room - 2:
            text += each
        elif column < left:
            offset = column + size
        column += size
    lead = "…" if offset else ""
    tail = "…" if width(text) + offset < sum(sizes) else ""
    begin = max(0, first - offset) + len(lead)
    visible = width(text) + len(lead)
    return f"{lead}{text}{tail}", min(begin, visible), max(1, min(stretch, visible - begin))
