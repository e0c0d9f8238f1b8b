"""SRV records by which mail clients find their servers."""

from collections.abc import Iterator

from linter.facts.elsewhere import lacking
from linter.facts.hosts.client_services import Offer, misspelt, named_hosts, offers
from linter.facts.targets import readings, without_second_origin
from linter.facts.witnesses import of_answers
from linter.lookup.answer import NO_NAME
from linter.records.hosts.srv import port_fault
from linter.records.text.name import parent, shown
from linter.source.tree import located
from mailzone import ERROR, SRV, WARNING, At, Complaint, Facts, Related, complaint, complaint_of, rule


@rule("srv-target-is-alias", ERROR, "RFC 2782", when=SRV)
def srv_target_is_alias(facts: Facts) -> Iterator[Complaint]:
    """Every target that is found to be an alias, whatever the alias leads to."""
    for offer in named_hosts(facts.records("SRV")):
        target = offer.value.target
        answer = facts.resolver.lookup(target.name, "A")
        steps = answer.steps
        # Beside A or AAAA, the CNAME is what is wrong: cname-and-other-data.
        if not steps or facts.index.records(target.name, "A") or facts.index.records(target.name, "AAAA"):
            continue
        host = steps[-1].target
        message = f"{shown(target.name)} is an alias of {shown(host)}; an SRV record names the host itself"
        related = tuple(Related(step.span, "the alias") for step in steps if step.span)
        way_out = f"write `{host}`, or give the name A and AAAA records"
        yield complaint(target.span, message, help=way_out, at=offer.record, related=related, evidence=answer.witnesses)


@rule("srv-target-missing", ERROR, "RFC 2782", when=SRV)
def srv_target_missing(facts: Facts) -> Iterator[Complaint]:
    """Every target that is known to have no address, however its name is read."""
    for offer in named_hosts(facts.records("SRV")):
        target = offer.value.target
        names = readings(target, facts.zone.name)
        answers = [facts.resolver.lookup(name, kind) for name in names for kind in ("A", "AAAA")]
        if any(answer.steps or not answer.is_empty for answer in answers):
            continue
        if without_second_origin(target, facts.index):
            continue
        what = "does not exist" if answers[0].status == NO_NAME else "has no A or AAAA record"
        message = f"{shown(target.name)} {what}, so {offer.service.description} cannot be reached there"
        can_be_there = facts.not_public(target.name) is None
        way_out = "add its address, or name the right host" if can_be_there else "name the right host"
        related, evidence = lacking(facts, target.name), of_answers(answers)
        yield complaint(target.span, message, help=way_out, at=offer.record, related=related, evidence=evidence)


@rule("srv-name-invalid", WARNING, "RFC 6186 section 3", when=SRV)
def srv_name_invalid(facts: Facts) -> Iterator[Complaint]:
    """Every name that a mail service was meant by."""
    for record, span, fault in misspelt(facts.records("SRV")):
        yield complaint_of(fault, span, At(record.name, "SRV"))


@rule("srv-port-unusual", WARNING, "RFC 6186 section 3", when=SRV)
def srv_port_unusual(facts: Facts) -> Iterator[Complaint]:
    """Every port of another service, where the service is offered at all."""
    for offer in offers(facts.records("SRV")):
        port, node = offer.value.port, offer.value.port_node
        fault = port_fault(offer.service, port) if port is not None and not offer.declines else None
        if fault and node is not None:
            span = located(node, offer.value.target.via)
            yield complaint_of(fault, span, At(offer.record.name, "SRV"))


_JUDGED = ("_imap", "_pop3", "_submission")


@rule("client-plaintext-only", WARNING, "RFC 8314 section 3", when=SRV)
def client_plaintext_only(facts: Facts) -> Iterator[Complaint]:
    """Services whose form with TLS is known not to be there, or is declined."""
    found = list(offers(facts.records("SRV")))
    taken = {offer.record.name for offer in found if not offer.declines}
    # What is missing may be there under a wrong name: srv-name-invalid.
    unclear = {above for each in misspelt(facts.records("SRV")) for above in _above(each.record.name)}
    seen = set()
    for offer in found:
        name = f"{offer.service.tls_sibling}._tcp.{offer.domain}"
        if offer.service.label not in _JUDGED or offer.declines or name in seen or _is_other_port(offer):
            continue
        if offer.domain in unclear:
            continue
        seen.add(name)
        answer = facts.resolver.lookup(name, "SRV")
        is_declined = name in {other.record.name for other in found} and name not in taken
        if answer.is_empty or is_declined:
            whose = f"{shown(offer.domain)} offers {offer.service.description}"
            lacking = f"`{offer.service.tls_sibling}._tcp`"
            why = f"declines {lacking}" if is_declined else f"has no {lacking}"
            message = f"{whose} and {why}, where TLS begins with the connection"
            way_out = f"offer the service with TLS, and publish {lacking}"
            yield complaint(offer.value.target.span, message, help=way_out, at=offer.record, evidence=answer.witnesses)


def _above(name: str) -> tuple[str, str]:
    return parent(name), parent(parent(name))


def _is_other_port(offer: Offer) -> bool:
    """Whether srv-port-unusual says that the record belongs elsewhere."""
    return offer.value.port is not None and port_fault(offer.service, offer.value.port) is not None
