"""`check --changed`: the zones that changed files have a part in, be they zones, deleted, or what governs zones."""

import os
from collections.abc import Iterable, Iterator, Sequence

from linter.config.load import FILE_NAME, find_config, load_settings
from linter.config.settings import BadConfiguration
from linter.records.text.name import is_under
from linter.run.claims import is_named_like_domain
from linter.run.configurations import assemblies, assembly_in, may_be_config, named_files
from linter.run.files import Found, estate_folder_files, find_files, is_split_folder
from linter.run.git import Ignored, committed, files_called, staged
from linter.run.governing import read_by
from linter.run.policy import Options, policy_for
from linter.run.refused import Refused
from linter.run.resolvers import LOCK_NAME
from linter.run.scan import Scan, declared_zone_in, is_named_after_zone
from linter.run.wanted import declared_files
from linter.source.file import MAX_OCTETS, Unreadable, read_octets
from linter.source.inputs import looked_for
from linter.zone.document import SUFFIXES, zone_name_of


def changed_files(options: Options, paths: Sequence[str]) -> Found:
    """The files to check, none of which is claimed to be a zone; without paths, by what git has staged.

    Raises Refused.
    """
    if "-" in paths:
        raise Refused("--changed: name files; `-` is standard input")
    given = list(paths) or _staged()
    there = (path for path in given if os.path.lexists(looked_for(path)))
    wanted = dict.fromkeys(path for path in there if path.endswith(SUFFIXES) or os.path.isdir(looked_for(path)))
    for path in _governing(options, given):
        wanted.update(dict.fromkeys(_governed(options, path)))
    for path in given:
        is_gone = not os.path.lexists(looked_for(path))
        if os.path.basename(path) == LOCK_NAME or (is_gone and os.path.basename(path) == FILE_NAME):
            wanted[_folder_left(os.path.dirname(path))] = None
        elif is_gone and path.endswith(SUFFIXES):
            wanted.update(dict.fromkeys(_left_by(options, path)))
    found = named_files(wanted, Ignored())
    problems = tuple(each for each in found.problems if is_named_like_domain(each[0]))
    return found._replace(folders=(), named=frozenset(), problems=problems)


def _staged() -> list[str]:
    found = staged("")
    if found is None:
        raise Refused("--changed: git does not say what is staged here; name the changed files")
    return [each.path for each in found]


def _governing(options: Options, paths: list[str]) -> Iterator[str]:
    """The configurations that are among the paths, or that read one of them: a lock, a policy, a profile."""
    changed = {os.path.realpath(path) for path in paths}
    known = dict.fromkeys(
        path for path in paths if os.path.basename(path) == FILE_NAME and os.path.lexists(looked_for(path))
    )
    for path in paths:
        near = find_config(os.path.dirname(path))
        known.update({near: None} if near else {})
    known.update(dict.fromkeys(path for path in (options.config, find_config("")) if path))
    if not all(path.endswith(SUFFIXES) for path in paths):
        known.update(dict.fromkeys(files_called(FILE_NAME, "")))
    seen = set()
    for path in known:
        real = os.path.realpath(path)
        if real not in seen and not changed.isdisjoint({real, *_read_by(path, paths)}):
            yield path
        seen.add(real)


def _read_by(path: str, paths: list[str]) -> Iterator[str]:
    """The real paths of what a configuration has read: its lock, policies, profiles, answers, and baseline."""
    try:
        settings = load_settings(path)
        yield from map(os.path.realpath, read_by(settings, settings.folder))
    except (BadConfiguration, Unreadable, LookupError, Refused):
        # It cannot be used; where that is by a changed file, such as one that is gone, the run has to say so.
        try:
            octets = read_octets(path)
        except Unreadable:
            return
        names = ((each, os.path.basename(each).encode(errors="surrogateescape")) for each in paths)
        yield from (os.path.realpath(each) for each, name in names if name and name in octets)


def _governed(options: Options, path: str) -> Iterable[str]:
    """The zones of a configuration, or the folder that it governs. Raises Refused where it cannot be used."""
    settings = policy_for(options, os.path.dirname(path)).settings
    if settings.zones and os.path.realpath(settings.path) == os.path.realpath(path):
        return declared_files(settings)
    return [os.path.dirname(path) or "."]


def _folder_left(folder: str) -> str:
    """A folder, or what is left of the way to it."""
    while folder and not os.path.isdir(looked_for(folder)):
        folder = os.path.dirname(folder)
    return folder or "."


def _left_by(options: Options, path: str) -> Iterator[str]:
    """What a deleted file leaves behind: the rest of its zone, zones that depend on it, and who speaks of it.

    Of a configuration of octoDNS the files that it made zones of.
    """
    folder = os.path.dirname(path)
    was = _committed(path)
    if (former := assembly_in(path, was)) is not None:
        yield from former.paths
    zone = zone_name_of(path) if is_named_after_zone(path) else declared_zone_in(was.lower()) or zone_name_of(path)
    near = _folder_left(folder)
    beside = list(estate_folder_files(os.path.dirname(folder) if is_split_folder(folder) else folder))
    settings = policy_for(options, "" if near == "." else near).settings
    beside += find_files(declared_files(settings)).files
    for assembly in assemblies(["" if near == "." else near]):
        if zone in assembly.zones or assembly.holds(path):
            yield assembly.path
            beside += assembly.paths
    others = list(dict.fromkeys(beside))
    yield from Scan().mentioning(others, [zone])
    yield from (each for each in others if is_under(zone_name_of(each), zone))


def _committed(path: str) -> bytes:
    """What was committed of a deleted file; nothing where its name says all that is asked of it."""
    if is_named_after_zone(path) and not may_be_config(os.path.basename(path)):
        return b""
    return committed(path, MAX_OCTETS) or b""
