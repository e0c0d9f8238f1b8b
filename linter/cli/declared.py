"""The zones that paths on the command line declare, as estates that answer questions."""

import argparse
import os

from linter.config.settings import Settings
from linter.lookup.answer import Resolver
from linter.lookup.chain import Chain
from linter.run.estate import Estate
from linter.source.file import Unreadable, read_octets, source_of
from linter.source.frozen import Frozen

from .beyond import Beyond
from .check import Group, groups, part_of, parts
from .policy import Refused, policy_for
from .shares import Part
from .standard_input import standard_input
from .wanted import wanted_files


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
    """The estates of the given paths, as `mailzone check` has them.

    Without paths, the zones of the configuration, else the folder the command runs in. Raises Refused.
    """
    paths = list(options.paths)
    if "-" in paths:
        return (_standard_input(options, paths),)
    found = wanted_files(options, paths)
    if found.problems:
        raise Refused(*(f"cannot read {path}: {reason}" for path, reason in found.problems))
    return tuple(_declared(group, part) for group in groups(options, found) for part in parts(group))


def _declared(group: Group, part: Part) -> Declared:
    estate = part.estate(())
    for path in part.paths:
        try:
            # A native zone file says inside which zone it holds; any other is known by its name.
            if b"zone:" in read_octets(path):
                estate.document(path)
        except Unreadable as error:
            if path in part.files:
                raise Refused(f"cannot read {error.path}: {error.reason}") from error
    return Declared(estate, group.policy.settings, part.folder, part.files)


def _standard_input(options: argparse.Namespace, paths: list[str]) -> Declared:
    """Standard input as one file, among the zones that lie where its name says it does."""
    if len(paths) > 1:
        raise Refused("`-` reads one zone from standard input; no other PATH can stand beside it")
    name = options.stdin_filename or "<stdin>"
    policy = policy_for(options, os.path.dirname(name))
    part = part_of(name, policy)
    estate = part.estate(())
    estate.add(*source_of(name, standard_input()))
    return Declared(estate, policy.settings, part.folder, [name])
