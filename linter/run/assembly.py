"""Zones as octoDNS puts them together, from a configuration and the folders that it names."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping

from linter.providers.publishing import Publishing, publishing_of
from linter.providers.reach import Added, added_by
from linter.records.text.fault import quoted
from linter.run.files import estate_folder_files, is_in, respelled, upward
from linter.run.walk import names_in
from linter.source.frozen import Frozen
from linter.source.repository import leads_outside, repository_root
from linter.source.text import SourceFault, Span
from linter.zone.octodns_config import OctodnsConfig, Places, YamlSource, ZoneEntry, read_octodns_config, zone_name
from linter.zone.octodns_processors import Processor


class Layer(Frozen):
    """The files that one source gives to a zone, in the order in which they are read."""

    files: tuple[str, ...]
    source: YamlSource


class Assembled(Frozen):
    """One zone; `complete` is false where a source of it cannot be looked into, so that it may hold more.

    `processors` change it on its way to the provider; `entry` is the key of its entry in the configuration. `added`
    is what sources that are not files may add, `publishing` what its targets make of it.
    """

    layers: tuple[Layer, ...]
    complete: bool
    processors: tuple[Processor, ...] = ()
    entry: str = ""
    added: Added = Added()
    publishing: Publishing = Publishing()

    @property
    def files(self) -> tuple[str, ...]:
        """All of its files."""
        return tuple(dict.fromkeys(file for layer in self.layers for file in layer.files))


class Assembly(Frozen):
    """The zones of one configuration by name.

    `base` is the folder that octoDNS is started in, `folders` are those that zones are read from, as real paths,
    `paths` all YAML files in them. `places` are those in the configuration itself, which is the file `path`. `others`
    are folders, as real paths, that it names besides, and whose files are parts of zones at most. `lost` is what it
    says of zones that are not there.
    """

    base: str
    zones: dict[str, Assembled]
    folders: frozenset[str]
    paths: tuple[str, ...]
    places: Places = Places()
    path: str = ""
    others: frozenset[str] = frozenset()
    lost: tuple[SourceFault, ...] = ()

    def told(self, word: Publishing) -> "Assembly":
        """The same with the user's word about who publishes the zones."""
        zones = {name: zone._replace(publishing=zone.publishing.told(word)) for name, zone in self.zones.items()}
        return self._replace(zones=zones)

    def is_like(self, other: "Assembly") -> bool:
        """Whether both say the same, in whatever file."""
        return self._said() == other._said()

    def _said(self) -> "Assembly":
        return self._replace(places=Places(), path="", lost=())

    def holds(self, file: str) -> bool:
        """Whether a file lies where the configuration looks for zones."""
        return os.path.realpath(os.path.dirname(file)) in self.folders

    def has_parts_in(self, folder: str) -> bool:
        """Whether a provider that is not octoDNS's own has something in a folder: at most parts of zones."""
        return os.path.realpath(folder) in self.others

    def spelled(self, given: Iterable[str]) -> "Assembly":
        """The same with the files spelled as on the command line."""
        known = dict(zip(self.paths, respelled(self.paths, given), strict=True))
        zones = {}
        for name, zone in self.zones.items():
            layers = (layer._replace(files=tuple(known[file] for file in layer.files)) for layer in zone.layers)
            zones[name] = zone._replace(layers=tuple(layers))
        return self._replace(zones=zones, paths=tuple(dict.fromkeys(known.values())))


def read_assembly(path: str, octets: bytes) -> Assembly | None:
    """What a file says; None where it is not a configuration, or none of its folders is there."""
    folder = os.path.dirname(path)
    config = read_octodns_config(path, octets, repository_root(folder))
    found = _assembly(config, folder) if config is not None else None
    return found._replace(path=path) if found is not None else None


def _assembly(config: OctodnsConfig, folder: str) -> Assembly | None:
    """The zones on disk; None where no folder is named."""
    root = repository_root(folder)
    base = _base(config, folder, root)
    listings = {}
    read_from = {name for entry in config.zones for name in entry.sources}
    for name, source in config.sources.items():
        place = os.path.normpath(os.path.join(base, source.directory))
        if name in read_from and source.directory and _is_folder_in(place, root):
            listings[name] = _Listing(source, place)
    others = _real_folders(base, config.folders, root)
    unread = (source.directory for name, source in config.sources.items() if name not in listings)
    if not listings and not others and not any(unread):
        return None
    zones = {entry.name: _assembled(entry, entry, listings, config) for entry in _entries(config, listings)}
    entries = {entry.name: entry for entry in config.zones}
    for entry in config.zones:
        if entry.alias in entries:
            zones[entry.name] = _assembled(entry, entries[entry.alias], listings, config)
    if any(entry.is_vague for entry in config.zones) and sum(entry.name.startswith("*") for entry in config.zones) > 1:
        # Which entry a zone falls to is for a regular expression to say; the sources of each are only a part.
        fixed = {entry.name for entry in config.zones}
        zones = {name: zone if name in fixed else zone._replace(complete=False) for name, zone in zones.items()}
    places = dict.fromkeys(listing.folder for listing in listings.values())
    paths = dict.fromkeys(path for place in places for path in estate_folder_files(place))
    paths.update(dict.fromkeys(file for zone in zones.values() for file in zone.files))
    folders = {os.path.realpath(place) for place in {*places, *(os.path.dirname(path) for path in paths)}}
    lost = tuple(lost_zones(config, listings, {name: zone.files for name, zone in zones.items()}))
    return Assembly(base, zones, frozenset(folders), tuple(paths), config.places, "", others - folders, lost)


