"""What octoDNS publishes for a TXT value as written: quotes, joints and semicolons, and nothing else.

One outer pair of quotes goes, by position: octoDNS drops the last character whatever it is. `" "` joins two
strings, `\\;` is a semicolon. Every other quote or backslash is published, and breaks the record.
"""

from collections.abc import Sequence

from linter.source.typed import TypeAlias

Places: TypeAlias = tuple[Sequence[int], Sequence[int]]
"""Where each character of a text begins, and where it ends, in another text; ranges where nothing lies between."""


def publish(written: str) -> str:
    """The text that reaches the server."""
    if written[:1] == '"':
        written = written[1:-1]
    if '" "' in written:
        written = written.replace('" "', "")
    if "\\;" in written:
        written = written.replace("\\;", ";")
    return written


def publish_with_places(written: str) -> tuple[str, Places]:
    """The same text, and the places of what was written for its characters."""
    start, stop = (1, max(1, len(written) - 1)) if written[:1] == '"' else (0, len(written))
    if '" "' not in written:
        return _with_semicolons(written[start:stop], (range(start, stop), range(start + 1, stop + 1)))
    texts: list[str] = []
    starts: list[int] = []
    for piece in written[start:stop].split('" "'):
        texts.append(piece)
        starts += range(start, start + len(piece))
        start += len(piece) + 3
    return _with_semicolons("".join(texts), (starts, [place + 1 for place in starts]))


def _with_semicolons(text: str, places: Places) -> tuple[str, Places]:
    """The text with each `\\;` as the one character that it stands for."""
    if "\\;" not in text:
        return text, places
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    pieces = text.split("\\;")
    for piece in pieces:
        past = position + len(piece)
        starts += places[0][position:past]
        ends += places[1][position:past]
        position = past + 2
        if position <= len(text):
            starts.append(places[0][past])
            ends.append(places[1][past + 1])
    return ";".join(pieces), (starts, ends)


def is_cut(written: str) -> bool:
    """Whether a quote opens a value and none closes it, so that its last character is not published."""
    return written[:1] == '"' and (len(written) < 2 or written[-1] != '"')


def closed(written: str) -> str:
    """A value as written, with the closing quote that was forgotten."""
    return f'{written}"' if is_cut(written) else written


def as_meant(published: str) -> str:
    """A published text without what does not belong there; see `meant_characters`."""
    return "".join(character for _, character in meant_characters(published))


def meant_characters(published: str) -> list[tuple[int, str]]:
    """The characters that the author meant, each with its index: no literal quotes, ASCII for what looks like it.

    Characters in other scripts stay: nobody can tell what was meant.
    """
    from .lookalikes import lookalike  # few zones need it

    kept = []
    for index, character in enumerate(published):
        if character == '"' or (character == "\\" and published[index + 1 : index + 2] == '"'):
            continue
        passing = None if character < "\x80" else lookalike(character)
        if passing is None:
            kept.append((index, character))
        elif passing.meant:
            kept.append((index, passing.meant))
    return kept
