"""Folders searched for files: no link to a folder is followed, and no end is left to whoever made the folders."""

import os
from collections.abc import Callable, Iterable, Iterator

from linter.source.file import Unreadable, reason_of
from linter.source.frozen import Frozen
from linter.source.inputs import listed, looked_for
from linter.source.repository import GIT, OUTSIDE, leads_outside, repository_root
from linter.source.typed import TypeAlias

from .git import Ignored

MOST_ENTRIES = 2_000_000
"""Names that one search looks at; the largest repositories of zones have some hundred thousand."""
MOST_LEVELS = 64
"""Folders inside each other."""
_OF_THE_SYSTEM = frozenset({"/proc", "/sys", "/dev"})
"""What these hold is made up by the system as it is looked at, and has no end."""
_ANY = "**"


class _Place(Frozen):
    """A folder: its path as it is shown, its real path, how deep it lies, and how much of a glob has led there."""

    path: str
    real: str
    level: int
    part: int = 0


class Walk:
    """One search, over any number of folders. Raises Unreadable where it would go on for too long."""

    def __init__(self, ignored: Ignored | None = None) -> None:
        self._room = MOST_ENTRIES
        self._ignored = ignored or Ignored()
        self._asks = ignored is not None

    def below(self, folder: str, problems: list[tuple[str, str]]) -> Iterator[tuple[str, list["os.DirEntry[str]"]]]:
        """Every folder below one, itself the first, with its sorted entries; hidden ones are passed over.

        So is what git ignores, where the walk was made to ask. (path, reason) of each that cannot be looked into goes
        to `problems`.
        """
        if self._asks:
            self._ignored.look_into(repository_root(folder))
        left = [_top(folder)]
        while left:
            place = left.pop()
            try:
                entries = self._entries(place)
            except OSError as error:
                problems.append((place.path or folder, reason_of(error)))
                continue
            entries = self._kept(place, entries)
            yield place.path, entries
            folders = [entry for entry in entries if is_folder(entry) and not entry.name.startswith(".")]
            left += (_inside(place, entry.name) for entry in reversed(folders))

    def _kept(self, place: _Place, entries: list["os.DirEntry[str]"]) -> list["os.DirEntry[str]"]:
        """What git does not ignore; a repository inside another is asked itself."""
        if self._asks and any(entry.name == GIT for entry in entries):
            self._ignored.look_into(place.real)
        return [entry for entry in entries if not self._ignored.holds(os.path.join(place.real, entry.name))]

    def matches(self, glob: str, folder: str) -> Iterator[str]:
        """What a glob means, as `glob.glob` has it but that no link to a folder is found by a wildcard.

        `**` means any number of folders. Folders that a wildcard finds on the way, and cannot be looked into, hold
        nothing; one that is named and lies outside the repository is Unreadable.
        """
        parts = _parts(glob)
        if glob and not parts:
            yield folder or "."
        seen = set()
        left = [_top(folder)] if parts else []
        while left:
            place = left.pop()
            if (place.path, place.part) in seen:
                continue
            seen.add((place.path, place.part))
            part, is_last = parts[place.part], place.part == len(parts) - 1
            if part != _ANY and not _is_wild(part):
                left += self._named(place, part, is_last)
                if is_last and os.path.lexists(looked_for(os.path.join(place.path, part))):
                    yield os.path.join(place.path, part)
                continue
            entries = self._found(place, part)
            if is_last:
                yield from (os.path.join(place.path, each.name) for each in entries if not _is_dull(each, part))
            elif part == _ANY:
                left.append(place._replace(part=place.part + 1))
            deeper = place.part if part == _ANY else place.part + 1
            if part == _ANY or not is_last:
                left += (_inside(place, each.name, deeper) for each in entries if is_folder(each))

    def _named(self, place: _Place, part: str, is_last: bool) -> list[_Place]:
        """The folder that a part of a glob names, where there are more parts."""
        path = os.path.join(place.path, part)
        if is_last:
            return []
        if leads_outside(path, place.path or "."):
            raise Unreadable(path, OUTSIDE)
        if not os.path.isdir(looked_for(path)):
            return []
        below = _inside(place, part, place.part + 1)
        return [below._replace(real=os.path.realpath(path))]

    def _found(self, place: _Place, part: str) -> list["os.DirEntry[str]"]:
        """The entries of a folder that a wildcard means."""
        from fnmatch import fnmatchcase

        try:
            entries = [entry for entry in self._entries(place) if entry.name.lower() != GIT]
        except OSError:
            return []
        if part == _ANY:
            return [entry for entry in entries if not entry.name.startswith(".")]
        is_hidden = part.startswith(".")
        return [
            entry
            for entry in entries
            if (is_hidden or not entry.name.startswith(".")) and fnmatchcase(entry.name, part)
        ]

    def _entries(self, place: _Place) -> list["os.DirEntry[str]"]:
        if place.level > MOST_LEVELS:
            raise Unreadable(place.path, f"lies in more than {MOST_LEVELS} folders, which are not searched further")
        if place.real in _OF_THE_SYSTEM or place.real.startswith("/proc/"):
            return []
        found = listed(place.path, self._room)
        self._room -= len(found)
        if self._room < 0:
            raise Unreadable(place.path or ".", f"more than {MOST_ENTRIES:,} files and folders are not searched")
        return found


def names_in(folder: str) -> list[str]:
    """The sorted names in a folder; none where it cannot be looked into, or a link to it leads outside."""
    return [entry.name for entry in entries_in(folder)]


Listing: TypeAlias = Callable[[str], list["os.DirEntry[str]"]]
"""What says what is in a folder: `entries_in`, or that with a memory, where nothing changes meanwhile."""


def entries_in(folder: str) -> list["os.DirEntry[str]"]:
    """What is in a folder, by name; nothing where it cannot be looked into, or a link to it leads outside."""
    try:
        return [] if leads_outside(folder, os.path.dirname(folder) or ".") else listed(folder)
    except (OSError, ValueError):
        return []


def is_folder(entry: "os.DirEntry[str]") -> bool:
    """Whether an entry is a folder itself, and not a link to one."""
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_dull(entry: "os.DirEntry[str]", part: str) -> bool:
    """Whether a wildcard at the end of a glob does not mean an entry: a link to a folder; for `**`, folders."""
    if not entry.is_symlink():
        return part == _ANY and is_folder(entry)
    # Where a link out leads is not looked at: it is refused when it is read.
    return not leads_outside(entry.path, os.path.dirname(entry.path) or ".") and os.path.isdir(looked_for(entry.path))


def _top(folder: str) -> _Place:
    return _Place("" if folder == "." else folder, os.path.realpath(folder or "."), 0)


def _inside(place: _Place, name: str, part: int = 0) -> _Place:
    return _Place(os.path.join(place.path, name), os.path.join(place.real, name), place.level + 1, part)


def _is_wild(part: str) -> bool:
    return any(sign in part for sign in "*?[")


def _parts(glob: str) -> list[str]:
    """The parts of a glob, of `**` in a row only one."""
    parts: Iterable[str] = (part for part in glob.split("/") if part not in ("", "."))
    kept: list[str] = []
    for part in parts:
        if part != _ANY or kept[-1:] != [_ANY]:
            kept.append(part)
    return kept
