"""What a run reads and looks for: no output takes its place, and where all of it is as it was, so is the verdict."""

import os
from itertools import islice

from .frozen import Frozen
from .typed import Any, Callable, Iterable, TypeAlias

Look: TypeAlias = tuple[str, ...]
"""One look at the world: what was done, one of the words below, and with what: a path, or a question to git."""

READ, LOOKED_FOR, LISTED, PACKAGE, ASKED_GIT = ("read", "for", "list", "package", "git")
_SIZE = 16


class Inputs(Frozen):
    """What one process has noted: what a process hands to the one that began it.

    `paths` are the files that are read, or would be if a question led there. `seen` is what each look has shown, None
    where nobody wants to know; `octets` how much was read.
    """

    paths: frozenset[str] = frozenset()
    seen: dict[Look, str] | None = None
    octets: int = 0


_noted: set[str] = set()
_seen: dict[Look, str] | None = None
_later: list[Callable[[], Iterable[tuple[Look, bytes | None]]]] = []
_octets = 0
_blake2b: Callable[..., Any] | None = None


def begin_inputs(is_recorded: bool = False) -> None:
    """A new run begins, which has read nothing; whether it is recorded what its looks show."""
    global _seen, _octets
    _noted.clear()
    _later.clear()
    _seen, _octets = {} if is_recorded else None, 0


def note_inputs(paths: Iterable[str]) -> None:
    """Take note of files that are read, or would be if a question led there."""
    _noted.update(paths)


def note_all(inputs: Inputs) -> None:
    """Take over what another process has noted."""
    global _octets
    _noted.update(inputs.paths)
    if _seen is not None and inputs.seen is not None:
        for look, shown in inputs.seen.items():
            _seen.setdefault(look, shown)
        _octets += inputs.octets


def noted_inputs() -> Inputs:
    """All that was noted since the run began."""
    note_now()
    return Inputs(frozenset(_noted), _seen, _octets)


def stop_recording() -> None:
    """The run depends on what no look can show again: a revision, a clock that goes on."""
    global _seen
    _seen = None
    _later.clear()


def note_octets(look: Look, octets: bytes | None) -> None:
    """Take note of what a look has shown: octets, None where that failed."""
    global _octets
    if _seen is not None:
        _octets += len(octets or b"")
        _note_digest(look, digest(octets))


def note_size(octets: int) -> None:
    """Take note of how much was read where what it shows is noted elsewhere."""
    global _octets
    _octets += octets


def note_later(shown: Callable[[], Iterable[tuple[Look, bytes | None]]]) -> None:
    """Take note of what looks have shown that the caller keeps in memory: it is digested once somebody asks for it."""
    if _seen is not None:
        _later.append(shown)


def note_now() -> None:
    """Have what was to be noted later noted now, so that it can be let go."""
    for look, octets in (each for shown in _later for each in shown()):
        _note_digest(look, digest(octets))
    _later.clear()


def _note_digest(look: Look, shown: str) -> None:
    # What was read twice and was not the same has had its part in the run both times.
    if _seen is not None and _seen.setdefault(look, shown) != shown:
        stop_recording()


def octets_read() -> int:
    """How much was read so far, but for files that were only looked into."""
    return _octets


def looked_for(path: str) -> str:
    """The path, which the caller asks the system about: whether something is there, and of what kind."""
    if _seen is not None and (LOOKED_FOR, path) not in _seen:
        _seen[LOOKED_FOR, path] = what_is_at(path)
    return path


def listed(folder: str, most: int | None = None) -> "list[os.DirEntry[str]]":
    """What is in a folder, by name; of more than `most` entries one more. Raises OSError, ValueError."""
    try:
        with os.scandir(folder or ".") as entries:
            found = _by_name(islice(entries, None if most is None else most + 1))
    except (OSError, ValueError) as error:
        if _seen is not None:
            _seen.setdefault((LISTED, folder), type(error).__name__)
        raise
    if most is not None and len(found) > most:
        stop_recording()
    note_later(lambda: [((LISTED, folder), _told(folder, found))])
    return found


def _by_name(entries: "Iterable[os.DirEntry[str]]") -> "list[os.DirEntry[str]]":
    named = {entry.name: entry for entry in entries}
    return [named[name] for name in sorted(named)]


def shipped(*parts: str) -> str:
    """The file or folder that comes with mailzone: in the wheel inside the package, in a checkout beside it."""
    package = os.path.dirname(os.path.dirname(__file__))
    inside = os.path.join(package, *parts)
    return inside if os.path.exists(inside) else os.path.join(os.path.dirname(package), *parts)


def of_the_package(path: str) -> str:
    """The path, which the caller reads a part of an installed package from."""
    if _seen is not None and (PACKAGE, path) not in _seen:
        _seen[PACKAGE, path] = version_of(path)
    return path


def digest(octets: bytes | None) -> str:
    """A short text for octets that no others have; "" for None."""
    if octets is None:
        return ""
    global _blake2b
    if _blake2b is None:
        _blake2b = _hash_function()
    found: str = _blake2b(octets, digest_size=_SIZE).hexdigest()
    return found


def _hash_function() -> "Callable[..., Any]":
    try:
        # As the library's `random` has it: to load hashlib with all of OpenSSL takes longer than to check a zone.
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b
    return blake2b


def what_is_at(path: str) -> str:
    """Where a path leads, and what is there: its kind, and who may do what with it."""
    try:
        link, status, place = os.lstat(path), os.stat(path), os.path.realpath(path)
    except (OSError, ValueError) as error:
        return f"{type(error).__name__} {_link_at(path)}" if "\0" not in path else "not a path"
    return f"{place} {link.st_mode:o} {status.st_mode:o} {status.st_uid} {status.st_gid}"


def _link_at(path: str) -> str:
    """What a link says that leads nowhere; for anything else whether it is there."""
    try:
        return os.readlink(path)
    except OSError:
        return str(os.path.lexists(path))


def what_is_in(folder: str) -> str:
    """The names in a folder, each with what it is, as one digest; and where the folder is."""
    try:
        with os.scandir(folder or ".") as entries:
            found = _by_name(entries)
    except (OSError, ValueError) as error:
        return type(error).__name__
    return digest(_told(folder, found))


def _told(folder: str, entries: "list[os.DirEntry[str]]") -> bytes | None:
    """All that is taken from a folder with these entries; None where the system says nothing of one."""
    try:
        links = [each.name for each in entries if each.is_symlink()]
        folders = [each.name for each in entries if each.is_dir()]
        place = os.path.realpath(folder or ".")
    except (OSError, ValueError):
        return None
    told = "\0".join((place, *[each.name for each in entries], "", *links, "", *folders))
    return told.encode(errors="surrogateescape")


def version_of(path: str) -> str:
    """Which version of a file is installed, by what every installation changes."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return ""
    return f"{status.st_mtime_ns} {status.st_size} {status.st_ino}"


def is_input(status: os.stat_result, but: str = "") -> bool:
    """Whether a file is one that the run reads, under whatever name; `but` is the path of one that does not count."""
    return any(path != but and _is_same(path, status) for path in _noted)


def _is_same(path: str, status: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.stat(path), status)
    except (OSError, ValueError):
        return False
