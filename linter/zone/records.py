"""The mapping of names to records, as octoDNS has it and as both dialects share it, to records."""

from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from linter.records.name import absolute
from linter.source.scalar_type import implicit_type, type_of
from linter.source.text import SourceFault, Span
from linter.source.tree import Mapping, Node, Plain, Scalar, Sequence, located, unalias

from .model import BadName, Record, Value
from .shape import KNOWN_TYPES, RECORD_KEYS, SINGLE_TYPES, header_schema, value_schema
from .values import fits, read_value, whole_number

if TYPE_CHECKING:
    from linter.source.schema import SchemaFault

_new = tuple.__new__
_APEX_TYPES = ("str", "null", "int")


class _Entry(NamedTuple):
    """The parts of a record's mapping before they are judged."""

    fields: dict[str, Node]
    vias: dict[str, Span | None]
    node: Mapping
    via: Span | None


class RecordReader:
    """Reads the names of one file; what it finds gathers in its lists."""

    def __init__(self, origin: str, ttl: int | None) -> None:
        self.origin = origin
        self.ttl = ttl
        self.records: list[Record] = []
        self.faults: list[SourceFault] = []
        self.bad_names: list[BadName] = []
        self.unmanaged: set[tuple[str, str]] = set()
        self.complete = True

    def read(self, names: Mapping) -> None:
        """All names of the mapping."""
        for key, value, via in zip(names.keys, names.values, chain(names.vias, repeat(None)), strict=False):
            key_node, _ = unalias(key)
            if not isinstance(key_node, Scalar):
                self.complete = False
                continue
            name = self._name(key_node)
            node, use = unalias(value, via)
            if isinstance(node, Mapping):
                self._record(key_node, name, node, use)
            elif isinstance(node, Sequence) and node.items:
                for item in node.items:
                    plain, item_use = unalias(item, use)
                    if isinstance(plain, Mapping):
                        self._record(key_node, name, plain, item_use)
                    else:
                        self._not_a_record(plain, item_use)
            else:
                self._not_a_record(node, use, key_node)

    def _name(self, key: Scalar) -> str:
        text = key.text
        if key.tag or (not key.style and implicit_type(text) != "str"):
            self._name_type(key)
        name, fault = absolute(text, self.origin)
        if fault:
            self.bad_names.append(BadName(fault, name, key))
        return name

    def _name_type(self, key: Scalar) -> None:
        """octoDNS publishes `str(key)`: an integer keeps its digits, most others become another name."""
        kind = type_of(key)
        if kind in ("str", "merge") or (kind == "int" and key.text.isdigit() and str(int(key.text)) == key.text):
            return
        if key.text:
            what = {"null": "nothing", "bool": "a boolean", "float": "a number", "int": "another number"}
            message = f"`{key.text}` is {what.get(kind, 'a ' + kind)} to YAML, not a name"
            way_out = f"write `'{key.text}'`"
        else:
            message, way_out = (
                "an empty key is nothing to YAML, not the name of the zone itself",
                "write `''`",
            )
        self.faults.append(SourceFault(key.span, "zone-key-type", message, way_out))

    def _not_a_record(self, node: Plain, via: Span | None, name: Scalar | None = None) -> None:
        self.complete = False
        what = "a list" if isinstance(node, Sequence) else "text"
        span = located(node, via)
        if isinstance(node, Scalar) and type_of(node) == "null":
            what, span = "nothing", name.span if name and span.start == span.end else span
        if isinstance(node, Sequence) and not node.items:
            what = "an empty list"
        message = f"{what} where a record is expected"
        way_out = "a record is a mapping with `type` and `value` or `values`"
        self.faults.append(SourceFault(span, "zone-shape", message, way_out))

    def _record(self, key: Scalar, name: str, node: Mapping, via: Span | None) -> None:
        fields: dict[str, Node] = {}
        vias: dict[str, Span | None] = {}
        for field, value in zip(node.keys, node.values, strict=True):
            plain = unalias(field)[0]
            if isinstance(plain, Scalar):
                fields[plain.text] = value
        if node.vias:
            for field, use in zip(node.keys, node.vias, strict=True):
                plain = unalias(field)[0]
                if isinstance(plain, Scalar):
                    vias[plain.text] = use
        entry = _Entry(fields, vias, node, via)
        kind = self._type(entry)
        octodns = unalias(fields["octodns"])[0] if "octodns" in fields else None
        if kind and isinstance(octodns, Mapping) and _is_true(octodns, "ignored"):
            self.unmanaged.add((name, kind))
            return
        if kind is None:
            self.complete = False
            return
        values, complete = self._values(kind, entry)
        ttl = self._ttl(entry)
        self.records.append(_new(Record, (name, kind, ttl, values, key, node, via, complete)))

    def _type(self, entry: _Entry) -> str | None:
        """The record's type in upper case; None where there is none to go by."""
        node = entry.fields.get("type")
        plain = unalias(node)[0] if node is not None else None
        if isinstance(plain, Scalar) and plain.text in KNOWN_TYPES:
            return plain.text
        if isinstance(plain, Scalar) and plain.text.count("/") == 1 and not plain.text.startswith("/"):
            return plain.text
        for fault in _explained(entry.node, header_schema(), entry.via):
            self.faults.append(SourceFault(fault.span, "zone-shape", fault.message, fault.help))
        if isinstance(plain, Scalar) and plain.text.upper() in KNOWN_TYPES:
            return plain.text.upper()
        return None

    def _ttl(self, entry: _Entry) -> int | None:
        node = entry.fields.get("ttl")
        if node is None:
            return self.ttl
        ttl = whole_number(node)
        if ttl is None or ttl < 0:
            for fault in _explained(entry.node, header_schema(), entry.via):
                if fault.span.start >= unalias(node)[0].start:
                    self.faults.append(SourceFault(fault.span, "zone-shape", fault.message, fault.help))
            return None
        return ttl

    def _values(self, kind: str, entry: _Entry) -> tuple[tuple[Value, ...], bool]:
        """The values that can be read, and whether those are all."""
        nodes, name = self._value_nodes(kind, entry)
        if name == "":
            if "dynamic" in entry.fields:
                return (), False
            self._missing_value(entry)
            return (), False
        via = entry.vias.get(name) or entry.via
        values: list[Value] = []
        complete = "dynamic" not in entry.fields and "geo" not in entry.fields
        for node in nodes:
            value = read_value(kind, node, self.origin, via)
            if value is not None:
                values.append(value)
            if value is None or not fits(kind, value):
                complete = False
                self._explain_value(kind, node, via)
        return tuple(values), complete

    def _value_nodes(self, kind: str, entry: _Entry) -> tuple[tuple[Node, ...], str]:
        """The nodes of all values and the key they stand under: "" where there are none."""
        fields = entry.fields
        plural, single = fields.get("values"), fields.get("value")
        if plural is not None and single is not None:
            used, lost = ("value", plural) if kind in SINGLE_TYPES else ("values", single)
            self._value_shape(lost, entry, f"`value` and `values` both stand here; octoDNS publishes `{used}` only")
        name = "values" if plural is not None else "value"
        if kind in SINGLE_TYPES and single is not None:
            name = "value"
        node = fields.get(name)
        if node is None:
            return (), ""
        plain, _ = unalias(node)
        if isinstance(plain, Sequence):
            if name == "value":
                self._value_shape(node, entry, "`value` holds a list; octoDNS takes one value here", "write `values`")
            elif kind in SINGLE_TYPES:
                self._value_shape(node, entry, f"`values` of a {kind}; octoDNS takes `value` here", "write `value`")
            return (plain.items, name) if plain.items else ((), "")
        if isinstance(plain, Scalar) and type_of(plain) == "null":
            return (), ""
        if name == "values":
            what = "a mapping" if isinstance(plain, Mapping) else "a single value"
            message = f"`values` holds {what}; octoDNS takes a list here"
            self._value_shape(node, entry, message, "write `value`, or a list")
        return (node,), name

    def _value_shape(self, node: Node, entry: _Entry, message: str, way_out: str = "") -> None:
        span = located(node, entry.via)
        self.faults.append(SourceFault(span, "zone-value-shape", message, way_out))

    def _missing_value(self, entry: _Entry) -> None:
        from difflib import get_close_matches

        message = "no value: a record needs `value` or `values`"
        span = located(entry.fields["type"], entry.via)
        for name in ("values", "value"):
            if name in entry.fields:
                node = entry.fields[name]
                span = located(node, entry.via)
                if span.start == span.end:
                    span = _key_span(entry, name)
                break
            near = get_close_matches(name, [key for key in entry.fields if key not in RECORD_KEYS], 1, 0.7)
            if near:
                span = _key_span(entry, near[0])
                message = f"{message}; did you mean it by `{near[0]}`?"
                break
        self.faults.append(SourceFault(span, "zone-shape", message))

    def _explain_value(self, kind: str, node: Node, via: Span | None) -> None:
        faults = _explained(node, value_schema(kind), via)
        plain, use = unalias(node, via)
        if not faults or (isinstance(plain, Scalar) and type_of(plain) == "null"):
            span = located(plain, use)
            self.faults.append(SourceFault(span, "zone-shape", "no value stands here"))
            return
        for fault in faults:
            self.faults.append(SourceFault(fault.span, "zone-shape", f"{kind}: {fault.message}", fault.help))


def _explained(node: Node, schema: dict[str, Any], via: Span | None) -> "tuple[SchemaFault, ...]":
    from linter.source.schema import explain  # only files with a fault in them pay for it

    return explain(node, schema, via)


def _key_span(entry: _Entry, name: str) -> Span:
    for key in entry.node.keys:
        plain, _ = unalias(key)
        if isinstance(plain, Scalar) and plain.text == name:
            return located(key, entry.via)
    return located(entry.node, entry.via)


def _is_true(mapping: Mapping, name: str) -> bool:
    for key, value in zip(mapping.keys, mapping.values, strict=True):
        if isinstance(key, Scalar) and key.text == name:
            plain, _ = unalias(value)
            return isinstance(plain, Scalar) and plain.text.lower() in ("true", "yes", "on")
    return False
