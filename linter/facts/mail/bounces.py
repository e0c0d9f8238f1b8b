"""Whether a domain takes the bounces of mail that has it in its MAIL FROM."""

from linter.facts.facts import Facts, once
from linter.intent.model import Mail, Word
from linter.lookup.answer import FOUND, Exchange, Resolver
from linter.source.frozen import Frozen

from .declared_mail import DeclaredMail, declared_mail
from .required import required
from .sender_spf import NO_RECORD
from .senders import Sender


def takes_no_bounces(resolver: Resolver, domain: str) -> str:
    """Why a domain is known to take no mail, in words; "" where it takes some or that is unknown.

    RFC 5321 section 5.1. A null MX refuses mail (RFC 7505 section 3); without MX, an address takes it.
    """
    answer = resolver.lookup(domain, "MX")
    if answer.status == FOUND:
        hosts = [value.host for value in answer.values if isinstance(value, Exchange)]
        return "it has a null MX" if hosts and all(host == "." for host in hosts) else ""
    answers = [answer, *(resolver.lookup(domain, kind) for kind in ("A", "AAAA"))]
    return "it has neither MX nor address" if all(each.is_empty for each in answers) else ""


class LostBounces(Frozen):
    """A domain in the MAIL FROM of a sender that is known to take no mail, and why, in words.

    `word` says where the domain comes from: the declared `envelope`, else the word that names the sender.
    """

    sender: Sender
    domain: str
    why: str
    word: Word


@once
def lost_bounces(facts: Facts) -> tuple[LostBounces, ...]:
    """All of a zone, each once; what other findings say of a domain is left to them.

    These are: a name without the MX of the system that is to receive for it, a domain without any SPF record, a return
    path that lacks what its vendor asks for.
    """
    found: dict[tuple[str, str], LostBounces] = {}
    declared = declared_mail(facts)
    for mail in declared.entries:
        asked = {each.name for each in required(facts, mail) if each.purpose == "return"}
        for sender in declared.senders(mail):
            envelope = sender.needs.system.envelope
            if sender.spf is None and envelope is None:
                continue  # a vendor's MAIL FROM is then a domain of the vendor
            domain, word = (envelope.text, envelope) if envelope is not None else (sender.name, sender.word)
            if domain in asked or _is_told(declared, mail, sender, domain):
                continue
            why = takes_no_bounces(facts.resolver, domain)
            if why:
                found.setdefault((domain, sender.needs.name), LostBounces(sender, domain, why, word))
    return tuple(found.values())


def _is_told(declared: DeclaredMail, mail: Mail, sender: Sender, domain: str) -> bool:
    """Whether another finding says of a domain what is at fault."""
    if sender.spf is not None and sender.spf.state == NO_RECORD:
        return True
    if domain == mail.name.text:
        edge = declared.flow(mail).edge
        return edge is not None and edge.is_receiver
    return False
