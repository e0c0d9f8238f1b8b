"""Which files belong together: by the configuration that governs them, and in it by the estate that they are of."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from linter.lookup.answer import Resolver
from linter.source.frozen import Frozen
from linter.source.inputs import note_inputs
from linter.source.repository import repository_root
from linter.source.text import SourceFault
from linter.source.typed import TYPE_CHECKING
from linter.zone.document import zone_name_of
from linter.zone.model import Zone

from .claims import Claims
from .configurations import assemblies
from .estate import Estate
from .files import Found, estate_folder_files, files_by_view, find_files, is_split_folder, respelled
from .policy import Options, Policy, config_for, policy_by
from .walk import Listing, entries_in
from .wanted import declared_files

if TYPE_CHECKING:
    from .assembly import Assembly


class Group(Frozen):
    """Files that share a configuration; `named` are paths that were given, `configurations` octoDNS's among them."""

    policy: Policy
    files: list[str]
    named: frozenset[str] = frozenset()
    configurations: tuple[str, ...] = ()
    are_changes: bool = False


class Part(Frozen):
    """Files that share an estate: the paths of all its zones, and the folder where these lie.

    `assembly` says how octoDNS puts these together, where it does. `is_whole` is whether there are no other zones.
    `views` are the views that the configuration gives to files, by real path. `claims` says which files are zones.
    `lost` is what is said of zones that octoDNS's configuration has and that are not there.
    """

    files: list[str]
    paths: list[str]
    folder: str
    assembly: "Assembly | None" = None
    is_whole: bool = False
    views: Mapping[str, str] = {}
    claims: Claims | None = None
    lost: tuple[SourceFault, ...] = ()

    def estate(self, resolvers: Iterable[Resolver], seen: Callable[[Zone], Zone] | None = None) -> Estate:
        """The zones; `resolvers` answer for what they do not know, `seen` puts what is served in their place."""
        note_inputs(self.paths)
        root = repository_root(os.path.dirname(self.files[0]))
        return Estate(self.paths, root, resolvers, self.assembly, self.is_whole, seen, self.views)

    def moved(self, move: Callable[[str], str]) -> "Part":
        """The same where every place is another one; paths are relative and stay as they are."""
        assembly = self.assembly
        if assembly is not None:
            folders, others = (frozenset(map(move, each)) for each in (assembly.folders, assembly.others))
            assembly = assembly._replace(folders=folders, others=others)
        return self._replace(assembly=assembly, views={move(place): view for place, view in self.views.items()})

    def only(self, files: list[str]) -> "Part":
        """Some of the files as if there were no others: for what asks nothing of other zones."""
        kept = frozenset(files)
        assembly, claims = self.assembly, self.claims
        if assembly is not None:
            zones = {name: zone for name, zone in assembly.zones.items() if not kept.isdisjoint(zone.files)}
            assembly = assembly._replace(zones=zones, paths=tuple(path for path in assembly.paths if path in kept))
        if claims is not None:
            claims = claims._replace(named=claims.named & kept, held=claims.held & kept)
        places = {os.path.realpath(path) for path in files} if self.views else set()
        views = {place: view for place, view in self.views.items() if place in places}
        return self._replace(files=files, paths=files, assembly=assembly, views=views, claims=claims, lost=())

    def together(self) -> list[list[str]]:
        """The files, those of one zone together: what is named after it, and what octoDNS puts together."""
        zones: dict[str, list[str]] = {}
        for path in self.files:
            zones.setdefault(zone_name_of(path), []).append(path)
        leaders = {path: path for path in self.files}
        assembled = (zone.files for zone in self.assembly.zones.values()) if self.assembly else ()
        for files in (*zones.values(), *assembled):
            known = [path for path in files if path in leaders]
            for path in known[1:]:
                leaders[_leader(leaders, path)] = _leader(leaders, known[0])
        groups: dict[str, list[str]] = {}
        for path in self.files:
            groups.setdefault(_leader(leaders, path), []).append(path)
        return list(groups.values())


def _leader(leaders: dict[str, str], path: str) -> str:
    """The file that stands for all that belong together with this one."""
    while leaders[path] != path:
        leaders[path] = path = leaders[leaders[path]]
    return path


