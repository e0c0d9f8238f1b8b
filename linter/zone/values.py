"""The values of one record, from nodes to what they mean; a node that does not fit gives no value."""

from linter.records.text.name import NameFault, is_address, target_fault, to_ascii
from linter.source.scalar_type import implicit_type, type_of, value_of
from linter.source.text import Span
from linter.source.tree import Mapping, Node, Scalar, is_unread, unalias

from .model import Address, Mx, Other, Srv, Target, Text, Tlsa, Value
from .published import publish
from .shape import ADDRESS_TYPES, MOST_16_BIT, TARGET_TYPES, TEXT_TYPES, TLSA_FIELDS

_new = tuple.__new__
_MOST_KNOWN = 2048
_LONGEST_KNOWN = 256
_absolute_targets: dict[str, tuple[str, NameFault | None]] = {}
"""What absolute targets are in lower case and ASCII, and what is wrong with them: most stand in many zones."""


def text_scalar(node: Node) -> Scalar | None:
    """The scalar itself when the node is text to YAML, else None (a number, a date, a list …)."""
    plain = node if node.__class__ is Scalar else unalias(node)[0]
    if not isinstance(plain, Scalar):
        return None
    if plain.tag:
        return plain if type_of(plain) == "str" and not is_unread(plain) else None
    return plain if plain.style or implicit_type(plain.text) == "str" else None


def read_value(kind: str, node: Node, origin: str, via: Span | None) -> Value | None:
    """One value of a record of type `kind`, or None where it does not have the shape of that type."""
    plain, use = unalias(node, via)
    if kind in ADDRESS_TYPES:
        scalar = text_scalar(node)
        return _new(Address, (scalar.text, scalar, use)) if scalar else None
    if kind in TEXT_TYPES:
        scalar = text_scalar(node)
        return _new(Text, (publish(scalar.text), scalar, use, False, ())) if scalar else None
    if kind in TARGET_TYPES:
        scalar = text_scalar(node)
        return read_target(scalar, origin, use) if scalar else None
    if kind == "MX":
        return _read_mx(plain, origin, use) if isinstance(plain, Mapping) else None
    if kind == "SRV":
        return _read_srv(plain, origin, use) if isinstance(plain, Mapping) else None
    if kind == "TLSA":
        return _read_tlsa(plain, use) if isinstance(plain, Mapping) else None
    if is_unread(plain) or (isinstance(plain, Scalar) and type_of(plain) == "null"):
        return None
    return _new(Other, (plain, use))


def unlike_text(node: Node, via: Span | None) -> list[tuple[Scalar, Span | None]]:
    """What in a value YAML takes for something that JSON has no word for, each with the place of its use.

    That is a date, a number of a thousand digits, or what could not be read at all; to a schema these are text.
    """
    plain, use = unalias(node, via)
    fields = _fields(plain) if isinstance(plain, Mapping) else {"value": plain}
    found = []
    for name in ("exchange", "value", "target", *TLSA_FIELDS):
        inner, inner_use = unalias(fields[name], use) if name in fields else (None, None)
        if isinstance(inner, Scalar) and text_scalar(inner) is None and isinstance(value_of(inner), str):
            found.append((inner, inner_use))
    return found


def read_target(scalar: Scalar, origin: str, via: Span | None) -> Target:
    """A target name; without its final dot, the likelier of its two readings."""
    return target_of(scalar.text, scalar, origin, via)


def target_of(written: str, scalar: Scalar, origin: str, via: Span | None) -> Target:
    """The target that a text is, which a processor of octoDNS may have made of what is in the file."""
    if not written.endswith("."):
        # Providers that take such names at all take `mail.example.net` as absolute and `mail` as relative.
        text, fault = to_ascii(written.lower())
        text = f"{text}." if "." in text or is_address(text) else f"{text}.{origin}".lstrip(".")
        return _new(Target, (text, written, False, scalar, via, target_fault(written, text) or fault))
    known = _absolute_targets.get(written)
    if known is None:
        text, fault = to_ascii(written.lower())
        known = text, target_fault(written, text) or fault
        if len(_absolute_targets) >= _MOST_KNOWN:
            _absolute_targets.clear()
        if len(written) <= _LONGEST_KNOWN:
            _absolute_targets[written] = known
    return _new(Target, (known[0], written, True, scalar, via, known[1]))


