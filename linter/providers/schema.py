"""The JSON Schema of a provider's file; `mailzone schema provider` prints it."""

from typing import Any

from .model import ROLES

_TEXT = {"type": "string", "minLength": 1}
_HOST = {
    "type": "string",
    "pattern": r"^(\*\*\.)?(?!.*\*\*)[a-z0-9_*{}-]+(\.[a-z0-9_*{}-]+)*$",
    "description": "lower case, no final dot; `*` for a label or a part of one, `**.` in front for one label or more",
}
_EXAMPLES = {"type": "array", "items": _TEXT, "description": "names that the pattern must match"}
_NUMBER = {"type": "integer", "minimum": 0, "maximum": 65535}
EVIDENCE = {
    "source": {**_TEXT, "description": "who says so: a short name of policies/sources.yaml, and what of it"},
    "seen": {
        "type": "string",
        "pattern": "^20[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?$",
        "description": "when it was read there",
    },
    "confirmed": {
        "type": "boolean",
        "description": "read in the vendor's words or in a table that was tested; if not, no error rests on it",
    },
}


def _facts(needed: tuple[str, ...], /, **fields: Any) -> dict[str, Any]:
    """A list of facts of one kind, each with its evidence."""
    return {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {**fields, **EVIDENCE},
            "required": [*needed, *EVIDENCE],
            "additionalProperties": False,
        },
    }


def _parameters() -> dict[str, Any]:
    fields = {"name": {"type": "string", "pattern": "^[a-z]+(-[a-z0-9]+)*$"}, "what": _TEXT, "how": _TEXT}
    return {
        "type": "array",
        "description": "what the customer must say because nobody can derive it",
        "items": {
            "type": "object",
            "properties": fields,
            "required": list(fields),
            "additionalProperties": False,
        },
    }


def _records() -> dict[str, Any]:
    """What the vendor asks to be published."""
    return {
        "mx": _facts(
            ("host",),
            host=_HOST,
            style={**_TEXT, "description": "which set of hosts it belongs to; the first is what is asked for today"},
            preference=_NUMBER,
            beside={**_TEXT, "description": "another style that these hosts may stand beside"},
            verification={"type": "boolean", "description": "proves ownership and takes no mail"},
            examples=_EXAMPLES,
        ),
        "spf": _facts(
            ("term",),
            term={"type": "string", "pattern": "^(include:|redirect=|a:|mx:|exists:)[^ ]+$"},
            at={"enum": ["domain", "subdomain", "optional", "outbound"], "description": "whose record needs it"},
            cost={"type": "integer", "minimum": 1, "description": "all lookups that it causes, its own included"},
            style=_TEXT,
            examples=_EXAMPLES,
        ),
        "dkim": _facts(
            ("selector", "type"),
            selector=_TEXT,
            type={"enum": ["CNAME", "TXT"]},
            target={**_HOST, "description": "of a CNAME; `{domain}` and `{dashed}` are the customer's domain"},
            style=_TEXT,
            examples=_EXAMPLES,
        ),
        "verification": _facts(("prefix",), name={**_TEXT, "description": "`@` is the domain"}, prefix=_TEXT),
        **_client_records(),
    }


def _client_records() -> dict[str, Any]:
    """What mail programs look for."""
    return {
        "clients": _facts(
            ("kind", "name", "type", "target"),
            kind={"enum": ["autodiscover", "autoconfig", "srv"]},
            name=_TEXT,
            type={"enum": ["CNAME", "SRV"]},
            target=_HOST,
            port=_NUMBER,
            priority=_NUMBER,
            weight=_NUMBER,
            required={"type": "boolean", "description": "whether clients do not find their server without it"},
            examples=_EXAMPLES,
        ),
    }


def provider_schema() -> dict[str, Any]:
    """The schema of one vendor's file in policies/providers."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A provider of mailzone: what one vendor of mail needs in DNS",
        "type": "object",
        "properties": {
            "provider": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "description": "the file's name"},
            "name": _TEXT,
            "docs": {"type": "string", "pattern": "^https://"},
            "note": _TEXT,
            "roles": {"type": "array", "items": {"enum": list(ROLES)}, "minItems": 1, "uniqueItems": True},
            "single-host": {"type": "boolean", "description": "one MX host is all that is asked for, in some style"},
            **_records(),
            "reports": _facts(("domain",), domain=_HOST),
            "retired": _facts(
                ("kind", "name", "reason"),
                kind={"enum": ["include", "report-address", "mx", "dkim-target", "record"]},
                name=_TEXT,
                since={"type": "string", "pattern": "^20[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?$"},
                successor=_TEXT,
                reason={**_TEXT, "description": "a clause that follows the name"},
                works={"type": "boolean", "description": "the old name still does its work"},
            ),
            "parameters": _parameters(),
            "snapshots": _facts(
                ("name", "type", "values"),
                name=_HOST,
                type={"enum": ["TXT"]},
                values={"type": "array", "items": _TEXT, "minItems": 1},
            ),
        },
        "required": ["provider", "name", "roles"],
        "additionalProperties": False,
    }


def bounces_schema() -> dict[str, Any]:
    """The schema of policies/bounces.yaml."""
    code = {"type": "string", "pattern": r"^[245]\.[0-9]{1,3}\.[0-9]{1,3}(-[0-9]{1,3})?$"}
    names = {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}}
    bounces = _facts(
        ("codes", "who", "meaning"),
        codes={"type": "array", "items": code, "minItems": 1},
        who=_TEXT,
        basic={"type": "array", "items": {"type": "integer", "minimum": 200, "maximum": 599}},
        meaning=_TEXT,
        dns=_TEXT,
        causes=names,
        rules=names,
    )
    cause = {
        "type": "object",
        "properties": {"what": _TEXT, "rules": names},
        "required": ["what", "rules"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What bounces mean in terms of DNS",
        "type": "object",
        "properties": {"causes": {"type": "object", "additionalProperties": cause}, "bounces": bounces},
        "required": ["causes", "bounces"],
        "additionalProperties": False,
    }
