"""Which files declare which zone: their names tell, until they are looked into or read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from linter.records.text.name import ancestors
from linter.source.typed import TYPE_CHECKING
from linter.zone.document import zone_name_of

from .scan import Scan, is_named_after_zone

if TYPE_CHECKING:
    from .assembly import Assembled

_FEW = 8


class Declared:
    """The files of an estate by zone. `assembled` are the zones that octoDNS makes, which count before names of files.

    `made` are those that it makes of each of their files, `zone_of` is the zone that each file which was read is named
    after or declares, `unnamed` are files that no zone's name was looked for in.
    """

    def __init__(self, paths: Iterable[str], assembled: "Mapping[str, Assembled]", scan: Scan) -> None:
        self.assembled, self._scan = assembled, scan
        self.made: dict[str, list[str]] = {}
        for zone, path in ((zone, path) for zone, each in assembled.items() for path in each.files):
            self.made.setdefault(path, []).append(zone)
        self._named: dict[str, list[str]] = {}
        for path in paths:
            if path not in self.made:
                self._named.setdefault(zone_name_of(path), []).append(path)
        self.unnamed = [path for paths in self._named.values() for path in paths if not is_named_after_zone(path)]
        self._moved: dict[str, str] = {}
        self.zone_of: dict[str, str] = {}

    @cached_property
    def files(self) -> list[str]:
        """Every file, those of assembled zones first."""
        return [*self.made, *(path for paths in self._named.values() for path in paths)]

    @property
    def zones(self) -> tuple[str, ...]:
        """Every zone, also one whose files have turned out to be of another."""
        return (*self.assembled, *self._named)

    def named(self, zone: str) -> Sequence[str]:
        """The files that declare a zone by their name or their text."""
        return self._named.get(zone, ())

    def of(self, zone: str) -> Sequence[str]:
        """The files of a zone."""
        return self.assembled[zone].files if zone in self.assembled else self.named(zone)

    def move(self, path: str, zone: str) -> None:
        """Take a file for one of another zone than its name says."""
        before = self._named.get(self._name(path), [])
        if path in before:
            before.remove(path)
        self._moved[path] = zone
        if path not in self._named.setdefault(zone, []):
            self._named[zone].append(path)
        self.__dict__.pop("files", None)

    def _name(self, path: str) -> str:
        """The zone that a file is taken for one of, where octoDNS makes none of it."""
        return self._moved.get(path) or zone_name_of(path)

    def zones_of(self, paths: Iterable[str]) -> set[str]:
        """The zones of files that were read, or that octoDNS makes of them."""
        return {zone for path in paths for zone in (*self.made.get(path, ()), self.zone_of.get(path, "")) if zone}

    def zones_named(self, paths: Iterable[str]) -> set[str]:
        """The zones of files, as octoDNS makes them or else as they are named, whether they were read or not."""
        return {zone for path in paths for zone in self.made.get(path) or (self._name(path),)}

    def below(self, zones: set[str]) -> set[str]:
        """The files of all zones below these."""
        ends = tuple(f".{zone}" for zone in zones)
        if len(zones) <= _FEW and "." not in zones:
            found = [name for name in self.zones if name.endswith(ends)]
        else:
            found = [name for name in self.zones if not zones.isdisjoint(ancestors(name)[1:])]
        return {path for name in found for path in self.of(name)}

    def declarations(self, checked: Collection[str]) -> dict[str, list[str]]:
        """The files that may declare each zone of the checked files, but for those that octoDNS reads."""
        unread = dict.fromkeys(path for path in self.files if path not in self.zone_of and path not in self.made)
        zones = self.zones_of(checked)
        # Some were read for another estate that they are a part of.
        zones.update(self._scan.declared_zone(path) or self._name(path) for path in checked if path in unread)
        told = self._scan.declared_zones(unread, zones) if unread else {}
        # What is named after one of the zones may declare any other.
        own = (path for zone in zones for path in self.named(zone) if path in unread)
        told.update((path, zone) for path in own if (zone := self._scan.declared_zone(path)))
        told |= self.zone_of
        found = {zone: [path for path in self.named(zone) if (told.get(path) or zone) == zone] for zone in zones}
        for path, zone in told.items():
            if zone in found and path not in self.made and path not in self.named(zone):
                found[zone].append(path)
        return found
