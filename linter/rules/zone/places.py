"""Where a value or a record is pointed at, whatever its type."""

from linter.source.plain import entry_of
from linter.source.text import Span
from linter.source.tree import located
from linter.zone.model import Mx, Other, Record, Srv, Value


def value_span(value: Value) -> Span:
    """The telling part of a value: the name it points to where it does, else all of it."""
    if isinstance(value, Mx):
        return value.exchange.span
    if isinstance(value, Srv):
        return value.target.span
    if isinstance(value, Other):
        return located(value.node, value.via)
    return value.span


def record_span(record: Record) -> Span:
    """The first value of a record; its name where no value could be read."""
    return value_span(record.values[0]) if record.values else record.name_span


def ttl_span(record: Record) -> Span:
    """The TTL itself, or the record's type where it takes the file's TTL."""
    entry = entry_of(record.node, "ttl") or entry_of(record.node, "type")
    return located(entry[1], record.via) if entry else record.name_span


def has_own_ttl(record: Record) -> bool:
    """Whether a record's TTL is written with it, and not for the whole file."""
    return entry_of(record.node, "ttl") is not None
