"""Where MX and SRV records point: hosts that cannot take mail."""

from collections import Counter
from collections.abc import Iterator

from linter.facts.elsewhere import lacking
from linter.facts.hosts.special_networks import is_unreachable
from linter.facts.known_hosts import KnownHost, known_hosts
from linter.facts.proxied import NO_PROXY_ZONE, SAME_ZONE, ProxiedHost, proxied_hosts
from linter.facts.targets import mail_hosts, without_second_origin
from linter.facts.witnesses import ADDRESSES, of_answers, of_lookups
from linter.lookup.answer import FOUND, NO_NAME, UNKNOWN, Answer
from linter.providers.mail_hosts import host_sign
from linter.records.text.address import network
from linter.records.text.fault import quoted
from linter.records.text.name import dotless, is_host_name
from linter.zone.model import Target
from mailzone import ERROR, MX_HOSTS, SRV, WARNING, Complaint, Facts, Related, complaint, rule


@rule("mx-target-is-address", ERROR, "RFC 1035 section 3.3.9", when=MX_HOSTS)
def target_is_address(facts: Facts) -> Iterator[Complaint]:
    """Every MX that names an address."""
    for record, target in facts.targets:
        if record.type == "MX" and target.fault and target.is_address:
            kind = "AAAA" if ":" in target.written else "A"
            message = f"{quoted(target.written)} is an address; an MX names a host"
            way_out = f"give the host a name with an {kind} record, and write that name here"
            yield complaint(target.span, message, help=way_out, at=record)


_NONE = ("0.", "localhost.", "null.", "none.", "invalid.")
"""What is written where a null MX was meant."""


@rule("mx-target-not-a-host", ERROR, "RFC 5321 section 5.1", when=MX_HOSTS)
def target_not_a_host(facts: Facts) -> Iterator[Complaint]:
    """Every host that public DNS cannot have, and every one that is there under what is not a host name."""
    for record, target in mail_hosts(facts.targets):
        found = facts.not_public(target.name)
        is_odd = not is_host_name(target.name) and not facts.is_inside
        if found is None and not is_odd:
            continue
        shown = quoted(dotless(target.name), 80)
        if found is None and is_odd and _is_there(facts, target.name):
            message = f"{shown} is not a host name, and some senders refuse it"
            way_out = "name the host with letters, digits and hyphens alone"
            yield complaint(
                target.span,
                message,
                help=way_out,
                at=record,
                severity="warning",
                reference="RFC 1123 section 2.1",
                evidence=of_lookups(facts, target.name, *ADDRESSES),
            )
        sign = host_sign(target.name)
        if found is not None and (sign is None or sign.takes_mail):
            message = f"{shown} {found.why}: senders on the Internet cannot find such a mail host"
            yield complaint(
                target.span, message, help=_way_out(facts, target, record.name), at=record, reference=found.reference
            )


def _is_there(facts: Facts, name: str) -> bool:
    answers = [facts.resolver.lookup(name, kind) for kind in ("A", "AAAA")]
    return any(answer.status == FOUND for answer in answers)


def _way_out(facts: Facts, target: Target, name: str) -> str:
    """A null MX is not a way out beside other hosts, with which it would be an error (RFC 7505 section 3)."""
    if target.name in _NONE and len(facts.mail_hosts.get(name, ())) > 1:
        return "remove it, or name the host that receives the mail"
    if target.name in _NONE:
        return "write `.` to refuse all mail (RFC 7505), or the full name of the host that receives it"
    return "write the host's name in public DNS"


@rule("mx-target-is-alias", ERROR, "RFC 2181 section 10.3", when=MX_HOSTS)
def target_is_alias(facts: Facts) -> Iterator[Complaint]:
    """Every MX whose host is found to be an alias, whatever the alias leads to."""
    for host in known_hosts(facts):
        record, target, answer = host.record, host.target, host.own.a
        steps = answer.steps
        # Beside A or AAAA, the CNAME is what is wrong: cname-and-other-data.
        if (
            not steps
            or facts.not_public(target.name)
            or facts.index.records(target.name, "A")
            or facts.index.records(target.name, "AAAA")
        ):
            continue
        led_to = steps[-1].target
        message = f"`{dotless(target.name)}` is an alias of `{dotless(led_to)}`; an MX names the host itself"
        related = tuple(Related(step.span, "the alias") for step in steps if step.span)
        way_out = f"write `{led_to}`, or give the name A and AAAA records"
        yield complaint(target.span, message, help=way_out, at=record, related=related, evidence=answer.witnesses)


