"""What rules about records ask of a declaration, at no cost where there is none."""

from typing import TYPE_CHECKING

from linter.facts.facts import Facts

from .senders import is_saved_by_spf_alone

if TYPE_CHECKING:
    from linter.intent.model import Word


def declared_without_mx(facts: Facts) -> "dict[str, Word]":
    """The names of the zone that are declared to send and have no MX here, with the word that names a sender."""
    if facts.intent is None:
        return {}
    return {
        mail.name.text: mail.sends[0]
        for mail in facts.mail.entries
        if mail.sends and mail.name.text not in facts.mail_hosts and facts.mail.needs_spf(mail)
    }


def is_declared_closed(facts: Facts, name: str) -> bool:
    """Whether a name is declared to have no mail: what it lacks is then said in one finding."""
    if facts.intent is None:
        return False
    mail = facts.mail.of(name)
    return mail is not None and mail.is_none


def lacks_rejection(facts: Facts, name: str) -> bool:
    """Whether a name is declared to have no mail and has none, so that a policy short of reject is already told."""
    return is_declared_closed(facts, name) and not facts.mail.is_open(name)


def spf_advice(facts: Facts, name: str) -> str:
    """What to publish as SPF for the declared senders of a name, in words; "" where nothing is declared about sending.

    While a term of somebody who sends is unknown, that is to look up first: no record is proposed that shuts it out.
    """
    for mail in facts.mail.entries if facts.intent is not None else ():
        if mail.name.text == name:
            for each in facts.mail.required(mail):
                if each.purpose == "send" and each.name == name:
                    return f"publish `{each.values[0]}`" if each.values else f"look up first: {each.hint}"
    return ""


def has_strange_hosts(facts: Facts, name: str) -> bool:
    """Whether the MX of a name has hosts of others than its declared system: that is then said in one finding."""
    if facts.intent is None:
        return False
    return any(mail.name.text == name and facts.mail.flow(mail).strangers for mail in facts.mail.entries)


def lacks_declared_keys(facts: Facts, name: str) -> bool:
    """Whether a declared sender of a name has selectors that are not there, which is said with their names."""
    if facts.intent is None:
        return False
    senders = (each for mail in facts.mail.entries if mail.name.text == name for each in facts.mail.senders(mail))
    return any(sender.signing.missing for sender in senders)


def is_declared_sender(facts: Facts, name: str) -> bool:
    """Whether a name is the MAIL FROM of a declared sender, so that what becomes of its bounces is said with that."""
    if facts.intent is None:
        return False
    senders = (each for mail in facts.mail.entries for each in facts.mail.senders(mail))
    return any(sender.spf is not None and sender.spf.domain == name for sender in senders)


def has_unsigned_sender(facts: Facts, name: str) -> bool:
    """Whether a declared sender of a name does not sign under an enforced policy, which is said of that sender."""
    if facts.intent is None:
        return False
    return any(
        is_saved_by_spf_alone(each)
        for mail in facts.mail.entries
        if mail.name.text == name and mail.behind is None
        for each in facts.mail.senders(mail)
    )
