"""MX records of one name together: null MX, one host, several names of one."""

from collections.abc import Iterator

from linter.facts.hosts.mx_places import Fallback, fallbacks, meant_domain
from linter.facts.hosts.vendors import is_of_one_host
from linter.facts.mail.declared_names import (
    has_strange_hosts,
    is_declared_closed,
    is_declared_to_send,
    loses_bounces,
)
from linter.facts.mail_names import is_mail_host
from linter.facts.proxied import is_placeholder, proxied_at, stands_for_no_server
from linter.facts.spf.places import authorises_own_address, authorising_term, names_hosts_only, sending_term
from linter.facts.witnesses import of_answers
from linter.lookup.answer import NO_DATA, NO_NAME
from linter.records.text.fault import quoted
from linter.records.text.name import dotless
from linter.source.text import Span
from linter.source.tree import located
from linter.zone.model import Mx
from mailzone import (
    DMARC,
    ERROR,
    INFO,
    MX_HOSTS,
    MX_NULL,
    OFF,
    SPF,
    WARNING,
    At,
    Complaint,
    Facts,
    Related,
    complaint,
    rule,
)


@rule("mx-null-not-alone", ERROR, "RFC 7505 section 3", when=MX_NULL)
def null_not_alone(facts: Facts) -> Iterator[Complaint]:
    """Names with a null MX and another one; of the same one twice, record-duplicate speaks."""
    for name, values in facts.mail_hosts.items():
        null = next((value for value in values if value.is_null), None)
        if null is None:
            continue
        others = [value for value in values if not value.is_null or value.preference != null.preference]
        if others:
            message = f"a null MX says that `{dotless(name)}` receives no mail, but there are other MX records"
            related = tuple(Related(other.exchange.span, "another MX") for other in others)
            way_out = "keep either the null MX or the others"
            yield complaint(null.exchange.span, message, help=way_out, at=At(name, "MX"), related=related)


@rule("mx-null-preference", WARNING, "RFC 7505 section 3", when=MX_NULL)
def null_preference(facts: Facts) -> Iterator[Complaint]:
    """Null MX records that stand alone; beside others, mx-null-not-alone says what matters."""
    for name, values in facts.mail_hosts.items():
        for value in values if all(each.is_null for each in values) else ():
            if value.preference and value.preference == values[0].preference:
                node = value.preference_node
                span = located(node, value.exchange.via) if node is not None else value.exchange.span
                message = f"a null MX has preference 0, not {value.preference}"
                yield complaint(span, message, help="write `0`", at=At(name, "MX"))
                break


@rule("mx-null-but-sends", WARNING, "RFC 7505 section 4.2", when=MX_NULL)
def null_but_sends(facts: Facts) -> Iterator[Complaint]:
    """Names with nothing but a null MX and one SPF record that authorises somebody."""
    for name, values in facts.mail_hosts.items():
        texts = facts.spf_by_name.get(name, [])
        if len(texts) != 1 or not all(value.is_null for value in values):
            continue
        if name != facts.zone.name and names_hosts_only(texts[0].spf) and is_mail_host(name, facts):
            continue  # a host that takes no mail of its own greets by this name (RFC 7208 section 10.1.3)
        term = sending_term(texts[0].spf, name, facts.resolver)
        if term is not None and not loses_bounces(facts, name) and not has_strange_hosts(facts, name):
            message = (
                f"`{dotless(name)}` refuses all mail, but {quoted(term.text)} in its SPF authorises senders for it"
            )
            related = (Related(texts[0].value.place(term), "authorises senders"),)
            way_out = "publish `v=spf1 -all` if the name sends nothing, or give it an MX"
            way_out = "give it an MX" if is_declared_to_send(facts, name) else way_out
            yield complaint(values[0].exchange.span, message, help=way_out, at=At(name, "MX"), related=related)


