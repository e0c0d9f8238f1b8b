"""The files that paths and globs mean, in a fixed order, each once."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping

from linter.source.file import reason_of
from linter.source.frozen import Frozen
from linter.source.inputs import looked_for
from linter.source.repository import OUTSIDE, leads_outside, lies_in, repository_root
from linter.zone.document import SUFFIXES

from .git import Ignored
from .walk import Listing, Walk, entries_in, is_folder


class Found(Frozen):
    """The files to check, and what could not be looked at: (path, reason).

    `folders` are the given paths that are folders; an empty one is the user's mistake and not a clean zone. `named` are
    the files that were given, and no folder had to be searched for; `configurations` those that are octoDNS's.
    """

    files: tuple[str, ...]
    folders: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]
    named: frozenset[str] = frozenset()
    configurations: tuple[str, ...] = ()


def find_files(paths: Iterable[str], ignored: Ignored | None = None) -> Found:
    """Files as given, folders searched for YAML; folders whose name begins with a dot are passed over.

    So is what git ignores, where somebody is there to be asked. Raises Unreadable where a folder holds too much to be
    searched.
    """
    files: dict[str, str] = {}  # a file named in two spellings is one, under the first of them
    named: set[str] = set()
    folders: list[str] = []
    problems: list[tuple[str, str]] = []
    walk = Walk(ignored)
    for path in paths:
        try:
            if leads_outside(path):  # what lies there is not even looked at
                problems.append((path, OUTSIDE))
                continue
            is_searched = os.path.isdir(looked_for(path))
            if not is_searched:
                os.stat(path)
        except (OSError, ValueError) as error:
            problems.append((path, reason_of(error)))
            continue
        if is_searched:
            folders.append(path)
            for file in _yaml_below(path, walk, problems):
                files.setdefault(os.path.normpath(file), file)
        else:
            named.add(files.setdefault(os.path.normpath(path), path))
    return Found(tuple(files.values()), tuple(folders), tuple(problems), frozenset(named))


def _yaml_below(folder: str, walk: Walk, problems: list[tuple[str, str]]) -> Iterator[str]:
    for place, entries in walk.below(folder, problems):
        for entry in entries:
            if not entry.name.endswith(SUFFIXES) or entry.name.startswith(".") or is_folder(entry):
                continue
            path = os.path.join(place, entry.name)
            if entry.is_symlink() and leads_outside(path, folder):
                problems.append((path, OUTSIDE))
            else:
                yield path


def expand(globs: Iterable[str], folder: str) -> tuple[str, ...]:
    """The paths that the globs of a configuration mean, relative to its folder; `**` crosses folders.

    Raises Unreadable where that is too much to be searched, or a folder that a glob names lies outside.
    """
    walk = Walk()
    return tuple(dict.fromkeys(path for glob in globs for path in sorted(walk.matches(glob, folder))))


def files_by_view(views: Mapping[str, Iterable[str]], folder: str) -> dict[str, str]:
    """The view of each file that the globs of one mean, by real path; the first that is named counts."""
    found: dict[str, str] = {}
    for view, globs in views.items():
        for path in expand(globs, folder):
            found.setdefault(os.path.realpath(path), view)
    return found


def estate_folder_files(folder: str, listing: Listing = entries_in) -> tuple[str, ...]:
    """The YAML files of one folder, and of the split zones in it: what octoDNS would take for one estate."""
    found: list[str] = []
    start = os.path.join(folder, "")
    for entry in listing(folder):
        path = start + entry.name
        if path.endswith(SUFFIXES):
            if not (entry.is_symlink() and leads_outside(path, folder or ".")):
                found.append(path)
        elif is_split_folder(entry.name):
            for part in listing(path):
                inside = os.path.join(path, part.name)
                if inside.endswith(SUFFIXES) and not (part.is_symlink() and leads_outside(inside, folder or ".")):
                    found.append(inside)
    return tuple(found)


def respelled(paths: Iterable[str], given: Iterable[str]) -> tuple[str, ...]:
    """The paths, those that were given on the command line in the spelling they have there.

    Links in the way to a file are followed; a file that is a link itself stays a file of its own.
    """
    places: dict[str, str] = {}

    def real(path: str) -> str:
        folder, name = os.path.split(path)
        if folder not in places:
            places[folder] = os.path.realpath(folder)
        return os.path.join(places[folder], name)

    known = {real(path): path for path in given}
    return tuple(known.get(real(path), path) for path in paths)


def has_zone_file(folder: str) -> bool:
    """Whether a `_zone.yaml` makes a folder a zone in a layout of another program."""
    return any(os.path.lexists(looked_for(os.path.join(folder, f"_zone{suffix}"))) for suffix in SUFFIXES)


def is_split_folder(folder: str) -> bool:
    """Whether a folder is octoDNS's form of one zone in many files: `example.com.`."""
    name = os.path.basename(folder)
    return name.endswith(".") and bool(name.strip("."))


def of_one_zone(path: str, declared: Collection[str]) -> tuple[str, ...]:
    """A file of a zone and those of the `declared` ones that octoDNS reads for the same zone: a folder of its parts."""
    if len(declared) < 2 or path not in declared:
        return (path,)
    folder = os.path.dirname(path)
    beside = os.path.dirname(folder) if is_split_folder(folder) else folder
    files = []
    for each in declared:
        place = os.path.dirname(each)
        if (
            each == path
            or (is_split_folder(place) and os.path.dirname(place) == beside)
            or (is_split_folder(folder) and place == beside)
        ):
            files.append(each)
    return tuple(sorted(files))


def upward(folder: str) -> Iterator[str]:
    """A folder and those above it, up to the root of what belongs together."""
    root, place = repository_root(folder), os.path.normpath(folder or ".")
    while True:
        yield "" if place == "." else place
        if os.path.realpath(place) == root or os.path.realpath(place) == os.path.dirname(os.path.realpath(place)):
            return
        place = os.path.normpath(os.path.join(place, os.pardir))


def is_in(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies in it, links followed."""
    return lies_in(path, folder) or ("\0" not in path and os.path.realpath(path) == os.path.realpath(folder))
