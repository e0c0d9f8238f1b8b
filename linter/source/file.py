"""A file from disk to text: bounded, never waiting on a pipe, and UTF-8 or a fault that says what it is."""

import errno
import os
import stat

from .inputs import READ, looked_for, note_inputs, note_octets, note_size
from .repository import OUTSIDE, Outside, followed
from .text import Source, SourceFault, Span
from .typed import Iterable, Iterator, Mapping

MAX_OCTETS = 16 * 1024 * 1024
"""The largest file read; the largest zone seen in the field has 0.3 MiB."""

MAX_RECORDING = 512 * 1024 * 1024
"""Octets of recorded answers: ten thousand zones, each by two servers, have a tenth of that."""

_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_MARK = "\ufeff"
"""The byte order mark of UTF-8, which belongs to no text."""
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")
"""Octets that no text holds in whatever encoding: of a file that has them and is not UTF-8 nothing is shown."""

# O_NONBLOCK: opening a FIFO that nobody writes to would otherwise wait for ever.
_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_IS_LINK = (errno.ELOOP, errno.EMLINK)
"""What systems say of a link that is not to be followed."""
_NO_NAMES = ("", os.curdir, os.pardir)
_PART = 64 * 1024
"""Octets that are read at a time where it is not known how many there are."""
_GLANCE = 4 * 1024
"""What most files are smaller than, of those that are only searched: room for more takes a tenth longer to get."""


class Unreadable(Exception):
    """A file that could not be read at all; `reason` is a phrase for the user."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


_INSTEAD: dict[str, bytes] = {}


class ReadInstead:
    """Has files, by real path, read as if they held other octets, also by processes that are forked meanwhile."""

    def __init__(self, octets: Mapping[str, bytes]) -> None:
        self._octets = octets

    def __enter__(self) -> None:
        _INSTEAD.update(self._octets)

    def __exit__(self, *_: object) -> None:
        _INSTEAD.clear()


def are_replaced() -> bool:
    """Whether some files are read as if they held other octets."""
    return bool(_INSTEAD)


def read_octets(path: str, limit: int = MAX_OCTETS, plain: set[str] | None = None) -> bytes:
    """At most `limit` + 1 octets of a regular file.

    Raises Unreadable, also for pipes and devices, and for links that lead out of the repository they lie in.
    `plain` are folders to which no link of a repository leads, and takes more of them: whoever reads ten thousand
    files of one folder follows the way to it once, which halves what reading them costs.
    """
    note_inputs((path,))
    if _INSTEAD and (held := _INSTEAD.get(os.path.realpath(path))) is not None:
        return held[: limit + 1]
    is_noted = plain is not None and path.rpartition(os.sep)[0] in plain
    try:
        octets = octets_at(path, limit, plain)
    except Unreadable:
        note_octets((READ, path, str(limit)), None)
        raise
    note_octets((READ, path, str(limit)), octets)
    if not is_noted:
        looked_for(os.path.dirname(path))
    return octets


def read_again(path: str, octets: bytes, plain: set[str]) -> bytes:
    """What `read_octets` gives of a file in a `plain` folder that was glanced at before, and held this. Raises as that.

    It is not opened again if it is a regular file and as large as it was: a glance takes what comes at once, and on
    some file systems that might be less than there is.
    """
    if _INSTEAD or not _is_still(path, len(octets)):
        return read_octets(path, plain=plain)
    note_inputs((path,))
    note_size(len(octets))  # what it held was noted, or will be, by whoever glanced at it
    return octets


def octets_at(path: str, limit: int, plain: set[str] | None = None) -> bytes:
    """The same without a note of it."""
    try:
        handle = _opened(path, plain)
    except Outside as error:
        raise Unreadable(path, OUTSIDE) from error
    except (OSError, ValueError) as error:
        raise Unreadable(path, reason_of(error)) from error
    try:
        return _checked(path, handle, limit)
    except OSError as error:
        raise Unreadable(path, reason_of(error)) from error
    finally:
        os.close(handle)


def glances(paths: Iterable[str], plain: set[str]) -> Iterator[tuple[str, bytes | None]]:
    """What stands in files that are searched for words; whoever takes more from one asks `read_again`.

    None for one to be read with more care: one outside of the `plain` folders, a link, an empty one, or one that is not
    read to its end at once. No more is asked of the system, since to ask takes longer than to read. A pipe and a
    terminal cannot be read like this.
    """
    opened, read, close = os.open, getattr(os, "pread", None), os.close
    for path in paths:
        folder, _, name = path.rpartition(os.sep)
        octets = b""
        if folder in plain and name not in _NO_NAMES and _NO_LINK and read is not None:
            try:
                handle = opened(path, _READING | _NO_LINK)
                try:
                    octets = read(handle, _GLANCE, 0)
                    if len(octets) == _GLANCE:
                        octets += read(handle, _PART, _GLANCE)
                finally:
                    close(handle)
            except (OSError, ValueError):
                octets = b""
        yield path, octets if 0 < len(octets) < _GLANCE + _PART else None


def _is_still(path: str, size: int) -> bool:
    """Whether a file is a regular one, no link, and of this size."""
    try:
        status = os.stat(path, follow_symlinks=False)
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size == size


def _checked(path: str, handle: int, limit: int) -> bytes:
    """What stands in a regular file. Raises Unreadable for others, OSError."""
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        kind = "a directory" if stat.S_ISDIR(status.st_mode) else "not a regular file"
        raise Unreadable(path, f"is {kind}")
    octets = os.read(handle, min(status.st_size, limit) + 1)
    if len(octets) == status.st_size:
        return octets  # one more was asked for than there should be, and did not come: this is the end
    return octets + _rest(handle, limit + 1 - len(octets))


def _rest(handle: int, room: int) -> bytes:
    """What follows, of a file that holds another number of octets than the system says: it grows, or is made up."""
    parts = []
    while room > 0 and (part := os.read(handle, min(room, _PART))):
        parts.append(part)
        room -= len(part)
    return b"".join(parts)


def _opened(path: str, plain: set[str] | None) -> int:
    """A file opened for reading. Raises Outside, OSError, ValueError."""
    if plain is not None and _NO_LINK:
        folder, _, name = path.rpartition(os.sep)
        if folder not in plain and not followed(folder).is_bound:
            plain.add(folder)
        if folder in plain and name not in _NO_NAMES:
            try:
                return os.open(path, _READING | _NO_LINK)
            except OSError as error:
                if error.errno not in _IS_LINK:
                    raise
    way = followed(path)
    return os.open(way.place if way.is_bound else path, _READING)


def reason_of(error: OSError | ValueError) -> str:
    """The system's own words, in lower case so that they read on after the path."""
    text = error.strerror if isinstance(error, OSError) else None
    text = text or str(error)
    return text[:1].lower() + text[1:]


