"""Where the parts of an entry are written, and how many of them may make up one record set."""

from linter.source.plain import entry_of
from linter.source.text import Span
from linter.source.tree import located
from linter.zone.model import Record, Zone


def are_refused(zone: Zone, *records: Record) -> bool:
    """Whether octoDNS refuses these entries of one name and type: in native files there may be several."""
    return any(record.source.path not in zone.natives for record in records)


def ttl_span(record: Record) -> Span:
    """The TTL itself, or the record's type where it takes the file's TTL."""
    entry = entry_of(record.node, "ttl") or entry_of(record.node, "type")
    return located(entry[1], record.via) if entry else record.name_span


def type_span(record: Record) -> Span:
    """Where the type of an entry is written."""
    entry = entry_of(record.node, "type")
    return located(entry[1], record.via) if entry else record.name_span


def has_own_ttl(record: Record) -> bool:
    """Whether a record's TTL is written with it, and not for the whole file."""
    return entry_of(record.node, "ttl") is not None
