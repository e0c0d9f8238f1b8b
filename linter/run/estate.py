"""All zones that belong together: known by the names of their files, read only when a question lands in one."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from linter.lookup.answer import Resolver
from linter.lookup.chain import Chain
from linter.lookup.zone_index import ZoneIndex
from linter.lookup.zones import Zones
from linter.records.spf.record import Spf
from linter.source.file import Unreadable, source_of
from linter.source.frozen import Frozen
from linter.source.text import Source, SourceFault
from linter.source.typed import TYPE_CHECKING
from linter.zone.document import Document
from linter.zone.doubled import without_doubled
from linter.zone.model import Zone
from linter.zone.reading import zone_from

from .declared import Declared
from .depending import Dependents, Depending
from .files import is_split_folder, of_one_zone
from .reading import Reading
from .scan import Scan
from .views import hidden_from, one_of_each_folder

if TYPE_CHECKING:
    from linter.facts.spf.tree import SpfTrees

    from .assembly import Assembly
    from .key_index import KeyIndex
    from .pointing import Pointing

_MOST_JUDGED = 16
"""Zones that are kept after they were judged, for the questions of others that are judged next."""
_MOST_HELD = 128
"""Other files that are held between two zones: those that questions have led to, the latest."""
_MOST_ANSWERED = 512
"""Zones that are judged before all answers and trees are let go: most of them were about these zones alone."""


class ZoneFiles(Frozen):
    """One zone and all of its files; `zone` is "" for a file that is not a zone."""

    zone: str
    files: tuple[str, ...]


class Estate:
    """The zones of one configuration, or of one folder where there is none.

    `read_files` lists the files read as zones so far, in order; `scan.files` those that were only looked into.
    A native file may have any name, so those that are not named after a zone are looked into at the first question
    that no file name answers. A zone that two files declare in full, as internal and external views do, is known to
    no question from elsewhere: nobody here can tell which of them is served.
    `resolvers` answer, one after the other, for what the zones do not know. `assembly` says of which files octoDNS puts
    zones together, and by which names; it counts before the names of files. `is_whole` is whether the
    configuration says that there are no other zones. `seen` puts a zone as its servers have it in the place of the
    declared one. `views` are those that a configuration gives to files, by real path; others are in their folder's.
    """

    def __init__(
        self,
        paths: Iterable[str],
        root: str,
        resolvers: Iterable[Resolver] = (),
        assembly: "Assembly | None" = None,
        is_whole: bool = False,
        seen: "Callable[[Zone], Zone] | None" = None,
        views: Mapping[str, str] | None = None,
    ) -> None:
        self.root, self._views = root, views or {}
        self._resolvers = tuple(resolvers)
        self._around: dict[str, Estate] = {}
        self._is_one_view: bool | None = None
        self.is_whole, self._seen = is_whole, seen
        self.read_files: list[str] = []
        self.scan = Scan()
        self.assembly = self._assembly = assembly
        self._declared = Declared(paths, assembly.zones if assembly else {}, self.scan)
        self._documents: dict[str, Document] = {}
        self._reading = Reading(root, assembly)
        self.given: list[Document] = []
        self._judged: list[ZoneFiles] = []
        self._indexed: dict[str, list[ZoneFiles]] = {}
        self._count = 0
        self._indexes: dict[ZoneFiles, ZoneIndex | None] = {}
        self._answering: dict[str, ZoneIndex] = {}
        self._spf_trees: SpfTrees | None = None
        self._keys: KeyIndex | None = None
        self._pointings: dict[str, Pointing] = {}
        self.zones = Zones(self.index_of)
        self.resolver: Resolver = Chain([self.zones, *self._resolvers]) if self._resolvers else self.zones

    def add(self, source: Source, fault: SourceFault | None = None) -> None:
        """Take in text that stands for a file, whatever that holds: standard input."""
        self.take_in(self._read(source, fault))

    def take_in(self, document: Document) -> None:
        """Take in a file that was read, whatever is there."""
        path = document.source.path
        self._declared.unnamed = [each for each in self._declared.unnamed if each != path]
        self._documents[path] = document
        self.given.append(document)
        self._declared.zone_of[path] = document.zone
        if path not in self._declared.made:
            self._declared.move(path, document.zone)

    def document(self, path: str, octets: bytes | None = None) -> Document:
        """A file read, once; `octets` are what it holds, where the caller knows. Raises Unreadable."""
        known = self._documents.get(path)
        if known is None:
            self.read_files.append(path)
            found = source_of(path, self.scan.read(path) if octets is None else octets)
            known = self._documents[path] = self._read(*found)
            if known.declared is not None and known.names is not None and path not in self._declared.made:
                self._rename(path, known.zone)
            self._declared.zone_of[path] = known.zone
        return known

    def _read(self, source: Source, fault: SourceFault | None) -> Document:
        zone = next(iter(self._declared.made.get(source.path, ())), "")
        return self._reading.document(source, fault, zone)

    def release(self, zone: ZoneFiles) -> None:
        """Let go of a zone that was judged a while ago: memory stays flat, and fresh memory costs more than reading.

        A question that lands there later reads its files again; of what such questions have read, the oldest goes.
        """
        self._judged.append(zone)
        self._count += 1
        if self._count % _MOST_ANSWERED == 0:
            self.zones.forget()
            self.forget_trees()
            self.scan.let_go()
        if len(self._judged) > _MOST_JUDGED:
            self._let_go(self._judged.pop(0).files)
        if len(self._documents) > _MOST_JUDGED + _MOST_HELD:
            held = [path for path, document in self._documents.items() if document not in self.given]
            self._let_go(held[: max(0, len(held) - _MOST_JUDGED - _MOST_HELD)])

    def _let_go(self, paths: Iterable[str]) -> None:
        for path in paths:
            self._documents.pop(path, None)
            for zone in self._indexed.pop(path, ()):
                self._answering.pop(zone.zone, None)
                self._indexes.pop(zone, None)

    def zone_names(self, zones: Iterable[ZoneFiles]) -> dict[str, str]:
        """The zone that each file of these zones, which were read, is named after or declares."""
        known = self._declared.zone_of
        return {path: known[path] for zone in zones for path in zone.files if path in known}

    def learn(self, zones: dict[str, str]) -> None:
        """Take the zones of files from somebody who has read them."""
        self._declared.zone_of.update(zones)

    def _rename(self, path: str, zone: str) -> None:
        """A native file may have any name: it is known by what it declares."""
        if path in self._declared.named(zone):
            return
        self._answering.clear()
        if self._declared.named(zone):
            self._around.clear()
        self.zones.forget()
        self._spf_trees = None
        self._declared.move(path, zone)

    def _name_the_unnamed(self) -> None:
        """Look, once, for the zones of files that are not named after one."""
        unnamed, self._declared.unnamed = self._declared.unnamed, []
        zones = self.scan.declared_zones(path for path in unnamed if path not in self._documents) if unnamed else {}
        for path in unnamed:
            if path in zones:
                self._rename(path, zones[path])

    def zones_of(self, path: str) -> tuple[ZoneFiles, ...]:
        """The zones that a file is a part of: one, or as many as octoDNS makes of it. Raises Unreadable."""
        if made := self._declared.made.get(path):
            return tuple(ZoneFiles(zone, tuple(self._declared.of(zone))) for zone in made)
        document = self.document(path)
        if document.names is None:
            return (ZoneFiles("", (path,)),)
        if self._is_passed_over(path, document.zone):
            return ()
        return (ZoneFiles(document.zone, self._together(path)),)

    def _is_passed_over(self, path: str, zone: str) -> bool:
        """Whether octoDNS reads other files for the zone, so that this one has no effect."""
        return any(self.place_of(path) == self.place_of(file) for file in self.files_that_octodns_reads(zone) or ())

    def index(self, zone: ZoneFiles) -> ZoneIndex | None:
        """A whole zone made ready for questions; None where it is not a zone. Raises Unreadable."""
        if zone not in self._indexes:
            assembled = self._declared.assembled.get(zone.zone)
            if self._assembly is not None and assembled is not None and assembled.files == zone.files:
                from .published_zone import published_zone  # only repositories that octoDNS publishes need it

                read = published_zone(zone.zone, self._assembly, self.document)
            else:
                read = zone_from([self.document(path) for path in zone.files])
            read = self._seen(read) if read is not None and self._seen is not None else read
            self._indexes[zone] = ZoneIndex(without_doubled(read)) if read else None
            for path in zone.files:
                self._indexed.setdefault(path, []).append(zone)
        return self._indexes[zone]

    def _together(self, path: str) -> tuple[str, ...]:
        """The files of one zone: those of a split folder, and the file beside it (octoDNS's hybrid form)."""
        return of_one_zone(path, self._declared.named(self.document(path).zone) or (path,))

    def index_of(self, name: str) -> ZoneIndex | None:
        """The zone of exactly that name for questions from anywhere in the estate."""
        known = self._answering.get(name)
        if known is not None:
            return known
        if name not in self._declared.assembled and not self._declared.named(name):
            if not self._declared.unnamed:
                return None
            self._name_the_unnamed()
            if not self._declared.named(name):
                return None
        known = self._answering[name] = self._answering_index(name, self._declared.of(name))
        return known

    def _answering_index(self, name: str, paths: Sequence[str]) -> ZoneIndex:
        """The zone, or one of which nothing is known where it lies elsewhere, or two files declare it."""
        try:
            if name in self._declared.assembled:
                found = self.index(ZoneFiles(name, tuple(paths))) if paths else None
            else:
                together = self._together(paths[0])
                is_whole = set(together) == set(self._declared.named(name))
                found = self.index(ZoneFiles(name, together)) if is_whole else None
        except Unreadable:
            found = None
        if found is None or found.zone.name != name:  # a file that names another zone says nothing of this one
            return ZoneIndex(Zone(name, (), (), complete=False))
        return found

    def aliases_to(self, name: str) -> tuple[str, ...]:
        """The names of all CNAMEs in the estate that point to `name`."""
        return self._pointing("CNAME").owners(name)

    def has_exchange(self, name: str) -> bool:
        """Whether an MX record of the estate names a host."""
        return bool(self._pointing("MX").owners(name))

    def _pointing(self, kind: str) -> "Pointing":
        known = self._pointings.get(kind)
        if known is None:
            from .pointing import Pointing  # few zones have a question for it

            near, indexes_of = self._files_with, self._looked_through
            known = self._pointings[kind] = Pointing(kind, self._declared, self.read_files, near, indexes_of)
        return known

    def _files_with(self, label: str) -> Iterator[str]:
        """The files in which a label may stand: those that are held, then those that mention it."""
        files = self._declared.files
        yield from [path for path in files if path in self._documents]
        others = self.scan.holding([path for path in files if path not in self._documents], label)
        yield from (path for path in others if path not in self._documents)

    def _looked_through(self, path: str) -> Iterator[ZoneIndex]:
        """The zones that a file is a part of, which is let go again if it was not held."""
        is_held = path in self._documents
        yield from self._indexes_of(path)
        if not is_held:
            self._let_go((path,))

    @cached_property
    def report_addresses(self) -> tuple[str, ...]:
        """What DMARC records anywhere in the files have as `rua`, whole and in lower case, the most frequent first."""
        from .report_addresses import MARK, report_addresses

        return report_addresses(self.scan.every(self._documents, self._declared.files, (MARK,)))

    def mentions(self, name: str) -> bool:
        """Whether a name stands anywhere in the files, in whatever case and role."""
        return self.scan.mentions(name, self._documents, self._declared.files)

    def spf_trees(self, parse: Callable[[str], Spf]) -> "SpfTrees":
        """The trees of SPF records over all zones and what is known beyond them."""
        from linter.facts.spf.tree import SpfTrees  # only records that ask DNS have trees

        self._spf_trees = trees = self._spf_trees or SpfTrees(self.resolver, parse)
        return trees

    def all_zones(self) -> tuple[str, ...]:
        """The names of all zones, sorted; none where others may lie elsewhere."""
        if not self.is_whole:
            return ()
        self._name_the_unnamed()
        return tuple(sorted({*self._declared.assembled, *filter(self._declared.named, self._declared.zones)}))

    def forget_trees(self) -> None:
        """Count anew: what is known beyond the zones has changed."""
        self._spf_trees = None
        for estate in {*self._around.values()} - {self}:
            estate.forget_trees()

    def zones_with_key(self, base64: str) -> tuple[ZoneIndex, ...]:
        """The zones whose files hold a DKIM key, by the text of its `p=`; other files are not parsed."""
        paths: Iterable[str] = self._declared.files
        if len(self._declared.files) > 1:
            if self._keys is None:
                from .key_index import KeyIndex  # for zones with keys only

                self._keys = KeyIndex(self._declared.files, self.scan)
            paths = self._keys.paths(base64)
        found = {index.zone.name: index for path in paths for index in self._indexes_of(path)}
        return tuple(found[name] for name in sorted(found))

    def dependents(self, checked: Iterable[str], judged: Iterable[ZoneFiles] | None = None) -> Dependents:
        """The other files of the estate that depend on a zone of the checked ones.

        Those that mention its name, or a name in it, those of the zones below it, which inherit policies, and what
        depends on these in its turn: an include or alias may lead there by several zones. `judged` are the zones that
        count, where files are a part of others as well.
        """
        if judged is None:
            zones = self._declared.zones_of(checked)
        else:
            broken = [path for zone in judged for path in zone.files if not zone.zone]
            zones = {zone.zone for zone in judged if zone.zone} | self._declared.zones_of(broken)
        return Depending(self._declared, self.scan, self._indexes_of).on(zones, checked)

    def declarations(self, checked: Collection[str]) -> dict[str, list[str]]:
        """The files that may declare each zone of the checked files, but for those that octoDNS reads."""
        return self._declared.declarations(checked)

    def files_that_octodns_reads(self, zone: str) -> tuple[str, ...] | None:
        """Those of which its configuration makes a zone; None where it has no such zone."""
        assembled = self._declared.assembled.get(zone)
        return assembled.files if assembled is not None else None

    def view_of(self, path: str) -> str:
        """Whose answers a file holds: those of one view of the configuration, of octoDNS, or of its place."""
        return self._named_view(path) or ("what octoDNS reads" if path in self._declared.made else self.place_of(path))

    def _named_view(self, path: str) -> str:
        return self._views.get(os.path.realpath(path), "") if self._views else ""

    def place_of(self, path: str) -> str:
        """The view that the configuration gives to a file, else its folder, for a part of a split zone that zone's."""
        folder = os.path.dirname(path)
        above = os.path.dirname(folder) if is_split_folder(folder) else folder
        return self._named_view(path) or f"{above}{os.sep}"

    def around(self, path: str) -> "Estate":
        """The zones as those in the view of a file see them: of what several views declare, they have their own."""
        if self._is_one_view is None:
            files = self._declared.files
            paths = files if self._views else one_of_each_folder(files, self._declared.made)
            self._is_one_view = len({self.view_of(each) for each in paths}) < 2
        if self._is_one_view:
            return self
        view = self.view_of(path)
        if view not in self._around:
            self._around[view] = self._seen_from(view)
        return self._around[view]

    def _seen_from(self, view: str) -> "Estate":
        self._name_the_unnamed()
        views = {path: self.view_of(path) for path in self._declared.files}
        hidden = hidden_from(view, map(self.files_declaring, self._declared.zones), views)
        if not hidden:
            return self
        assembly = self._assembly
        if assembly is not None:
            zones = {zone: each for zone, each in assembly.zones.items() if hidden.isdisjoint(each.files)}
            assembly = assembly._replace(zones=zones)
        paths = [path for path in views if path not in hidden]
        estate = Estate(paths, self.root, self._resolvers, assembly, self.is_whole, self._seen, self._views)
        for document in self.given:
            if document.source.path not in hidden:
                estate.take_in(document)
        return estate

    def files_declaring(self, zone: str) -> tuple[str, ...]:
        """The files that declare a zone, in whatever view, but those that octoDNS passes over."""
        others = self._declared.named(zone) if zone in self._declared.assembled else ()
        return (*self._declared.of(zone), *(path for path in others if not self._is_passed_over(path, zone)))

    def _indexes_of(self, path: str) -> list[ZoneIndex]:
        """The zones that a file is a part of, as far as they can be read."""
        try:
            found = [self.index(zone) for zone in self.zones_of(path)]
        except Unreadable:
            return []
        return [index for index in found if index is not None]

    def public_suffix(self, name: str) -> str:
        """The public suffix of an absolute name; the name itself if it is one."""
        from .public_suffixes import public_suffix  # few zones have a question for it

        return public_suffix(name)
