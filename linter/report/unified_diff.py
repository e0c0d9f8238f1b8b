"""A file before and after as a unified diff, which `git apply` and `patch -p1` take."""

from collections.abc import Iterator
from itertools import pairwise

_CUT = "\\ No newline at end of file"
_CONTEXT = 3
_MOST_COMPARED = 4000
"""Lines of a file that difflib compares: beyond that, and where lines repeat, it may take for ever."""
_MOST_AHEAD = 200
"""How far an equal line is looked for in a larger file."""

_Block = tuple[int, int, int, int]
"""old[a:b] becomes new[c:d]."""


def diff_lines(path: str, old: str, new: str) -> Iterator[str]:
    """The lines without their ends; a carriage return before one is a part of the line."""
    below = path.replace("\\", "/").lstrip("/")
    before, after = _lines(old), _lines(new)
    blocks = list(_blocks(before, after))
    if blocks:
        yield f"--- a/{below}"
        yield f"+++ b/{below}"
    for hunk in _hunks(blocks):
        for line in _told(hunk, before, after):
            yield line.removesuffix("\n")
            if not line.endswith("\n"):
                yield _CUT


def _lines(text: str) -> list[str]:
    """The lines with their ends; `str.splitlines` would also end them where diffs do not."""
    parts = text.split("\n")
    return [*(f"{part}\n" for part in parts[:-1]), *filter(None, parts[-1:])]


def _blocks(old: list[str], new: list[str]) -> Iterator[_Block]:
    """What differs, in its order."""
    if max(len(old), len(new)) > _MOST_COMPARED:
        yield from _walked(old, new)
        return
    from difflib import SequenceMatcher  # for changes only

    for tag, *places in SequenceMatcher(None, old, new).get_opcodes():
        if tag != "equal":
            a, b, c, d = places
            yield a, b, c, d


def _walked(old: list[str], new: list[str]) -> Iterator[_Block]:
    """What differs, found in one walk over both: right for any two texts, small for those that are much alike."""
    a = c = 0
    while a < len(old) or c < len(new):
        if a < len(old) and c < len(new) and old[a] == new[c]:
            a, c = a + 1, c + 1
            continue
        b, d = _next_equal(old, new, a, c)
        yield a, b, c, d
        a, c = b, d


def _next_equal(old: list[str], new: list[str], a: int, c: int) -> tuple[int, int]:
    """The nearest lines from here that are equal; else the next ones, or the ends."""
    for ahead in range(1, _MOST_AHEAD):
        if a + ahead < len(old) and c + ahead < len(new) and old[a + ahead] == new[c + ahead]:
            return a + ahead, c + ahead
        if a + ahead < len(old) and c < len(new) and old[a + ahead] == new[c]:
            return a + ahead, c
        if c + ahead < len(new) and a < len(old) and old[a] == new[c + ahead]:
            return a, c + ahead
    if a < len(old) and c < len(new):
        return a + 1, c + 1
    return len(old), len(new)


def _hunks(blocks: list[_Block]) -> Iterator[list[_Block]]:
    """Blocks that are near each other, together."""
    hunk = blocks[:1]
    for before, block in pairwise(blocks):
        if block[0] - before[1] > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    if hunk:
        yield hunk


def _told(hunk: list[_Block], old: list[str], new: list[str]) -> Iterator[str]:
    first, last = hunk[0], hunk[-1]
    lead, trail = min(_CONTEXT, first[0]), min(_CONTEXT, len(old) - last[1])
    a, b, c, d = first[0] - lead, last[1] + trail, first[2] - lead, last[3] + trail
    yield f"@@ -{_range(a, b)} +{_range(c, d)} @@\n"
    reached = a
    for block in hunk:
        yield from (f" {line}" for line in old[reached : block[0]])
        yield from (f"-{line}" for line in old[block[0] : block[1]])
        yield from (f"+{line}" for line in new[block[2] : block[3]])
        reached = block[1]
    yield from (f" {line}" for line in old[reached:b])


def _range(start: int, stop: int) -> str:
    """Lines as a hunk's head has them: from 1, and the one before where there is none."""
    count = stop - start
    return f"{start + 1}" if count == 1 else f"{start + 1 if count else start},{count}"