def _fields(mapping: Mapping) -> dict[str, Node]:
    fields: dict[str, Node] = {}
    for key, value in zip(mapping.keys, mapping.values, strict=True):
        plain = key if key.__class__ is Scalar else unalias(key)[0]
        if isinstance(plain, Scalar):
            fields[plain.text] = value
    return fields


def whole_number(node: Node | None) -> int | None:
    """A number as octoDNS takes it: an integer to YAML (`10.0` is one to JSON Schema), or digits in quotes."""
    plain = unalias(node)[0] if node is not None else None
    if not isinstance(plain, Scalar):
        return None
    text = plain.text
    if not plain.tag and text.isascii() and text.isdigit() and text[0] != "0" and len(text) < 20:
        return int(text)
    value = value_of(plain)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _read_mx(mapping: Mapping, origin: str, via: Span | None) -> Mx | None:
    fields = _fields(mapping)
    preference_node = fields.get("preference", fields.get("priority"))
    exchange_node = fields.get("exchange", fields.get("value"))
    exchange = text_scalar(exchange_node) if exchange_node is not None else None
    if exchange is None or exchange_node is None:
        return None
    target = read_target(exchange, origin, unalias(exchange_node, via)[1])
    return _new(Mx, (whole_number(preference_node), target, mapping, preference_node))


def _read_srv(mapping: Mapping, origin: str, via: Span | None) -> Srv | None:
    fields = _fields(mapping)
    target_node = fields.get("target")
    scalar = text_scalar(target_node) if target_node is not None else None
    if scalar is None or target_node is None:
        return None
    target = read_target(scalar, origin, unalias(target_node, via)[1])
    priority, weight, port = (whole_number(fields.get(name)) for name in ("priority", "weight", "port"))
    return Srv(priority, weight, port, target, mapping, fields.get("port"))


def _read_tlsa(mapping: Mapping, via: Span | None) -> Tlsa:
    fields = _fields(mapping)
    usage, selector, matching_type = (_number_or_text(fields.get(name)) for name in TLSA_FIELDS[:3])
    data = fields.get(TLSA_FIELDS[3])
    return Tlsa(usage, selector, matching_type, text_scalar(data) if data is not None else None, mapping, via)


def _number_or_text(node: Node | None) -> Scalar | None:
    """The scalar that octoDNS makes a number of, or refuses with its text."""
    plain = unalias(node)[0] if node is not None else None
    is_fit = node is not None and (text_scalar(node) is not None or whole_number(node) is not None)
    return plain if is_fit and isinstance(plain, Scalar) else None


def fits(kind: str, value: Value) -> bool:
    """Whether a value that could be read has all that its type asks for, as the schema has it."""
    if isinstance(value, Mx):
        # Of two keys one gave the number and one the name, and no third can be wrong.
        is_read = is_sixteen_bits(value.preference)
        return is_read and (len(value.node.keys) == 2 or _is_tidy(value.node, ("preference", "priority")))
    if isinstance(value, Srv):
        return all(is_sixteen_bits(number) for number in (value.priority, value.weight, value.port))
    if isinstance(value, Tlsa):
        return None not in (value.usage, value.selector, value.matching_type, value.data)
    return True


def is_sixteen_bits(number: int | None) -> bool:
    """Whether a number can stand in an MX or SRV record."""
    return number is not None and 0 <= number <= MOST_16_BIT


def _is_tidy(mapping: Mapping, names: tuple[str, ...]) -> bool:
    fields = _fields(mapping)
    return all(is_sixteen_bits(whole_number(fields[name])) for name in names if name in fields) and all(
        text_scalar(fields[name]) is not None for name in ("exchange", "value") if name in fields
    )
