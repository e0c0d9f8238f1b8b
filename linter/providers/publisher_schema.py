"""The JSON Schema of policies/publishers.yaml."""

from linter.source.schema_head import schema_head
from linter.source.typed import Any

from .publishers import NAMES, SETTING
from .schema import EVIDENCE

_NAME = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_WORD = {"type": "string", "pattern": "^[a-z]+([_-][a-z]+)*$"}
_TYPES = {
    "type": "array",
    "items": {"type": "string", "pattern": "^[A-Z0-9]+$"},
    "minItems": 1,
    "uniqueItems": True,
}
_CLASSES = {
    "type": "array",
    "items": {"type": "string", "pattern": r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)+$"},
    "minItems": 1,
    "uniqueItems": True,
    "description": "the paths that the class has in configurations, old and new",
}
_SECONDS = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}


def publishers_schema() -> dict[str, Any]:
    """The schema of the whole file."""
    return {
        **schema_head("publishers", "Who publishes the zones that octoDNS keeps, and what sources add to them"),
        "type": "object",
        "properties": {
            "publishers": {"type": "array", "items": _publisher(), "minItems": 1},
            "sources": {"type": "array", "items": _source(), "minItems": 1},
        },
        "required": ["publishers", "sources"],
        "additionalProperties": False,
    }


def _object(needed: tuple[str, ...], **fields: Any) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": list(needed), "additionalProperties": False}


def _publisher() -> dict[str, Any]:
    return _object(
        ("name", "title", "classes", *EVIDENCE),
        name=_NAME,
        title={"type": "string", "minLength": 1},
        classes=_CLASSES,
        absolute={**_TYPES, "description": "types whose targets are absolute without their final dot"},
        flattens={"enum": ["apex", "all"], "description": "where a CNAME is served as the addresses it points to"},
        proxy=_object(("key",), key=_WORD, off=_WORD),
        ttl={
            **_object(
                (),
                least=_SECONDS,
                setting=_WORD,
                automatic={"type": "array", "items": _SECONDS, "minItems": 1},
                flag=_WORD,
            ),
            "minProperties": 1,
        },
        **{"as-txt": {**_TYPES, "description": "types that are served as TXT"}},
        types={**_TYPES, "description": "types that are published"},
        soa={
            **_object(
                ("ttl", "minimum", "refresh", *EVIDENCE), ttl=_SECONDS, minimum=_SECONDS, refresh=_SECONDS, **EVIDENCE
            ),
            "description": "the SOA of a zone that was not changed",
        },
        copies={"const": True, "description": "nothing is served from it"},
        **EVIDENCE,
    )


def _source() -> dict[str, Any]:
    schema = _object(
        ("name", "classes", "names", "types", *EVIDENCE),
        name=_NAME,
        classes=_CLASSES,
        names={"enum": list(NAMES)},
        setting=_WORD,
        types=_TYPES,
        **{"types-setting": _WORD},
        **EVIDENCE,
    )
    schema["if"] = {"properties": {"names": {"const": SETTING}}}
    schema["then"] = {"required": ["setting"]}
    return schema
