"""The records that declared mail asks for, each with what stands in its place."""

from collections.abc import Iterator

from linter.facts.facts import Facts, once
from linter.intent.model import Client, Mail
from linter.lookup.answer import FOUND, Answer, Exchange
from linter.providers.holes import filled, of_domain
from linter.providers.needs import Need
from linter.records.dmarc.with_tag import with_tag, without_tag
from linter.records.spf.record import is_spf
from linter.records.text.name import dotted
from linter.zone.model import Srv

from .autodiscover import discovery, leaders
from .declared_mail import DeclaredMail, declared_mail
from .flow import Flow
from .policy_required import policy_records
from .requirement import Required as Required
from .requirement import State, presented, srv_text, state_of, texts_beside
from .return_paths import return_path
from .senders import Sender
from .signing import Published
from .spf_required import spf_records
from .system_needs import SystemNeeds
from .vendor_view import Vendor, is_dkim_target

REJECTION = "v=DMARC1; p=reject"
OWN_KEY = "the key that the system made"


def required(facts: Facts, entry: Mail) -> tuple[Required, ...]:
    """All records that one entry asks for, in the order in which mail needs them."""
    known, name = _known(facts), entry.name.text
    if name not in known:
        known[name] = tuple(_required(declared_mail(facts), entry))
    return known[name]


@once
def _known(_: Facts) -> dict[str, tuple[Required, ...]]:
    return {}


def _required(mail: DeclaredMail, entry: Mail) -> Iterator[Required]:
    if entry.is_none:
        # The MAIL FROM domain of somebody who sends is not closed, whatever is said of it.
        yield from () if mail.expects(entry.name.text) else _closed(mail, entry.name.text)
        return
    received = list(_receiving(mail, mail.flow(entry)))
    yield from received
    yield from spf_records(mail, entry, received)
    senders = mail.senders(entry)
    for sender in senders:
        for key in sender.signing.keys:
            yield _key(mail, sender, key)
        yield from _given_keys(sender)
        yield from _return_path(mail, sender)
    yield from _verification(mail, entry)
    yield from policy_records(mail, entry)
    yield from _autodiscover(mail, entry)
    holder = mail.receiver(entry)
    for client in holder.clients if holder is not None else ():
        yield _client(mail, entry, holder.name if holder else "", client)


def _closed(mail: DeclaredMail, name: str) -> Iterator[Required]:
    """What tells the world that a name has no mail (RFC 7505, RFC 7208 section 10.1.2, RFC 9989)."""
    answer = mail.resolver.lookup(name, "MX")
    is_null = any(isinstance(value, Exchange) and value.host == "." for value in answer.values)
    yield Required(name, "MX", "receive", "", ("0 .",), state_of(answer, is_null), presented(answer))
    answer = mail.resolver.lookup(name, "TXT")
    records = [value for value in answer.values if isinstance(value, str) and is_spf(value)]
    is_shut = any(mail.is_shut(text) for text in records)
    state: State = state_of(answer, is_shut) if records or not answer.values else "missing"
    beside = texts_beside(answer, records)
    yield Required(name, "TXT", "send", "", ("v=spf1 -all",), state, tuple(records), beside=beside)
    if not name.startswith("*."):
        yield _rejection(mail, name)


def _rejection(mail: DeclaredMail, name: str) -> Required:
    """The policy reject: inherited, or of the name's own, which leaves the policy of the names above as it is."""
    governing = mail.policies.by_tree_walk(name)
    record, place = governing.record, f"_dmarc.{name}"
    if governing.is_unknown or record is None:
        return Required(place, "TXT", "policy", "", (REJECTION,), "unknown" if governing.is_unknown else "missing")
    if governing.policy == "reject":
        found = (governing.text,)
        return Required(f"_dmarc.{governing.domain}", "TXT", "policy", "", (REJECTION,), "present", found)
    if governing.domain != name:
        return Required(place, "TXT", "policy", "", (REJECTION,), "missing")
    tag, wanted = record.tag("p"), REJECTION
    if tag is not None:
        wanted = without_tag(with_tag(record.text, "p", "reject"), "pct")
    return Required(place, "TXT", "policy", "", (wanted,), "differs", (record.text,))


