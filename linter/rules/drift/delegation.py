"""Whom a zone is delegated to, and whether these servers have it."""

from collections.abc import Iterator

from linter.facts.drift.drift import drift
from linter.facts.drift.expected import expectations
from linter.facts.drift.words import listed_values, shown_name
from linter.source.text import Span
from mailzone import ERROR, SEEN, SERVED, WARNING, At, Complaint, Facts, complaint, rule

_MOST_SERVERS = 4


def _place(facts: Facts, kind: str) -> Span:
    return expectations(facts).place((facts.zone.name, kind))


@rule("drift-zone-unreachable", ERROR, "RFC 1912 section 2.8", when=(SERVED, SEEN))
def zone_unreachable(facts: Facts) -> Iterator[Complaint]:
    """The zone once, with what each server said."""
    compared = drift(facts)
    found = compared.unreachable if compared else ()
    if not found:
        return
    told = "; ".join(f"{server}: {why}" for server, why in found[:_MOST_SERVERS])
    more = f"; {len(found) - _MOST_SERVERS} more servers" if len(found) > _MOST_SERVERS else ""
    zone = facts.zone.name
    message = f"no server answers for the zone {shown_name(zone)}, so nothing of it is known: {told}{more}"
    way_out = "have the servers serve the zone, or delegate it to those that do"
    yield complaint(_place(facts, "SOA"), message, help=way_out, at=At(zone, "SOA"))


@rule("drift-not-delegated", ERROR, "RFC 1034 section 4.3.2", when=SERVED)
def not_delegated(facts: Facts) -> Iterator[Complaint]:
    """The zone once."""
    compared = drift(facts)
    if compared is None or not compared.is_undelegated:
        return
    zone, why = facts.zone.name, compared.served.delegation.detail
    message = f"the zone {shown_name(zone)} is not delegated: {why}"
    way_out = "renew or register the domain and enter its name servers; or name the zone under `internal:`"
    yield complaint(_place(facts, "NS"), message, help=way_out, at=At(zone, "NS"))


@rule("drift-zone-missing", ERROR, "RFC 1912 section 2.8", when=SERVED)
def zone_missing(facts: Facts) -> Iterator[Complaint]:
    """Each server once, whatever it was asked."""
    compared = drift(facts)
    zone = facts.zone.name
    for server, why in compared.lacking if compared else ():
        message = f"{server} does not have the zone {shown_name(zone)}, which other servers serve: {why}"
        way_out = "have it serve the zone, or remove it from the delegation and from the zone's NS records"
        yield complaint(_place(facts, "NS"), message, help=way_out, at=At(zone, "NS"))


@rule("drift-delegation-differs", WARNING, "RFC 1034 section 4.2.2", when=SERVED)
def delegation_differs(facts: Facts) -> Iterator[Complaint]:
    """The zone once, with the servers that only one side names."""
    compared = drift(facts)
    if compared is None or not compared.served.delegation.differs:
        return
    zone, delegation = facts.zone.name, compared.served.delegation
    sides = (
        ("the zone above names", delegation.parent, delegation.own),
        ("the zone itself", delegation.own, delegation.parent),
    )
    told = "; ".join(
        f"{who} {listed_values(sorted(set(names) - set(others)))} only"
        for who, names, others in sides
        if set(names) - set(others)
    )
    message = f"the delegation of {shown_name(zone)} differs from the zone's NS records: {told}"
    way_out = "enter the same name servers at the registrar and in the zone"
    yield complaint(_place(facts, "NS"), message, help=way_out, at=At(zone, "NS"))
