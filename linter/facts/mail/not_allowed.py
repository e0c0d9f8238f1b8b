"""What a zone holds and declares beside the lists of what is allowed."""

from collections.abc import Iterator

from linter.facts.allowed import Allowed, Listed
from linter.facts.dkim.selectors import signing_domain
from linter.facts.facts import Facts
from linter.finding import Owner, Witness
from linter.providers.model import Recognised
from linter.records.spf.record import Modifier
from linter.records.text.report_uri import ReportUri
from linter.source.frozen import Frozen
from linter.source.text import Span
from linter.zone.model import Mx, Record, Text

_LABEL = "._domainkey."


class NotAllowed(Frozen):
    """Something that a list does not hold: as it is compared, where it is, whose record it is in, None for none.

    `whose` is the name of the vendor that it shows, "" where it is not about one; `is_firm` and `evidence` are about
    that.
    """

    text: str
    span: Span
    at: Owner | None
    listed: Listed
    whose: str = ""
    is_firm: bool = True
    evidence: tuple[Witness, ...] = ()


def mail_hosts_not_allowed(facts: Facts) -> Iterator[NotAllowed]:
    """The hosts of MX records; a null MX is always allowed."""
    listed = _allowed(facts).mx
    if listed is None:
        return
    for record, host, span in _mail_hosts(facts):
        if not listed.holds(host):
            yield NotAllowed(host, span, record, listed)


def _mail_hosts(facts: Facts) -> Iterator[tuple[Record, str, Span]]:
    for record in facts.records("MX"):
        for value in record.values:
            if isinstance(value, Mx) and not value.is_null:
                yield record, value.exchange.name.removesuffix("."), value.exchange.span


def includes_not_allowed(facts: Facts) -> Iterator[NotAllowed]:
    """The names that SPF records hand the question on to; what a declared zone has there is judged itself."""
    listed = _allowed(facts).includes
    if listed is None:
        return
    for record, name, span in _includes(facts):
        if not listed.holds(name) and facts.zone_at(f"{name}.") is None:
            yield NotAllowed(name, span, record, listed)


def _includes(facts: Facts) -> Iterator[tuple[Record, str, Span]]:
    for text in facts.texts.spf:
        for term in text.spf.terms:
            domain = term.value if isinstance(term, Modifier) else term.domain
            if domain is not None and term.name in ("include", "redirect"):
                span = text.value.place(term)
                yield text.record, domain.text.lower().removesuffix("."), span


def reports_not_allowed(facts: Facts) -> Iterator[NotAllowed]:
    """The addresses that DMARC and TLS reports go to."""
    listed = _allowed(facts).rua
    if listed is None:
        return
    for record, value, uri in _reports(facts):
        address = (uri.address or uri.text).lower()
        if not listed.holds(address):
            yield NotAllowed(address, value.part(uri.start, uri.end), record, listed)


def _reports(facts: Facts) -> Iterator[tuple[Record, Text, ReportUri]]:
    for text in facts.texts.dmarc:
        yield from ((text.record, text.value, uri) for uri in (*text.dmarc.rua, *text.dmarc.ruf))
    for report in facts.texts.tls_rpt:
        yield from ((report.record, report.value, uri) for uri in report.read.rua)


def selectors_not_allowed(facts: Facts) -> Iterator[NotAllowed]:
    """The selectors that have a key, or a CNAME to one; a revoked key is none."""
    listed = _allowed(facts).selectors
    if listed is None:
        return
    found = {record.name: record for record in facts.records("CNAME") if _LABEL in record.name}
    found |= {text.record.name: text.record for text in facts.texts.keys if not text.key.revoked}
    for name, record in found.items():
        selector = name.removesuffix(f"{_LABEL}{signing_domain(name)}")
        if not listed.holds(selector):
            yield NotAllowed(selector, record.name_span, record, listed)


def systems_not_allowed(facts: Facts) -> Iterator[NotAllowed]:
    """The systems that are declared, and the vendors whose hosts and SPF records the zone names."""
    listed = _allowed(facts).systems
    if listed is None:
        return
    held = set(listed.values)
    for system in facts.intent.systems.values() if facts.intent is not None else ():
        provider = system.provider.text if system.provider is not None else ""
        if listed.holds(system.name.text.lower()) or (provider and listed.holds(provider)):
            held.add(provider)
        else:
            yield NotAllowed(system.name.text, system.name.span, None, listed)
    for record, span, found in _vendors(facts):
        provider_key = found.provider.key
        if provider_key not in held and not listed.holds(provider_key):
            evidence = (found.fact.evidence.witness,)
            yield NotAllowed(provider_key, span, record, listed, found.provider.name, found.confirmed, evidence)


def _vendors(facts: Facts) -> Iterator[tuple[Record, Span, Recognised]]:
    """Whose MX hosts and SPF records a zone names."""
    from linter.providers.catalogue import catalogue  # only where a profile lists systems

    for record, host, span in _mail_hosts(facts):
        found = catalogue().of_mx(host)
        if found is not None:
            yield record, span, found
    for record, name, span in _includes(facts):
        found = catalogue().of_spf(name)
        if found is not None:
            yield record, span, found


def _allowed(facts: Facts) -> Allowed:
    return facts.allowed or Allowed()
