"""The files that paths and globs mean, in a fixed order, each once."""

import os
from collections.abc import Iterable, Iterator, Mapping

from linter.source.file import reason_of
from linter.source.frozen import Frozen
from linter.zone.document import SUFFIXES


class Found(Frozen):
    """The files to check, and what could not be looked at: (path, reason).

    `folders` are the given paths that are folders; an empty one is the user's mistake and not a clean zone.
    """

    files: tuple[str, ...]
    folders: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]


def find_files(paths: Iterable[str]) -> Found:
    """Files as given, folders searched for YAML; folders whose name begins with a dot are passed over."""
    files: dict[str, str] = {}  # a file named in two spellings is one, under the first of them
    folders: list[str] = []
    problems: list[tuple[str, str]] = []
    for path in paths:
        try:
            is_folder = os.path.isdir(path)
            if not is_folder:
                os.stat(path)
        except (OSError, ValueError) as error:
            problems.append((path, reason_of(error)))
            continue
        if is_folder:
            folders.append(path)
            for file in _yaml_below(path, problems):
                files.setdefault(os.path.normpath(file), file)
        else:
            files.setdefault(os.path.normpath(path), path)
    return Found(tuple(files.values()), tuple(folders), tuple(problems))


def _yaml_below(folder: str, problems: list[tuple[str, str]]) -> Iterator[str]:
    def note(error: OSError) -> None:
        problems.append((error.filename or folder, reason_of(error)))

    for place, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith(".") or name.strip(".") == "")
        for name in sorted(files):
            if name.endswith(SUFFIXES) and not name.startswith("."):
                path = os.path.join(place, name)
                yield path.removeprefix("./") if folder == "." else path


def expand(globs: Iterable[str], folder: str) -> tuple[str, ...]:
    """The paths that the globs of a configuration mean, relative to its folder; `**` crosses folders."""
    from glob import glob

    found: dict[str, None] = {}
    for pattern in globs:
        for path in sorted(glob(os.path.join(folder, pattern), recursive=True)):
            found.setdefault(path)
    return tuple(found)


def files_by_view(views: Mapping[str, Iterable[str]], folder: str) -> dict[str, str]:
    """The view of each file that the globs of one mean, by real path; the first that is named counts."""
    found: dict[str, str] = {}
    for view, globs in views.items():
        for path in expand(globs, folder):
            found.setdefault(os.path.realpath(path), view)
    return found


def estate_folder_files(folder: str) -> tuple[str, ...]:
    """The YAML files of one folder, and of the split zones in it: what octoDNS would take for one estate."""
    found: list[str] = []
    try:
        names = sorted(os.listdir(folder or "."))
    except OSError:
        return ()
    for name in names:
        path = os.path.join(folder, name)
        if name.endswith(SUFFIXES):
            found.append(path)
        elif name.endswith(".") and name.strip(".") and os.path.isdir(path):
            found.extend(os.path.join(path, each) for each in sorted(os.listdir(path)) if each.endswith(SUFFIXES))
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


def is_split_folder(folder: str) -> bool:
    """Whether a folder is octoDNS's form of one zone in many files: `example.com.`."""
    name = os.path.basename(folder)
    return name.endswith(".") and bool(name.strip("."))


def repository_root(path: str) -> str:
    """The folder that `!include` may not leave: the repository's, or the file's own where there is none."""
    folder = os.path.realpath(os.path.dirname(path) or ".")
    current = folder
    while True:
        if os.path.exists(os.path.join(current, ".git")):
            return current
        above = os.path.dirname(current)
        if above == current:
            return folder
        current = above