@rule("mx-target-missing", ERROR, "RFC 5321 section 5.1", when=MX_HOSTS)
def target_missing(facts: Facts) -> Iterator[Complaint]:
    """Every MX whose host is known to have no address, however its name is read."""
    for host in known_hosts(facts):
        record, target, answers = host.record, host.target, host.answers
        if any(answer.steps or not answer.is_empty for answer in answers):
            continue
        if without_second_origin(target, facts.index) or facts.not_public(target.name):
            continue
        shown = dotless(target.name)
        what = "does not exist" if answers[0].status == NO_NAME else "has no A or AAAA record"
        message = f"`{shown}` {what}, so mail for `{dotless(record.name)}` cannot be delivered to it"
        way_out = "add its address, or name the right host"
        related, evidence = lacking(facts, target.name), of_answers(answers)
        yield complaint(target.span, message, help=way_out, at=record, related=related, evidence=evidence)


@rule("mx-target-private", ERROR, "RFC 6890", when=MX_HOSTS)
def target_private(facts: Facts) -> Iterator[Complaint]:
    """Every MX of which all addresses are known and none can be reached."""
    if facts.is_inside:
        return
    for host in known_hosts(facts):
        record, target, answers = host.record, host.target, host.own
        addresses = [value for each in answers for value in each.values if isinstance(value, str)]
        known = not any(answer.status == UNKNOWN for answer in answers)
        if known and addresses and all(map(_is_unreachable, addresses)) and not facts.not_public(target.name):
            spans = [span for answer in answers for span in answer.spans]
            related = tuple(Related(span, "the address") for span in spans)
            shown = dotless(target.name)
            message = f"`{shown}` has private addresses only, which senders on the Internet cannot reach"
            way_out = "publish its public address"
            evidence = of_answers(answers)
            yield complaint(target.span, message, help=way_out, at=record, related=related, evidence=evidence)


def _is_unreachable(text: str) -> bool:
    address = network(6 if ":" in text else 4, text)
    return address is not None and is_unreachable(address)


@rule("mx-target-ipv6-only", WARNING, "RFC 5321 section 5.1", when=MX_HOSTS)
def target_ipv6_only(facts: Facts) -> Iterator[Complaint]:
    """Every host with AAAA and without A; milder where another of the set may have an A."""
    without_old = [host for host in known_hosts(facts) if _lacks_old(host) and not facts.not_public(host.target.name)]
    if not without_old:
        return
    without_of = Counter(host.record.name for host in without_old)
    every = (record for record, target in mail_hosts(facts.targets) if not facts.not_public(target.name))
    all_of = Counter(record.name for record in every)
    for host in without_old:
        record, target = host.record, host.target
        if any(_is_reachable(reading.aaaa) for reading in host.readings):
            severity = "" if without_of[record.name] == all_of[record.name] else "info"
            message = f"`{dotless(target.name)}` has no A record, and senders without IPv6 cannot reach it"
            related, evidence = lacking(facts, target.name), of_lookups(facts, target.name, *ADDRESSES)
            way_out = "give it an IPv4 address too"
            yield complaint(
                target.span, message, help=way_out, at=record, related=related, evidence=evidence, severity=severity
            )


def _lacks_old(host: KnownHost) -> bool:
    """Whether it is known that no name that it can stand for has an A."""
    return all(reading.a.is_empty for reading in host.readings)


def _is_reachable(answer: Answer) -> bool:
    """Whether some address lies in no private space: mx-target-private and internal zones speak of those."""
    networks = [network(6, value) for value in answer.values if isinstance(value, str)]
    return any(each is not None and not is_unreachable(each) for each in networks)


_WAY_OUT = "name a host that is not proxied, or take `proxied: true` from this one"


@rule("mx-target-proxied", WARNING, "RFC 5321 section 5.1", when=(MX_HOSTS, SRV))
def target_proxied(facts: Facts) -> Iterator[Complaint]:
    """Every host of an MX or SRV for which a proxy answers: dead from elsewhere, or behind an address for nothing."""
    for found in proxied_hosts(facts):
        target, record = found.target, found.record
        words, severity = _words(found)
        message = f"`{dotless(target.name)}` is behind Cloudflare's web proxy, {words}"
        related = tuple(Related(each.name_span, "proxied here") for each in found.at)
        yield complaint(target.span, message, help=_WAY_OUT, at=record, related=related, severity=severity)


def _words(found: ProxiedHost) -> tuple[str, str]:
    """What comes of it, and how grave that is; "" for the rule's own severity."""
    service = "mail" if found.record.type == "MX" else "the service"
    if found.is_placeholder:
        return f"and has no other address that {service} could reach", "error"
    if found.place == NO_PROXY_ZONE:
        return f"and this zone is not at Cloudflare: {service} goes to the proxy, which does not accept it", "error"
    if found.place == SAME_ZONE:
        label = "_dc-mx" if found.record.type == "MX" else "dc-"
        return f"so Cloudflare answers with a `{label}` name that shows the address behind it", ""
    return f"in another zone: {service} reaches it only if Cloudflare publishes both zones and bypasses the proxy", ""
