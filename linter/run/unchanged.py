"""Whether all that an earlier run has looked at is as it was: then its verdict is as it was."""

import os
import sys

from linter.source.file import MAX_OCTETS, Unreadable, glances, octets_at
from linter.source.inputs import (
    ASKED_GIT,
    LISTED,
    LOOKED_FOR,
    PACKAGE,
    READ,
    Look,
    digest,
    of_the_package,
    version_of,
    what_is_at,
    what_is_in,
)
from linter.source.typed import Iterable

_WHOLE = str(MAX_OCTETS)
_PLAIN = {LOOKED_FOR: what_is_at, LISTED: what_is_in, PACKAGE: version_of}


def is_unchanged(seen: Iterable[tuple[Look, str]]) -> bool:
    """Whether every look shows what it has shown."""
    plain: set[str] = set()
    files: dict[str, str] = {}
    for look, shown in seen:
        if look[0] == READ and len(look) == 3 and look[2] == _WHOLE:
            files[look[1]] = shown
        elif _shows(look, plain) != shown:
            return False
    return all(
        shown == (digest(octets) if octets is not None else _holds(path, MAX_OCTETS, plain))
        for (path, octets), shown in zip(glances(files, plain), files.values(), strict=True)
    )


def _shows(look: Look, plain: set[str]) -> str | None:
    """What a look shows now; None for one that is unknown here. `plain` as `octets_at` has it."""
    what, *rest = look
    if what == READ:
        path, limit = rest
        return _holds(path, int(limit), plain)
    if what == ASKED_GIT:
        from .git import answer_of_git

        folder, is_hook, *arguments = rest
        return digest(answer_of_git(folder, *arguments, is_hook=bool(is_hook)))
    return _PLAIN[what](*rest) if what in _PLAIN else None


def _holds(path: str, limit: int, plain: set[str]) -> str:
    """What stands in a file, as a digest."""
    try:
        return digest(octets_at(path, limit, plain))
    except Unreadable:
        return digest(None)


def note_code() -> None:
    """Take note of every module that is loaded but those of Python itself."""
    library = os.path.join(os.path.dirname(os.__file__), "")
    for module in tuple(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if path and (not path.startswith(library) or "-packages" in path):
            of_the_package(path)
