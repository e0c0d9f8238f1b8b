"""Where a value or a record is pointed at, whatever its type."""

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
