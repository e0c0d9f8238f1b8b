"""An estate at a revision: its files from git's objects, laid into a folder of their own for as long as needed."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import TypeVar

from linter.config.load import FILE_NAME, find_config
from linter.records.text.fault import quoted
from linter.source.ending import before_ending
from linter.source.file import MAX_OCTETS
from linter.source.frozen import Frozen
from linter.source.repository import GIT
from linter.zone.document import SUFFIXES

from .git import ask_git, blobs
from .policy import Options, Scope, policy_for
from .refused import Refused

MOST_FILES = 500_000
MOST_TOGETHER = 1024 * 1024 * 1024
"""Octets of all files of one revision that are laid out; the largest repositories of zones have a tenth of that."""
MERGE_BASE = "merge-base:"
"""Before a revision: where it and the present commit have parted."""
_LINK, _FILE = "120000", "100"
_LOCK = ".lock"
_INCLUDE = b"!include"

Given = TypeVar("Given", bound=Options)


class Revision(Frozen):
    """A commit as files: `word` is how it was named, `commit` its hash.

    Its files lie below the folder `place` as they lie below `root`, the root of the repository (both real paths).
    """

    word: str
    commit: str
    root: str
    place: str

    def placed(self, path: str) -> str:
        """Where a path of the working tree lies in the revision; one outside the repository stays as it is."""
        folder, name = os.path.split(os.path.normpath(path))
        real = os.path.realpath(path) if name in ("", ".", "..") else os.path.join(os.path.realpath(folder), name)
        below = os.path.relpath(real, self.root)
        return path if below.split(os.sep)[0] == os.pardir else os.path.normpath(os.path.join(self.place, below))

    def path_of(self, placed: str) -> str:
        """The path in the working tree, from the working folder on, of what lies in the revision."""
        below = os.path.relpath(placed, self.place)
        return placed if below.split(os.sep)[0] == os.pardir else os.path.relpath(os.path.join(self.root, below))

    def options(self, given: Given, paths: list[str] | None = None) -> Given:
        """Options under which a command works on this revision as the given ones have it work on the working tree.

        Of `paths`, else those of the options, these are left that the revision has; an option that names a file
        outside the repository names the same file. Raises Refused.
        """
        made = copy(given)
        wanted: list[str] = getattr(given, "paths", []) if paths is None else paths
        made.paths = [placed for path in wanted if os.path.lexists(placed := self.placed(path))]  # type: ignore[attr-defined]
        made.answers = [self.placed(path) for path in getattr(given, "answers", [])]  # type: ignore[attr-defined]
        made.config = self._configuration(given.config)
        made.no_config = given.no_config or (bool(given.config) and not made.config)
        beyond = "" if made.no_config or made.config else self._beyond(given)
        made.scope = Scope(self.placed("."), self.place, beyond)  # type: ignore[attr-defined]
        return made

    def has(self, path: str) -> bool:
        """Whether the revision has what lies at a path of the working tree."""
        return os.path.lexists(self.placed(path))

    def _configuration(self, path: str | None) -> str | None:
        placed = self.placed(path) if path else None
        return placed if placed and os.path.lexists(placed) else None

    def _beyond(self, given: Options) -> str:
        """The configuration above the repository, which is in no revision; its zones would not be either."""
        path = find_config(os.path.dirname(self.root)) if os.path.dirname(self.root) != self.root else ""
        if path and policy_for(given, os.path.dirname(path)).settings.zones:
            raise Refused(f"{self.word}: the zones of {path} lie outside the repository, and no revision has them")
        return path


@contextmanager
def revision(word: str, folder: str = "") -> Iterator[Revision]:
    """The revision that a word names in the repository of a folder, as long as it is needed. Raises Refused.

    The word is what git takes as a revision, or `merge-base:` and one. Objects alone are read: no hook, no filter, no
    other program is run, nothing is fetched, and no replacement counts. What is laid out are the files that can have a
    say: YAML, links, locks, and what configurations name.
    """
    said = ask_git(folder, "rev-parse", "--show-toplevel")
    if said is None:
        raise Refused(f"{quoted(word, 80)}: git knows no repository here")
    root = os.path.realpath(os.fsdecode(said.removesuffix(b"\n")))
    commit = resolved(word, folder)
    from tempfile import mkdtemp

    top = os.path.realpath(mkdtemp(prefix="mailzone-"))
    owner = os.getpid()

    def put_away() -> None:
        from shutil import rmtree

        if os.getpid() == owner:  # a process that was forked meanwhile leaves it to the first
            rmtree(top, ignore_errors=True)

    with _ended(put_away):
        try:
            place = os.path.join(top, os.path.basename(root) or "tree")
            os.mkdir(place, 0o700)
            _lay_out(commit, root, place, word)
            yield Revision(word, commit, root, place)
        finally:
            put_away()


def resolved(word: str, folder: str = "") -> str:
    """The hash of the commit that a word names. Raises Refused."""
    name = word.removeprefix(MERGE_BASE)
    commit = _commit(name, folder) if name and "\0" not in name else None
    if commit is None:
        raise Refused(f"{quoted(name, 80)} is not a revision that git has here{_way_out(name, folder)}")
    if not word.startswith(MERGE_BASE):
        return commit
    said = ask_git(folder, "merge-base", "HEAD", commit)
    if said is None:
        raise Refused(f"git finds no commit where {quoted(name, 80)} and HEAD have parted{_way_out('', folder)}")
    return said.decode("ascii", "replace").strip()


def _commit(name: str, folder: str) -> str | None:
    said = ask_git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return said.decode("ascii", "replace").strip() if said else None


def _way_out(name: str, folder: str) -> str:
    """What may be done where a revision is missing; with a name, where a remote has it."""
    if ask_git(folder, "rev-parse", "--is-shallow-repository") == b"true\n":
        return "; the clone is shallow: `fetch-depth: 0` of actions/checkout, or `git fetch --unshallow`, has all of it"
    near = f"origin/{name}"
    return f"; did you mean {quoted(near, 80)}?" if name and _commit(near, folder) else ""


@contextmanager
def _ended(put_away: Callable[[], None]) -> Iterator[None]:
    """Has things put away when a signal ends this process, where that can be arranged."""
    from threading import current_thread, main_thread

    if current_thread() is main_thread():
        with before_ending(put_away):
            yield
    else:
        yield


class _Entry(Frozen):
    """A file of a tree: its mode, the name of its blob, its size in octets, and its path below the root."""

    mode: str
    blob: str
    size: int
    path: str


def _lay_out(commit: str, root: str, place: str, word: str) -> None:
    """Write the files of a commit below a folder. Raises Refused."""
    entries = list(_entries(commit, root, word))
    plain = [entry for entry in entries if entry.mode.startswith(_FILE)]
    read = [entry for entry in plain if _is_read(entry.path)]
    links = [entry for entry in entries if entry.mode == _LINK]
    if sum(entry.size for entry in (*read, *links) if entry.size <= MAX_OCTETS) > MOST_TOGETHER:
        raise Refused(f"{quoted(word, 80)}: its files have more than {MOST_TOGETHER // 1024 // 1024} MiB together")
    _write_file(os.path.join(place, GIT), b"")  # nothing is looked for above it
    naming: list[bytes] = []
    _write(read, root, place, word, naming)
    others = [entry for entry in plain if not _is_read(entry.path)]
    named = b"\n".join(naming)
    _write([entry for entry in others if _is_named(entry.path, named)], root, place, word, None)
    # The links are last: nothing is written through one.
    for entry, octets in _contents(links, root, word):
        try:
            _make_folders(place, entry.path)
            os.symlink(octets, os.fsencode(os.path.join(place, entry.path)))
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
            _make_folders(place, entry.path)
            _write_file(os.path.join(place, entry.path), octets)
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


def _make_folders(place: str, path: str) -> None:
    os.makedirs(os.path.dirname(os.path.join(place, path)), 0o700, exist_ok=True)


def _write_file(path: str, octets: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0), 0o600)
    with open(handle, "wb") as stream:
        stream.write(octets)


def _unfit(word: str, path: str) -> Refused:
    return Refused(f"{quoted(word, 80)}: {quoted(path, 80)} cannot be laid out beside the other files of that revision")