def _receiving(mail: DeclaredMail, flow: Flow) -> Iterator[Required]:
    """The MX records; all hosts that were declared, or one that only the vendor can name."""
    edge, answer = flow.edge, flow.answer
    name = flow.mail.name.text
    if edge is None or edge.takes("") is None:
        if edge is not None and edge.is_receiver and edge.vendor is not None:
            yield _unknown_hosts(edge.vendor.needs(name, edge.given).of("mx"), edge.name, name, answer)
        return
    values, hint = _wanted_hosts(edge, name)
    if not values and flow.strangers:
        strange = {host.name for host in flow.strangers}
        found = zip(answer.values, presented(answer), strict=True)
        values = tuple(text for value, text in found if isinstance(value, Exchange) and value.host not in strange)
    is_right = bool(flow.hosts) and not flow.strangers
    if edge.hosts:
        is_right = is_right and set(edge.hosts) <= {host.name for host in flow.hosts}
    made_for = [edge.host_made_for(host.name, name, mail.ours) for host in flow.hosts]
    is_right = is_right and not any(found is not None and found.is_sure for found in made_for)
    yield Required(name, "MX", "receive", edge.name, values, state_of(answer, is_right), presented(answer), (), hint)


def _unknown_hosts(needs: tuple[Need, ...], system: str, name: str, answer: Answer) -> Required:
    """The MX of a vendor none of whose hosts is known: whatever is there may be right."""
    hint = next((each.look_up for each in needs if each.look_up), "")
    if answer.status == FOUND:
        return Required(name, "MX", "receive", system, (), "unknown", presented(answer))
    return Required(name, "MX", "receive", system, (), state_of(answer, False), hint=hint)


def _wanted_hosts(edge: SystemNeeds, name: str) -> tuple[tuple[str, ...], str]:
    """The MX values that a system asks for, and what is to look up where they are not known.

    Hosts of one's own come in the order in which they are declared; those of a vendor get the vendor's preferences.
    """
    if edge.hosts:
        return tuple(f"{10 * row} {host}" for row, host in enumerate(edge.hosts, 1)), ""
    if edge.vendor is None:
        return (), ""
    shown = edge.shown("mx", name)
    if shown is not None:
        host = shown.text.lower().rstrip(".")
        return (f"{edge.vendor.preference(host)} {host}.",), ""
    needs = [each for each in edge.vendor.needs(name, edge.given).of("mx") if not each.optional]
    hint = next((each.look_up for each in needs if each.look_up), "")
    if hint or not all(each.is_live for each in needs):
        return (), hint
    values = tuple(f"{10 if each.preference is None else each.preference} {each.value}." for each in needs)
    if all(each.evidence is not None and each.evidence.confirmed for each in needs):
        is_told = len(needs) == 1 or all(each.preference is not None for each in needs)
        return (values, "") if is_told else ((), f"the preferences of {_named(values)}: {edge.vendor.manual}")
    return (), f"{_named(values)} is not confirmed: {edge.vendor.manual}"


def _named(values: tuple[str, ...]) -> str:
    """MX values that are no advice, as a zone file would have them."""
    pairs = (value.split() for value in values)
    return " and ".join(f"{{preference: {preference}, exchange: {host}}}" for preference, host in pairs)


def _key(mail: DeclaredMail, sender: Sender, key: Published) -> Required:
    """One selector: a CNAME to what the vendor names, or a TXT that the system made."""
    vendor = sender.needs.vendor
    target = key.selector.target or sender.needs.shown(key.selector.name, sender.signing.domain)
    is_alias = target is not None or (vendor is not None and vendor.signs_by_alias)
    alias = mail.resolver.lookup(key.name, "CNAME")
    # A key as TXT verifies as well where the vendor asks for a CNAME, and so does the other way round.
    is_alias = alias.status == FOUND or (is_alias and key.is_there is not True)
    answer = alias if is_alias else mail.resolver.lookup(key.name, "TXT")
    values = (dotted(target.text),) if target is not None else ()
    hint = "" if target is not None else _key_hint(vendor, key) if vendor is not None else OWN_KEY
    found = presented(answer)
    usual = vendor.key_target(key.selector.name, sender.signing.domain) if vendor is not None and not values else ""
    if is_alias and answer.status == FOUND:
        is_right = found == values if values else _fits(sender.needs, key.selector.name, found[0])
        # A way over names of one's own may well lead there in the end.
        is_strange = bool(values) or is_dkim_target(found[0]) or _is_among_keys(sender.needs, found[0])
        is_strange = is_strange or key.foreign is not None
        is_right = is_right and key.foreign is None
        state: State = "present" if is_right else "differs" if is_strange else "elsewhere"
    else:
        state = state_of(answer, key.is_there is True)
    if usual and state in ("missing", "differs"):
        values, hint = (usual,), ""
    kind = "CNAME" if is_alias else "TXT"
    return Required(key.name, kind, "sign", sender.needs.name, values, state, found, answer.spans, hint)


