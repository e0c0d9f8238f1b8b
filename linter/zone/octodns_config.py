"""octoDNS's own configuration: which directories of YAML files each zone is put together from, and what else."""

from collections.abc import Iterator
from collections.abc import Mapping as ByName

from linter.records.text.fault import nearest, quoted
from linter.records.text.name import to_ascii
from linter.source.file import source_of
from linter.source.frozen import Frozen
from linter.source.include import Includer
from linter.source.plain import PlainValue, entry_of, key_text, plain_value
from linter.source.text import SourceFault, Span
from linter.source.tree import Mapping, Scalar, Sequence, located, unalias
from linter.source.yaml_reader import read_yaml

from .octodns_processors import Processor, named, read_processors

_YAML = "octodns.provider.yaml.YamlProvider"
_SPLIT = "octodns.provider.yaml.SplitYamlProvider"
_MADE_BY_OCTODNS = ("auto-arpa",)
"""Sources that need not be configured."""
_WAY_OUT = "name one of the `providers`, or add this one to them"


class YamlSource(Frozen):
    """A provider that reads YAML files, with octoDNS's own defaults.

    `directory` is as written: relative to where octoDNS is started, "" where only the environment knows it. A zone is
    read from the folder that is called like it with `split_extension` behind, which may be "" for none, from its
    file, unless `has_zone_files` is false, and from the `shared` file of all zones. `replaces` is whether its records
    take the place of those that earlier sources have. `ttl` is the one of records without any, in seconds.
    `escaped` is whether semicolons in TXT values are written `\\;`; None where that is left to octoDNS's version.
    """

    directory: str
    split_extension: str
    has_zone_files: bool
    shared: str
    replaces: bool
    ttl: int | None
    escaped: bool | None = None


class Provider(Frozen):
    """A provider of any class: the path of that, and its settings as they stand in the file."""

    kind: str
    settings: ByName[str, PlainValue]


class ZoneEntry(Frozen):
    """One zone: its absolute name and the names of its sources in their order.

    A `name` that begins with `*` stands for all zones that the sources list and no other entry names; with `glob` for
    those that match it. `is_vague` is whether a regular expression chooses among them, which is not run. `alias` is
    the zone whose records this one has as well. `processors` change the zone on its way, in their order. `written` is
    the key of the entry. `targets` are the names of the providers that publish it, `is_lenient` is whether octoDNS
    publishes what it would else refuse.
    """

    name: str
    sources: tuple[str, ...]
    glob: str = ""
    is_vague: bool = False
    alias: str = ""
    processors: tuple[Processor, ...] = ()
    written: str = ""
    targets: tuple[str, ...] = ()
    is_lenient: bool = False


class Places(Frozen):
    """Where a configuration speaks of its zones, by the keys of their entries, and of its processors, by name."""

    zones: ByName[str, Span] = {}
    processors: ByName[str, Span] = {}


class OctodnsConfig(Frozen):
    """A configuration: its sources of YAML by name, its zones in their order, and all of its providers by name.

    `folders` are those that providers of other classes name, as written: what they read or write there is not known.
    """

    sources: dict[str, YamlSource]
    zones: tuple[ZoneEntry, ...]
    places: Places = Places()
    providers: ByName[str, Provider] = {}
    folders: tuple[str, ...] = ()


def read_octodns_config(path: str, octets: bytes, root: str) -> OctodnsConfig | None:
    """The configuration that a file holds; None where it is something else, or cannot be read.

    `root` is the folder that `!include` may not leave. No value is looked up in the environment.
    """
    source, fault = source_of(path, octets)
    tree = None if fault else read_yaml(source, Includer(root))
    document = plain_value(tree.root) if tree is not None and tree.root is not None else None
    if not is_octodns_config(document):
        return None
    secrets = {"env", *_table(document, "secret_handlers")}
    sources = {}
    folders: list[str] = []
    for name, settings in _table(document, "providers").items():
        read = _source(settings, secrets) if isinstance(settings, dict) else None
        if read is not None:
            sources[name] = read
        elif isinstance(settings, dict):
            folders += _folders(settings, secrets)
    processors = _Processors(document, secrets)
    zones = [
        _zone(name, held if isinstance(held, dict) else {}, processors)
        for name, held in _table(document, "zones").items()
    ]
    top = unalias(tree.root)[0] if tree is not None and tree.root is not None else None
    places = Places(_keys(top, "zones"), _keys(top, "processors")) if isinstance(top, Mapping) else Places()
    return OctodnsConfig(sources, _with_those_of_aliases(zones), places, dict(_providers(document)), tuple(folders))


def _providers(document: PlainValue) -> Iterator[tuple[str, Provider]]:
    for name, settings in _table(document, "providers").items():
        if isinstance(settings, dict):
            yield name, Provider(_text(settings.get("class")), settings)


class _Processors:
    """The processors of a configuration, and those that it asks for at every zone."""

    def __init__(self, document: PlainValue, secrets: set[str]) -> None:
        self._known = read_processors(_table(document, "processors"), secrets)
        manager = _table(document, "manager")
        self._before = named(manager.get("processors"), self._known)
        self._behind = named(manager.get("post_processors"), self._known)

    def of(self, settings: dict[str, PlainValue]) -> tuple[Processor, ...]:
        """Those of one zone in octoDNS's order."""
        return (*self._before, *named(settings.get("processors"), self._known), *self._behind)


