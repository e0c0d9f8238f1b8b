"""What a run reads: no output may take the place of any of it."""

import os
from collections.abc import Iterable

_noted: set[str] = set()


def note_inputs(paths: Iterable[str]) -> None:
    """Take note of files that are read, or would be if a question led there."""
    _noted.update(paths)


def begin_inputs() -> None:
    """A new run begins, which has read nothing."""
    _noted.clear()


def noted_inputs() -> frozenset[str]:
    """All paths noted since the run began: what a process hands to the one that began it."""
    return frozenset(_noted)


def is_input(status: os.stat_result, but: str = "") -> bool:
    """Whether a file is one that the run reads, under whatever name; `but` is the path of one that does not count."""
    return any(path != but and _is_same(path, status) for path in _noted)


def _is_same(path: str, status: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.stat(path), status)
    except (OSError, ValueError):
        return False
