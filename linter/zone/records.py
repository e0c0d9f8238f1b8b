"""The mapping of names to records, as octoDNS has it and as both dialects share it, to records."""

from itertools import chain, repeat

from linter.records.text.address import is_address_of
from linter.records.text.fault import Fault, quoted
from linter.records.text.name import absolute
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern
from linter.source.plain import entry_of, node_at
from linter.source.scalar_type import implicit_type, type_of, value_of
from linter.source.text import SourceFault, Span
from linter.source.tree import Mapping, Node, Plain, Scalar, Sequence, is_unread, located, unalias
from linter.source.typed import Any

from .model import PROXIED_TYPES, UNREAD, Address, BadName, Record, Text, Value
from .published import publish
from .shape import (
    ADDRESS_TYPES,
    KNOWN_TYPES,
    MOST_SECONDS,
    PROVIDER_TYPE,
    RECORD_KEYS,
    SINGLE_TYPES,
    TARGET_TYPES,
    TEXT_TYPES,
    header_schema,
    value_schema,
)
from .values import fits, read_value, target_of, text_scalar, unlike_text, whole_number

_new = tuple.__new__
_PROVIDER_TYPE = Pattern(PROVIDER_TYPE)
_PROXIED = ("cloudflare", "proxied")
_UNLIKE_TEXT = {"date": "a date", "binary": "binary data", "merge": "a merge key", "value": "a default value"}
COMMON_TYPES = TEXT_TYPES | TARGET_TYPES | ADDRESS_TYPES


