"""What is declared about mail, judged by itself."""

from collections.abc import Iterator

from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.flow import ELSEWHERE, LOOPS, NO_ROUTE, NO_WAY, Route
from linter.facts.mail.senders import Sender
from linter.facts.mail.vendor_view import key_meant, vendor_keys, vendor_named
from linter.facts.witnesses import ADDRESSES, of_lookups
from linter.intent.model import EVERY, Intent, Mail, matches
from linter.records.text.fault import nearest, one_of, quoted
from linter.records.text.name import dotless, shown
from mailzone import ERROR, INTENT, WARNING, At, Complaint, Facts, Related, complaint, rule

_MOST_LISTED = 12


@rule("intent-unknown-system", ERROR, "mailzone's own: `systems:` and `mail:`", when=INTENT)
def unknown_system(facts: Facts) -> Iterator[Complaint]:
    """Every word of the declaration that stands for no system, and every provider that is none."""
    intent = facts.intent or Intent({}, {})
    for mail in intent.mail.values():
        for word in mail.words:
            if word.text not in intent.systems:
                expected = _expected(word.text, tuple(intent.systems), "no system is declared under `systems:`")
                message = f"{quoted(word.text)} is not a declared system; {expected}"
                yield complaint(word.span, message, at=At(mail.name.text if mail.name.text != "*" else ""))
    for system in intent.systems.values():
        provider = system.provider
        if provider is not None and vendor_named(provider.text) is None:
            meant = key_meant(provider.text)
            expected = _expected(provider.text, vendor_keys(), "the catalogue is empty")
            expected = f"did you mean `{meant}`?" if meant else expected
            message = f"{quoted(provider.text)} is not a provider of the catalogue; {expected}"
            yield complaint(provider.span, message, help="remove `provider` and declare what the system needs")


def _expected(word: str, known: tuple[str, ...], otherwise: str) -> str:
    """The known words, and the one that was probably meant."""
    if not known:
        return otherwise
    near = nearest(word, known)
    if len(known) > _MOST_LISTED:
        return f"did you mean `{near}`?" if near else f"there are {len(known)}, such as {one_of(known[:3])}"
    expected = f"expected one of {one_of(known)}" if len(known) > 1 else f"expected {one_of(known)}"
    return f"{expected}; did you mean `{near}`?" if near else expected


@rule("intent-unknown-parameter", ERROR, "mailzone's own: `parameters:`", when=INTENT)
def unknown_parameter(facts: Facts) -> Iterator[Complaint]:
    """Every parameter that the provider of a system does not have, and every value that one cannot have."""
    for system in (facts.intent or Intent({}, {})).systems.values():
        vendor = vendor_named(system.provider.text) if system.provider is not None else None
        if vendor is None:
            continue
        known = {each.name: each for each in vendor.provider.parameters}
        for name, word in system.parameters:
            parameter = known.get(name)
            if parameter is None and name != "tenant":
                expected = _expected(name, tuple(known), "it has none")
                yield complaint(word.span, f"{quoted(name)} is not a parameter of {vendor.name}; {expected}")
            elif parameter is not None and not parameter.takes(word.text):
                values = tuple(each.value for each in parameter.values)
                expected = _expected(word.text, values, "none is known")
                yield complaint(word.span, f"{quoted(word.text)} is not a known {quoted(name)}; {expected}")


@rule("intent-tenants-conflict", ERROR, "Microsoft Learn: Add DNS records to connect your domain", when=INTENT)
def tenants_conflict(facts: Facts) -> Iterator[Complaint]:
    """Two systems of one vendor, in two tenants, that a name is to belong to at once."""
    for mail in declared_mail(facts).entries:
        found = declared_mail(facts).conflict(mail)
        if found is not None:
            word, other, needs = found
            vendor = needs.vendor.name if needs.vendor is not None else ""
            message = (
                f"{shown(mail.name.text)} cannot be in two tenants of {vendor} at once: "
                f"`{other.tenant}` and `{needs.tenant}`"
            )
            way_out = (
                f"first move every address off it in `{other.tenant}` and take the domain out there, then verify it in "
                f"`{needs.tenant}`, create the mailboxes, and only then change MX, DKIM and Autodiscover"
            )
            related = tuple(
                Related(each.span, f"`{other.name}` is declared here") for each in mail.words if each.text == other.name
            )[:1]
            yield complaint(word.span, message, help=way_out, at=At(mail.name.text), related=related)


