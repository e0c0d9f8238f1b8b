"""The files of a commit written into a folder that is nobody else's: octets as committed, and links as links."""

import os
from collections.abc import Iterator

from linter.config.load import FILE_NAME
from linter.records.text.fault import quoted
from linter.source.file import MAX_OCTETS
from linter.source.frozen import Frozen
from linter.source.repository import GIT
from linter.zone.document import SUFFIXES

from .git import ask_git, blobs
from .refused import Refused

MOST_FILES = 500_000
MOST_TOGETHER = 1024 * 1024 * 1024
"""Octets of all files of one revision that are laid out; the largest repositories of zones have a tenth of that."""
_LINK, _FILE = "120000", "100"
_LOCK = ".lock"
_INCLUDE = b"!include"


class _Entry(Frozen):
    """A file of a tree: its mode, the name of its blob, its size in octets, and its path below the root."""

    mode: str
    blob: str
    size: int
    path: str


def lay_out(commit: str, root: str, place: str, word: str) -> None:
    """Write the files of a commit that can have a say below an empty folder. Raises Refused."""
    entries = list(_entries(commit, root, word))
    plain = [entry for entry in entries if entry.mode.startswith(_FILE)]
    read = [entry for entry in plain if _is_read(entry.path)]
    links = [entry for entry in entries if entry.mode == _LINK]
    if sum(entry.size for entry in (*read, *links) if entry.size <= MAX_OCTETS) > MOST_TOGETHER:
        raise Refused(f"{quoted(word, 80)}: its files have more than {MOST_TOGETHER // 1024 // 1024} MiB together")
    write_new(os.path.join(place, GIT), b"")  # nothing is looked for above it
    naming: list[bytes] = []
    _write(read, root, place, word, naming)
    others = [entry for entry in plain if not _is_read(entry.path)]
    named = b"\n".join(naming)
    _write([entry for entry in others if _is_named(entry.path, named)], root, place, word, None)
    # The links are last: nothing is written through one.
    for entry, octets in _contents(links, root, word):
        try:
            make_folders(place, entry.path)
            write_link(os.path.join(place, entry.path), octets)
        except (OSError, ValueError) as error:
            raise _unfit(word, entry.path) from error


def _entries(commit: str, root: str, word: str) -> Iterator[_Entry]:
    said = ask_git(root, "ls-tree", "-r", "-z", "-l", "--full-tree", commit)
    if said is None:
        raise Refused(f"{quoted(word, 80)}: git does not list its files; a part of the repository is missing")
    lines = said.split(b"\0")
    if len(lines) > MOST_FILES:
        raise Refused(f"{quoted(word, 80)} has more than {MOST_FILES:,} files")
    for line in filter(None, lines):
        about, _, name = line.partition(b"\t")
        mode, kind, blob, size = about.decode("ascii", "replace").split()
        path = os.fsdecode(name)
        if kind != "blob":
            continue
        if any(part in ("", ".", "..") or part.lower() == GIT for part in path.split("/")):
            raise _unfit(word, path)
        yield _Entry(mode, blob, int(size) if size.isdigit() else 0, path.replace("/", os.sep))


def _is_read(path: str) -> bool:
    return path.endswith((*SUFFIXES, _LOCK))


def _is_named(path: str, naming: bytes) -> bool:
    """Whether the name of a file is in what configurations, and files that include others, say."""
    return os.fsencode(os.path.basename(path)) in naming


def _write(entries: list[_Entry], root: str, place: str, word: str, naming: list[bytes] | None) -> None:
    """Write files; what may name others is taken into `naming`."""
    for entry, octets in _contents(entries, root, word):
        try:
            make_folders(place, entry.path)
            write_new(os.path.join(place, entry.path), octets)
        except (OSError, ValueError) as error:
            raise _unfit(word, entry.path) from error
        if naming is not None and (os.path.basename(entry.path) == FILE_NAME or _INCLUDE in octets):
            naming.append(octets)


def _contents(entries: list[_Entry], root: str, word: str) -> Iterator[tuple[_Entry, bytes]]:
    """What files hold. Of one that is too large to be read only that is kept that it is."""
    large = {entry.path for entry in entries if entry.size > MAX_OCTETS}
    wanted = [entry for entry in entries if entry.path not in large]
    count = 0
    for entry, (_, octets) in zip(wanted, blobs(root, [entry.blob for entry in wanted]), strict=False):
        count += 1
        yield entry, octets
    if count < len(wanted):
        raise Refused(
            f"{quoted(word, 80)}: git does not have `{wanted[count].path}`; a part of the repository is missing"
        )
    for entry in entries:
        if entry.path in large:
            yield entry, b"#" * (MAX_OCTETS + 1)


def make_folders(place: str, path: str) -> None:
    """The folders that a file below a place lies in."""
    os.makedirs(os.path.dirname(os.path.join(place, path)), 0o700, exist_ok=True)


def write_link(path: str, target: bytes) -> None:
    """A link where there is nothing."""
    os.symlink(target, os.fsencode(path))


def write_new(path: str, octets: bytes) -> None:
    """A file where there is none, for this user alone; never through a link."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0), 0o600)
    with open(handle, "wb") as stream:
        stream.write(octets)


def _unfit(word: str, path: str) -> Refused:
    return Refused(f"{quoted(word, 80)}: {quoted(path, 80)} cannot be laid out beside the other files of that revision")
