"""Files to documents, and documents to the zone that they hold together."""

from collections.abc import Iterable

from linter.source.text import Source, SourceFault
from linter.source.tree import Include

from .document import Document, zone_name_of
from .model import BadName, Record, Zone
from .records import RecordReader
from .usual import Usual, usual
from .usual_records import read_usual

_new = tuple.__new__


def read_document(
    source: Source, fault: SourceFault | None = None, include: Include | None = None, zone: str = ""
) -> Document:
    """Read a file whose text is at hand; `fault` is what was wrong with getting that text.

    `zone` is the absolute name of the zone that the file is known to be a part of, whatever its own name is.
    """
    is_known, zone = bool(zone), zone or zone_name_of(source.path)
    if fault:
        return Document(source, zone, None, None, (fault,), False)
    names = usual(source)
    if names is not None:
        return _new(Document, (source, zone, names, None, (), True, None, False, None, None, "", False, "", True))
    from .dialect import from_tree  # a whole repository may be written the usual way

    return from_tree(source, include, zone, is_known)


def zone_from(documents: Iterable[Document]) -> Zone | None:
    """The zone that some files hold together; None where none of them is a zone."""
    sources: list[Source] = []
    faults: list[SourceFault] = []
    escaped: dict[str, bool] = {}
    natives: set[str] = set()
    gathered = _Gathered()
    name, complete, intent = "", True, None
    for document in documents:
        sources.append(document.source)
        faults.extend(document.faults)
        complete = complete and document.complete
        if document.names is None:
            continue
        name = name or document.zone
        if document.escaped is not None:
            escaped[document.source.path] = document.escaped
        if document.declared is not None:
            natives.add(document.source.path)
        if document.intent is not None:
            intent = document.intent if intent is None else intent.over(document.intent)
        reader = RecordReader(document.zone, document.ttl)
        if isinstance(document.names, Usual):
            read_usual(document.names, reader)
        else:
            reader.read(document.names)
        gathered.take(reader, document.replaces)
        faults.extend(reader.faults)
        complete = complete and reader.complete
    if not name:
        return None
    found = (tuple(gathered.records), tuple(sources), tuple(faults), tuple(gathered.bad_names))
    known = (frozenset(gathered.unmanaged), complete, intent, escaped)
    return _new(Zone, (name, *found, *known, frozenset(), (), frozenset(natives), tuple(gathered.replaced)))


class _Gathered:
    """What the names of several files hold together."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.bad_names: list[BadName] = []
        self.unmanaged: set[tuple[str, str]] = set()
        self.replaced: list[tuple[Record, Record]] = []

    def take(self, reader: RecordReader, replaces: bool) -> None:
        """Add what a file holds; with `replaces`, in the place of what was there of the same name and type."""
        records = reader.records
        if replaces:
            last = {(record.name, record.type): record for record in records}
            self.records = [record for record in self.records if (record.name, record.type) not in last]
            pairs = ((record, last[record.name, record.type]) for record in records)
            self.replaced += [pair for pair in pairs if pair[0] is not pair[1]]
            records = list(last.values())
        self.records += records
        self.bad_names += reader.bad_names
        self.unmanaged |= reader.unmanaged
