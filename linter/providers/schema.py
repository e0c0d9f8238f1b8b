"""The JSON Schema of a provider's file; `mailzone schema provider` prints it."""

from linter.source.schema_head import schema_head
from linter.source.typed import Any

from .model import ROLES

_TEXT = {"type": "string", "minLength": 1}
_HOST = {
    "type": "string",
    "pattern": r"^(\*\*\.)?(?!.*\*\*)[a-z0-9_*{}-]+(\.[a-z0-9_*{}-]+)*$",
    "description": "lower case, no final dot; `*` for a label or a part of one, `**.` in front for one label or more",
}
_NAME = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_SHOWN = {**_TEXT, "description": "where the vendor shows the customer's values: a path through its console"}
_OWNER = {**_NAME, "description": "the provider whose name it is, where the vendor sends through another"}
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
    value = {"type": "string", "pattern": "^[a-z0-9]+([.-][a-z0-9]+)*$"}
    fields = {"name": {"type": "string", "pattern": "^[a-z]+(-[a-z0-9]+)*$"}, "what": _TEXT, "how": _TEXT}
    values = {
        "description": "those that are known: a list, or each with the style of the facts that it chooses",
        "anyOf": [
            {"type": "array", "items": value, "minItems": 1, "uniqueItems": True},
            {"type": "object", "propertyNames": value, "additionalProperties": _TEXT, "minProperties": 1},
        ],
    }
    return {
        "type": "array",
        "description": "what the customer must say because it cannot be derived; it fills `{name}` in other facts",
        "items": {
            "type": "object",
            "properties": {
                **fields,
                "values": values,
                "others": {"type": "boolean", "description": "there may be values that are not listed"},
            },
            "required": list(fields),
            "additionalProperties": False,
        },
    }


def _fact(**fields: Any) -> dict[str, Any]:
    """One fact with its evidence."""
    return {
        "type": "object",
        "properties": {**fields, **EVIDENCE},
        "required": [*fields, *EVIDENCE],
        "additionalProperties": False,
    }


def _sending() -> dict[str, Any]:
    """What concerns the envelope, and who needs to be in SPF."""
    return {
        "envelope": {
            "description": "the return path: records at a name below the customer's domain",
            **_facts(
                ("name", "type", "value"),
                name={"type": "string", "pattern": r"^([a-z0-9-]+|\{[a-z0-9-]+\}|[a-z0-9-]*\*[a-z0-9-]*)$"},
                type={"enum": ["CNAME", "MX", "SPF"]},
                value={**_TEXT, "description": "a host, or the SPF term that the record there has"},
                preference=_NUMBER,
                style=_TEXT,
                usual={**_NAME, "description": "the name that most have, where it is the customer's choice"},
                optional={"type": "boolean", "description": "without it the vendor uses its own domain"},
                examples=_EXAMPLES,
                shown=_SHOWN,
            ),
        },
        "no-spf": {
            **_fact(reason={**_TEXT, "description": "a clause that says why"}),
            "description": "the record of the domain needs no term; not to be confused with an unknown term",
        },
        "rewrites-senders": {
            **_fact(),
            "description": "a forwarder that writes its customers' domains into envelope senders: it needs its term",
        },
    }


def _manual() -> dict[str, Any]:
    return {
        "description": "steps outside DNS, in their order",
        **_facts(
            ("step", "what", "where", "when", "concerns"),
            step=_NAME,
            what={**_TEXT, "description": "in the imperative"},
            where={**_TEXT, "description": "the place in the vendor's tools"},
            when={"enum": ["first", "before-mx", "after-mx", "after-dkim", "last"]},
            concerns={"enum": ["receives", "sends", "split", "gateway", "old-host"]},
        ),
    }


def _records() -> dict[str, Any]:
    """What the vendor asks to be published."""
    return {
        "mx": _facts(
            ("host",),
            host=_HOST,
            style={**_TEXT, "description": "which set of hosts it belongs to; the first is the current one"},
            preference=_NUMBER,
            beside={**_TEXT, "description": "another style that these hosts may be combined with"},
            verification={"type": "boolean", "description": "proves ownership and accepts no mail"},
            examples=_EXAMPLES,
            shown={**_SHOWN, "description": "where each customer's host, or its preference, is shown"},
            asked={"type": "boolean", "description": "false where such hosts are recognised and not asked for"},
        ),
        "spf": _facts(
            ("term",),
            term={"type": "string", "pattern": "^(include:|redirect=|a:|mx:|exists:)[^ ]+$"},
            at={"enum": ["domain", "subdomain", "optional", "outbound"], "description": "whose record needs it"},
            cost={"type": "integer", "minimum": 1, "description": "all lookups that it causes, its own included"},
            counted={**_fact(), "description": "who counted `cost`, where that is not who names the term"},
            style=_TEXT,
            examples=_EXAMPLES,
            shown=_SHOWN,
            owner=_OWNER,
        ),
        "dkim": _keys(),
        "verification": _facts(("prefix",), name={**_TEXT, "description": "`@` is the domain"}, prefix=_TEXT),
        **_shared_keys(),
        **_client_records(),
    }


def _keys() -> dict[str, Any]:
    return _facts(
        ("selector", "type"),
        selector=_TEXT,
        type={"enum": ["CNAME", "TXT"]},
        target={**_HOST, "description": "of a CNAME; `{domain}`, `{dashed}` and `{token}` are the customer's domain"},
        style=_TEXT,
        examples=_EXAMPLES,
        number={"type": "integer", "minimum": 1, "description": "how many selectors of this form there are"},
        shown=_SHOWN,
        owner=_OWNER,
    )


def _shared_keys() -> dict[str, Any]:
    return {
        "shared-keys": {
            **_facts(("key",), key={"type": "string", "pattern": "^MI[A-Za-z0-9+/=]+$"}),
            "description": "DKIM keys that all customers are given, each the base64 of its `p=`",
        },
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
            style=_TEXT,
            examples=_EXAMPLES,
        ),
    }


def _retired() -> dict[str, Any]:
    """What the vendor has withdrawn."""
    return _facts(
        ("kind", "name", "reason"),
        kind={"enum": ["include", "report-address", "mx", "dkim-target", "record"]},
        name=_TEXT,
        since={"type": "string", "pattern": "^20[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?$"},
        successor=_TEXT,
        reason={**_TEXT, "description": "a clause that follows the name"},
        works={"type": "boolean", "description": "the old name still does its work"},
    )


def provider_schema() -> dict[str, Any]:
    """The schema of one vendor's file in policies/providers."""
    return {
        **schema_head("provider", "A provider of mailzone: what one vendor of mail needs in DNS"),
        "type": "object",
        "properties": {
            "provider": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "description": "the file's name"},
            "name": _TEXT,
            "aliases": {
                "type": "array",
                "items": _NAME,
                "minItems": 1,
                "uniqueItems": True,
                "description": "what else people write for it",
            },
            "docs": {"type": "string", "pattern": "^https://"},
            "note": _TEXT,
            "roles": {"type": "array", "items": {"enum": list(ROLES)}, "minItems": 1, "uniqueItems": True},
            "single-host": {"type": "boolean", "description": "one MX host is all that is asked for, in some style"},
            **_records(),
            **_sending(),
            "reports": _facts(("domain",), domain=_HOST),
            "retired": _retired(),
            "parameters": _parameters(),
            "manual": _manual(),
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
