"""MX records of vendors: hosts of two of them, and of two generations of one."""

from collections.abc import Iterator

from linter.facts.hosts.vendors import VendorHost, styles_apart
from linter.facts.mail.declared_names import has_strange_hosts
from linter.facts.vendor_sets import vendor_sets
from linter.records.text.name import dotless
from mailzone import ERROR, MX_VENDORS, WARNING, At, Complaint, Facts, Related, complaint, rule


def graded(made: Complaint, *hosts: VendorHost) -> Complaint:
    """The complaint, as advice where somebody has yet to confirm whose hosts these are."""
    evidence = tuple(dict.fromkeys(witness for host in hosts for witness in host.witnesses))
    made = made._replace(evidence=evidence)
    unsure = [host for host in hosts if not host.is_confirmed]
    if not unsure:
        return made
    whose = " and ".join(dict.fromkeys(f"{host.vendor}" for host in unsure))
    return made._replace(
        message=f"{made.message}; whose hosts these are is not confirmed ({whose})", severity="info", is_firm=False
    )


@rule("mx-split-between-systems", ERROR, "RFC 5321 section 5.1", when=MX_VENDORS)
def split_between_systems(facts: Facts) -> Iterator[Complaint]:
    """The first host of a second system; where a gateway stands in the set, mx-gateway-bypass speaks."""
    for name, found in vendor_sets(facts).items():
        hosts = [host for host in found if host.sign.takes_mail]
        systems = [host for host in hosts if host.is_system]
        second = next((host for host in systems if host.sign.provider != systems[0].sign.provider), None)
        if second is None or any(host.is_gateway for host in hosts) or has_strange_hosts(facts, name):
            continue
        first = systems[0]
        one, other = first.vendor, second.vendor
        message = f"each message goes to {one} or to {other} at random: equal MX records do not split mail by mailbox"
        related = (Related(first.mx.exchange.span, f"a host of {one}"),)
        way_out = "name the hosts of one system, and have it forward what belongs to the other"
        made = complaint(second.mx.exchange.span, message, help=way_out, at=At(name, "MX"), related=related)
        yield graded(made, first, second)


@rule("mx-gateway-bypass", ERROR, "RFC 5321 section 5.1", when=MX_VENDORS)
def gateway_bypass(facts: Facts) -> Iterator[Complaint]:
    """The first mailbox host of each set that has a gateway's."""
    for name, found in vendor_sets(facts).items():
        hosts = [host for host in found if host.sign.takes_mail]
        gateways = [host for host in hosts if host.is_gateway]
        systems = [host for host in hosts if host.is_system and not host.is_gateway]
        if not gateways or not systems or has_strange_hosts(facts, name):
            continue
        first, gateway = systems[0], gateways[0]
        inner, outer = first.vendor, gateway.vendor
        shown = dotless(first.mx.exchange.name)
        message = f"`{shown}` bypasses the gateway: mail can reach {inner} without passing {outer}"
        related = (Related(gateway.mx.exchange.span, f"the gateway, {outer}"),)
        way_out = f"keep only the hosts of {outer}, and have {inner} accept mail only from it"
        made = complaint(first.mx.exchange.span, message, help=way_out, at=At(name, "MX"), related=related)
        yield graded(made, first, gateway)


@rule("mx-verification-left", WARNING, "RFC 5321 section 5.1", when=MX_VENDORS)
def verification_left(facts: Facts) -> Iterator[Complaint]:
    """Every host whose vendor uses it for verification and nothing else."""
    for name, hosts in vendor_sets(facts).items():
        for host in hosts:
            if not host.sign.takes_mail:
                exchange = host.mx.exchange
                shown = dotless(exchange.name)
                message = f"`{shown}` accepts no mail: {host.vendor} asks for it only until a domain is verified"
                way_out = "delete it once the domain is verified"
                yield complaint(exchange.span, message, help=way_out, at=At(name, "MX"), evidence=host.witnesses)


@rule("mx-styles-mixed", WARNING, "RFC 5321 section 5.1", when=MX_VENDORS)
def styles_mixed(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each vendor of a set: at its first host of another form than the first one's."""
    for name, found in vendor_sets(facts).items():
        for hosts in styles_apart(found):
            first = hosts[0]
            other = next(host for host in hosts if host.family != first.family)
            shown, known = (dotless(each.mx.exchange.name) for each in (other, first))
            message = f"`{shown}` is another form of `{known}`: {first.vendor} asks for one of them, not for both"
            related = (Related(first.mx.exchange.span, "the first form"),)
            way_out = "keep the form that your account shows, then delete the other"
            made = complaint(other.mx.exchange.span, message, help=way_out, at=At(name, "MX"), related=related)
            yield graded(made, first, other)
