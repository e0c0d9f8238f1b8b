"""Files that zones include: they are parts of these zones and none of their own."""

import os
from collections.abc import Iterable

from linter.source.file import Unreadable, read_octets, source_of
from linter.source.include import Includer
from linter.source.repository import repository_root
from linter.zone.reading import read_document

from .files import estate_folder_files
from .scan import is_named_after_zone

_WORD = b"!include"


def zones_for(files: Iterable[str]) -> tuple[str, ...]:
    """The files, and in the place of those that are included by a zone among them or beside them, these zones.

    What is named like a zone, or says of itself that it is one, is one, whoever includes it.
    """
    given = {os.path.normpath(path): path for path in files}
    parts = {os.path.realpath(path): path for path in given.values() if not is_named_after_zone(path)}
    folders = {os.path.dirname(path) for path in parts.values()}
    # Only where a file could be such a part is anything opened.
    beside = {os.path.normpath(path): path for folder in folders for path in estate_folder_files(folder)}
    around = {**beside, **given} if parts else {}
    users: dict[str, list[str]] = {}
    for path in around.values():
        for part in _included_by(path):
            users.setdefault(part, []).append(path)
    taken = {parts[real]: users[real] for real in parts if real in users and not _is_native(parts[real])}
    wanted: dict[str, str] = {}
    for name, path in given.items():
        for each in _top(path, taken) if path in taken else [path]:
            wanted.setdefault(os.path.normpath(each) if path in taken else name, each)
    return tuple(wanted.values())


def _top(path: str, taken: dict[str, list[str]]) -> list[str]:
    """The zones that a part ends up in; the part itself where parts include each other in a circle."""
    seen, waiting, found = {path}, [path], []
    while waiting:
        for user in taken.get(waiting.pop(), ()):
            if user in taken and user not in seen:
                waiting.append(user)
            elif user not in taken:
                found.append(user)
            seen.add(user)
    return found or [path]


def _included_by(path: str) -> frozenset[str]:
    """The real paths of all files that a zone includes, over whatever others."""
    try:
        octets = read_octets(path)
    except Unreadable:
        return frozenset()
    if _WORD not in octets:
        return frozenset()
    includer = Includer(repository_root(os.path.dirname(path)))
    document = read_document(*source_of(path, octets), includer)
    return frozenset(includer.read) if document.names is not None else frozenset()


def _is_native(path: str) -> bool:
    """Whether a file says of itself which zone it is."""
    try:
        return read_document(*source_of(path, read_octets(path))).declared is not None
    except Unreadable:
        return False
