"""The shape of `systems:` and `mail:`, as a JSON Schema and as the reader's own quick test of it."""

from linter.records.text.fault import one_of
from linter.source.pattern import Pattern
from linter.source.plain import PlainValue
from linter.source.typed import Any

from .model import NO_MAIL, POLICIES, STS_MODES

SERVICES = {
    "imap": 143, "imaps": 993, "pop3": 110, "pop3s": 995, "submission": 587, "submissions": 465,
    "caldav": 80, "caldavs": 443, "carddav": 80, "carddavs": 443, "sieve": 4190, "jmap": 443,
    "autodiscover": 443, "autoconfig": 443,
}  # fmt: skip
"""What mail programs look for, with the usual port: SRV names without underscore (RFC 6186, 8314, 6764)."""

_HOST = r"^\.*[^\s/@:.][^\s/@:]*$"
_SERVER = r"^\.*[^\s/@:.][^\s/@:]*(?::[0-9]{1,5})?$"
_KINDS: dict[str, type] = {"string": str, "object": dict, "array": list}


def systems_schema() -> dict[str, Any]:
    """The schema of `systems:`."""
    word, host = _word("a word"), _host(_HOST, "a host name")
    server = _host(_SERVER, "a host name, or `host:port`")
    properties = {
        "provider": _word("a provider of the catalogue, such as `microsoft-365`"),
        "tenant": word,
        "receives": _one_or_more(host),
        "mx": _one_or_more(host),
        "spf": _one_or_more(_word("SPF terms")),
        "dkim": {"anyOf": [word, _list(word), {"type": "object", "additionalProperties": host}]},
        "clients": _fixed(dict.fromkeys(SERVICES, server)),
        "envelope": host,
        "signs": host,
        "verification": word,
        "parameters": {"type": "object", "additionalProperties": word},
        "values": {
            "type": "object",
            "description": "what only the vendor shows, by domain; `mailzone providers NAME` lists the keys",
            "additionalProperties": {"type": "object", "additionalProperties": word},
        },
    }
    described = "what has mailboxes, filters or sends: one entry for each system"
    return {"type": "object", "description": described, "additionalProperties": _fixed(properties)}


def mail_schema() -> dict[str, Any]:
    """The schema of `mail:`."""
    word = _word("the name of a system")
    split = _fixed({"to": word, "through": _host(_HOST, "a domain or a host")}, "to")
    properties = {
        "receives": {**word, "x-one": "one system receives; name who gets a part of the mail from it under `split`"},
        "behind": word,
        "sends": {"anyOf": [word, {"type": "array", "items": word}]},
        "split": _list(split),
        "envelope": _host(_HOST, "the domain of the MAIL FROM"),
        "clients": _fixed(dict.fromkeys(SERVICES, _host(_SERVER, "a host name, or `host:port`"))),
        "dmarc": _fixed({"p": {"enum": list(POLICIES)}, "sp": {"enum": list(POLICIES)}, "rua": _one_or_more(word)}),
        "mta-sts": {"enum": list(STS_MODES)},
    }
    described = "who receives and sends for which name, globs or several names with commas; `none` for no mail"
    either = f"`none` or a mapping of {one_of(list(properties))}"
    entry = {"description": either, "anyOf": [{"enum": [NO_MAIL]}, _fixed(properties)]}
    return {"type": "object", "description": described, "additionalProperties": entry}


def _word(description: str) -> dict[str, Any]:
    return {"type": "string", "pattern": r"\S", "description": description}


def _host(pattern: str, description: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern, "description": description}


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": 1}


def _one_or_more(item: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [item, _list(item)]}


def _fixed(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": list(required)} if required else schema


def fits(value: PlainValue, schema: dict[str, Any]) -> bool:
    """Whether a value fits one of the schemas above: the few words of JSON Schema that they use, read quickly.

    Recursion is safe: it goes no deeper than the schema.
    """
    if "anyOf" in schema:
        return any(fits(value, each) for each in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    if not isinstance(value, _KINDS[schema["type"]]):
        return False
    if isinstance(value, str):
        return Pattern(schema["pattern"]).search(value) is not None
    if isinstance(value, list):
        return len(value) >= schema.get("minItems", 0) and all(fits(item, schema["items"]) for item in value)
    assert isinstance(value, dict)
    known, others = schema.get("properties", {}), schema["additionalProperties"]
    return all(name in value for name in schema.get("required", ())) and all(
        fits(held, known[name]) if name in known else bool(others) and fits(held, others)
        for name, held in value.items()
    )
