"""The SPF records that declared mail asks for, proposed only where receivers would then let the senders pass."""

from collections.abc import Iterable, Iterator, Mapping

from linter.intent.model import Mail
from linter.lookup.answer import FOUND, Exchange
from linter.records.spf.record import is_spf
from linter.records.text.name import dotless

from .declared_mail import DeclaredMail, Sets
from .requirement import Required, State, state_of, texts_beside
from .sender_spf import BROKEN, NOT_COVERED, NOT_KNOWN, PASS
from .sender_spf import State as SpfState
from .senders import Sender
from .system_needs import is_open


def spf_records(mail: DeclaredMail, entry: Mail, received: Iterable[Required]) -> Iterator[Required]:
    """The record of a name, and of the other domains in the MAIL FROM of its senders; `received` is its MX."""
    coming = _coming_hosts(entry, received)
    name, senders = entry.name.text, mail.senders(entry)
    forwarding = mail.forwarding(entry)
    # Where nobody says who sends, a record cannot be made, but one that is there must hold who forwards.
    if entry.sends is not None or (forwarding and name in mail.facts.spf_by_name):
        own = [each for each in (*senders, *forwarding) if each.asks_spf_of(name)]
        yield _spf(mail, entry, name, _after(mail, entry, own, coming), coming)
    yield from _envelopes(mail, entry, senders, coming)


def _coming_hosts(entry: Mail, received: Iterable[Required]) -> Sets:
    """The MX of a name when it is the wanted one, where it is another: an `mx` term then means other hosts."""
    hosts = [
        value.split()[1] for record in received if record.state in ("missing", "differs") for value in record.values
    ]
    return {(entry.name.text, "MX"): tuple(Exchange(0, host) for host in hosts)} if hosts else {}


def _after(mail: DeclaredMail, entry: Mail, own: list[Sender], coming: Sets) -> list[Sender]:
    """The senders as SPF will find them when the MX is the wanted one."""
    if not coming:
        return own
    later = mail.senders_with(entry, coming)
    found = []
    for sender in own:
        spf, then = sender.spf, later[sender.needs.name].spf
        if spf is not None and spf.state == PASS and then is not None and then.state != PASS:
            uncovered = tuple(term.text for term in sender.needs.terms)
            sender = sender._replace(spf=spf._replace(state=NOT_COVERED, uncovered=uncovered))
        found.append(sender)
    return found


def _envelopes(mail: DeclaredMail, entry: Mail, senders: Iterable[Sender], coming: Sets) -> Iterator[Required]:
    """The SPF records of other domains that senders have in their MAIL FROM, as far as somebody here knows them."""
    domains: dict[str, list[Sender]] = {}
    for sender in senders:
        if sender.spf is not None and sender.spf.domain != entry.name.text and not mail.awaits_alias(sender):
            domains.setdefault(sender.spf.domain, []).append(sender)
    for domain, own in domains.items():
        record = _spf(mail, entry, domain, own, coming)
        if record.state not in ("unknown", "elsewhere") or record.found:
            yield record._replace(system=own[0].needs.name)


def _spf(mail: DeclaredMail, entry: Mail, name: str, own: list[Sender], coming: Sets) -> Required:
    """The SPF record of a domain: what is there with the terms it lacks, or one made of the senders' terms."""
    record = _spf_of_terms(mail, entry, name, own)
    if record.state not in ("missing", "differs") or not record.values:
        return record
    (wanted,) = record.values
    then = mail.senders_with(entry, {**coming, (name, "TXT"): (wanted,)})
    states = {
        each.needs.name: spf.state
        for each in own
        if (spf := then[each.needs.name].spf) is not None and spf.domain == name
    }
    hint = _why_in_vain(mail, record, states)
    return record._replace(values=(), hint=hint, in_vain=wanted) if hint else record


def _why_in_vain(mail: DeclaredMail, record: Required, states: Mapping[str, SpfState]) -> str:
    """Why a record would refuse a declared sender although it has all their terms; "" where it would not.

    `states` is what the proposed record makes of each sender.
    """
    terms = [term for term in mail.facts.parsers.spf(record.values[0]).mechanisms if term.name != "all"]
    if BROKEN in states.values():
        listed = " ".join(term.text for term in terms)
        shorten = f", or run `mailzone spf {dotless(record.name)} --shorten`" if record.found else ""
        return (
            f"with all terms that the declared senders need (`{listed}`) receivers cannot evaluate it (permerror): "
            f"give a sender its own MAIL FROM domain (`envelope:`){shorten}"
        )
    refused = " and ".join(f"`{name}`" for name, state in states.items() if state == NOT_COVERED)
    if not refused:
        return ""
    refusing = " or ".join(f"`{term.text}`" for term in terms if term.qualifier != "+")
    if refusing:
        return f"{refusing} comes first and refuses {refused}: remove the term, or the sender from `sends:`"
    return f"`{record.values[0]}` would still refuse {refused}: declare other `spf:` terms, or write it by hand"


def _spf_of_terms(mail: DeclaredMail, entry: Mail, name: str, own: list[Sender]) -> Required:
    """The record with all terms that are known, whatever receivers will make of it."""
    answer = mail.resolver.lookup(name, "TXT")
    records = [value for value in answer.values if isinstance(value, str) and is_spf(value)]
    beside = texts_beside(answer, records)
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
    """What must be known before an SPF record may be closed: the terms of senders that nobody here knows.

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
