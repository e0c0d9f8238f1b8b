"""The JSON Schema of `mailzone.lock` and of the files of `--answers`: what editors are told of recorded answers."""

from linter.source.schema_head import schema_head
from linter.source.typed import Any
from linter.zone.shape import KNOWN_TYPES

from .recorded_reader import NAME_STATUSES, TYPE_STATUSES

_VALUE = {"type": ["string", "number", "boolean"], "description": "a value in presentation format (RFC 1035 section 5)"}


_DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": "the day"}


def lock_schema() -> dict[str, Any]:
    """The schema; it says what shape a file has, and leaves it to the reader whether a value is one of its type."""
    answer, alias = _answer(), _answer(maxItems=1)
    return {
        **schema_head("lock", "Recorded answers of DNS: mailzone.lock, or a file of --answers"),
        "type": "object",
        "properties": {
            "version": {"enum": [1, "1"], "description": "of this format"},
            "complete": {"type": "boolean", "description": "whether what is not listed does not exist"},
            "answers": {
                "type": "object",
                "description": "names, each with its answers; what is not listed is unknown",
                "propertyNames": {"minLength": 1},
                "additionalProperties": {
                    "anyOf": [
                        {"enum": list(NAME_STATUSES), "description": "of the whole name"},
                        _dated(NAME_STATUSES, "the same with its day"),
                        {
                            "type": "object",
                            "properties": {kind: alias if kind == "CNAME" else answer for kind in sorted(KNOWN_TYPES)},
                            "patternProperties": {"^TYPE[0-9]{1,5}$": answer},
                            "additionalProperties": False,
                        },
                    ]
                },
            },
        },
        "required": ["answers"],
        "additionalProperties": False,
    }


def _dated(statuses: tuple[str, ...], description: str) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "properties": {"status": {"enum": list(statuses)}, "seen": _DAY},
        "required": ["status"],
        "additionalProperties": False,
    }


def _answer(**more: Any) -> dict[str, Any]:
    """The schema of what stands at one type."""
    values = {"type": "array", "items": _VALUE, **more}
    return {
        "anyOf": [
            {"enum": list(TYPE_STATUSES)},
            _dated(TYPE_STATUSES, "a status with its day"),
            values,
            {
                "type": "object",
                "properties": {
                    "ttl": {"type": "integer", "minimum": 0, "description": "in seconds, when it was seen"},
                    "seen": _DAY,
                    "values": values,
                },
                "required": ["values"],
                "additionalProperties": False,
            },
        ]
    }
