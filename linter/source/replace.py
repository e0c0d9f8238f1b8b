"""A file written whole or not at all: beside its place first, then moved there."""

import os

from .file import Unreadable, reason_of


def replace_file(path: str, text: str) -> None:
    """Write a text as UTF-8; a link is followed, the mode of what stood there kept. Raises Unreadable.

    Whoever reads meanwhile, and whatever interrupts, sees the old file or the new one.
    """
    place = os.path.realpath(path)
    handle, beside, mode = _begun(path, place)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as stream:
            if mode is not None:
                os.chmod(beside, mode)
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, place)
    except BaseException as error:
        _remove(beside)
        if isinstance(error, OSError):
            raise Unreadable(path, reason_of(error)) from error
        raise


def try_place(path: str) -> None:
    """Whether a file can be written there, before the work is done that it is for. Raises Unreadable."""
    place = os.path.realpath(path)
    if os.path.isdir(place):
        raise Unreadable(path, "is a directory")
    handle, beside, _ = _begun(path, place)
    os.close(handle)
    _remove(beside)


def _begun(path: str, place: str) -> tuple[int, str, int | None]:
    """A file beside a place, opened, its path, and the mode of what stands at the place. Raises Unreadable."""
    beside = os.path.join(os.path.dirname(place), f".{os.path.basename(place)}.{os.getpid()}")
    try:
        mode = os.stat(place).st_mode & 0o777 if os.path.exists(place) else None
        # No name that somebody may have put there before is written through.
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except (OSError, ValueError) as error:
        raise Unreadable(path, reason_of(error)) from error
    return handle, beside, mode


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:  # moved already
        return
