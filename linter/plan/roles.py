"""Which system does what for a name before and after a stage: as declared, else as the records show."""

from collections.abc import Iterable

from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.system_needs import SystemNeeds
from linter.facts.mail.vendor_view import vendor_of_spf
from linter.intent.model import Intent, Mail, System, intent_of
from linter.records.spf.record import is_spf
from linter.source.frozen import Frozen

from .estate import View


class Roles(Frozen):
    """The systems of a name: `holders` have its mailboxes, `receivers` are these and the gateway ("" for none)."""

    holders: frozenset[str] = frozenset()
    receivers: frozenset[str] = frozenset()
    senders: frozenset[str] = frozenset()
    gateway: str = ""


def declared_roles(mail: Mail | None) -> Roles:
    """What an entry says; nothing for no entry, or one without mail."""
    if mail is None or mail.is_none:
        return Roles()
    gateway = mail.behind.text if mail.behind is not None else ""
    held = (mail.receives, *(split.to for split in mail.splits))
    holders = frozenset(word.text for word in held if word is not None)
    senders = frozenset(word.text for word in mail.sends or ())
    return Roles(holders, holders | ({gateway} if gateway else frozenset()), senders, gateway)


def as_found(view: View, now: View) -> Intent:
    """The declaration before a stage, with what the records show of names that only the stage speaks of.

    Who has all mail hosts of such a name receives already, and who has its terms in the SPF record sends already,
    unless mail moves to that system in the stage.
    """
    intent = view.behaviour.intent
    found = {name: _found(view, now, mail) for name, mail in now.entries.items() if name not in view.entries}
    mails = {name: mail for name, mail in found.items() if mail is not None}
    if not mails:
        return intent
    names = {word.text for mail in mails.values() for word in mail.words}
    systems = {name: system for name, system in now.behaviour.intent.systems.items() if name in names}
    return intent_of({**systems, **intent.systems}, {**intent.mail, **mails})


def _found(view: View, now: View, mail: Mail) -> Mail | None:
    """What of an entry is so already; None for nothing."""
    if mail.is_none:
        return None
    name, hosts = mail.name.text, view.hosts(mail.name.text)
    edge = system_of(now, name, mail.edge.text) if mail.edge is not None else None
    is_received = edge is not None and bool(hosts) and all(edge.takes(host) for host in hosts)
    moving = frozenset() if is_received else declared_roles(mail).receivers
    words = {word for text in view.texts_at(name) if is_spf(text) for word in text.lower().split()}
    senders = [
        word for word in mail.sends or () if word.text not in moving and _is_let(system_of(now, name, word.text), words)
    ]
    kept = mail if is_received else mail._replace(receives=None, behind=None, splits=(), clients=())
    kept = kept._replace(sends=tuple(senders) if senders else None, dmarc=None, mta_sts=None)
    return kept if is_received or senders else None


def _is_let(needs: SystemNeeds | None, words: set[str]) -> bool:
    """Whether an SPF record, as its words, has a term of a system or an include of its vendor."""
    if needs is None:
        return False
    includes = (word.removeprefix("include:").rstrip(".") for word in words if word.startswith("include:"))
    vendors = {vendor.key for name in includes if (vendor := vendor_of_spf(f"{name}.")) is not None}
    terms = {term.text.lower() for term in needs.terms}
    return bool(terms & words) or (needs.vendor is not None and needs.vendor.key in vendors)


def system_of(view: View, name: str, system: str) -> SystemNeeds | None:
    """A declared system by its name, as the zone of a name knows it."""
    facts = view.facts_of(name)
    return declared_mail(facts).systems.get(system) if facts is not None and system else None


def is_changed(view: View, now: View, name: str, system: str) -> bool:
    """Whether a stage makes a system begin something for a name, or says something else of the system itself."""
    before, after = declared_roles(view.entries.get(name)), declared_roles(now.entries.get(name))
    if system in after.receivers - before.receivers or system in after.senders - before.senders:
        return True
    old, new = view.behaviour.intent, now.behaviour.intent
    return system in old.systems and said_of((system,), old) != said_of((system,), new)


def said_of(systems: Iterable[str], intent: Intent) -> list[object]:
    """What is declared of systems, without the places where that stands."""
    return [_said(held) for name in systems if (held := intent.systems.get(name)) is not None]


def _said(system: System) -> list[object]:
    held = (system.provider, system.envelope, system.signs, system.verification, *system.receives)
    return [
        [each and each.text for each in held],
        [term.text for term in system.spf],
        [(key.name, key.target and key.target.text) for key in system.dkim],
        [client[:3] for client in system.clients],
        [(key, each.text) for key, each in system.parameters],
        [(domain, key, each.text) for domain, of in system.values.items() for key, each in of.items()],
    ]
