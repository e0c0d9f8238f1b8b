"""Values that shall read otherwise, as what is to be changed in the scalars that they are written in."""

from collections.abc import Iterable
from typing import TypeAlias

from linter.finding import Fix, Rewrite
from linter.source.tree import Scalar

from .model import Target, Text
from .published import as_meant, closed, publish

Stretch: TypeAlias = tuple[int, int, str]
"""[start:end] of a text, and what it becomes."""


def rewrite_text(value: Text, stretches: Iterable[Stretch], why: str = "") -> Fix | None:
    """The fix that gives the text of a value other stretches, which may not overlap; None where it cannot be written.

    A semicolon is written as the value writes its others; what octoDNS's Templating fills in stays as it is.
    """
    wanted = sorted(stretches, key=lambda each: each[:2])
    places = value.written_places()
    if places is None or value.pieces or not wanted:
        return None
    written = value.node.text
    ends = [end for _, end in places]
    inside = 1 if written[:1] == '"' else 0
    made: list[Stretch] = []
    for start, end, text in wanted:
        first = places[start][0] if start < len(places) else (ends[-1] if ends else inside)
        past = ends[end - 1] if end > start else first
        made.append((first, past, text.replace(";", "\\;") if "\\;" in written else text))
    now = replaced(written, made)
    told = as_meant(publish(closed(now))) if value.repaired else publish(now)
    if told != replaced(value.text, wanted):
        return None
    return Fix(why, (Rewrite(value.node.span, tuple(made)),))


def rewrite_scalar(node: Scalar, text: str, why: str = "") -> Fix:
    """The fix that has a scalar hold another text."""
    return Fix(why, (Rewrite(node.span, ((0, len(node.text), text),)),))


def final_dot(target: Target, why: str) -> Fix | None:
    """The fix that makes a name absolute as it is written; None where a processor of octoDNS has changed it."""
    size = len(target.node.text)
    if target.written != target.node.text or target.fault is not None:
        return None
    return Fix(why, (Rewrite(target.node.span, ((size, size, "."),)),))


def replaced(text: str, stretches: Iterable[Stretch]) -> str:
    """A text with other stretches, which are in order and do not overlap."""
    parts: list[str] = []
    reached = 0
    for start, end, new in stretches:
        parts += (text[reached:start], new)
        reached = end
    return "".join((*parts, text[reached:]))
