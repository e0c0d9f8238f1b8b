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
    records: list[Record] = []
    bad_names: list[BadName] = []
    unmanaged: set[tuple[str, str]] = set()
    sources: list[Source] = []
    escaped: dict[str, bool] = {}
    faults: list[SourceFault] = []
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
        if document.intent is not None:
            intent = document.intent if intent is None else intent.over(document.intent)
        reader = RecordReader(document.zone, document.ttl)
        if isinstance(document.names, Usual):
            read_usual(document.names, reader)
        else:
            reader.read(document.names)
        if document.replaces:
            replaced = {(record.name, record.type) for record in reader.records}
            records = [record for record in records if (record.name, record.type) not in replaced]
        records.extend(reader.records)
        faults.extend(reader.faults)
        bad_names.extend(reader.bad_names)
        unmanaged |= reader.unmanaged
        complete = complete and reader.complete
    if not name:
        return None
    gathered = (tuple(records), tuple(sources), tuple(faults), tuple(bad_names), frozenset(unmanaged))
    return _new(Zone, (name, *gathered, complete, intent, escaped, frozenset(), ()))
