"""A zone file with some record sets changed, and nothing else: the editor's door."""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import islice

from linter.records.text.name import shown
from linter.source.plain import plain_value
from linter.source.text import Source
from linter.zone.document import Document, with_tree
from linter.zone.model import Other, Record, Value, Zone
from linter.zone.presented import presented
from linter.zone.reading import zone_from

from .change import CannotEdit, Change, applied
from .names import added_edits, removed_edits
from .style import style_of
from .values import record_edits

_MOST_STEPS = 10_000


def edited(document: Document, changes: Iterable[Change], read: Callable[[Source], Document]) -> str:
    """The text of a file with these record sets; `read` reads a text as this file is read.

    Comments, order, quoting and line ends of all else stay as they are. The result is read again: where it does not
    say exactly what is asked for, or anything else than before, CannotEdit is raised and nothing is lost.
    """
    wanted = list(changes)
    now = document = with_tree(document)
    for change in wanted:
        for _ in range(_MOST_STEPS):
            text = _stepped(now, change)
            if text is None:
                break
            now = with_tree(read(Source(document.source.path, text)))
        else:
            raise CannotEdit("the change does not come to an end")
    _prove(document, now, wanted)
    return now.source.text


def _stepped(document: Document, change: Change) -> str | None:
    """The text one step nearer to a change; None where nothing is left to do."""
    zone = _zone(document)
    records = [record for record in zone.records if record.name == change.name and record.type == change.type]
    if (change.name, change.type) in zone.unmanaged:
        raise CannotEdit("the file leaves this record to the provider")
    if any(record.source is not document.source for record in records):
        raise CannotEdit("the record comes from an included file")
    if not change.values:
        edits = removed_edits(document, records[0]) if records else []
    elif not records:
        edits = added_edits(document, change, style_of(document))
    elif len(records) > 1:
        raise CannotEdit(f"{shown(change.name)} has several entries of type {change.type}")
    else:
        edits = record_edits(records[0], change, style_of(document))
    return applied(document.source.text, edits) if edits else None


def _zone(document: Document) -> Zone:
    zone = zone_from([document])
    if zone is None:
        raise CannotEdit("the file is not a zone")
    return zone


def _prove(before: Document, after: Document, changes: list[Change]) -> None:
    """Raise CannotEdit unless the new text differs from the old by the changes alone."""
    old, new = _zone(before), _zone(after)
    expected = _sets(old)
    ttls = {(record.name, record.type): record.ttl for record in old.records}
    for change in changes:
        key = (change.name, change.type)
        expected.pop(key, None)
        if change.ttl is not None:
            ttls[key] = change.ttl
        if change.values:
            expected[key] = Counter(change.values)
    found = _sets(new)
    if found != expected:
        lost = next(iter(islice((key for key in {*found, *expected} if found.get(key) != expected.get(key)), 1)))
        raise CannotEdit(f"the file would not say what is meant for {lost[1]} of {shown(lost[0])}")
    kept = {(record.name, record.type): record.ttl for record in new.records}
    if any(kept[key] != ttl for key, ttl in ttls.items() if key in kept):
        raise CannotEdit("another TTL would change as well")
    if Counter(fault.kind for fault in new.faults) - Counter(fault.kind for fault in old.faults):
        raise CannotEdit("the file would have a new fault")


def _sets(zone: Zone) -> dict[tuple[str, str], Counter[str]]:
    """What a zone publishes, by name and type."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for record in zone.records:
        found.setdefault((record.name, record.type), Counter()).update(map(_text, record.values or (_whole(record),)))
    return found


def _text(value: Value | str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Other):
        return repr(plain_value(value.node))
    return presented(value) or repr(plain_value(value.node))


def _whole(record: Record) -> str:
    """An entry of which no value can be read."""
    return repr(plain_value(record.node))
