"""Zones of octoDNS's configuration that are not there: what is not found is told, and never taken for checked."""

from collections.abc import Collection, Iterator, Mapping

from linter.records.text.fault import quoted
from linter.source.text import SourceFault, Span
from linter.zone.octodns_config import OctodnsConfig

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
