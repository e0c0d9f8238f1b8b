"""Whether all that an earlier run has looked at is as it was: then its verdict is as it was."""

import os
import sys
from collections.abc import Iterable

from linter.source.file import Unreadable, octets_at
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

_PLAIN = {LOOKED_FOR: what_is_at, LISTED: what_is_in, PACKAGE: version_of}


def is_unchanged(seen: Iterable[tuple[Look, str]]) -> bool:
    """Whether every look shows what it has shown."""
    plain: set[str] = set()
    return all(_shows(look, plain) == shown for look, shown in seen)


def _shows(look: Look, plain: set[str]) -> str | None:
    """What a look shows now; None for one that is unknown here. `plain` as `octets_at` has it."""
    what, *rest = look
    if what == READ:
        path, limit = rest
        try:
            return digest(octets_at(path, int(limit), plain))
        except Unreadable:
            return digest(None)
    if what == ASKED_GIT:
        from .git import answer_of_git

        folder, is_hook, *arguments = rest
        return digest(answer_of_git(folder, *arguments, is_hook=bool(is_hook)))
    return _PLAIN[what](*rest) if what in _PLAIN else None


def note_code() -> None:
    """Take note of every module that is loaded but those of Python itself."""
    library = os.path.join(os.path.dirname(os.__file__), "")
    for module in tuple(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if path and (not path.startswith(library) or "-packages" in path):
            of_the_package(path)
