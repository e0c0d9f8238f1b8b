"""One run at a time: what reads a file, changes it and writes it again holds its folder meanwhile."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from .file import Unreadable

PATIENCE = 60.0
"""Seconds for which somebody else may hold it; a file is written in a moment."""
_BETWEEN = 0.05


@contextmanager
def folder_held(path: str) -> Iterator[None]:
    """Holds the folder of a file against all that ask for it in this way; nothing is left behind, whatever happens.

    Where the system knows no such thing, nobody is held up. Raises Unreadable where somebody else holds it for long.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    folder = os.path.dirname(path) or "."
    try:
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    except OSError:  # what is wrong with it is told when the file is written
        yield
        return
    try:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise Unreadable(path, f"is locked by another run for more than {PATIENCE:g} s") from None
                time.sleep(_BETWEEN)
            except OSError:  # some file systems of other machines cannot do it
                break
        yield
    finally:
        with suppress(OSError):
            os.close(handle)
