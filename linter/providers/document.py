"""A provider's document, once it fits its schema, as a value."""

from collections.abc import Iterable, Mapping
from typing import Any

from .model import (
    ClientRecord,
    DkimSelector,
    Evidence,
    MxHost,
    Parameter,
    Provider,
    ReportDomain,
    Retired,
    Snapshot,
    SpfTerm,
    Verification,
)

Document = Mapping[str, Any]


def provider_of(document: Document) -> Provider:
    """The provider that a document of policies/providers declares; the document fits the schema."""
    return Provider(
        key=document["provider"],
        name=document["name"],
        docs=document.get("docs", ""),
        note=document.get("note", ""),
        roles=tuple(document["roles"]),
        single_host=document.get("single-host", False),
        mx=tuple(_mx(each) for each in _listed(document, "mx")),
        spf=tuple(_spf(each) for each in _listed(document, "spf")),
        dkim=tuple(_dkim(each) for each in _listed(document, "dkim")),
        verification=tuple(
            Verification(each.get("name", "@"), each["prefix"], _evidence(each))
            for each in _listed(document, "verification")
        ),
        clients=tuple(_client(each) for each in _listed(document, "clients")),
        reports=tuple(ReportDomain(each["domain"], _evidence(each)) for each in _listed(document, "reports")),
        retired=tuple(_retired(each) for each in _listed(document, "retired")),
        parameters=tuple(
            Parameter(each["name"], each["what"], each["how"]) for each in _listed(document, "parameters")
        ),
        snapshots=tuple(
            Snapshot(each["name"], each["type"], tuple(each["values"]), _evidence(each))
            for each in _listed(document, "snapshots")
        ),
    )


def _listed(document: Document, key: str) -> Iterable[Document]:
    found: Iterable[Document] = document.get(key, ())
    return found


def _evidence(fact: Document) -> Evidence:
    return Evidence(fact["source"], fact["seen"], fact["confirmed"])


def _mx(fact: Document) -> MxHost:
    return MxHost(
        host=fact["host"],
        style=fact.get("style", ""),
        beside=fact.get("beside", ""),
        preference=fact.get("preference"),
        verification=fact.get("verification", False),
        examples=tuple(fact.get("examples", ())),
        evidence=_evidence(fact),
    )


def _spf(fact: Document) -> SpfTerm:
    return SpfTerm(
        term=fact["term"],
        at=fact.get("at", "domain"),
        cost=fact.get("cost"),
        style=fact.get("style", ""),
        examples=tuple(fact.get("examples", ())),
        evidence=_evidence(fact),
    )


def _dkim(fact: Document) -> DkimSelector:
    return DkimSelector(
        selector=fact["selector"],
        type=fact["type"],
        target=fact.get("target", ""),
        style=fact.get("style", ""),
        examples=tuple(fact.get("examples", ())),
        evidence=_evidence(fact),
    )


def _client(fact: Document) -> ClientRecord:
    return ClientRecord(
        kind=fact["kind"],
        name=fact["name"],
        type=fact["type"],
        target=fact["target"],
        port=fact.get("port"),
        priority=fact.get("priority"),
        weight=fact.get("weight"),
        required=fact.get("required", False),
        examples=tuple(fact.get("examples", ())),
        evidence=_evidence(fact),
    )


def _retired(fact: Document) -> Retired:
    return Retired(
        kind=fact["kind"],
        name=fact["name"],
        since=fact.get("since", ""),
        successor=fact.get("successor", ""),
        reason=fact["reason"],
        works=fact.get("works", False),
        evidence=_evidence(fact),
    )
