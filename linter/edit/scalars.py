"""Edits inside one scalar: of its text as YAML gives it, to the characters of the file."""

from collections.abc import Iterable

from linter.source.offsets import offsets_of
from linter.source.text import Source
from linter.source.tree import Mapping, Scalar, Sequence
from linter.source.yaml_reader import read_yaml

from .change import CannotEdit, Edit, applied
from .extent import past
from .written import replaced_scalar


def scalar_edits(scalar: Scalar, stretches: Iterable[tuple[int, int, str]], in_flow: bool) -> list[Edit]:
    """The edits that give a scalar's text other stretches; all of it is written anew where its style demands that.

    `in_flow` is whether it is inside of brackets. Raises CannotEdit.
    """
    wanted = [Edit(*each) for each in stretches]
    text = applied(scalar.text, wanted)
    edits = edits_within(scalar, wanted, text, in_flow)
    if edits is not None:
        return edits
    return [Edit(scalar.start, past(scalar), replaced_scalar(scalar, text, in_flow))]


def edits_within(scalar: Scalar, wanted: list[Edit], text: str, in_flow: bool) -> list[Edit] | None:
    """The edits of the characters that are written for these; None where the scalar would not read as `text` then."""
    edits = _within(scalar, wanted)
    return edits if edits is not None and _reads_as(scalar, edits, text, in_flow) else None


def _within(scalar: Scalar, wanted: list[Edit]) -> list[Edit] | None:
    """The edits of the characters that are written for these; None where these places are not known."""
    offsets = offsets_of(scalar)
    if offsets is None or not scalar.text:
        return None
    starts, ends, count = offsets.starts, offsets.ends, len(scalar.text)
    found = []
    for edit in wanted:
        written = _escaped(edit.text, scalar.style)
        if written is None:
            return None
        start = starts[edit.start] if edit.start < count else ends[count - 1]
        found.append(Edit(start, ends[edit.end - 1] if edit.end > edit.start else start, written))
    return found


def _escaped(text: str, style: str) -> str | None:
    if not text.isprintable():
        return None
    if style == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("'", "''") if style == "'" else text


def _reads_as(scalar: Scalar, edits: list[Edit], text: str, in_flow: bool) -> bool:
    """Whether a scalar of one line then reads as meant; how those of several lines do is seen in the file alone."""
    raw = scalar.source.text[scalar.start : scalar.end]
    if "\n" in raw or "\r" in raw:
        return True
    try:
        now = applied(raw, edits, scalar.start)
    except CannotEdit:
        return False
    tree = read_yaml(Source("", f"[{now}]\n" if in_flow else f"x: {now}\n"))
    root = tree.root
    items = root.items if isinstance(root, Sequence) else root.values if isinstance(root, Mapping) else ()
    return len(items) == 1 and isinstance(items[0], Scalar) and items[0].text == text and not tree.faults