@rule("intent-unknown-name", WARNING, "mailzone's own: `zones:` and `mail:`", when=INTENT)
def unknown_name(facts: Facts) -> Iterator[Complaint]:
    """Every declared name, where all zones that there are can be known."""
    zones = facts.estate.all_zones()
    apexes = frozenset(zones)  # most names are zones themselves, and each is asked for in every zone
    wider = facts.wider_intent or Intent({}, {})
    for mail in wider.mail.values() if zones else ():
        if mail.name.text in apexes:
            continue
        name = mail.name.text.rpartition(EVERY)[2].removeprefix(".") or EVERY
        if name == EVERY or facts.zone_at(name) is not None or any(matches(mail.name.text, zone) for zone in zones):
            continue
        near = nearest(dotless(name), [dotless(zone) for zone in zones])
        meant = f"; did you mean `{near}`?" if near else ""
        message = f"{quoted(dotless(name), 80)} is in none of the zones, so this is compared with no record{meant}"
        way_out = "write it as its zone does, or add its zone file to `zones`"
        yield complaint(mail.name.span, message, help=way_out, at=At(name))


@rule("intent-split-needs-route", ERROR, "RFC 5321 section 5.1", when=INTENT)
def split_needs_route(facts: Facts) -> Iterator[Complaint]:
    """The splits of this zone's names whose route is known to end elsewhere than at their system."""
    for mail in declared_mail(facts).entries:
        for route in declared_mail(facts).flow(mail).routes:
            if route.state in (NO_ROUTE, NO_WAY, LOOPS, ELSEWHERE):
                to = declared_mail(facts).system(route.split.to)
                is_sure = route.state != ELSEWHERE or to is None or to.is_sure_of_hosts
                evidence = of_lookups(facts, route.split.through.text, "MX", *ADDRESSES) if route.split.through else ()
                evidence += to.host_witnesses if to is not None and route.state == ELSEWHERE else ()
                yield _about_split(mail, route)._replace(is_firm=is_sure, evidence=evidence)


def _about_split(mail: Mail, route: Route) -> Complaint:
    split, name = route.split, shown(mail.name.text)
    if split.through is None:
        message = f"{name} is split to `{split.to.text}`, but no domain or host is named through which mail gets there"
        way_out = "add `through:`, a domain or a host that delivers only to the other system"
        return complaint(split.to.span, message, help=way_out, at=At(mail.name.text, "MX"))
    reason = {LOOPS: "so mail comes back: a loop", ELSEWHERE: f"not a host of `{split.to.text}`"}.get(route.state, "")
    reason = reason or f"so mail cannot get to `{split.to.text}`"
    message = f"{name} is split through {shown(split.through.text)}: {route.why}, {reason}"
    way_out = f"point the MX of {shown(split.through.text)} to `{split.to.text}`"
    return complaint(split.through.span, message, help=way_out, at=At(split.through.text, "MX"))


@rule("intent-selector-shared", WARNING, "RFC 6376 section 3.6.2.2", when=INTENT)
def selector_shared(facts: Facts) -> Iterator[Complaint]:
    """Each sender that wants a key at a name where another sender of the same name has its own.

    Two tenants of one vendor cannot send for one name at all, of which `intent-tenants-conflict` speaks.
    """
    for mail in declared_mail(facts).entries:
        if declared_mail(facts).conflict(mail) is not None:
            continue
        held: dict[str, Sender] = {}
        for sender in declared_mail(facts).senders(mail):
            shared = [key for key in sender.signing.keys if key.name in held]
            if shared:
                yield _about_shared(sender, held[shared[0].name], shared[0].selector.name)
            for key in sender.signing.keys:
                held.setdefault(key.name, sender)


def _about_shared(sender: Sender, other: Sender, selector: str) -> Complaint:
    domain = shown(sender.signing.domain)
    message = (
        f"{sender.needs.label} and {other.needs.label} both sign with `{selector}` of {domain}: two keys, one selector"
    )
    way_out = "have one of them sign with another selector"
    related = (Related(other.word.span, f"{other.needs.label} is declared here"),)
    return complaint(
        sender.word.span,
        message,
        help=way_out,
        at=At(f"{selector}._domainkey.{sender.signing.domain}"),
        related=related,
    )