class _Entry(Frozen):
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
            key_node = key if key.__class__ is Scalar else unalias(key)[0]
            if not isinstance(key_node, Scalar):
                self.complete = False
                continue
            name = self.name_of(key_node)
            if via is None and value.__class__ is Mapping and self._is_common(key_node, name, value):
                continue
            node, use = unalias(value, via)
            if isinstance(node, Mapping):
                self.read_record(key_node, name, node, use)
            elif isinstance(node, Sequence) and node.items and not is_unread(node):
                for item in node.items:
                    if use is None and item.__class__ is Mapping and self._is_common(key_node, name, item):
                        continue
                    plain, item_use = unalias(item, use)
                    if isinstance(plain, Mapping):
                        self.read_record(key_node, name, plain, item_use)
                    else:
                        self._not_a_record(name, plain, item_use)
            else:
                self._not_a_record(name, node, use, key_node)

    def _is_common(self, key: Scalar, name: str, node: Mapping) -> bool:
        """Read the record at once if it is of the common form, and tell so: most records of a large zone are.

        That is a plain type, TTL and single value, all in order; whatever is odd goes the long way.
        """
        if node.vias or len(node.keys) > 3:
            return False
        kind = value = ttl = None
        for field, held in zip(node.keys, node.values, strict=True):
            if field.__class__ is not Scalar or held.__class__ is not Scalar or held.tag:
                return False
            text = field.text
            if text == "ttl":
                ttl = held
            elif text == "type":
                kind = held.text
            elif text == "value":
                value = held
            else:
                return False
        if kind not in COMMON_TYPES or value is None:
            return False
        seconds = self.ttl
        if ttl is not None:
            text = ttl.text
            if ttl.style or len(text) > 9 or not _is_plain_number(text):
                return False
            seconds = int(text)
        read = common_value(kind, value, self.origin)
        if read is None:
            return False
        self.records.append(_new(Record, (name, kind, seconds, (read,), key, node, None, True, False)))
        return True

    def name_of(self, key: Scalar) -> str:
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
        if kind in ("str", "merge", "value") or (kind == "int" and _is_plain_number(key.text)):
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

    def _leave_unread(self, name: str) -> None:
        """Note that a name has something nobody can tell."""
        self.unmanaged.add((name, UNREAD))

    def _not_a_record(self, owner: str, node: Plain, via: Span | None, name: Scalar | None = None) -> None:
        self._leave_unread(owner)
        if is_unread(node):
            return
        what = "a list" if isinstance(node, Sequence) else "text"
        span = located(node, via)
        if isinstance(node, Scalar) and type_of(node) == "null":
            what, span = "nothing", name.span if name and span.start == span.end else span
        if isinstance(node, Sequence) and not node.items:
            what = "an empty list"
        message = f"{what} where a record is expected"
        from .right_forms import RECORD  # only files with a fault in them pay for it

        self.faults.append(SourceFault(span, "zone-shape", message, RECORD))

    def read_record(self, key: Scalar, name: str, node: Mapping, via: Span | None = None) -> None:
        fields: dict[str, Node] = {}
        vias: dict[str, Span | None] = {}
        for field, value in zip(node.keys, node.values, strict=True):
            plain = field if field.__class__ is Scalar else unalias(field)[0]
            if isinstance(plain, Scalar):
                fields[plain.text] = value
        if node.vias:
            for field, use in zip(node.keys, node.vias, strict=True):
                plain = unalias(field)[0]
                if isinstance(plain, Scalar):
                    vias[plain.text] = use
        entry = _new(_Entry, (fields, vias, node, via))
        kind = self._type(entry)
        ignored = self._is_ignored(entry) if "octodns" in fields else False
        ttl = self._ttl(entry) if "ttl" in fields else self.ttl
        if kind is None:
            self._leave_unread(name)
            return
        is_proxied = "octodns" in fields and kind in PROXIED_TYPES and _is_proxied(unalias(fields["octodns"])[0])
        values, complete = self._values(kind, entry)
        if ignored:
            self.unmanaged.add((name, kind))
        else:
            self.records.append(_new(Record, (name, kind, ttl, values, key, node, via, complete, is_proxied)))

    def _type(self, entry: _Entry) -> str | None:
        """The record's type in upper case; None where there is none to go by."""
        node = entry.fields.get("type")
        plain = unalias(node)[0] if node is not None else None
        text = plain.text if isinstance(plain, Scalar) else ""
        if text in KNOWN_TYPES or ("/" in text and _PROVIDER_TYPE.search(text)):
            return text
        if plain is None or not is_unread(plain):
            self._explain(entry.node, header_schema("type"), entry.via)
        return text.upper() if text.upper() in KNOWN_TYPES else None

    def _is_ignored(self, entry: _Entry) -> bool:
        """Whether octoDNS leaves the record to the provider."""
        octodns, _ = unalias(entry.fields["octodns"])
        if not isinstance(octodns, Mapping):
            if not is_unread(octodns):
                self._explain(entry.node, header_schema("octodns"), entry.via)
            return False
        written = entry_of(octodns, "ignored")
        ignored = unalias(written[1])[0] if written else None
        return isinstance(ignored, Scalar) and bool(value_of(ignored))

    def _ttl(self, entry: _Entry) -> int | None:
        node = entry.fields["ttl"]
        ttl = whole_number(node)
        most = MOST_SECONDS if text_scalar(node) is None else 999_999_999
        if ttl is not None and 0 <= ttl <= most:
            return ttl
        if not is_unread(unalias(node)[0]):
            self._explain(entry.node, header_schema("ttl"), entry.via)
        return None

    def _values(self, kind: str, entry: _Entry) -> tuple[tuple[Value, ...], bool]:
        """The values that can be read, and whether those are all."""
        nodes, name = self._value_nodes(kind, entry)
        if name == "":
            if "dynamic" in entry.fields:
                return (), False
            self._missing_value(entry)
            return (), False
        via = entry.via or entry.vias.get(name)
        values: list[Value] = []
        complete = "dynamic" not in entry.fields and "geo" not in entry.fields
        for node in nodes:
            value = read_value(kind, node, self.origin, via)
            if value is not None:
                values.append(value)
            if isinstance(value, Address):
                self._judge_address(kind, value)
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
            self._value_shape(lost, entry, f"`value` and `values` are both here; octoDNS publishes `{used}` only")
        name = "values" if plural is not None else "value"
        if kind in SINGLE_TYPES and single is not None:
            name = "value"
        node = fields.get(name)
        if node is None:
            return (), ""
        plain, _ = unalias(node)
        if is_unread(plain):
            return (node,), name
        if isinstance(plain, Sequence):
            if name == "value":
                self._value_shape(node, entry, "`value` is a list; octoDNS accepts one value here", "name it `values`")
            elif kind in SINGLE_TYPES:
                self._value_shape(node, entry, f"`values` of a {kind}; octoDNS accepts `value` here", "name it `value`")
            return (plain.items, name) if plain.items else ((), "")
        if isinstance(plain, Scalar) and type_of(plain) == "null":
            return (), ""
        if name == "values":
            what = "a mapping" if isinstance(plain, Mapping) else "a single value"
            message = f"`values` is {what}; octoDNS accepts a list here"
            self._value_shape(node, entry, message, "name it `value`, or give it a list")
        return (node,), name

    def _judge_address(self, kind: str, value: Address) -> None:
        """octoDNS publishes nothing of a zone in which an address is none; a template is what it becomes."""
        if is_address_of(kind, value.text):
            return
        from linter.records.text.presentation import address_of  # only files with a fault in them pay for it

        fault = address_of(kind, value.text)
        if isinstance(fault, Fault) and not ("{" in value.text and "}" in value.text):
            self.faults.append(SourceFault(value.span, "zone-shape", f"{kind}: {fault.message}", fault.help))

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
        from .right_forms import RECORD

        self.faults.append(SourceFault(span, "zone-shape", message, RECORD))

    def _explain_value(self, kind: str, node: Node, via: Span | None) -> None:
        strange = unlike_text(node, via)
        if is_unread(unalias(node)[0]) or any(is_unread(scalar) for scalar, _ in strange):
            return
        before = len(self.faults)
        from .right_forms import right_form

        self._explain(node, value_schema(kind), via, f"{kind}: ", right_form(kind))
        for scalar, use in strange:
            span, what = located(scalar, use), _UNLIKE_TEXT.get(type_of(scalar), "a number")
            message = f"{kind}: {quoted(scalar.text)} is {what} to YAML; expected text"
            self.faults.append(SourceFault(span, "zone-shape", message, "put it in quotes"))
        if len(self.faults) == before:
            self.faults.append(SourceFault(located(node, via), "zone-shape", "empty value"))

    def _explain(self, node: Node, schema: dict[str, Any], via: Span | None, lead: str = "", form: str = "") -> None:
        from linter.source.schema import explain  # only files with a fault in them pay for it

        for fault in explain(node, schema, via):
            self.faults.append(SourceFault(fault.span, "zone-shape", f"{lead}{fault.message}", fault.help or form))


def common_value(kind: str, scalar: Scalar, origin: str) -> Value | None:
    """The value of one of the common types that a scalar without a tag is; None where something about it is odd."""
    written = scalar.text
    if not scalar.style and implicit_type(written) != "str":
        return None
    if kind in TEXT_TYPES:
        return _new(Text, (publish(written), scalar, None, False, ()))
    if kind in TARGET_TYPES:
        return target_of(written, scalar, origin, None)
    return _new(Address, (written, scalar, None)) if is_address_of(kind, written) else None


def _is_proxied(octodns: Plain) -> bool:
    """Whether the record is marked as one that Cloudflare's web proxy answers for."""
    proxied = node_at(octodns, _PROXIED)[0] if isinstance(octodns, Mapping) else None
    return isinstance(proxied, Scalar) and value_of(proxied) is True


def _is_plain_number(text: str) -> bool:
    """Whether a text is the usual spelling of a whole number, however long."""
    return text.isascii() and text.isdigit() and (text[0] != "0" or text == "0")


def _key_span(entry: _Entry, name: str) -> Span:
    for key in entry.node.keys:
        plain, _ = unalias(key)
        if isinstance(plain, Scalar) and plain.text == name:
            return located(key, entry.via)
    return located(entry.node, entry.via)
