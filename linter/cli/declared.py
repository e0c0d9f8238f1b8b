"""The zones that paths on the command line declare, as estates that answer questions."""

import argparse
import os
import sys
from collections.abc import Collection, Iterable

from linter.config.settings import Settings
from linter.lookup.answer import Resolver
from linter.lookup.chain import Chain
from linter.run.estate import Estate, is_split_folder, repository_root
from linter.run.files import estate_folder_files, expand, find_files
from linter.source.file import MAX_OCTETS, Unreadable, read_octets, source_of
from linter.source.frozen import Frozen
from linter.source.include import Includer
from linter.zone.document import read_document

from .beyond import Beyond
from .policy import Policy, Refused, policy_for


class Declared(Frozen):
    """An estate with the settings it is under, the folder that its lock goes by, and the files that were given."""

    estate: Estate
    settings: Settings
    folder: str
    files: list[str]


def declared_resolver(options: argparse.Namespace) -> Resolver:
    """All that the given paths and --answers say: the zones, then what is known beyond them. Raises Refused."""
    found = declared_zones(options)
    beyond = Beyond(options.answers)
    locks = (beyond.lock_of(each.settings, each.folder) for each in found)
    estates = (each.estate.resolver for each in found)
    return Chain([*estates, *beyond.answers, *(lock for lock in locks if lock), beyond.snapshots])


def declared_zones(options: argparse.Namespace) -> tuple[Declared, ...]:
    """The estates of the given paths: one for each configuration with `zones`, else one for each folder.

    Without paths, the zones of the configuration, else the folder the command runs in. Raises Refused.
    """
    paths = list(options.paths)
    if "-" in paths:
        return (_standard_input(options, paths),)
    if not paths:
        settings = policy_for(options, "").settings
        paths = list(expand(settings.zones, settings.folder)) or ["."]
    found = find_files(paths)
    if found.problems:
        raise Refused(*(f"cannot read {path}: {reason}" for path, reason in found.problems))
    estates: dict[str, Declared] = {}
    policies: dict[str, Policy] = {}
    for file in found.files:
        folder = os.path.dirname(file)
        if folder not in policies:
            policies[folder] = policy_for(options, folder)
        settings = policies[folder].settings
        above = os.path.dirname(folder) if is_split_folder(folder) else folder
        key = os.path.realpath(settings.path) if settings.zones else f"{above}{os.sep}"
        if key not in estates:
            others = _of_settings(settings) or estate_folder_files(above)
            named = list(found.files) if settings.zones else _of_folder(found.files, above)
            estates[key] = Declared(_estate(others, named), settings, above, [])
        estates[key].files.append(file)
    return tuple(estates.values())


def _of_settings(settings: Settings) -> tuple[str, ...]:
    """The files of the configuration's zones."""
    return find_files(expand(settings.zones, settings.folder)).files


def _of_folder(files: Iterable[str], folder: str) -> list[str]:
    """The files that lie in a folder, or in a split zone in it."""
    found = []
    for file in files:
        place = os.path.dirname(file)
        if place == folder or (is_split_folder(place) and os.path.dirname(place) == folder):
            found.append(file)
    return found


def _estate(declared: Iterable[str], named: Collection[str]) -> Estate:
    """One estate of the declared files and those named on the command line, each file once and spelled as there."""
    paths = list({os.path.realpath(path): path for path in (*declared, *named)}.values())
    estate = Estate(paths, repository_root(paths[0]))
    for path in paths:
        try:
            # A native zone file says inside which zone it holds; any other is known by its name.
            if b"zone:" in read_octets(path):
                estate.document(path)
        except Unreadable as error:
            if path in named:
                raise Refused(f"cannot read {error.path}: {error.reason}") from error
    return estate


def _standard_input(options: argparse.Namespace, paths: list[str]) -> Declared:
    """Standard input as one file, among the zones that lie where its name says it does."""
    if len(paths) > 1:
        raise Refused("`-` reads one zone from standard input; no other PATH can stand beside it")
    name = options.stdin_filename or "<stdin>"
    folder = os.path.dirname(name)
    settings = policy_for(options, folder).settings
    source, fault = source_of(name, sys.stdin.buffer.read(MAX_OCTETS + 1))
    root = repository_root(options.stdin_filename or "")
    document = read_document(source, fault, Includer(root))
    others = _of_settings(settings)
    if not settings.zones and options.stdin_filename:
        others = estate_folder_files(folder)
    same = os.path.realpath(name)
    estate = Estate([path for path in others if os.path.realpath(path) != same], root)
    estate.add(source, document)
    return Declared(estate, settings, folder, [name])
