"""The records that declared mail asks for, each with what stands in its place."""

from collections.abc import Iterable, Iterator

from linter.facts.facts import Facts, once
from linter.intent.model import Client, Mail
from linter.lookup.answer import FOUND, Answer, Exchange
from linter.providers.holes import filled, of_domain
from linter.providers.needs import Need
from linter.records.spf.record import is_spf
from linter.records.text.name import dotless, dotted
from linter.zone.model import Srv

from .autodiscover import discovery, leaders
from .declared_mail import DeclaredMail, declared_mail
from .flow import Flow
from .policy_required import policy_records
from .requirement import Required as Required
from .requirement import State, presented, srv_text, state_of
from .return_paths import return_path
from .sender_spf import BROKEN, NOT_COVERED, NOT_KNOWN, PASS
from .senders import Sender
from .signing import Published
from .system_needs import SystemNeeds, is_open
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
    name, senders = entry.name.text, mail.senders(entry)
    forwarding = mail.forwarding(entry)
    # Where nobody says who sends, a record cannot be made, but one that is there must hold who forwards.
    if entry.sends is not None or (forwarding and name in mail.facts.spf_by_name):
        own = [each for each in (*senders, *forwarding) if each.asks_spf_of(name)]
        yield _spf(mail, entry, name, _after(mail, entry, own, received))
    yield from _envelopes(mail, entry, senders)
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
    beside = _beside(answer, records)
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
        wanted = f"{record.text[: tag.start]}p=reject{record.text[tag.end :]}"
    return Required(place, "TXT", "policy", "", (wanted,), "differs", (record.text,))


def _beside(answer: Answer, records: list[str]) -> tuple[str, ...]:
    """The other texts of a name; what a wildcard answers belongs to no name."""
    own = answer.values if not answer.owner.startswith("*.") else ()
    return tuple(value for value in own if isinstance(value, str) and value not in records)


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


def _after(mail: DeclaredMail, entry: Mail, own: list[Sender], received: list[Required]) -> list[Sender]:
    """The senders as SPF will find them when the MX is the wanted one: an `mx` term then means other hosts."""
    hosts = [
        value.split()[1] for record in received if record.state in ("missing", "differs") for value in record.values
    ]
    if not hosts:
        return own
    later = {sender.needs.name: sender.spf for sender in (*own, *mail.senders_with(entry, hosts))}
    found = []
    for sender in own:
        spf, coming = sender.spf, later[sender.needs.name]
        if spf is not None and spf.state == PASS and coming is not None and coming.state != PASS:
            uncovered = tuple(term.text for term in sender.needs.terms)
            sender = sender._replace(spf=spf._replace(state=NOT_COVERED, uncovered=uncovered))
        found.append(sender)
    return found


def _envelopes(mail: DeclaredMail, entry: Mail, senders: Iterable[Sender]) -> Iterator[Required]:
    """The SPF records of other domains that senders have in their MAIL FROM, as far as somebody here knows them."""
    domains: dict[str, list[Sender]] = {}
    for sender in senders:
        if sender.spf is not None and sender.spf.domain != entry.name.text and not mail.awaits_alias(sender):
            domains.setdefault(sender.spf.domain, []).append(sender)
    for domain, own in domains.items():
        record = _spf(mail, entry, domain, own)
        if record.state not in ("unknown", "elsewhere") or record.found:
            yield record._replace(system=own[0].needs.name)


def _spf(mail: DeclaredMail, entry: Mail, name: str, own: list[Sender]) -> Required:
    """The SPF record of a domain: what is there with the terms it lacks, or one made of the senders' terms."""
    answer = mail.resolver.lookup(name, "TXT")
    records = [value for value in answer.values if isinstance(value, str) and is_spf(value)]
    beside = _beside(answer, records)
    uncovered = (text for sender in own if sender.spf for text in sender.spf.uncovered)
    lacking = [text for text in dict.fromkeys(uncovered) if not is_open(text)]
    open_ends = _to_look_up(mail, entry, own)
    states = {sender.spf.state if sender.spf is not None else NOT_KNOWN for sender in own}
    if len(records) == 1:
        state: State = "differs" if NOT_COVERED in states else "unknown" if NOT_KNOWN in states else "present"
        wanted = _with_terms(records[0], lacking)
        if open_ends and (state != "present" or BROKEN in states):
            hint = _open_hint(open_ends, wanted if lacking else "")
            return Required(name, "TXT", "send", "", (), state, tuple(records), (), hint, beside)
        if BROKEN in states and state == "present":
            hint = f"receivers cannot evaluate it (permerror): `mailzone spf {dotless(name)}` says why"
            return Required(name, "TXT", "send", "", (), "differs", tuple(records), (), hint, beside)
        return Required(name, "TXT", "send", "", (wanted,), state, tuple(records), (), "", beside)
    texts = dict.fromkeys(term.text for sender in own for term in sender.needs.terms)
    terms = [text for text in texts if not is_open(text)]
    wanted = " ".join(("v=spf1", *terms, "-all"))
    hint = _open_hint(open_ends, " ".join(("v=spf1", *terms, "…")) if terms else "") if open_ends else ""
    state = "differs" if records else "missing" if answer.status == FOUND else state_of(answer, False)
    values = () if open_ends else (wanted,)
    return Required(name, "TXT", "send", "", values, state, tuple(records), (), hint, beside)


def _to_look_up(mail: DeclaredMail, entry: Mail, own: list[Sender]) -> list[str]:
    """What must be known before an SPF record may be closed: the terms of senders that are not known.

    A record that was closed without them would shut out somebody who is declared to send.
    """
    known = [
        f"the SPF term of {sender.needs.label}: {sender.needs.spf_to_look_up}"
        for sender in own
        if sender.needs.spf_to_look_up and not (sender.spf and sender.spf.state == PASS)
    ]
    strangers = [word.text for word in entry.sends or () if mail.system(word) is None]
    return [*known, *(f"what `{name}` sends from: it is not declared under `systems:`" for name in strangers)]


def _open_hint(open_ends: list[str], known: str) -> str:
    """What to look up, and the record as far as it is known."""
    so_far = f"; known so far: {known}" if known else ""
    return f"{'; '.join(open_ends)}{so_far}"


def _with_terms(record: str, terms: list[str]) -> str:
    """A record with more terms, put before what ends it."""
    words = record.split()
    for place, word in enumerate(words):
        if word.lower().lstrip("+-?~") == "all" or word.lower().startswith("redirect="):
            return " ".join((*words[:place], *terms, *words[place:]))
    return " ".join((*words, *terms))


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
