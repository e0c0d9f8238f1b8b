"""Why a document does not fit its JSON Schema, in sentences with places; jsonschema finds the faults.

Loading jsonschema takes as long as checking a whole repository, so readers of our own accept what is right,
and only a document they refuse comes here.
"""

from collections.abc import Collection

from .frozen import Frozen
from .plain import PlainValue, entry_of, node_at, plain_value
from .scalar_type import implicit_type
from .text import Span
from .tree import Mapping, Node, Scalar, located
from .typed import Any

_KINDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "null": "nothing",
}
_BARE_TYPES = {"integer": "int", "boolean": "bool"}
_MOST_LISTED = 22
_MEANT_BY = "; did you mean it by "


class SchemaFault(Frozen):
    """One reason why a document does not fit; `help` may be empty."""

    span: Span
    message: str
    help: str = ""


def explain(node: Node, schema: dict[str, Any], via: Span | None = None) -> tuple[SchemaFault, ...]:
    """Every fault of a document against its schema, in the order of the text."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(schema)
    faults: list[SchemaFault] = []
    for error in validator.iter_errors(plain_value(node)):
        faults.extend(_explained(node, error, via))
    # A key that is unknown because another one was meant has been told already.
    misspelt = {fault.span for fault in faults if _MEANT_BY in fault.message}
    faults = [fault for fault in faults if fault.span not in misspelt or _MEANT_BY in fault.message]
    return tuple(sorted(dict.fromkeys(faults), key=lambda fault: (fault.span.start, fault.span.end)))


def _explained(node: Node, error: Any, via: Span | None) -> list[SchemaFault]:
    place, via = node_at(node, error.absolute_path, via)
    span = located(place, via)
    rule, instance = error.validator, error.instance
    shown = _shown(place, instance)
    if rule == "additionalProperties":
        return _unknown_keys(place, error, via)
    if rule == "required":
        name = error.message.split("'")[1]
        return [_missing(place, span, (name,), instance)]
    if rule in ("anyOf", "oneOf"):
        return _no_alternative(node, error, place, via)
    if rule in ("enum", "const"):
        words = error.validator_value if rule == "enum" else [error.validator_value]
        known = [word for word in words if isinstance(word, str)]
        if error.schema.get("x-key"):  # an enum of keys: the place is the key, not what it holds
            span = _key_span(place, str(instance), via)
        return [SchemaFault(span, f"{shown} is unknown{_meant(shown, known)}")]
    if rule == "type":
        return [_helped(_wrong_kind(span, shown, instance, _types(error.schema)), error.schema, instance)]
    if rule in ("minimum", "maximum"):
        low, high = error.schema.get("minimum"), error.schema.get("maximum")
        bounds = f"{low} or more" if high is None else f"{high} or less" if low is None else f"{low} to {high}"
        return [SchemaFault(span, f"{shown} is out of range; expected {bounds}")]
    if rule in ("pattern", "minLength"):
        wanted = error.schema.get("description", "text of another form")
        return [SchemaFault(span, f"{shown} does not fit; expected {wanted}")]
    if rule == "minItems":
        return [SchemaFault(span, "an empty list", "give at least one value, or take the entry out")]
    return [SchemaFault(span, "empty value" if instance is None else f"{shown} does not fit here")]


def _key_span(holder: Node, name: str, via: Span | None) -> Span:
    entry = entry_of(holder, name) if isinstance(holder, Mapping) else None
    return located(entry[0], via) if entry else located(holder, via)


def _unknown_keys(place: Node, error: Any, via: Span | None) -> list[SchemaFault]:
    known = list(error.schema.get("properties", {}))
    faults = []
    for name in error.instance:
        if name not in known:
            entry = entry_of(place, name) if isinstance(place, Mapping) else None
            span = located(entry[0] if entry else place, via)
            faults.append(SchemaFault(span, f"`{name}` is unknown{_meant(name, known)}"))
    return faults


def _missing(place: Node, span: Span, names: tuple[str, ...], instance: PlainValue) -> SchemaFault:
    """A required key is absent; where a key that is there looks like it, that one is pointed at."""
    from difflib import get_close_matches

    present = [key for key in instance if key not in names] if isinstance(instance, dict) else []
    message = f"`{names[0]}` is missing"
    for name in names:
        for near in get_close_matches(name, present, 1, 0.7):
            entry = entry_of(place, near) if isinstance(place, Mapping) else None
            if entry:
                return SchemaFault(located(entry[0], span.via), f"{message}{_MEANT_BY}`{near}`?")
    return SchemaFault(span, message)


def _no_alternative(node: Node, error: Any, place: Node, via: Span | None) -> list[SchemaFault]:
    """None of several schemas fits: say what they want in common, else explain the nearest one."""
    branches = error.validator_value
    names = [branch["required"][0] for branch in branches if list(branch) == ["required"]]
    if len(names) == len(branches):
        return [_missing(place, located(place, via), tuple(names), error.instance)]
    kinds = {kind for branch in branches for kind in _types(branch)}
    found = _json_kind(error.instance)
    span, shown = located(place, via), _shown(place, error.instance)
    if "description" in error.schema and found != "object":
        what = "empty value" if found == "null" else f"{shown} does not fit"
        words = [word for branch in branches for word in branch.get("enum", ()) if isinstance(word, str)]
        _, meant, near = _meant(str(error.instance), words).partition("; did you mean ")
        return [SchemaFault(span, f"{what}; expected {error.schema['description']}{meant}{near}")]
    if kinds and not _is_among(found, kinds):
        words = [word for branch in branches for word in branch.get("enum", ()) if isinstance(word, str)]
        if words and found not in ("array", "object"):
            what = "empty value" if found == "null" else f"{shown} is unknown"
            return [SchemaFault(span, f"{what}{_meant(shown, words)}")]
        fault = _wrong_kind(span, shown, error.instance, sorted(kinds))
        return [next((told for branch in branches if (told := _helped(fault, branch, error.instance)) != fault), fault)]
    # What a branch for another kind of value says of this one helps nobody.
    fitting = [
        inner for inner in error.context or () if _is_among(found, _types(branches[inner.relative_schema_path[0]]))
    ]
    nearest = max(fitting, key=lambda inner: len(inner.absolute_path), default=None)
    if nearest is None:
        return [SchemaFault(span, f"{shown} does not fit here")]
    return _explained(node, nearest, via)


def _types(schema: dict[str, Any]) -> list[str]:
    wanted = schema.get("type", [])
    if "enum" in schema and not wanted:
        return ["string"]
    return [wanted] if isinstance(wanted, str) else list(wanted)


def _is_among(found: str, kinds: Collection[str]) -> bool:
    return found in kinds or (found == "integer" and "number" in kinds)


def _json_kind(value: PlainValue) -> str:
    if value is None:
        return "null"
    for kind, types in (("boolean", bool), ("integer", int), ("number", float), ("string", str)):
        if isinstance(value, types):
            return kind
    return "array" if isinstance(value, list) else "object"


def _wrong_kind(span: Span, shown: str, instance: PlainValue, kinds: list[str]) -> SchemaFault:
    found = _json_kind(instance)
    if "integer" in kinds and "string" in kinds:
        kinds = [kind for kind in kinds if kind != "string"]  # digits in quotes pass; nobody need know
    wanted = " or ".join(_KINDS.get(kind, kind) for kind in kinds)
    if found == "null":
        return SchemaFault(span, f"empty value; expected {wanted}")
    if "string" in kinds and found in ("integer", "number", "boolean"):
        kind = "a boolean" if found == "boolean" else _KINDS[found]
        return SchemaFault(span, f"{shown} is {kind} to YAML; expected text", "put it in quotes")
    if found in ("array", "object"):
        return SchemaFault(span, f"{_KINDS[found]} is here; expected {wanted}")
    if isinstance(instance, str) and [implicit_type(instance)] == [_BARE_TYPES.get(kind) for kind in kinds]:
        return SchemaFault(span, f"{shown} is text to YAML; expected {wanted}", "take the quotes away")
    return SchemaFault(span, f"{shown} is not {wanted}")


def _helped(fault: SchemaFault, schema: dict[str, Any], instance: PlainValue) -> SchemaFault:
    """A fault with the way out that the schema has for a list in the place of one value."""
    way_out = schema.get("x-one") if isinstance(instance, list) else None
    return fault._replace(help=way_out) if way_out else fault


def _shown(place: Node, value: PlainValue) -> str:
    """What to call a value in a message: a scalar as it is written, not as YAML reads it."""
    if isinstance(value, dict | list):
        return _KINDS[_json_kind(value)]
    text = place.text if isinstance(place, Scalar) else str(value)
    return f"`{text if len(text) <= 60 else text[:59] + '…'}`"


def _meant(word: str, known: list[str]) -> str:
    """The end of a message: the known words and the nearest of them."""
    from difflib import get_close_matches

    listed = ", ".join(f"`{name}`" for name in known[:_MOST_LISTED]) + (" …" if len(known) > _MOST_LISTED else "")
    spelled = {name.lower(): name for name in known}
    near = get_close_matches(word.strip("`").lower()[:64], spelled, 1, 0.7)
    meant = f"; did you mean `{spelled[near[0]]}`?" if near else ""
    return f"; expected one of {listed}{meant}" if known else ""
