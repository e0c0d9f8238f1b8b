"""The records of a zone that was cut by its shape: each from its groups, and from a tree of its own where it is odd."""

import re

from linter.source.text import Source
from linter.source.tree import Mapping, Node, Scalar

from .model import Record, Value
from .records import COMMON_TYPES, RecordReader, common_value
from .shape import KNOWN_TYPES, SINGLE_TYPES
from .usual import Usual, fields_in, place_behind, record_tree
from .values import fits, read_value

_new = tuple.__new__


def read_usual(names: Usual, reader: RecordReader) -> None:
    """All records, as the reader reads them from a tree."""
    source, records = names.source, reader.records
    key, owner = _new(Scalar, (source, 0, 0, "", "", "")), ""
    for entry in names.entries:
        if isinstance(entry, Mapping):
            reader.read(entry)
            continue
        name, empty, _, _, ttl, kind, _, later, _, lead, _, held, last = entry.groups()
        if name is not None or empty is not None:
            key = _scalar(source, entry.start("empty" if name is None else "name"), name or empty)
            owner = reader.name_of(key)
        if lead is not None:
            values = _values(source, entry, kind, reader.origin)
        elif kind in COMMON_TYPES:
            single = common_value(kind, _scalar(source, entry.start("held") + 1, held[1:]), reader.origin)
            values = (single,) if single is not None else None
        else:
            values = None
        ttl = ttl or later or last
        if values is None or (ttl is not None and ttl[0] == "0" and ttl != "0"):
            reader.read_record(key, owner, record_tree(source, entry))
            continue
        seconds = int(ttl) if ttl is not None else reader.ttl
        records.append(_new(Record, (owner, kind, seconds, values, key, entry, None, True, False)))


def _values(source: Source, entry: re.Match[str], kind: str, origin: str) -> tuple[Value, ...] | None:
    """The values of a list, or of several fields each; None where something about one is odd."""
    lead, held = entry.group("lead", "held")
    if ": " in held:
        return _of_fields(source, entry, kind, origin)
    if kind not in COMMON_TYPES or kind in SINGLE_TYPES:
        return None
    found: list[Value] = []
    between, place = f"{lead}- ", entry.start("held")
    for written in held.split(between)[1:]:
        place += len(between)
        read = common_value(kind, _scalar(source, place, written), origin)
        place += len(written)
        if read is None:
            return None
        found.append(read)
    return tuple(found)


def _of_fields(source: Source, entry: re.Match[str], kind: str, origin: str) -> tuple[Value, ...] | None:
    """Values of several fields each."""
    if kind not in KNOWN_TYPES:
        return None
    found: list[Value] = []
    for node in _mappings(source, entry):
        read = read_value(kind, node, origin, None)
        if read is None or not fits(kind, read):
            return None
        found.append(read)
    return tuple(found)


def _mappings(source: Source, entry: re.Match[str]) -> list[Mapping]:
    """The values of several fields as mappings, each of which ends where the next begins, as libyaml has it."""
    found: list[Mapping] = []
    keys: list[Node] = []
    values: list[Node] = []
    place, begun = entry.start("held"), -1
    for dash, at, key, behind, value in fields_in(entry["held"]) or ():
        if begun < 0:
            begun = place + at
        elif dash >= 0:
            found.append(_new(Mapping, (source, begun, place + dash, tuple(keys), tuple(values), (), "")))
            begun, keys, values = place + at, [], []
        keys.append(_new(Scalar, (source, place + at, place + at + len(key), key, "", "")))
        values.append(_scalar(source, place + behind, value))
    end = place_behind(source.text, entry.end("held") + 1)
    found.append(_new(Mapping, (source, begun, end, tuple(keys), tuple(values), (), "")))
    return found


def _scalar(source: Source, start: int, written: str) -> Scalar:
    """A scalar from how it is written."""
    if written[0] in "'\"":
        return _new(Scalar, (source, start, start + len(written), written[1:-1], written[0], ""))
    return _new(Scalar, (source, start, start + len(written), written, "", ""))
