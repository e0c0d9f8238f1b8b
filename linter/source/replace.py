"""A file written whole or not at all: beside its place first, then moved there."""

import os

from .file import Unreadable, reason_of


def replace_file(path: str, text: str) -> None:
    """Write a text as UTF-8; a link is followed, the mode of what stood there kept. Raises Unreadable.

    Whoever reads meanwhile, and whatever interrupts, sees the old file or the new one.
    """
    place = os.path.realpath(path)
    beside = os.path.join(os.path.dirname(place), f".{os.path.basename(place)}.{os.getpid()}")
    try:
        mode = os.stat(place).st_mode & 0o777 if os.path.exists(place) else None
        # No name that somebody may have put there before is written through.
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except (OSError, ValueError) as error:
        raise Unreadable(path, reason_of(error)) from error
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


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:  # moved already
        return