def groups(options: Options, found: Found) -> list[Group]:
    """Files by the configuration that governs them: the nearest one above each."""
    by_folder: dict[str, tuple[Policy, str]] = {}
    by_path: dict[str, tuple[Policy, str]] = {}
    found_groups: dict[str, Group] = {}
    are_changes = bool(getattr(options, "changed", False))
    for file in found.files:
        folder = os.path.dirname(file)
        if folder not in by_folder:
            path = config_for(options, folder)
            if path not in by_path:
                policy = policy_by(options, path)
                by_path[path] = policy, os.path.realpath(policy.settings.path)
            by_folder[folder] = by_path[path]
        policy, real = by_folder[folder]
        if file not in found.named and policy.settings.excludes(file):
            continue
        if real not in found_groups:
            found_groups[real] = Group(policy, [], found.named, found.configurations, are_changes)
        found_groups[real].files.append(file)
    return list(found_groups.values())


def parts(group: Group) -> Iterator[Part]:
    """The estates of a group: one for each octoDNS configuration, and of what no such configuration reads one for a
    configuration with `zones`, else one for each folder.
    """
    settings, left = group.policy.settings, group.files
    is_whole = bool(settings.zones)
    declared = find_files(declared_files(settings)).files if is_whole else ()
    views = files_by_view(settings.views, settings.folder)
    claims = Claims(group.named, frozenset(respelled(declared, group.files)), group.are_changes)
    listing = cache(entries_in)
    assembled = assemblies((os.path.dirname(file) for file in group.files), group.configurations, listing)
    for found in assembled:
        files = [file for file in group.files if found.holds(file)]
        if files:
            left = [file for file in left if not found.holds(file)]
            yield _of_assembly(files, found, group, claims, declared, views)
    for found in assembled:
        files = [file for file in left if found.has_parts_in(os.path.dirname(file))]
        if files:
            left = [file for file in left if file not in {*files}]
            yield _of_assembly(files, found, group, claims, declared, views)
    for found in assembled:
        files = [file for file in left if found.lost and os.path.normpath(file) == os.path.normpath(found.path)]
        if files:
            left = [file for file in left if file not in files]
            yield Part(files, files, found.base, None, is_whole, views, claims, found.lost)
    if is_whole and left:
        together = dict.fromkeys(respelled((*declared, *left), group.files))
        yield Part(left, list(together), settings.folder, None, True, views, claims)
    elif left:
        yield from _by_folder(left, views, claims, listing)


def _of_assembly(
    files: list[str],
    assembly: "Assembly",
    group: Group,
    claims: Claims,
    declared: tuple[str, ...],
    views: Mapping[str, str],
) -> Part:
    """The files that lie in folders of one octoDNS configuration."""
    spelled = assembly.spelled(group.files).told(group.policy.settings.publishing)
    paths = dict.fromkeys((*spelled.paths, *respelled(declared, group.files)))
    held = claims._replace(held=claims.held | {*files})
    return Part(files, list(paths), assembly.base, spelled, bool(group.policy.settings.zones), views, held)


def _by_folder(given: list[str], views: Mapping[str, str], claims: Claims, listing: Listing) -> Iterator[Part]:
    by_folder: dict[str, list[str]] = {}
    for file in given:
        folder = os.path.dirname(file)
        above = os.path.dirname(folder) if is_split_folder(folder) else folder
        # `a.yaml` and `./b.yaml` lie in one folder, and each keeps its spelling.
        by_folder.setdefault(os.path.normpath(above or "."), []).append(file)
    for place, files in by_folder.items():
        folder = "" if place == "." else place
        together = {path: path for path in estate_folder_files(folder, listing)}
        together.update((os.path.normpath(path), path) for path in files)
        yield Part(files, list(together.values()), folder, None, False, views, claims)


def part_of(name: str, policy: Policy) -> Part:
    """The estate that standard input belongs to by its name, a file that need not be there."""
    if name == "<stdin>" and not policy.settings.zones:
        return Part([name], [], "")
    return next(parts(Group(policy, [name])))