@rule("mx-misplaced", WARNING, "RFC 5321 section 5.1", when=MX_HOSTS)
def misplaced(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each name whose MX were probably meant for another that has none."""
    for name, hosts in facts.mail_hosts.items():
        host = next((each for each in hosts if not each.is_null), None)
        domain = meant_domain(name, [each.exchange.name for each in hosts], facts.zone.name)
        if host and domain and facts.resolver.lookup(domain, "MX").status in (NO_DATA, NO_NAME):
            yield _about_misplaced(name, domain, host)


def _about_misplaced(name: str, domain: str, host: Mx) -> Complaint:
    shown = dotless(domain)
    if "_" in name:
        message = f"`{dotless(name)}` is not a mail domain, and `{shown}` has no MX"
    else:
        message = f"this MX is for addresses `@{dotless(name)}`, but `{shown}` has no MX"
    way_out = f"publish it at `{shown}`, if that is where mail is meant to arrive"
    return complaint(host.exchange.span, message, help=way_out, at=At(name, "MX"))


@rule("mx-implicit", INFO, "RFC 5321 section 5.1", when=(SPF, DMARC))
def implicit(facts: Facts) -> Iterator[Complaint]:
    """Each such name once: at its SPF record, else at its DMARC record."""
    names = {text.record.name for text in facts.texts.spf}
    names.update(text.record.name.removeprefix("_dmarc.") for text in facts.texts.dmarc)
    if not any(_has_address_only(facts, name) for name in names):
        return
    places = list(_places(facts))
    if not any(_has_address_only(facts, name) for name, _, _ in places):
        return
    hosts = {host.exchange.name for values in facts.mail_hosts.values() for host in values}
    from linter.facts.dmarc.report_hosts import unreached  # only the rules of DMARC need them otherwise

    told = unreached(facts)  # dmarc-report-address-unreachable speaks of these
    judged = {name for name, _, _ in places if name not in hosts and name not in told}
    for found in fallbacks(places, facts.resolver):
        if found.name in judged and not _is_placeholder(found) and not is_declared_closed(facts, found.name):
            yield _about_implicit(facts, found)
    seen = set()
    for name, kind, span in places:
        if name not in seen and name in judged and not is_declared_closed(facts, name):
            seen.add(name)
            yield from _behind_proxy(facts, name, kind, span)


def _is_placeholder(found: Fallback) -> bool:
    """Whether the address is one of those that stand for no server, as behind a proxy."""
    return all(isinstance(value, str) and stands_for_no_server(value) for value in found.address.values)


def _way_out(facts: Facts, name: str) -> str:
    """What to publish: the null MX where no record and no address speaks of mail that the name receives."""
    bare = dotless(name)
    if facts.estate.mentions(f"@{bare}"):
        return f"publish its MX, as `@{bare}` is an address here"
    texts = facts.spf_by_name.get(name, ())
    if texts and all(authorising_term(text.spf) is None for text in texts):
        return "publish the null MX `0 .`, as its SPF authorises no sender either"
    return "publish its MX, or the null MX `0 .` if it receives no mail"


def _behind_proxy(facts: Facts, name: str, kind: str, span: Span) -> Iterator[Complaint]:
    """A name whose address is a proxy's, but for those that stand for no server."""
    at = proxied_at(facts.index, name)
    if at and not is_placeholder(at) and facts.resolver.lookup(name, "MX").is_empty:
        shown = dotless(name)
        message = (
            f"`{shown}` has {kind} but no MX, so mail for it goes to Cloudflare's web proxy, which accepts no mail"
        )
        related = (Related(at[0].name_span, "proxied here"),)
        yield complaint(span, message, help=_way_out(facts, name), at=At(name, "MX"), related=related)


def _has_address_only(facts: Facts, name: str) -> bool:
    types = facts.index.names.get(name, {})
    return "MX" not in types and ("A" in types or "AAAA" in types)


def _places(facts: Facts) -> Iterator[tuple[str, str, Span]]:
    for spf in facts.texts.spf:
        # `v=spf1 a -all` at a host is for its greeting and its bounces (RFC 7208 section 10.1.3).
        if spf.record.name == facts.zone.name or not authorises_own_address(spf.spf):
            yield spf.record.name, "SPF", spf.value.span
    from linter.facts.dmarc.places import dmarc_places  # only the rules of DMARC need them otherwise

    for text in dmarc_places(facts).policies:
        domain = text.record.name.removeprefix("_dmarc.")
        if domain != text.record.name:
            yield domain, "DMARC", text.value.span


def _about_implicit(facts: Facts, found: Fallback) -> Complaint:
    name = dotless(found.name)
    message = f"`{name}` has {found.kind} but no MX, so mail for it goes to `{found.address.values[0]}`"
    way_out = _way_out(facts, found.name)
    related = tuple(Related(span, "the implicit MX (RFC 5321 section 5.1)") for span in found.address.spans[:1])
    return complaint(found.span, message, help=way_out, at=At(found.name, "MX"), related=related)


@rule("mx-single-host", OFF, "RFC 5321 section 5.1", when=MX_HOSTS)
def single_host(facts: Facts) -> Iterator[Complaint]:
    """Every MX set of one host that is known to have one address of a family at most.

    A host whose MX is itself is seldom a mail domain: mx-misplaced.
    """
    for name, values in facts.mail_hosts.items():
        exchange = values[0].exchange
        if len(values) > 1 or values[0].is_null or exchange.fault or exchange.name == name:
            continue
        answers = [facts.resolver.lookup(exchange.name, kind) for kind in ("A", "AAAA")]
        if any(len(answer.values) > 1 for answer in answers) or not answers[0].values or is_of_one_host(values[0]):
            continue
        message = f"`{dotless(exchange.name)}` is the only mail host: while it is down, mail waits at its senders"
        way_out = "add a second host that accepts mail for the same mailboxes, or a service that queues it"
        yield complaint(exchange.span, message, help=way_out, at=At(name, "MX"), evidence=of_answers(answers))


@rule("mx-duplicate-host", WARNING, "RFC 5321 section 5.1", when=MX_HOSTS)
def duplicate_host(facts: Facts) -> Iterator[Complaint]:
    """Hosts of one name's MX set; at the same preference twice, record-duplicate speaks."""
    for name, values in facts.mail_hosts.items():
        first: dict[str, Mx] = {}
        told: set[tuple[str, int | None]] = set()
        for value in values:
            host, preference = value.exchange.name, value.preference
            earlier = first.setdefault(host, value)
            if earlier.preference == preference or value.is_null or (host, preference) in told:
                continue
            told.add((host, preference))
            message = f"`{dotless(host)}` is here at {preference} and at {earlier.preference}: it is tried twice"
            related = (Related(earlier.exchange.span, "the first"),)
            way_out = "keep one of them, or name another host"
            yield complaint(value.exchange.span, message, help=way_out, at=At(name, "MX"), related=related)
