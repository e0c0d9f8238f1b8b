"""Values that shall read otherwise, as what is to be changed in the scalars that they are written in."""

from collections.abc import Iterable

from linter.finding import Fix, Rewrite
from linter.records.text.fault import with_mark
from linter.source.pattern import Pattern
from linter.source.text import Source
from linter.source.tree import Scalar
from linter.source.typed import TypeAlias

from .model import Target, Text
from .published import as_meant, closed, publish

Stretch: TypeAlias = tuple[int, int, str]
"""[start:end] of a text, and what it becomes."""

_BARE = Pattern(r"[\w=];")
_LONGEST = 4096
"""Characters of a text that is rewritten: no record that mail can use has a quarter of that."""
_files: list[tuple[Source, bool]] = []


def _is_escaped(node: Scalar) -> bool:
    """Whether `;` is written `\\;`, as octoDNS expects it where nothing says otherwise."""
    if ";" in node.text:
        return "\\;" in node.text
    if not _files or _files[0][0] is not node.source:
        text = node.source.text
        _files[:] = [(node.source, "\\;" in text or _BARE.search(text) is None)]
    return _files[0][1]


def rewrite_text(value: Text, stretches: Iterable[Stretch], why: str = "") -> Fix | None:
    """The fix that gives the text of a value other stretches; None where it cannot be written, or where they overlap.

    `why` says in a sentence what changes for receivers; "" where the text means the same to all of them.
    A semicolon is written as the value writes its others, else as the file does.
    """
    wanted = sorted(stretches, key=lambda each: each[:2])
    ends = [0, *(end for _, end, _ in wanted)]
    is_within = all(
        past <= start <= end <= len(value.text) for past, (start, end, _) in zip(ends, wanted, strict=False)
    )
    if len(value.text) > _LONGEST or value.pieces or not wanted or not is_within:
        return None
    places = value.written_places()
    if places is None:
        return None
    written = value.node.text
    starts, stops = places
    inside = 1 if written[:1] == '"' else 0
    made: list[Stretch] = []
    for start, end, text in wanted:
        first = starts[start] if start < len(starts) else (stops[-1] if stops else inside)
        past = stops[end - 1] if end > start else first
        made.append((first, past, text.replace(";", "\\;") if ";" in text and _is_escaped(value.node) else text))
    now = replaced(written, made)
    told = as_meant(publish(closed(now))) if value.repaired else publish(now)
    if told != replaced(value.text, wanted):
        return None
    return Fix(why, (Rewrite(value.node, tuple(made)),), (), (), (), ())


def without_part(value: Text, start: int, end: int, why: str = "") -> Fix | None:
    """The fix that takes a term or tag out of a text, with what parts it from the one before."""
    return rewrite_text(value, [(*with_mark(value.text, start, end), "")], why)


def rewrite_target(target: Target, text: str, why: str) -> Fix | None:
    """The fix that writes another name; None where a processor of octoDNS has changed what is written."""
    return rewrite_scalar(target.node, text, why) if target.written == target.node.text else None


def rewrite_scalar(node: Scalar, text: str, why: str = "") -> Fix:
    """The fix that has a scalar hold another text."""
    return Fix(why, (Rewrite(node, ((0, len(node.text), text),)),))


def replaced(text: str, stretches: Iterable[Stretch]) -> str:
    """A text with other stretches, which are in order and do not overlap."""
    parts: list[str] = []
    reached = 0
    for start, end, new in stretches:
        parts += (text[reached:start], new)
        reached = end
    return "".join((*parts, text[reached:]))
