"""The shapes that the schemas of what `-f json` prints are put together from."""

from linter.source.typed import Any

TEXT: dict[str, Any] = {"type": "string"}
MAYBE_TEXT: dict[str, Any] = {"type": ["string", "null"]}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
PLACE: dict[str, Any] = {"type": "integer", "minimum": 1}
MAYBE_PLACE: dict[str, Any] = {"type": ["integer", "null"], "minimum": 1}
FLAG: dict[str, Any] = {"type": "boolean"}
MAYBE: dict[str, Any] = {"type": ["boolean", "null"]}
TEXTS: dict[str, Any] = {"type": "array", "items": TEXT}
VERSION: dict[str, Any] = {"const": 1}
WHEN: dict[str, Any] = {"enum": ["first", "before-mx", "after-mx", "after-dkim", "last"]}


def an_object(optional: tuple[str, ...] = (), /, description: str = "", **properties: Any) -> dict[str, Any]:
    """An object of exactly these properties, all of which are there but for the optional ones."""
    shape = {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }
    return {"description": description, **shape} if description else shape


def a_list(items: dict[str, Any]) -> dict[str, Any]:
    """A list of such values."""
    return {"type": "array", "items": items}


def or_null(shape: dict[str, Any]) -> dict[str, Any]:
    """Such a value, or null."""
    return {"anyOf": [{"type": "null"}, shape]}


def ref(name: str) -> dict[str, Any]:
    """One of the shapes in `$defs`."""
    return {"$ref": f"#/$defs/{name}"}


def a_wait() -> dict[str, Any]:
    """How long to wait after a step."""
    return an_object(seconds=COUNT, cautious_seconds=COUNT, because=TEXT)


def a_row() -> dict[str, Any]:
    """A row of the matrix of senders."""
    return an_object(name=TEXT, system=TEXT, spf=MAYBE_TEXT, dkim=TEXT, dmarc=TEXT, policy=TEXT)
