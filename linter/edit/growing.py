"""Record sets that another zone shall have, as edits of the one of its files where they belong."""

import os
from collections.abc import Sequence

from linter.finding import Growth, Patch
from linter.source.include import Includer
from linter.source.repository import repository_root
from linter.source.text import Source
from linter.zone.document import Document, read_document

from .change import CannotEdit
from .placing import placed
from .zone_file import edited


def grown(growths: Sequence[Growth]) -> tuple[Patch, ...]:
    """The edits, one for each file; none where they cannot be made or proven."""
    if len(growths) != 1:
        return ()
    growth = growths[0]
    documents = [_read(source, growth.zone) for source in growth.sources]
    try:
        row = placed(documents, growth.change.name, growth.change.type)
        before = documents[row].source
        text = edited(documents[row], [growth.change], lambda source: _read(source, growth.zone))
    except CannotEdit:
        return ()
    return (_difference(before, text),) if text != before.text else ()


def _read(source: Source, zone: str) -> Document:
    root = repository_root(os.path.dirname(source.path))
    return read_document(source, None, Includer(root), zone)


def _difference(before: Source, text: str) -> Patch:
    """The one stretch in which a text differs."""
    old = before.text
    start = _alike(old, text)
    same = min(_alike(old[::-1], text[::-1]), min(len(old), len(text)) - start)
    return Patch(before.path, start, len(old) - same, text[start : len(text) - same])


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))
