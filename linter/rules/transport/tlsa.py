"""TLSA records."""

from collections.abc import Iterator

from linter.facts.transport.certificates import certificates
from linter.lookup.answer import Exchange
from linter.records.text.name import shown
from linter.records.transport.tlsa_value import place_of
from mailzone import ERROR, INFO, TLSA, WARNING, Complaint, Facts, Related, complaint, rule


@rule("tlsa-invalid", ERROR, "RFC 6698 section 2.1", when=TLSA)
def tlsa_invalid(facts: Facts) -> Iterator[Complaint]:
    """The faults of all fields, at any port."""
    for found in certificates(facts.records("TLSA")):
        for fault in found.read.faults:
            yield from found.complaint(fault)


@rule("tlsa-usage-not-for-smtp", WARNING, "RFC 7672 section 3.1.3", when=TLSA)
def tlsa_usage_not_for_smtp(facts: Facts) -> Iterator[Complaint]:
    """Usage 0 or 1 at port 25."""
    return _smtp_faults(facts, "usage-not-for-smtp")


@rule("tlsa-not-at-mx", WARNING, "RFC 7672 section 2.2.3", when=TLSA)
def tlsa_not_at_mx(facts: Facts) -> Iterator[Complaint]:
    """Records at `_25._tcp` of a name whose MX hosts are others and that is not an MX host of another name here."""
    hosts = {value.exchange.name for values in facts.mail_hosts.values() for value in values}
    seen = set()
    for record in facts.records("TLSA"):
        place = place_of(record.name)
        if place is None or (place.port, place.protocol) != (25, "tcp") or place.host in hosts or place.host in seen:
            continue
        seen.add(place.host)
        answer = facts.resolver.lookup(place.host, "MX")
        others = {value.host: None for value in answer.values if isinstance(value, Exchange)}
        if not others or place.host in others or "." in others:
            continue
        first = next(iter(others))
        related = tuple(Related(span, "the MX record") for span in answer.spans[:1])
        message = f"senders look up TLSA at {shown(f'_25._tcp.{first}')}, the name of the MX host, not here"
        way_out = "move the record there, if the MX host is yours, or delete it"
        evidence = answer.witnesses
        yield complaint(record.name_span, message, help=way_out, at=record, related=related, evidence=evidence)


@rule("tlsa-full-data", INFO, "RFC 7671 section 10.1.2", when=TLSA)
def tlsa_full_data(facts: Facts) -> Iterator[Complaint]:
    """Matching type 0 at port 25."""
    return _smtp_faults(facts, "full-data")


def _smtp_faults(facts: Facts, kind: str) -> Iterator[Complaint]:
    for found in certificates(facts.records("TLSA")):
        for fault in found.smtp_faults:
            if fault.fault.kind == kind:
                yield from found.complaint(fault)
