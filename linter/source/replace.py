"""A file written whole or not at all: beside its place first, then moved there."""

import os
import stat
from contextlib import suppress

from .ending import signals_held
from .file import Unreadable, reason_of
from .typed import Iterable

BEGUN = ".mailzone-"
"""What the names of files begin with that are still being written."""
_WAY_OUT = "`-` is standard output"


def replace_file(path: str, text: str | bytes | Iterable[str], mode: int = 0o666) -> None:
    """Write a text, or one in pieces, as UTF-8, or octets as they are, in the place of a regular file or of nothing.

    Raises Unreadable.

    The mode of what was there is kept; a new file has `mode` and honours the umask. Whoever reads meanwhile, and
    whatever interrupts, sees the old file or the new one. What cannot be said in UTF-8 is written as an escape.
    """
    pieces: Iterable[str | bytes] = (text,) if isinstance(text, str | bytes) else text
    with signals_held():  # neither leaves a file behind that nobody looks for
        handle, beside, old = _begun(path, mode)
        try:
            try:
                if old is not None:
                    _keep_permissions(handle, beside, old)
                for piece in pieces:
                    _write(handle, piece if isinstance(piece, bytes) else piece.encode("utf-8", "backslashreplace"))
                os.fsync(handle)
            finally:
                os.close(handle)
            os.replace(beside, path)
        except BaseException as error:
            _remove(beside)
            if isinstance(error, OSError):
                raise Unreadable(path, reason_of(error)) from error
            raise


def try_place(path: str) -> None:
    """Whether a file can be written there, before the work is done that it is for. Raises Unreadable."""
    with signals_held():
        handle, beside, _ = _begun(path)
        os.close(handle)
        _remove(beside)


def replaceable(path: str) -> os.stat_result | None:
    """What is at a place that a file may be written to; None where nothing is.

    Raises Unreadable for a link, for what is not a regular file, and for a file that must not be written.
    """
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise Unreadable(path, reason_of(error)) from error
    if stat.S_ISLNK(status.st_mode):
        raise Unreadable(path, f"is a link, and nothing is written through one; {_WAY_OUT}")
    if stat.S_ISDIR(status.st_mode):
        raise Unreadable(path, "is a directory")
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(path, f"is not a regular file; {_WAY_OUT}")
    if not os.access(path, os.W_OK):
        raise Unreadable(path, "permission denied")
    return status


def _begun(path: str, mode: int = 0o666) -> tuple[int, str, os.stat_result | None]:
    """A file beside a place, opened, its path, and what is at the place. Raises Unreadable."""
    old = replaceable(path)
    # A name that nobody can foresee, and none that somebody may have put there before is written through.
    beside = os.path.join(os.path.dirname(path), f"{BEGUN}{os.urandom(12).hex()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        # What was not for everybody is not for a moment either.
        handle = os.open(beside, flags, mode if old is None else 0o600)
    except (OSError, ValueError) as error:
        raise Unreadable(path, reason_of(error)) from error
    return handle, beside, old


def _keep_permissions(handle: int, beside: str, old: os.stat_result) -> None:
    if hasattr(os, "fchown"):
        with suppress(OSError):  # whoever may write a file need not be allowed to give one away
            os.fchown(handle, old.st_uid, old.st_gid)
    os.chmod(beside, stat.S_IMODE(old.st_mode) & 0o777)


def _write(handle: int, octets: bytes) -> None:
    left = memoryview(octets)
    while left:
        left = left[os.write(handle, left) :]


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:  # moved already
        return
