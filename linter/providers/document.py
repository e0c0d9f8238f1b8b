"""A provider's document, once it fits its schema, as a value."""

from collections.abc import Callable, Mapping

from linter.source.typed import Any, TypeVar

from .evidence import Evidence, Retired
from .model import (
    ClientRecord,
    DkimSelector,
    EnvelopeRecord,
    ManualStep,
    MxHost,
    NoSpfTerm,
    Parameter,
    ParameterValue,
    Provider,
    ReportDomain,
    SharedKey,
    Snapshot,
    SpfTerm,
    Verification,
)

Document = Mapping[str, Any]
_Fact = TypeVar("_Fact")


def provider_of(document: Document, released: str = "") -> Provider:
    """The provider that a document of policies/providers declares; the document fits the schema.

    What had been seen more than 24 months before `released` counts as unconfirmed; without it, age does not count.
    """
    read = _Reader(released)
    return Provider(
        key=document["provider"],
        name=document["name"],
        docs=document.get("docs", ""),
        note=document.get("note", ""),
        roles=tuple(document["roles"]),
        mx=_listed(document, "mx", read.mx),
        spf=_listed(document, "spf", read.spf),
        dkim=_listed(document, "dkim", read.dkim),
        verification=_listed(document, "verification", read.verification),
        clients=_listed(document, "clients", read.client),
        reports=_listed(document, "reports", read.report_domain),
        retired=_listed(document, "retired", read.retired),
        parameters=_listed(document, "parameters", read.parameter),
        snapshots=_listed(document, "snapshots", read.snapshot),
        aliases=tuple(document.get("aliases", ())),
        envelope=_listed(document, "envelope", read.envelope_record),
        no_spf=read.no_spf(document["no-spf"]) if "no-spf" in document else None,
        rewrites=read.evidence(document["rewrites-senders"]) if "rewrites-senders" in document else None,
        manual=_listed(document, "manual", read.manual_step),
        shared_keys=_listed(document, "shared-keys", read.shared_key),
        single_host=document.get("single-host", False),
    )


def _listed(document: Document, key: str, read: Callable[[Document], _Fact]) -> tuple[_Fact, ...]:
    return tuple(read(each) for each in document.get(key, ()))


class _Reader:
    """Reads the facts of a document as they count on the day of a release."""

    def __init__(self, released: str) -> None:
        self._released = released

    def evidence(self, fact: Document) -> Evidence:
        evidence = Evidence(fact["source"], fact["seen"], fact["confirmed"])
        return evidence.as_of(self._released) if self._released else evidence

    def verification(self, fact: Document) -> Verification:
        return Verification(fact.get("name", "@"), fact["prefix"], self.evidence(fact))

    def report_domain(self, fact: Document) -> ReportDomain:
        return ReportDomain(fact["domain"], self.evidence(fact))

    def snapshot(self, fact: Document) -> Snapshot:
        return Snapshot(fact["name"], fact["type"], tuple(fact["values"]), self.evidence(fact))

    def shared_key(self, fact: Document) -> SharedKey:
        return SharedKey(fact["key"], self.evidence(fact))

    def no_spf(self, fact: Document) -> NoSpfTerm:
        return NoSpfTerm(fact["reason"], self.evidence(fact))

    def parameter(self, fact: Document) -> Parameter:
        values = fact.get("values", ())
        pairs = values.items() if isinstance(values, Mapping) else ((each, "") for each in values)
        known = tuple(ParameterValue(*pair) for pair in pairs)
        return Parameter(fact["name"], fact["what"], fact["how"], known, fact.get("others", not known))

    def manual_step(self, fact: Document) -> ManualStep:
        return ManualStep(
            fact["step"], fact["what"], fact["where"], fact["when"], fact["concerns"], self.evidence(fact)
        )

    def mx(self, fact: Document) -> MxHost:
        return MxHost(
            host=fact["host"],
            style=fact.get("style", ""),
            beside=fact.get("beside", ""),
            preference=fact.get("preference"),
            verification=fact.get("verification", False),
            examples=tuple(fact.get("examples", ())),
            evidence=self.evidence(fact),
            shown=fact.get("shown", ""),
            asked=fact.get("asked", True),
        )

    def spf(self, fact: Document) -> SpfTerm:
        return SpfTerm(
            term=fact["term"],
            at=fact.get("at", "domain"),
            cost=fact.get("cost"),
            counted=self.evidence(fact["counted"]) if "counted" in fact else None,
            style=fact.get("style", ""),
            examples=tuple(fact.get("examples", ())),
            evidence=self.evidence(fact),
            shown=fact.get("shown", ""),
            owner=fact.get("owner", ""),
        )

    def dkim(self, fact: Document) -> DkimSelector:
        return DkimSelector(
            selector=fact["selector"],
            type=fact["type"],
            target=fact.get("target", ""),
            style=fact.get("style", ""),
            examples=tuple(fact.get("examples", ())),
            evidence=self.evidence(fact),
            number=fact.get("number", 1),
            shown=fact.get("shown", ""),
            owner=fact.get("owner", ""),
        )

    def envelope_record(self, fact: Document) -> EnvelopeRecord:
        return EnvelopeRecord(
            name=fact["name"],
            type=fact["type"],
            value=fact["value"],
            preference=fact.get("preference"),
            style=fact.get("style", ""),
            usual=fact.get("usual", ""),
            optional=fact.get("optional", False),
            examples=tuple(fact.get("examples", ())),
            evidence=self.evidence(fact),
            shown=fact.get("shown", ""),
        )

    def client(self, fact: Document) -> ClientRecord:
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
            evidence=self.evidence(fact),
            style=fact.get("style", ""),
        )

    def retired(self, fact: Document) -> Retired:
        return Retired(
            kind=fact["kind"],
            name=fact["name"],
            since=fact.get("since", ""),
            successor=fact.get("successor", ""),
            reason=fact["reason"],
            works=fact.get("works", False),
            evidence=self.evidence(fact),
        )
