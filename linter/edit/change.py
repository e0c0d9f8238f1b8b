"""What is to be changed: record sets as they shall be, stretches of text to replace, and why that cannot be done."""

from collections.abc import Iterable

from linter.finding import Change
from linter.source.frozen import Frozen

__all__ = ["CannotEdit", "Change", "Edit", "applied"]


class Edit(Frozen):
    """text[start:end], in code points, becomes `text`."""

    start: int
    end: int
    text: str


class CannotEdit(Exception):
    """Why a file cannot be changed by the editor: a reason for people, without a final full stop."""


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text after all edits, whose places are those before. Raises CannotEdit where two of them overlap."""
    parts: list[str] = []
    reached = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < reached:
            raise CannotEdit("two changes concern the same place")
        parts += (text[reached : edit.start], edit.text)
        reached = edit.end
    return "".join((*parts, text[reached:]))
