"""The zones that paths on the command line declare, as estates that answer questions."""

import argparse
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from linter.config.settings import INTERNAL, Settings
from linter.lookup.answer import Resolver
from linter.lookup.chain import Chain
from linter.records.text.fault import quoted
from linter.run.assembly import named_files
from linter.run.estate import Estate
from linter.run.files import expand
from linter.source.file import Unreadable, read_octets, source_of
from linter.source.frozen import Frozen

from .beyond import Beyond
from .check import Group, groups, part_of, parts
from .policy import Refused, policy_for
from .shares import Part
from .standard_input import standard_input


class Declared(Frozen):
    """An estate with the settings it is under, the folder that its lock goes by, and the files that were given."""

    estate: Estate
    settings: Settings
    folder: str
    files: list[str]


def resolver_for(domain: str, options: argparse.Namespace) -> Resolver:
    """All that the given paths and --answers say: the zones, then what is known beyond them.

    Where several views declare the zone of an absolute domain, the public one counts, and the others are left out.
    Raises Refused.
    """
    found = declared_zones(options)
    beyond = Beyond(options.answers)
    locks = (beyond.lock_of(each.settings, each.folder) for each in found)
    zones = (estate.zones for estate in _seen_by_the_public(domain, found))
    return Chain([*zones, *beyond.answers, *(lock for lock in locks if lock), beyond.snapshots])


def _seen_by_the_public(domain: str, found: Iterable[Declared]) -> list[Estate]:
    """The estates, of those that hold the zone of a domain the one of the public view alone, and first."""
    holding: dict[Estate, str] = {}
    for each in found:
        index = each.estate.zones.zone_of(domain)
        holding[each.estate] = index.zone.name if index else ""
    zone = max(holding.values(), key=len, default="")
    views: dict[tuple[Estate, str], str] = {}
    for each in found:
        if zone and holding[each.estate] == zone:
            declaring = each.estate.files_declaring(zone)
            for file in [file for file in declaring if file in each.files] or declaring:
                views.setdefault((each.estate, each.estate.view_of(file)), file)
    public = {key: file for key, file in views.items() if key[1] != INTERNAL} or views
    if len(public) > 1:
        files = sorted(public.values())
        listed = ", ".join(quoted(file, 80) for file in files[:3])
        more = f" and {len(files) - 3} more" if len(files) > 3 else ""
        name = quoted(zone.removesuffix("."), 80)
        raise Refused(f"{name} is declared for {len(files)} views, in {listed}{more}; name the file of one")
    others = [each.estate for each in found if not zone or holding[each.estate] != zone]
    return [*(estate.around(file) for (estate, _), file in public.items()), *others]


def declared_zones(options: argparse.Namespace, beyond: Beyond | None = None) -> tuple[Declared, ...]:
    """The estates of the given paths, as `mailzone check` has them; `beyond` answers for what their zones do not know.

    Without paths, the zones of the configuration, else the folder the command runs in. Raises Refused.
    """
    paths = list(options.paths)
    if "-" in paths:
        return (_standard_input(options, paths, beyond),)
    if not paths:
        settings = policy_for(options, "").settings
        paths = list(expand(settings.zones, settings.folder)) or ["."]
    found = named_files(paths)
    if found.problems:
        raise Refused(*(f"cannot read {path}: {reason}" for path, reason in found.problems))
    return tuple(_declared(group, part, beyond) for group in groups(options, found) for part in parts(group))


def _declared(group: Group, part: Part, beyond: Beyond | None) -> Declared:
    settings = group.policy.settings
    estate = part.estate(beyond.of(settings, part.folder) if beyond else ())
    for path in part.paths:
        # A native zone file says inside which zone it holds; any other is known by its name.
        with readable() if path in part.files else suppress(Unreadable):
            if b"zone:" in read_octets(path):
                estate.document(path)
    return Declared(estate, settings, part.folder, part.files)


def _standard_input(options: argparse.Namespace, paths: list[str], beyond: Beyond | None) -> Declared:
    """Standard input as one file, among the zones that lie where its name says it does."""
    if len(paths) > 1:
        raise Refused("`-` reads one zone from standard input; no other PATH goes with it")
    name = options.stdin_filename or "<stdin>"
    policy = policy_for(options, os.path.dirname(name))
    part = part_of(name, policy)
    estate = part.estate(beyond.of(policy.settings, part.folder) if beyond else ())
    estate.add(*source_of(name, standard_input()))
    return Declared(estate, policy.settings, part.folder, [name])


@contextmanager
def readable() -> Iterator[None]:
    """Ends the command where a file that it was given cannot be read. Raises Refused."""
    try:
        yield
    except Unreadable as error:
        raise Refused(f"cannot read {error.path}: {error.reason}") from error
