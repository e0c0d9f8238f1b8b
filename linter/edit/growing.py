"""Record sets that another zone shall have, as edits of the one of its files where they belong."""

import os
from collections.abc import Sequence

from linter.finding import Change, Growth, Patch
from linter.source.include import Includer
from linter.source.repository import repository_root
from linter.source.text import Source
from linter.zone.document import Document
from linter.zone.reading import read_document

from .change import CannotEdit
from .placing import placed
from .zone_file import edited


def grown(growths: Sequence[Growth]) -> tuple[Patch, ...]:
    """The edits, one for each file; none where one of them cannot be made or proven."""
    zones: dict[str, list[Growth]] = {}
    for growth in growths:
        zones.setdefault(growth.zone, []).append(growth)
    found: list[Patch] = []
    for zone, wanted in zones.items():
        patches = _grown_zone(zone, wanted)
        if not patches:
            return ()
        found += patches
    return tuple(found)


def _grown_zone(zone: str, growths: Sequence[Growth]) -> tuple[Patch, ...]:
    """The edits that bring all record sets into the files of one zone."""
    sources = growths[0].sources
    if len({tuple((each.path, each.text) for each in growth.sources) for growth in growths}) > 1:
        return ()
    documents = [_read(source, zone) for source in sources]
    changes: dict[int, list[Change]] = {}
    found: list[Patch] = []
    try:
        for change in dict.fromkeys(growth.change for growth in growths):
            changes.setdefault(placed(documents, change.name, change.type), []).append(change)
        for row, each in changes.items():
            before = documents[row].source
            text = edited(documents[row], each, lambda source: _read(source, zone))
            if text == before.text:
                return ()
            found.append(_difference(before, text))
    except CannotEdit:
        return ()
    return tuple(found)


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