def _with_those_of_aliases(zones: list[ZoneEntry]) -> tuple[ZoneEntry, ...]:
    """octoDNS 1.22 sends an alias through the processors of the zone that it came to last (`Manager.sync`)."""
    others = [entry for entry in zones if not entry.alias]
    last = next((entry for entry in reversed(others) if entry.name.startswith("*")), others[-1] if others else None)
    processors = last.processors if last is not None else ()
    return tuple(entry._replace(processors=processors) if entry.alias else entry for entry in zones)


def _keys(root: Mapping, name: str) -> dict[str, Span]:
    """Where the keys of one of the tables are."""
    table = _mapping(root, name)
    return {key_text(key): located(key) for key in table.keys} if table is not None else {}


def is_octodns_config(document: PlainValue) -> bool:
    """Whether a document has the shape: zones, and providers each of a class."""
    if not isinstance(document, dict) or not isinstance(document.get("zones"), dict):
        return False
    providers = document.get("providers")
    return isinstance(providers, dict) and any(
        isinstance(each, dict) and "class" in each for each in providers.values()
    )


def unknown_sources(root: Mapping) -> Iterator[SourceFault]:
    """The sources of zones that the configuration knows nothing of: octoDNS does not run with one."""
    providers = _mapping(root, "providers")
    known = [key_text(key) for key in providers.keys] if providers else []
    zones = _mapping(root, "zones")
    for zone in zones.values if zones else ():
        entry = unalias(zone)[0]
        sources = entry_of(entry, "sources") if isinstance(entry, Mapping) else None
        listed = unalias(sources[1])[0] if sources else None
        for item in listed.items if isinstance(listed, Sequence) else ():
            source, via = unalias(item)
            if isinstance(source, Scalar) and source.text not in (*known, *_MADE_BY_OCTODNS):
                place = Span(source.source, source.start, source.end, via)
                message = f"{quoted(source.text)} is none of the `providers`, so octoDNS stops here"
                meant = nearest(source.text, known)
                yield SourceFault(place, "zone-shape", message, f"did you mean `{meant}`?" if meant else _WAY_OUT)


def _mapping(root: Mapping, name: str) -> Mapping | None:
    entry = entry_of(root, name)
    held = unalias(entry[1])[0] if entry else None
    return held if isinstance(held, Mapping) else None


def _table(document: PlainValue, key: str) -> dict[str, PlainValue]:
    held = document.get(key) if isinstance(document, dict) else None
    return held if isinstance(held, dict) else {}


def _source(settings: dict[str, PlainValue], secrets: set[str]) -> YamlSource | None:
    kind = settings.get("class")
    if kind not in (_YAML, _SPLIT):
        return None
    is_split = kind == _SPLIT
    directory, ttl = _text(settings.get("directory")), settings.get("default_ttl")
    escaped = settings.get("escaped_semicolons")
    extension = _text(settings.get("extension", ".")) if is_split else _text(settings.get("split_extension"))
    return YamlSource(
        "" if "/" in directory and directory.partition("/")[0] in secrets else directory,
        extension,
        not is_split and settings.get("disable_zonefile") is not True,
        _text(settings.get("shared_filename")),
        settings.get("populate_should_replace") is True,
        ttl if isinstance(ttl, int) and not isinstance(ttl, bool) and ttl >= 0 else None,
        escaped if isinstance(escaped, bool) else None,
    )


def _folders(settings: dict[str, PlainValue], secrets: set[str]) -> Iterator[str]:
    """What the settings of a provider of another class name as folders."""
    for key, value in settings.items():
        is_folder = any(word in key.lower() for word in ("dir", "path", "folder"))
        if is_folder and isinstance(value, str) and value.partition("/")[0] not in secrets:
            yield value


def _zone(name: str, settings: dict[str, PlainValue], processors: _Processors) -> ZoneEntry:
    sources, targets = _names(settings.get("sources")), _names(settings.get("targets"))
    asked, is_lenient = processors.of(settings), settings.get("lenient") is True
    if name.startswith("*"):
        glob, is_vague = _text(settings.get("glob")), "regex" in settings
        return ZoneEntry(name, sources, glob, is_vague, "", asked, name, targets, is_lenient)
    alias = _text(settings.get("alias"))
    aliased = zone_name(alias) if alias else ""
    return ZoneEntry(zone_name(name), sources, "", False, aliased, asked, name, targets, is_lenient)


def _names(given: PlainValue) -> tuple[str, ...]:
    """The names in a list, or a single one."""
    return tuple(_text(each) for each in given) if isinstance(given, list) else tuple(filter(None, [_text(given)]))


def zone_name(written: str) -> str:
    """A zone's name absolute, in lower case and A-labels."""
    return f"{to_ascii(written.lower().strip('.'))[0]}."


def _text(value: PlainValue) -> str:
    return value if isinstance(value, str) else ""
