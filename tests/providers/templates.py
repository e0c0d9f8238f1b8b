"""Whether a fact stands in a Domain Connect template: its hosts and terms literally, its holes as variables."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.providers.model import (
    ClientRecord,
    DkimSelector,
    EnvelopeRecord,
    MxHost,
    NoSpfTerm,
    ReportDomain,
    SpfTerm,
    Verification,
)

Record = Mapping[str, Any]


def stands_in(fact: object, records: list[Record]) -> bool:
    """Whether any record of a template says what a fact says; that no SPF term is needed, all of them together."""
    if isinstance(fact, NoSpfTerm):
        return not any(record["type"] == "SPFM" or "v=spf1" in str(record.get("data")) for record in records)
    return any(_says(fact, record) for record in records)


def _says(fact: object, record: Record) -> bool:
    if isinstance(fact, MxHost):
        return record["type"] == "MX" and _host(record) == _open(fact.host) and _fits(fact.preference, record)
    if isinstance(fact, SpfTerm):
        return fact.term in _words(record)
    if isinstance(fact, DkimSelector):
        named = record["type"] == fact.type and _name(record) == _open(f"{fact.selector}._domainkey")
        return named and (fact.type == "TXT" or not fact.target or _host(record) == _open(fact.target))
    if isinstance(fact, Verification):
        return record["type"] == "TXT" and record["data"].startswith(fact.prefix) and _name(record) == fact.name
    if isinstance(fact, ClientRecord):
        return _client(fact, record)
    if isinstance(fact, ReportDomain):
        return record["type"] == "TXT" and re.search(rf"@{re.escape(fact.domain)}\b", record["data"]) is not None
    if isinstance(fact, EnvelopeRecord):
        return _name(record) == _open(fact.name) and _envelope(fact, record)
    raise AssertionError(f"no template holds a {type(fact).__name__}")


def _envelope(fact: EnvelopeRecord, record: Record) -> bool:
    if fact.type == "SPF":
        return fact.value in _words(record)
    return bool(record["type"] == fact.type and _host(record) == _open(fact.value) and _fits(fact.preference, record))


def _client(fact: ClientRecord, record: Record) -> bool:
    if record["type"] != fact.type:
        return False
    if fact.type == "CNAME":
        return _name(record) == fact.name and _host(record) == _open(fact.target)
    numbers = (record["priority"], record["weight"], record["port"])
    named = f"{record['service']}.{record['protocol']}" == fact.name
    return named and record["target"] == fact.target and numbers == (fact.priority, fact.weight, fact.port)


def _fits(preference: int | None, record: Record) -> bool:
    return preference is None or preference == record.get("priority")


def _open(text: str) -> str:
    """A text with every hole as `*`."""
    return re.sub(r"\{[a-z0-9-]+\}|\*+", "*", text)


def _name(record: Record) -> str:
    return re.sub(r"%[^%]*%", "*", record.get("host", "")).removesuffix(".*.")


def _host(record: Record) -> str:
    return re.sub(r"%[^%]*%", "*", record.get("pointsTo", "")).removesuffix(".")


def _words(record: Record) -> Iterator[str]:
    yield from record.get("spfRules", "").split()
    if record["type"] == "TXT" and record["data"].startswith("v=spf1 "):
        yield from record["data"].split()
