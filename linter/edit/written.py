"""Values and records as YAML text, in the habits of a file."""

from linter.source.scalar_type import implicit_type
from linter.source.tree import Scalar
from linter.zone.shape import ADDRESS_TYPES, SINGLE_TYPES, TARGET_TYPES

from .change import CannotEdit
from .style import Style

_SAFE_FIRST = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+")
_SRV_FIELDS = ("port", "priority", "target", "weight")
_SRV_ORDER = ("priority", "weight", "port", "target")
_TLSA_ORDER = ("certificate_usage", "selector", "matching_type", "certificate_association_data")
"""The order of the fields in presentation format; in a file they are sorted, as octoDNS may demand."""


def plain_or_quoted(text: str, is_flow: bool = False) -> str:
    """A string as a YAML scalar, in quotes only where it would be read as something else without them."""
    is_plain = (
        text
        and text[0] in _SAFE_FIRST
        and text[-1] not in ": "
        and implicit_type(text) == "str"
        and not any(mark in text for mark in (": ", " #", "\n", "\t"))
        and not (is_flow and any(mark in text for mark in ",[]{}"))
    )
    return text if is_plain and text.isprintable() else quoted_scalar(text, "'")


def quoted_scalar(text: str, style: str) -> str:
    """A string in quotes of one style. Raises CannotEdit for control characters, which no mail record has."""
    if not text.isprintable():
        raise CannotEdit("the value has characters that cannot be printed")
    if style == '"':
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    escaped = text.replace("'", "''")
    return f"'{escaped}'"


def replaced_scalar(old: Scalar, text: str, is_flow: bool) -> str:
    """A string in the style of the scalar that it takes the place of; a block becomes one quoted line."""
    if old.style == '"':
        return quoted_scalar(text, '"')
    if old.style == "":
        return plain_or_quoted(text, is_flow)
    return quoted_scalar(text, "'")


def published_as(text: str, style: Style) -> str:
    """What is to be written for a TXT value so that octoDNS publishes exactly this text."""
    written = text.replace(";", "\\;") if style.escaped else text
    return f'"{written}"' if written.startswith('"') else written


def fields_of(kind: str, value: str, style: Style) -> dict[str, str]:
    """The fields of a value that is a mapping, by key, in the order in which they are written."""
    words = value.split(" ")
    if kind == "MX" and len(words) == 2:
        preference, exchange = words
        return {name: exchange if name in ("exchange", "value") else preference for name in style.fields}
    if kind == "SRV" and len(words) == len(_SRV_ORDER):
        held = dict(zip(_SRV_ORDER, words, strict=True))
        return {name: held[name] for name in _SRV_FIELDS}
    if kind == "TLSA" and len(words) == len(_TLSA_ORDER):
        held = dict(zip(_TLSA_ORDER, words, strict=True))
        return {name: held[name] for name in sorted(_TLSA_ORDER)}
    raise CannotEdit(f"a value of type {kind} cannot be written: {value!r}")


def is_mapping(kind: str) -> bool:
    """Whether values of a type are mappings in a zone file."""
    return kind in ("MX", "SRV", "TLSA")


def value_lines(kind: str, value: str, style: Style, in_flow: bool = False) -> list[str]:
    """One value: a line, or a mapping of several."""
    if kind == "TXT":
        return [quoted_scalar(published_as(value, style), "'")]
    if kind in TARGET_TYPES or kind in ADDRESS_TYPES:
        return [plain_or_quoted(value, in_flow)]
    pairs = [
        f"{key}: {held if held.isdigit() else plain_or_quoted(held, True)}"
        for key, held in fields_of(kind, value, style).items()
    ]
    if in_flow or (style.in_flow and kind == "MX"):
        return ["{" + ", ".join(pairs) + "}"]
    return pairs


def listed(lines: list[str]) -> list[str]:
    """Lines as one item of a list."""
    return [f"{'  ' if row else '- '}{line}" for row, line in enumerate(lines)]


def indented(lines: list[str], columns: int) -> list[str]:
    """Lines moved to the right."""
    return [f"{' ' * columns}{line}" for line in lines]


def values_lines(kind: str, values: tuple[str, ...], style: Style) -> list[str]:
    """The `value:` or `values:` of a record."""
    if kind in SINGLE_TYPES and len(values) > 1:
        raise CannotEdit(f"a {kind} has one value")
    if len(values) == 1:
        lines = value_lines(kind, values[0], style)
        return [f"value: {lines[0]}"] if len(lines) == 1 else ["value:", *indented(lines, style.step)]
    items = [line for value in values for line in listed(value_lines(kind, value, style))]
    return ["values:", *indented(items, style.dash)]


def record_lines(kind: str, values: tuple[str, ...], ttl: int | None, style: Style) -> list[str]:
    """A record as the lines of a mapping, its keys sorted as octoDNS may demand."""
    head = [] if ttl is None else [f"ttl: {ttl}"]
    return [*head, f"type: {kind}", *values_lines(kind, values, style)]


def record_in_braces(kind: str, values: tuple[str, ...], ttl: int | None, style: Style) -> str:
    """A record as a mapping in one line."""
    parts = [] if ttl is None else [f"ttl: {ttl}"]
    parts.append(f"type: {kind}")
    items = [value_lines(kind, value, style, True)[0] for value in values]
    parts.append(f"value: {items[0]}" if len(items) == 1 else f"values: [{', '.join(items)}]")
    return "{" + ", ".join(parts) + "}"
