"""Which terms of a name's own SPF record serve no declared sender, and which may serve one."""

from collections.abc import Iterator, Sequence

from linter.facts.facts import Facts
from linter.facts.spf.shorter import UNDECLARED, Known
from linter.facts.texts import SpfText
from linter.intent.model import Mail
from linter.records.spf.record import Mechanism
from linter.records.text.name import dotless, shown
from linter.source.frozen import Frozen

from .declared_mail import DeclaredMail, declared_mail
from .sender_spf import NOT_COVERED
from .senders import Sender
from .system_needs import SystemNeeds


def own_senders(facts: Facts, mail: Mail) -> list[Sender]:
    """The declared senders of a name that have the name itself in their MAIL FROM, or of which nobody says another."""
    return [each for each in declared_mail(facts).senders(mail) if _mail_from(each) == mail.name.text]


def _mail_from(sender: Sender) -> str:
    """The domain of a sender's MAIL FROM; "" for one of its vendor's own."""
    if sender.spf is not None:
        return sender.spf.domain
    envelope = sender.needs.system.envelope
    if envelope is not None:
        return envelope.text
    return sender.name if sender.needs.vendor is None else ""


def idle_terms(facts: Facts, mail: Mail, text: SpfText, senders: Sequence[Sender]) -> Iterator[tuple[Mechanism, str]]:
    """The terms by which none of the senders is let through, if it is known by which each is; why, "" if unknown."""
    serving = {(each.term.start, each.term.end) for sender in senders if sender.spf for each in sender.spf.by}
    stop = text.spf.all_term
    for term in text.spf.mechanisms:
        if term.qualifier != "+" or term.name == "all" or (stop is not None and term.start > stop.start):
            continue
        use = term_use(declared_mail(facts), mail, term)
        if (term.start, term.end) not in serving and not use.is_wanted and not _is_own(mail, term):
            yield term, use.reason


def known_terms(facts: Facts, name: str) -> Known:
    """What the declaration of a name says of the terms of its record.

    A record that other names include is theirs as well, and what a sender is let through by may be unknown.
    """
    texts = facts.spf_by_name.get(name, ())
    mail = next((mail for mail in declared_mail(facts).entries if mail.name.text == name), None)
    if mail is None or mail.sends is None or len(texts) != 1:
        return UNDECLARED
    senders = own_senders(facts, mail)
    is_clear = len(declared_mail(facts).senders(mail)) == len(mail.sends) and all(
        each.spf is not None and each.spf.is_told and each.spf.state != NOT_COVERED for each in senders
    )
    idle = {term.text for term, _ in idle_terms(facts, mail, texts[0], senders)}
    others = {term.text for term in texts[0].spf.mechanisms} - idle
    bare = dotless(name)
    is_shared = any(facts.estate.mentions(f"{word}{bare}") for word in ("include:", "redirect="))
    return Known(frozenset(idle if is_clear and not is_shared else ()), frozenset(others), is_clear)


def _is_own(mail: Mail, term: Mechanism) -> bool:
    """Whether `mx` means the hosts of a declared sender, which receives here as well and sends from them."""
    own = term.target(mail.name.text) == mail.name.text
    names = {word.text for word in mail.sends or ()}
    edge = mail.edge
    return term.name == "mx" and own and edge is not None and edge.text in names


class TermUse(Frozen):
    """`is_wanted` is whether a declared system may need the term; `reason` says why one does not, "" where unknown."""

    is_wanted: bool
    reason: str = ""


def term_use(declared: DeclaredMail, mail: Mail, term: Mechanism) -> TermUse:
    """What is known of a term in the record of a name that covers no sender with the name in its MAIL FROM."""
    for sender in declared.senders(mail):
        needs = sender.needs
        if not _is_of(needs, term):
            continue
        envelope = needs.system.envelope
        if envelope is not None and envelope.text != mail.name.text:
            return TermUse(False, f"the MAIL FROM of {needs.label} is {shown(envelope.text)}")
        no_term = needs.vendor.provider.no_spf if needs.vendor is not None else None
        if no_term is not None and no_term.evidence.confirmed:
            return TermUse(False, f"{needs.label} needs no term, since {no_term.reason}")
        return TermUse(True)
    if any(_is_of(needs, term) for needs in declared.involved(mail)):
        return TermUse(True)  # it is theirs, whatever is known of how they send
    others = (needs for needs in declared.systems.values() if _is_of(needs, term, by_text_alone=True))
    other = next(others, None)
    return TermUse(False, f"{other.label} is not among those that send as it" if other is not None else "")


def _is_of(needs: SystemNeeds, term: Mechanism, by_text_alone: bool = False) -> bool:
    """Whether a term is one that a system is declared to send by, or includes a record of its vendor."""
    if any(each.term.text.lower() == term.text.lower() for each in needs.terms):
        return True
    if by_text_alone or needs.vendor is None or term.domain is None or term.name != "include":
        return False
    return needs.vendor.owns_spf(term.domain.absolute)