def _real_folders(base: str, names: Iterable[str], root: str) -> frozenset[str]:
    """The folders that are there, but for the one they are relative to."""
    places = (os.path.normpath(os.path.join(base, name)) for name in names)
    found = {os.path.realpath(place) for place in places if _is_folder_in(place, root)}
    return frozenset(found - {os.path.realpath(base or "."), os.path.realpath(root)})


def _base(config: OctodnsConfig, folder: str, root: str) -> str:
    """The folder that the directories of a configuration are relative to.

    octoDNS takes its working directory: the root of the repository as a rule, else a folder between that and the
    configuration. The one in which most of the directories are.
    """
    directories = {source.directory for source in config.sources.values() if source.directory} | set(config.folders)
    places = [place for place in upward(folder) if is_in(place, root)]
    return max(
        reversed(places), key=lambda place: sum(_is_folder_in(os.path.join(place, each), root) for each in directories)
    )


def _is_folder_in(path: str, root: str) -> bool:
    """Whether a folder can be listed; of what lies outside nobody learns whether it is there."""
    return is_in(path, root) and os.path.isdir(path) and os.access(path, os.R_OK | os.X_OK)


class _Listing:
    """What the directory of one source holds: zone files and split zones by the name of the zone."""

    def __init__(self, source: YamlSource, folder: str) -> None:
        self.source = source
        self.folder = folder
        self.files: dict[str, str] = {}
        self.split: dict[str, str] = {}
        extension = source.split_extension
        for name in names_in(folder):
            path = os.path.join(folder, name)
            if name.endswith(".yaml") and name.count(".") > 1 and source.has_zone_files:
                self.files[zone_name(name.removesuffix(".yaml"))] = path
            elif extension and name.endswith(extension) and not leads_outside(path, folder) and os.path.isdir(path):
                self.split[zone_name(name.removesuffix(extension))] = path

    def of(self, zone: str) -> tuple[str, ...]:
        """The files of a zone in octoDNS's order."""
        found = [self.files[zone]] if zone in self.files else []
        if zone in self.split:
            place = self.split[zone]
            found += (os.path.join(place, name) for name in names_in(place) if name.endswith(".yaml"))
        shared = os.path.normpath(os.path.join(self.folder, self.source.shared)) if self.source.shared else ""
        if shared and is_in(os.path.dirname(shared), self.folder) and os.path.lexists(shared):
            found.append(shared)
        return tuple(sorted(found))


def _entries(config: OctodnsConfig, listings: dict[str, _Listing]) -> Iterator[ZoneEntry]:
    """Every zone with its sources, those that only a `*` stands for behind the others."""
    named = {entry.name for entry in config.zones}
    yield from (entry for entry in config.zones if not entry.name.startswith("*") and not entry.alias)
    for entry in config.zones:
        if entry.name.startswith("*"):
            for name in _listed(entry, listings):
                if name not in named:
                    named.add(name)
                    yield entry._replace(name=name)


def _listed(entry: ZoneEntry, listings: dict[str, _Listing]) -> list[str]:
    from fnmatch import fnmatchcase  # few configurations have a `glob`

    held = [listings[name] for name in entry.sources if name in listings]
    names = sorted({name for listing in held for name in (*listing.files, *listing.split)})
    return [name for name in names if not entry.glob or fnmatchcase(name, entry.glob)]


def _assembled(entry: ZoneEntry, source: ZoneEntry, listings: dict[str, _Listing], config: OctodnsConfig) -> Assembled:
    """One zone from the files of `source`, which is another where the entry is an alias; then it has its targets."""
    read = [listings[name] for name in source.sources if name in listings]
    layers = tuple(Layer(listing.of(source.name), listing.source) for listing in read)
    added = added_by((name for name in source.sources if name not in listings), config.providers, entry.name)
    publishing = publishing_of(source.targets, config.providers, source.is_lenient)
    is_whole = bool(source.sources) and added.is_known
    return Assembled(layers, is_whole, entry.processors, entry.written, added, publishing)


_WAY_OUT = "directories are relative to the folder that octoDNS is started in; check the path"


def lost_zones(
    config: OctodnsConfig, folders: Collection[str], files: Mapping[str, Collection[str]]
) -> Iterator[SourceFault]:
    """What to say of each entry whose sources are octoDNS's own, and give it no file.

    `folders` are the names of the sources whose folder was found, `files` those of each zone that were found in these.
    """
    unread: dict[str, list[Span]] = {}
    for entry in config.zones:
        place = config.places.zones.get(entry.written)
        if place is None or entry.alias or not entry.sources:
            continue
        if not all(name in config.sources and config.sources[name].directory for name in entry.sources):
            continue  # another class of source, or a folder that only the environment knows, may well have it
        if not any(name in folders for name in entry.sources):
            unread.setdefault(entry.sources[0], []).append(place)
        elif not entry.name.startswith("*") and not files.get(entry.name):
            yield _lost(place, 0, f"there is no file for it in `{_folder(config, entry.sources[0])}`")
    for name, (place, *others) in unread.items():
        why = f"there is no folder `{_folder(config, name)}`, which the source {quoted(name, 60)} reads"
        yield _lost(place, len(others), why)


def _folder(config: OctodnsConfig, source: str) -> str:
    return quoted(config.sources[source].directory, 80).strip("`")


def _lost(place: Span, others: int, why: str) -> SourceFault:
    zones = f"this zone and {others:,} more are" if others else "this zone is"
    return SourceFault(place, "not-a-zone", f"{zones} not checked: {why}", _WAY_OUT)
