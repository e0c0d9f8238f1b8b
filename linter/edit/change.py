"""What is to be changed: record sets as they shall be, stretches of text to replace, and why that cannot be done."""

from bisect import bisect_left, insort
from collections.abc import Iterable

from linter.finding import Change
from linter.source.frozen import Frozen

__all__ = ["CannotEdit", "Change", "Edit", "Taken", "applied"]


class Edit(Frozen):
    """text[start:end], in code points, becomes `text`."""

    start: int
    end: int
    text: str


class CannotEdit(Exception):
    """Why a file cannot be changed by the editor: a reason for people, without a final full stop."""


class Taken:
    """Stretches of one text, none of which meets another."""

    def __init__(self) -> None:
        self._places: list[tuple[int, int]] = []

    def meets(self, start: int, end: int) -> bool:
        """Whether a stretch has characters or its beginning in common with one of those."""
        row = bisect_left(self._places, (start, end))
        near = self._places[max(0, row - 1) : row + 1]
        return any(max(start, first) < min(end, past) or start == first for first, past in near)

    def add(self, start: int, end: int) -> None:
        """One more, which meets none of them."""
        insort(self._places, (start, end))


def applied(text: str, edits: Iterable[Edit], begin: int = 0) -> str:
    """The text after all edits, whose places are those before. Raises CannotEdit where two of them overlap.

    `begin` is where the text begins in what the places are about.
    """
    parts: list[str] = []
    reached = 0
    for start, end, new in sorted(edits, key=_place):
        if start - begin < reached:
            raise CannotEdit("two changes concern the same place")
        parts += (text[reached : start - begin], new)
        reached = end - begin
    return "".join((*parts, text[reached:]))


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end
