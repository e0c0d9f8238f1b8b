"""All zones that belong together: known by the names of their files, read only when a question lands in one."""

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from linter.lookup.answer import Resolver
from linter.lookup.chain import Chain
from linter.lookup.zone_index import ZoneIndex
from linter.lookup.zones import Zones
from linter.records.spf import Spf
from linter.source.file import Unreadable, read_octets, source_of
from linter.source.include import Includer
from linter.source.text import Source
from linter.zone.document import Document, read_document, zone_from, zone_name_of
from linter.zone.model import Target, Zone

from .scan import Scan, is_named_after_zone

if TYPE_CHECKING:
    from linter.facts.spf_tree import SpfTrees

    from .key_index import KeyIndex


_MOST_JUDGED = 16
"""Zones that are kept after they were judged, for the questions of others that are judged next."""


class Estate:
    """The zones of one configuration, or of one folder where there is none.

    `read_files` lists the files read as zones so far, in order; `scan.files` those that were only looked into.
    A native file may have any name, so those that are not named after a zone are looked into at the first question
    that no file name answers. A zone that two files declare in full, as internal and external views do, is known to
    no question from elsewhere: nobody here can tell which of them is served.
    `beyond` answers, one after the other, for what the zones do not know. `seen` puts a zone as its servers have it in
    the place of the declared one.
    """

    def __init__(
        self,
        paths: Iterable[str],
        root: str,
        beyond: Iterable[Resolver] = (),
        seen: "Callable[[Zone], Zone] | None" = None,
    ) -> None:
        self.root = root
        self._seen = seen
        self.read_files: list[str] = []
        self.scan = Scan()
        self._paths: dict[str, list[str]] = {}
        for path in paths:
            self._paths.setdefault(zone_name_of(path), []).append(path)
        self._unnamed = [path for paths in self._paths.values() for path in paths if not is_named_after_zone(path)]
        self._documents: dict[str, Document] = {}
        self._zone_of: dict[str, str] = {}
        self._judged: list[tuple[str, ...]] = []
        self._released: set[str] = set()
        self._indexes: dict[tuple[str, ...], ZoneIndex | None] = {}
        self._answering: dict[str, ZoneIndex | None] = {}
        self._suffixes: PublicSuffixes | None = None
        self._spf_trees: SpfTrees | None = None
        self._keys: KeyIndex | None = None
        self.zones = Zones(self.index_of)
        others = tuple(beyond)
        self.resolver: Resolver = Chain([self.zones, *others]) if others else self.zones

    def add(self, source: Source, document: Document) -> None:
        """Take in a document that did not come from a file of the estate: standard input."""
        self._documents[source.path] = document
        self._paths[document.zone] = [source.path]

    def document(self, path: str) -> Document:
        """A file read, once. Raises Unreadable."""
        known = self._documents.get(path)
        if known is None:
            self.read_files.append(path)
            source, fault = source_of(path, read_octets(path))
            known = self._documents[path] = read_document(source, fault, Includer(self.root))
            if known.zone != zone_name_of(path) and known.names is not None:
                self._rename(path, known.zone)
            self._zone_of[path] = known.zone
        return known

    def release(self, paths: tuple[str, ...]) -> None:
        """Let go of files that were judged a while ago: memory stays flat, and fresh memory costs more than reading.

        A question that lands there later reads them again; they are shared then, and stay.
        """
        self._judged.append(paths)
        if len(self._judged) > _MOST_JUDGED:
            paths = self._judged.pop(0)
            if self._released.isdisjoint(paths):
                for path in paths:
                    self._answering.pop(self._documents.pop(path).zone, None)
                self._indexes.pop(paths, None)
                self._released.update(paths)

    def _rename(self, path: str, zone: str) -> None:
        """A native file may have any name: it is known by what it declares."""
        if path in self._paths.get(zone, ()):
            return
        self._answering.clear()
        self.zones.forget()
        self._spf_trees = None
        self._take_from(zone_name_of(path), path)
        self._take_from(self.scan.declared_zone(path) if path in self.scan.files else "", path)
        self._paths.setdefault(zone, []).append(path)

    def _take_from(self, name: str, path: str) -> None:
        held = self._paths.get(name, [])
        if path in held:
            held.remove(path)

    def _name_the_unnamed(self) -> None:
        """Look, once, for the zones of files that are not named after one."""
        unnamed, self._unnamed = self._unnamed, []
        for path in unnamed:
            zone = "" if path in self._documents else self.scan.declared_zone(path)
            if zone:
                self._rename(path, zone)

    def zone_index(self, path: str) -> ZoneIndex | None:
        """The whole zone that a file belongs to, made ready for questions; None where it is no zone."""
        return self._index(self._together(path))

    def zone_files(self, path: str) -> tuple[str, ...]:
        """All files of the zone that a file belongs to."""
        return self._together(path)

    def _together(self, path: str) -> tuple[str, ...]:
        """The files of one zone: those of a split folder, and the file beside it (octoDNS's hybrid form)."""
        folder = os.path.dirname(path)
        zone = self.document(path).zone
        declared = self._paths.get(zone, [path])
        if len(declared) < 2 or path not in declared:
            return (path,)
        beside = os.path.dirname(folder) if is_split_folder(folder) else folder
        files = []
        for each in declared:
            place = os.path.dirname(each)
            if (
                each == path
                or (is_split_folder(place) and os.path.dirname(place) == beside)
                or (is_split_folder(folder) and place == beside)
            ):
                files.append(each)
        return tuple(sorted(files)) or (path,)

    def _index(self, paths: tuple[str, ...]) -> ZoneIndex | None:
        if paths not in self._indexes:
            zone = zone_from([self.document(path) for path in paths])
            if zone is not None and self._seen is not None:
                zone = self._seen(zone)
            self._indexes[paths] = ZoneIndex(zone) if zone else None
        return self._indexes[paths]

    def index_of(self, name: str) -> ZoneIndex | None:
        """The zone of exactly that name for questions from anywhere in the estate."""
        paths = self._paths.get(name)
        if not paths and self._unnamed:
            self._name_the_unnamed()
            paths = self._paths.get(name)
        if not paths:
            return None
        if name not in self._answering:
            self._answering[name] = self._answering_index(name, paths)
        return self._answering[name]

    def _answering_index(self, name: str, paths: list[str]) -> ZoneIndex | None:
        try:
            together = self._together(paths[0])
            if set(together) != set(self._paths.get(name, ())):
                return ZoneIndex(Zone(name, (), (), complete=False))
            return self._index(together) or ZoneIndex(Zone(name, (), (), complete=False))
        except Unreadable:
            return ZoneIndex(Zone(name, (), (), complete=False))

    def aliases_to(self, name: str) -> tuple[str, ...]:
        """The names of all CNAMEs in the estate that point to `name`; only files that mention it are read."""
        first_label = name.partition(".")[0].lower().encode()
        found = []
        for path in [path for paths in list(self._paths.values()) for path in paths]:
            if path not in self._documents and first_label not in self.scan.octets(path):
                continue
            index = self._index_of_path(path)
            for record in index.by_type.get("CNAME", ()) if index else ():
                if any(isinstance(value, Target) and value.name == name for value in record.values):
                    found.append(record.name)
        return tuple(sorted(set(found)))

    def mentions(self, name: str) -> bool:
        """Whether a name stands anywhere in the files, in whatever case and role."""
        word = name.lower().encode()
        held = (document.source.text.lower().encode() for document in self._documents.values())
        others = (path for paths in list(self._paths.values()) for path in paths if path not in self._documents)
        return any(word in text for text in held) or any(word in self.scan.octets(path) for path in others)

    def spf_trees(self, parse: Callable[[str], Spf]) -> "SpfTrees":
        """The trees of SPF records over all zones and what is known beyond them."""
        if self._spf_trees is None:
            from linter.facts.spf_tree import SpfTrees  # only records that ask DNS have trees

            self._spf_trees = SpfTrees(self.resolver, parse)
        return self._spf_trees

    def zones_with_key(self, base64: str) -> tuple[ZoneIndex, ...]:
        """The zones whose files hold a DKIM key, by the text of its `p=`; other files are not parsed."""
        if self._keys is None:
            from .key_index import KeyIndex  # for zones with keys only

            self._keys = KeyIndex([path for paths in self._paths.values() for path in paths])
        indexes = [self._index_of_path(path) for path in self._keys.paths(base64)]
        found = {index.zone.name: index for index in indexes if index is not None}
        return tuple(found[name] for name in sorted(found))

    def dependents(self, checked: Iterable[str]) -> list[str]:
        """The other files of the estate that mention a zone of the checked ones, or a name in it, in their order."""
        files = dict.fromkeys(checked)
        zones = {self._zone_of[path] for path in files if path in self._zone_of}
        own = {path for zone in zones for path in self._paths.get(zone, ())}
        others = [path for paths in self._paths.values() for path in paths if path not in files and path not in own]
        return sorted(self.scan.mentioning(others, zones)) if zones else []

    def _index_of_path(self, path: str) -> ZoneIndex | None:
        try:
            return self.zone_index(path)
        except Unreadable:
            return None

    def public_suffix(self, name: str) -> str:
        """The public suffix of an absolute name; the name itself if it is one."""
        if self._suffixes is None:
            self._suffixes = PublicSuffixes()
        return self._suffixes.suffix(name)


class PublicSuffixes:
    """The public suffix list (publicsuffix.org), loaded at the first question: 50 ms that few runs need."""

    def __init__(self) -> None:
        from publicsuffixlist import PublicSuffixList

        # Only the suffixes of registries: a hosting company's customers publish DMARC for themselves.
        self._list = PublicSuffixList(only_icann=True)
        self._known: dict[str, str] = {}

    def suffix(self, name: str) -> str:
        """The suffix of an absolute name, absolute itself; an unknown top level counts as one."""
        if name not in self._known:
            found = self._list.publicsuffix(name.rstrip("."), accept_unknown=True)
            self._known[name] = f"{found}." if found else name
        return self._known[name]


def is_split_folder(folder: str) -> bool:
    """Whether a folder is octoDNS's form of one zone in many files: `example.com.`."""
    name = os.path.basename(folder)
    return name.endswith(".") and bool(name.strip("."))


def repository_root(path: str) -> str:
    """The folder that `!include` may not leave: the repository's, or the file's own where there is none."""
    folder = os.path.realpath(os.path.dirname(path) or ".")
    current = folder
    while True:
        if os.path.exists(os.path.join(current, ".git")):
            return current
        above = os.path.dirname(current)
        if above == current:
            return folder
        current = above
