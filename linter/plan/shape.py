"""The shape of PLAN.yaml, as a JSON Schema."""

from linter.intent.shape import mail_schema, systems_schema
from linter.source.schema_head import schema_head
from linter.source.typed import Any

from .model import CAUTIOUS, DAYS, PROPAGATION, RFC

_TEXT = {"type": "string", "minLength": 1}
_DAY = {
    "type": "string",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "description": "a day such as 2027-01-31",
}
_RANGE = {
    "type": "string",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:/[0-9]{4}-[0-9]{2}-[0-9]{2})?$",
    "description": "a day, or two of them such as 2026-12-20/2027-01-06",
}
_TIME = {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$", "description": 'a time in quotes, such as "18:00"'}


def plan_schema() -> dict[str, Any]:
    """The schema of a plan."""
    words = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
    values = systems_schema()["additionalProperties"]["properties"]["values"]
    return {
        **schema_head("plan", "A plan of mailzone: a move of mail in stages"),
        "type": "object",
        "properties": {
            "title": {**_TEXT, "description": "what the plan is called"},
            "zones": {"type": "array", "items": _TEXT, "minItems": 1, "description": "globs of the zone files"},
            "stages": {"type": "array", "items": _stage(words), "minItems": 1, "description": "the stages, in order"},
            "window": _window(),
            "freeze": {"anyOf": [_RANGE, {"type": "array", "items": _RANGE}], "description": "days without changes"},
            "start": {**_DAY, "description": "the day on which the plan begins, such as 2027-01-31"},
            "propagation": {
                "type": "integer",
                "minimum": 0,
                "maximum": 7 * 24 * 3600,
                "description": f"seconds until all servers have a change (default: {PROPAGATION})",
            },
            "safety": {"enum": [RFC, CAUTIOUS], "description": "which waits the totals and the calendar keep"},
            "values": {
                "type": "object",
                "description": "what only the vendor shows, by system and domain",
                "additionalProperties": values,
            },
        },
        "required": ["stages"],
        "additionalProperties": False,
    }


def _stage(words: dict[str, Any]) -> dict[str, Any]:
    systems, mail = systems_schema(), mail_schema()
    return {
        "type": "object",
        "properties": {
            "name": {**_TEXT, "description": "what the stage is called"},
            "systems": {**systems, "additionalProperties": _part(systems["additionalProperties"])},
            "mail": {**mail, "additionalProperties": _mail_part(mail["additionalProperties"])},
            "people": {**words, "description": "who is moved in this stage"},
            "done": {**words, "description": "ids of the gates that were passed"},
        },
        "required": ["name"],
        "additionalProperties": False,
    }


def _part(whole: dict[str, Any]) -> dict[str, Any]:
    """A mapping of which a stage may give some keys, and take one back with `~`."""
    properties = {key: {"anyOf": [each, {"type": "null"}]} for key, each in whole["properties"].items()}
    return {**whole, "properties": properties}


def _mail_part(whole: dict[str, Any]) -> dict[str, Any]:
    none, mapping = whole["anyOf"]
    return {**whole, "anyOf": [none, _part(mapping)]}


def _window() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "when changes are made",
        "properties": {
            "days": {"type": "array", "items": {"enum": list(DAYS)}, "minItems": 1},
            "from": _TIME,
            "to": _TIME,
            "tz": {**_TEXT, "description": "a time zone such as Europe/Vienna"},
        },
        "required": ["from", "to"],
        "additionalProperties": False,
    }
