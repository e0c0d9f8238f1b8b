"""What rules about records ask of a declaration, at no cost where there is none."""

from linter.facts.facts import Facts
from linter.source.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from linter.intent.model import Word

    from .declared_mail import DeclaredMail


def _declared(facts: Facts) -> "DeclaredMail | None":
    if facts.intent is None:
        return None
    from .declared_mail import declared_mail  # what follows from a declaration is loaded where there is one

    return declared_mail(facts)


def declared_without_mx(facts: Facts) -> "dict[str, Word]":
    """The names of the zone that are declared to send and have no MX here, with the word that names a sender."""
    declared = _declared(facts)
    if declared is None:
        return {}
    return {
        mail.name.text: mail.sends[0]
        for mail in declared.entries
        if mail.sends and mail.name.text not in facts.mail_hosts and declared.needs_spf(mail)
    }


def is_declared_closed(facts: Facts, name: str) -> bool:
    """Whether a name is declared to have no mail: what it lacks is then said in one finding."""
    declared = _declared(facts)
    mail = declared.of(name) if declared is not None else None
    return mail is not None and mail.is_none


def lacks_rejection(facts: Facts, name: str) -> bool:
    """Whether a name is declared to have no mail and has none, so that a policy short of reject is already told."""
    declared = _declared(facts)
    return declared is not None and is_declared_closed(facts, name) and not declared.is_open(name)


def spf_advice(facts: Facts, name: str) -> str:
    """What to publish as SPF for the declared senders of a name, in words; "" where nothing is declared about sending.

    While a term of somebody who sends is unknown, that is to look up first: no record is proposed that shuts it out.
    """
    declared = _declared(facts)
    mail = next((mail for mail in declared.entries if mail.name.text == name), None) if declared is not None else None
    if mail is None:
        return ""
    from .required import required

    for each in required(facts, mail):
        if each.purpose == "send" and each.name == name:
            return f"publish `{each.values[0]}`" if each.values else f"look up first: {each.hint}"
    return ""


def return_path_advice(host: str) -> str:
    """What to publish as SPF at a name whose MX is a vendor's host for bounces; "" where it is another host."""
    from linter.providers.mail_hosts import host_sign

    if host_sign(host) is None:
        return ""  # for nobody's host no catalogue need be read
    from .vendor_view import return_path_term

    vendor, term = return_path_term(host)
    return f"publish `v=spf1 {term} ~all`, which {vendor} asks for where its bounces go" if term else ""


def is_declared_to_send(facts: Facts, name: str) -> bool:
    """Whether somebody is declared to send as a name, or with it as the domain of MAIL FROM."""
    declared = _declared(facts)
    if declared is None:
        return False
    senders = (sender for mail in declared.entries for sender in declared.senders(mail))
    return any(name in (sender.name, sender.spf.domain if sender.spf else "") for sender in senders)


def is_return_path(facts: Facts, name: str) -> bool:
    """Whether a name is the domain of MAIL FROM of a sender of other names alone: no mail is From it."""
    declared = _declared(facts)
    own = declared.of(name) if declared is not None else None
    if declared is None or (own is not None and own.sends):
        return False
    senders = (sender for mail in declared.entries for sender in declared.senders(mail))
    return any(sender.spf is not None and sender.spf.domain == name != sender.name for sender in senders)


def spf_end_advice(facts: Facts, name: str, way_out: str) -> str:
    """Advice that closes the SPF record of a name; while the term of a declared sender is unknown, that comes first."""
    declared = _declared(facts)
    for mail in declared.entries if declared is not None else ():
        for sender in declared.senders(mail) if declared is not None else ():
            where, spf = sender.needs.spf_to_look_up, sender.spf
            if where and sender.asks_spf_of(name) and (spf is None or spf.state != "pass"):
                return f"first look up the SPF term of {sender.needs.label} ({where}); then {way_out}"
    return way_out


def has_strange_hosts(facts: Facts, name: str) -> bool:
    """Whether the MX of a name has hosts of others than its declared system: that is then said in one finding."""
    declared = _declared(facts)
    if declared is None:
        return False
    return any(mail.name.text == name and declared.flow(mail).strangers for mail in declared.entries)


def lacks_declared_keys(facts: Facts, name: str) -> bool:
    """Whether a declared sender of a name has selectors that are not there, which is said with their names."""
    declared = _declared(facts)
    if declared is None:
        return False
    senders = (each for mail in declared.entries if mail.name.text == name for each in declared.senders(mail))
    return any(sender.signing.missing or sender.lacks_given_keys for sender in senders)


def loses_bounces(facts: Facts, name: str) -> bool:
    """Whether a name is the MAIL FROM of a declared sender whose bounces are lost, which is said with the sender."""
    if _declared(facts) is None:
        return False
    from .bounces import lost_bounces

    return any(each.domain == name for each in lost_bounces(facts))


def has_unsigned_sender(facts: Facts, name: str) -> bool:
    """Whether a declared sender of a name does not sign under an enforced policy, which is said of that sender."""
    declared = _declared(facts)
    if declared is None:
        return False
    return any(each.name == name for mail in declared.entries for each in declared.unsigned(mail))


def has_strange_policy(facts: Facts, name: str) -> bool:
    """Whether the DMARC policy of a name is another than declared for it, which is said with both."""
    declared = _declared(facts)
    if declared is None:
        return False
    from .policies import policy_differences

    found = (each for mail in declared.entries if mail.name.text == name for each in policy_differences(facts, mail))
    return any(each.what in ("p", "dmarc") for each in found)
