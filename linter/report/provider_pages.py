"""The vendors of the catalogue, and what one of them needs of a domain, as text and as JSON."""

import json
from collections.abc import Iterable, Iterator

from linter.providers.evidence import Evidence
from linter.providers.model import ManualStep, Parameter, Provider
from linter.providers.needs import RECEIVING, Need, Needs, needs_of
from linter.source.typed import Any

from .sender_tables import folded
from .shown import width

DOMAIN = "example.com"
"""The domain that needs are shown for."""

_HEADINGS = {
    "mx": "to receive",
    "spf": "to send: SPF",
    "dkim": "to send: DKIM",
    "return-path": "to send: the domain of envelope addresses",
    "ownership": "to prove that the domain is yours",
    "clients": "for mail programs",
}
"""What the kinds of needs are for, in the order in which they are shown."""
_WHEN = {
    "first": "before all else",
    "before-mx": "before the MX",
    "after-mx": "after the MX",
    "after-dkim": "once the DKIM records are seen",
    "last": "at the end",
}


def evidence_words(evidence: Evidence | None) -> str:
    """Who says so, and how sure that is."""
    if evidence is None:
        return "unknown"
    held = f"{evidence.source}, seen {evidence.seen}"
    return held if evidence.confirmed else f"{held}, not confirmed"


def list_text(providers: Iterable[Provider]) -> Iterator[str]:
    """A line for each vendor: its key, its name, what it does, and what else it is called."""
    rows = [(each.key, each.name, ", ".join(each.roles), ", ".join(each.aliases)) for each in providers]
    sizes = [max((width(cell) for cell in column), default=0) for column in zip(*rows, strict=True)]
    for row in rows:
        *cells, aliases = row
        line = "  ".join(f"{cell}{' ' * (size - width(cell))}" for cell, size in zip(cells, sizes[:-1], strict=True))
        yield f"{line}  {aliases}".rstrip()


def list_json(providers: Iterable[Provider]) -> str:
    """The same as a document."""
    return json.dumps({"version": 1, "providers": [_head(each) for each in providers]}, indent=2)


def page_text(provider: Provider, columns: int) -> Iterator[str]:
    """What a vendor needs, with who says so."""
    needs = needs_of(provider, DOMAIN)
    yield f"{provider.key}: {provider.name} ({', '.join(provider.roles)})"
    for label, words in (("also", ", ".join(provider.aliases)), ("note", provider.note), ("docs", provider.docs)):
        if words:
            yield from folded(f"  {label}: {words}", columns)
    for kind, heading in _HEADINGS.items():
        yield from _section(heading, _need_lines(needs, kind), columns)
    yield from _section("what only you know: `parameters:`", map(_parameter_line, provider.parameters), columns)
    yield from _section("by hand", map(_step_line, provider.manual), columns)
    retired = (f"{each.kind} {each.name} {each.reason} ({evidence_words(each.evidence)})" for each in provider.retired)
    yield from _section("withdrawn", retired, columns)
    reports = (f"{each.domain} ({evidence_words(each.evidence)})" for each in provider.reports)
    yield from _section("reads reports sent to", reports, columns)


def _section(heading: str, lines: Iterable[str], columns: int) -> Iterator[str]:
    held = list(lines)
    if held:
        yield ""
        yield heading
        for line in held:
            yield from folded(f"  {line}", columns)


def _need_lines(needs: Needs, kind: str) -> Iterator[str]:
    """The records of one kind, each with what is to look up and its witness."""
    provider = needs.provider
    if kind == "mx" and RECEIVING.isdisjoint(provider.roles):
        return
    if kind == "spf" and needs.no_spf:
        evidence = provider.no_spf.evidence if provider.no_spf is not None else None
        yield f"no term: {needs.no_spf} ({evidence_words(evidence)})"
    for need in needs.of(kind):
        yield f"{_record(need)} ({evidence_words(need.evidence)})"
        if need.assumes:
            yield f"  for {need.assumes}, unless you say otherwise"
        if need.look_up:
            yield f"  look up: {need.look_up}"


def _record(need: Need) -> str:
    """A record as a line of a zone: name, type and value."""
    name = f"{need.name}.{DOMAIN}" if need.name else DOMAIN
    preference = "" if need.preference is None else f"{need.preference} "
    times = f", {need.number} of them" if need.number > 1 else ""
    optional = ", optional" if need.optional else ""
    return f"{name} {need.type or 'record'} {preference}{need.value or 'not known here'}{times}{optional}"


def _parameter_line(parameter: Parameter) -> str:
    values = ", ".join(each.value for each in parameter.values)
    known = f"; one of {values}{' or others' if parameter.others else ''}" if values else ""
    return f"{parameter.name}: {parameter.what}{known} (shown: {parameter.how})"


def _step_line(step: ManualStep) -> str:
    return f"{_WHEN.get(step.when, step.when)}: {step.what} ({step.where}; {evidence_words(step.evidence)})"


def page_json(provider: Provider) -> str:
    """What a vendor needs, as a document."""
    needs = needs_of(provider, DOMAIN)
    document = {
        "version": 1,
        "domain": DOMAIN,
        "provider": {
            **_head(provider),
            "docs": provider.docs,
            "note": provider.note,
            "no_spf": needs.no_spf or None,
            "records": [_need(each) for each in needs.records],
            "parameters": [_parameter(each) for each in provider.parameters],
            "manual": [{**_fields(each), "evidence": _evidence(each.evidence)} for each in provider.manual],
            "retired": [{**_fields(each), "evidence": _evidence(each.evidence)} for each in provider.retired],
            "reports": [{"domain": each.domain, "evidence": _evidence(each.evidence)} for each in provider.reports],
        },
    }
    return json.dumps(document, indent=2)


def _head(provider: Provider) -> dict[str, Any]:
    roles, aliases = list(provider.roles), list(provider.aliases)
    receives = not RECEIVING.isdisjoint(roles)
    sends = provider.is_sender
    return {
        "provider": provider.key,
        "name": provider.name,
        "aliases": aliases,
        "roles": roles,
        "receives": receives,
        "sends": sends,
    }


def _need(need: Need) -> dict[str, Any]:
    return {
        "for": need.kind,
        "name": f"{need.name}.{DOMAIN}." if need.name else f"{DOMAIN}.",
        "type": need.type or None,
        "value": need.value or None,
        "preference": need.preference,
        "number": need.number,
        "optional": need.optional,
        "complete": need.is_live,
        "look_up": need.look_up or None,
        "assumes": need.assumes or None,
        "evidence": _evidence(need.evidence),
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    values = [each.value for each in parameter.values]
    return {
        "name": parameter.name,
        "what": parameter.what,
        "shown": parameter.how,
        "values": values,
        "others": parameter.others,
    }


def _fields(fact: Any) -> dict[str, Any]:
    return {name: value for name, value in fact._asdict().items() if name != "evidence"}


def _evidence(evidence: Evidence | None) -> dict[str, Any] | None:
    """As a finding has it: kind, source, day, and whether it is confirmed."""
    if evidence is None:
        return None
    return {"kind": "fact", "source": evidence.source, "seen": evidence.seen, "confirmed": evidence.confirmed}
