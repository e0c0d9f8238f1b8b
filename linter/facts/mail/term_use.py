"""Whom a term of an SPF record is for, by what is declared: why it serves nobody there, as far as that is known."""

from linter.intent.model import Mail
from linter.records.spf.record import Mechanism
from linter.records.text.name import shown
from linter.source.frozen import Frozen

from .declared_mail import DeclaredMail
from .system_needs import SystemNeeds


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