def source_of(path: str, octets: bytes, limit: int = 0) -> tuple[Source, SourceFault | None]:
    """The text of a file and, where it cannot be taken as it is, the fault (then the text is empty)."""
    limit = limit or MAX_OCTETS
    if len(octets) > limit:
        fault = (
            "yaml-limits",
            f"larger than {limit // 1024 // 1024} MiB",
            "split the zone into several files",
        )
        return _empty(path, *fault)
    for mark, name in _BYTE_ORDER_MARKS:
        if octets.startswith(mark):
            return _empty(path, "yaml-syntax", f"the file is {name}; zone files are UTF-8", "save it as UTF-8")
    if 0 in octets:
        line = octets.count(b"\n", 0, octets.index(0)) + 1
        return _empty(path, "yaml-syntax", f"a null byte in line {line}: this is not a text file", "")
    try:
        text = octets.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(path, octets, error)
    return Source(path, text.removeprefix(_MARK)), None


def read_source(path: str, limit: int = 0) -> tuple[Source, SourceFault | None]:
    """Read a file by its path, of at most so many octets, else MAX_OCTETS. Raises Unreadable."""
    return source_of(path, read_octets(path, limit or MAX_OCTETS), limit)


def _empty(path: str, kind: str, message: str, way_out: str) -> tuple[Source, SourceFault]:
    source = Source(path, "")
    return source, SourceFault(Span(source, 0, 0), kind, message, way_out)


def _not_utf8(path: str, octets: bytes, error: UnicodeDecodeError) -> tuple[Source, SourceFault]:
    before = error.object[: error.start].decode("utf-8", "replace").removeprefix(_MARK)
    octet = error.object[error.start]
    if _CONTROLS & {*octets}:
        line = before.count("\n") + 1
        return _empty(path, "yaml-syntax", f"the byte 0x{octet:02x} in line {line}: this is not a text file", "")
    # The text is kept, with the strange octets replaced, so that the excerpt can show the line.
    source = Source(path, octets.decode("utf-8", "replace").removeprefix(_MARK))
    place = len(before)
    message = f"the byte 0x{octet:02x} is not UTF-8"
    return source, SourceFault(Span(source, place, place + 1), "yaml-syntax", message, "save the file as UTF-8")
