"""Whose word verdicts rest on beside that of the files, for rules to hand on with what they find."""

from collections.abc import Iterable, Iterator

from linter.finding import Witness
from linter.lookup.answer import Answer
from linter.records.spf.record import Mechanism
from linter.source.typed import TYPE_CHECKING

from .facts import Facts
from .spf.cost import witnesses_in

if TYPE_CHECKING:
    from linter.facts.dmarc.policy import Governing
    from linter.facts.mail.senders import Sender

ADDRESSES = ("A", "AAAA")


def of_answers(answers: Iterable[Answer]) -> tuple[Witness, ...]:
    """The witnesses of some answers, each once."""
    return tuple(dict.fromkeys(witness for answer in answers for witness in answer.witnesses))


def of_lookups(facts: Facts, name: str, *kinds: str) -> tuple[Witness, ...]:
    """Whose word it is what a name has of some types; none where this or another declared zone says so."""
    return of_answers(facts.resolver.lookup(name, kind) for kind in kinds)


def of_policy(governing: "Governing") -> Iterator[Witness]:
    """Who says which DMARC record governs a name."""
    for asked in governing.asked:
        yield from asked.witnesses


def of_spf(facts: Facts, sender: "Sender") -> Iterator[Witness]:
    """Who says what SPF makes of a declared sender: answers, and which terms its vendor asks for."""
    if sender.spf is not None:
        trees = facts.estate.spf_trees(facts.parsers.spf)
        yield from witnesses_in(trees.at(sender.spf.domain))
        for term in sender.needs.terms:
            domain = term.term.domain if isinstance(term.term, Mechanism) else term.term.value
            if term.term.name in ("include", "redirect") and domain is not None and not domain.macros:
                yield from witnesses_in(trees.at(domain.absolute))
        yield from sender.needs.term_witnesses


def of_sender(facts: Facts, sender: "Sender") -> Iterator[Witness]:
    """Who says what SPF, DKIM and DMARC make of a declared sender."""
    yield from of_spf(facts, sender)
    for key in sender.signing.keys:
        yield from of_lookups(facts, key.name, "TXT")
    yield from sender.needs.key_witnesses
    yield from of_policy(sender.governing)