def _key_hint(vendor: Vendor, key: Published) -> str:
    """Where the vendor shows what a selector is to hold, and where it leads as far as somebody says."""
    selectors = vendor.provider.dkim
    known = next((each for each in selectors if each.selector == key.selector.name), None)
    where = (known.shown if known is not None else "") or vendor.dkim_hint or vendor.manual
    if known is None or not known.is_derivable or known.evidence.confirmed:
        return where
    domain = key.name.partition("._domainkey.")[2].rstrip(".")
    return f"`{filled(known.target, of_domain(domain))}.` is not confirmed: {where}"


def _given_keys(sender: Sender) -> Iterator[Required]:
    """The selectors that a vendor makes up for each customer: to look up, where none of them is declared."""
    needs = sender.needs
    if needs.vendor is None or sender.signing.keys:
        return
    for each in needs.vendor.needs(sender.signing.domain, needs.given).of("dkim"):
        if each.look_up and not each.optional and each.number:
            count = f"{each.number} selectors" if each.number > 1 else "its selector"
            hint = f"{count}{f' to {each.value}' if each.value else ''}: {each.look_up}"
            name = f"{each.name}.{sender.signing.domain}"
            yield Required(name, each.type or "CNAME", "sign", needs.name, (), "unknown", (), (), hint)


def _return_path(mail: DeclaredMail, sender: Sender) -> Iterator[Required]:
    """The records that take the bounces of what a vendor sends."""
    for each in return_path(mail.resolver, sender.name, sender.needs):
        found, spans = presented(each.answer), each.answer.spans
        system = sender.needs.name
        yield Required(each.name, each.type, "return", system, each.values, each.state, found, spans, each.hint)


def _fits(needs: SystemNeeds, selector: str, target: str) -> bool:
    parameters = tuple((name, word.text) for name, word in needs.system.parameters)
    return needs.vendor is None or needs.vendor.fits(selector, target, parameters)


def _is_among_keys(needs: SystemNeeds, target: str) -> bool:
    return needs.vendor is not None and needs.vendor.is_among_keys(target)


def _verification(mail: DeclaredMail, entry: Mail) -> Iterator[Required]:
    """The token by which a vendor knows the domain, where somebody said what it is."""
    for needs in mail.involved(entry):
        word = needs.shown("verification", entry.name.text) or needs.system.verification
        if word is not None:
            answer = mail.resolver.lookup(entry.name.text, "TXT")
            state: State = (
                "present" if word.text in answer.values else "missing" if answer.values else state_of(answer, False)
            )
            yield Required(entry.name.text, "TXT", "verify", needs.name, (word.text,), state)


def _autodiscover(mail: DeclaredMail, entry: Mail) -> Iterator[Required]:
    """Autodiscover, where the system that receives has one."""
    holder = mail.receiver(entry)
    if holder is None or not holder.autodiscover:
        return
    place = discovery(mail, entry)
    wanted = next((needs.autodiscover for needs in leaders(mail, entry) if needs.autodiscover), holder.autodiscover)
    name, kind = f"autodiscover.{entry.name.text}", "CNAME"
    if place.state in ("present", "elsewhere"):  # an address or a service record leads Outlook as well
        name, kind, wanted = place.name or name, place.type, " ".join(place.found[:1])
    yield Required(name, kind, "autodiscover", holder.name, (wanted,), place.state, place.found, place.spans)


def _client(mail: DeclaredMail, entry: Mail, system: str, client: Client) -> Required:
    """One service record (RFC 6186, RFC 6764)."""
    name = f"_{client.service}._tcp.{entry.name.text}"
    values = [value for value in mail.services(name) if isinstance(value, Srv)]
    found = tuple(map(srv_text, values))
    is_right = any(value.target.name == client.host and value.port == client.port for value in values)
    state: State = state_of(mail.resolver.lookup(name, "SRV"), is_right)
    return Required(name, "SRV", "client", system, (f"0 1 {client.port} {client.host}",), state, found)
