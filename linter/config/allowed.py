"""`allowed:` of a profile: the lists of what an organisation allows, read with places."""

import os
from collections.abc import Iterator

from linter.facts.allowed import Allowed, Listed
from linter.records.text.fault import quoted
from linter.records.text.name import to_ascii
from linter.source.plain import PlainValue, node_at
from linter.source.text import SourceFault
from linter.source.tree import Mapping, located
from linter.source.typed import Any

KEY = "allowed"
"""The family of the rules that judge by these lists."""
_LISTS = {
    "mx": "the mail hosts that an MX may name; `*` is any text",
    "includes": "the names that `include:` and `redirect=` of SPF may lead to, beside those of declared zones",
    "rua": "the addresses that DMARC and TLS reports may go to",
    "selectors": "the selectors that DKIM keys may have",
    "systems": "the systems that may be declared, and the vendors whose names records may hold, by name or key",
}
_MOST = 1000
_WAYS = {"mx": "a host name", "includes": "a name", "rua": "an address", "selectors": "a selector", "systems": "a name"}


def allowed_schema() -> dict[str, Any]:
    """The schema of the lists."""
    text = {"type": "string", "minLength": 1}
    return {
        "type": "object",
        "description": "what is allowed; whatever is not listed is a finding of the rules of the family `policy`",
        "properties": {
            **{key: {"type": "array", "items": text, "description": what} for key, what in _LISTS.items()},
            "reason": {"type": "string", "description": "who says so, and where; findings name it"},
        },
        "additionalProperties": False,
    }


def fits_allowed(value: PlainValue) -> bool:
    """The fast reading of the schema."""
    return (
        isinstance(value, dict)
        and value.keys() <= {*_LISTS, "reason"}
        and isinstance(value.get("reason", ""), str)
        and all(_are_texts(value[key]) for key in _LISTS if key in value)
    )


def _are_texts(value: PlainValue) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each != "" for each in value)


def read_allowed(value: PlainValue, profile: str) -> Allowed | None:
    """The lists of a document that fits; `profile` is the name or path of the profile. None where it has none."""
    if not isinstance(value, dict):
        return None
    name, reason = os.path.basename(profile), str(value.get("reason", ""))
    held = {key: value[key] for key in _LISTS if key in value}
    lists = {
        key: Listed(tuple(dict.fromkeys(_written(key, str(each)) for each in listed)), name, reason)
        for key, listed in held.items()
        if isinstance(listed, list)
    }
    return Allowed(**lists)


def _written(kind: str, text: str) -> str:
    """An entry in the form in which it is compared."""
    folded = text.strip().lower()
    if kind in ("mx", "includes"):
        return to_ascii(folded.removesuffix("."))[0]
    return folded.removeprefix("mailto:") if kind == "rua" else folded


def allowed_faults(root: Mapping, value: PlainValue) -> Iterator[SourceFault]:
    """Entries that can never be met, each at its place: those of another form than what is compared with them."""
    for key in _LISTS if isinstance(value, dict) else ():
        assert isinstance(value, dict)
        listed = value.get(key)
        if not isinstance(listed, list):
            continue
        if len(listed) > _MOST:
            place = located(*node_at(root, (KEY, key, _MOST)))
            yield SourceFault(place, "config", f"more than {_MOST:,} entries", "write globs such as `*.example.com`")
        for number, each in enumerate(listed[:_MOST]):
            said = _fault(key, str(each).strip())
            if said is not None:
                place = located(*node_at(root, (KEY, key, number)))
                way_out = f"write {quoted(said, 80)}" if said else ""
                yield SourceFault(place, "config", f"{quoted(str(each), 80)} is not {_WAYS[key]}", way_out)


def _fault(key: str, text: str) -> str | None:
    """What is meant by an entry of another form, "" where that is unknown; None for one that can be met."""
    folded = text.lower()
    if key == "systems":
        return None if text else ""
    if not text or any(blank in text for blank in (" ", "\t", "\n")):
        return ""
    if key == "rua":
        is_address = folded.startswith("https://") or ("@" in text.removeprefix("mailto:").strip("@")) or "*" in text
        return None if is_address else ""
    if key == "selectors":
        return folded.partition("._domainkey")[0] if "_domainkey" in folded else None
    for start in ("include:", "redirect=", "mx:", "https://", "http://"):
        if folded.startswith(start):
            return text[len(start) :].strip("/")
    return "" if any(sign in text for sign in ("@", "/", ":", "=", ",", ";")) else None
