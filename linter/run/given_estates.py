"""The estates that paths on the command line mean, for commands that ask them questions instead of judging them."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress

from linter.config.settings import INTERNAL, ActiveRules, Settings
from linter.facts.facts import Facts
from linter.facts.texts import Parsers
from linter.lookup.answer import Resolver
from linter.lookup.chain import Chain
from linter.records.text.fault import few, quoted
from linter.records.text.name import dotless
from linter.source.file import Unreadable, read_octets, source_of
from linter.source.frozen import Frozen
from linter.source.text import Source
from linter.source.typed import Protocol

from .estate import Estate, ZoneFiles
from .estate_facts import facts_of
from .parts import Group, Part, groups, part_of, parts
from .policy import Options, policy_for
from .refused import Refused
from .resolvers import Resolvers
from .standard_input import standard_input
from .wanted import readable_files


class EstateOptions(Options, Protocol):
    """What a command line says of zones and of who answers besides them."""

    paths: list[str]
    answers: list[str]
    stdin_filename: str | None


class GivenEstate(Frozen):
    """An estate with the settings it is under, the folder that its lock goes by, and the files that were given."""

    estate: Estate
    settings: Settings
    folder: str
    files: list[str]
    rules: ActiveRules


class GivenZone(Frozen):
    """A zone that a command was given: its facts, its files, and the estate that it is a part of."""

    facts: Facts
    files: ZoneFiles
    given: GivenEstate


def resolver_for(domain: str, options: EstateOptions) -> Resolver:
    """All that the given paths and --answers say: the zones, then what is known beyond them.

    Where several views declare the zone of an absolute domain, the public one counts, and the others are left out.
    Raises Refused.
    """
    found = given_estates(options, None)
    resolvers = Resolvers(options.answers)
    locks = (resolvers.lock_of(each.settings, each.folder) for each in found)
    zones = (estate.zones for estate in _seen_by_the_public(domain, found))
    answers = dict.fromkeys(answer for each in found for answer in resolvers.answers_of(each.settings))
    return Chain([*zones, *answers, *(lock for lock in locks if lock), resolvers.snapshots])


def _seen_by_the_public(domain: str, found: Iterable[GivenEstate]) -> list[Estate]:
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
        listed = few(quoted(file, 80) for file in files)
        name = quoted(zone.removesuffix("."), 80)
        raise Refused(f"{name} is declared for {len(files)} views, in {listed}; name the file of one")
    others = [each.estate for each in found if not zone or holding[each.estate] != zone]
    return [*(estate.around(file) for (estate, _), file in public.items()), *others]


def given_facts(options: EstateOptions) -> Iterator[Facts]:
    """The facts of every zone that the command was given; an internal view counts where there is no other.

    Raises Refused.
    """
    return (zone.facts for zone in given_zones(options))


def given_zones(options: EstateOptions) -> Iterator[GivenZone]:
    """Every zone that the command was given, as `given_facts` has them. Raises Refused."""
    parsers = Parsers()
    public: set[str] = set()
    inside: list[GivenZone] = []
    for given in given_estates(options, Resolvers(options.answers)):
        done: set[ZoneFiles] = set()
        for file in given.files:
            with readable():
                zones = [zone for zone in given.estate.zones_of(file) if zone not in done]
                indexes = [given.estate.index(zone) for zone in zones]
            done.update(zones)
            for zone, index in zip(zones, indexes, strict=True):
                if index is None:
                    continue
                facts = facts_of(index, given.estate, given.settings, parsers)
                if facts.is_internal:
                    inside.append(GivenZone(facts, zone, given))
                else:
                    public.add(index.zone.name)
                    yield GivenZone(facts, zone, given)
    yield from (zone for zone in inside if zone.facts.zone.name not in public)


def with_texts(zone: GivenZone, options: EstateOptions, texts: Mapping[str, str]) -> GivenZone:
    """The same zone, in an estate made anew, where some of its files have another text. Raises Refused."""
    for given in given_estates(options, Resolvers(options.answers)):
        if set(zone.files.files).isdisjoint(given.files):
            continue
        for path, text in texts.items():
            given.estate.add(Source(path, text))
        with readable():
            index = given.estate.index(zone.files)
        if index is not None:
            return GivenZone(facts_of(index, given.estate, given.settings, Parsers()), zone.files, given)
    raise Refused(f"{quoted(dotless(zone.facts.zone.name), 80)} cannot be read again")


def given_estates(options: EstateOptions, resolvers: Resolvers | None) -> tuple[GivenEstate, ...]:
    """The estates of the given paths, as `mailzone check` has them; `resolvers` answer for what no zone declares.

    Without paths, the zones of the configuration, else the folder the command runs in. Raises Refused.
    """
    if "-" in options.paths:
        return (_standard_input(options, resolvers),)
    found = readable_files(options, options.paths)
    return tuple(_given(group, part, resolvers) for group in groups(options, found) for part in parts(group))


def _given(group: Group, part: Part, resolvers: Resolvers | None) -> GivenEstate:
    settings, rules = group.policy.settings, group.policy.rules
    estate = part.estate(resolvers.of(settings, part.folder) if resolvers else ())
    for path in part.paths:
        # A native zone file says inside which zone it holds; any other is known by its name.
        with readable() if path in part.files else suppress(Unreadable):
            if b"zone:" in read_octets(path):
                estate.document(path)
    return GivenEstate(estate, settings, part.folder, part.files, rules)


def _standard_input(options: EstateOptions, resolvers: Resolvers | None) -> GivenEstate:
    """Standard input as one file, among the zones that lie where its name says it does."""
    if len(options.paths) > 1:
        raise Refused("`-` reads one zone from standard input; no other PATH goes with it")
    name = options.stdin_filename or "<stdin>"
    policy = policy_for(options, os.path.dirname(options.stdin_filename or ""))
    part = part_of(name, policy)
    estate = part.estate(resolvers.of(policy.settings, part.folder) if resolvers else ())
    estate.add(*source_of(name, standard_input()))
    return GivenEstate(estate, policy.settings, part.folder, [name], policy.rules)


@contextmanager
def readable() -> Iterator[None]:
    """Ends the command where a file that it was given cannot be read. Raises Refused."""
    try:
        yield
    except Unreadable as error:
        raise Refused(f"cannot read {error.path}: {error.reason}") from error
