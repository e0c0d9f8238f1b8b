"""The mail domains of the zones that a command was given, described for reports that people read."""

from collections.abc import Iterator

from linter.facts.dmarc.policy import dmarc_policies
from linter.facts.facts import Facts
from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.vendor_view import vendor_of_spf
from linter.facts.mail_names import mail_names
from linter.facts.spf.cost import SpfTree
from linter.facts.spf.problems import problems
from linter.facts.spf.tree import SpfTrees
from linter.intent.model import Mail, Word
from linter.lookup.answer import Exchange
from linter.records.text.fault import quoted
from linter.report.domain import Domain, Domains, Guess, Receiver
from linter.report.sender_words import NameReport
from linter.run.crashes import Crashes
from linter.run.given_estates import EstateOptions, given_facts
from linter.run.refused import Refused
from linter.source.file import Unreadable

MOST_DOMAINS = 200
"""Domains that one report describes; of those beyond it tells the number."""


def described(options: EstateOptions, most: int) -> Domains:
    """Those that take part in mail, for a report whose findings are told already: what cannot be read here was said."""
    try:
        return domains_of(options, Crashes(), most)
    except (Refused, Unreadable):
        return Domains()


def domains_of(options: EstateOptions, crashes: Crashes, most: int = MOST_DOMAINS) -> Domains:
    """The names of the given zones that take part in mail, or of which it is declared whether they do.

    At most so many, and the number of all others. Raises Refused where the zones cannot be read.
    """
    found: dict[str, Domain] = {}
    more: set[str] = set()
    trees: dict[int, SpfTrees] = {}
    for facts in given_facts(options):
        known = trees.setdefault(id(facts.resolver), SpfTrees(facts.resolver, facts.parsers.spf))
        for mail, is_declared in _names(facts, crashes):
            name = mail.name.text
            if name in found:
                continue
            if len(found) >= most:
                more.add(name)
                continue
            what = f"the description of {quoted(name.removesuffix('.'), 80)}"
            with crashes.kept(what, mail.name.span.source.path, facts.zone.name):
                found[name] = described_domain(facts, mail, is_declared, known)
    return Domains(tuple(found.values()), len(more))


def entries_of(facts: Facts, crashes: Crashes) -> tuple[Mail, ...]:
    """What is declared for names of a zone, as far as that can be worked out."""
    if facts.intent is not None:
        with crashes.kept("reading what is declared", facts.zone.sources[0].path, facts.zone.name):
            return tuple(declared_mail(facts).entries)
    return ()


def _names(facts: Facts, crashes: Crashes) -> Iterator[tuple[Mail, bool]]:
    """The names of a zone and whether anything is declared of them: declared ones, those with mail, its own."""
    declared = entries_of(facts, crashes)
    for mail in declared:
        yield mail, True
    known = {mail.name.text for mail in declared}
    for name, _, span in mail_names(facts):
        if name not in known:
            known.add(name)
            yield Mail(Word(name, span)), False
    own = facts.zone.name
    record = next((record for record in facts.index.names.get(own, {}).get("MX", ())), None)
    if own not in known and record is not None:
        yield Mail(Word(own, record.name_span)), False


def described_domain(facts: Facts, mail: Mail, is_declared: bool, trees: SpfTrees) -> Domain:
    """One name of a zone."""
    report = name_report(facts, mail)
    flow = report.flow
    strangers = {host.name for host in flow.strangers}
    whose = declared_mail(facts).flows.whose
    receivers = tuple(
        Receiver(value.preference, value.host.removesuffix("."), _bare(whose(value.host)), value.host in strangers)
        for value in sorted(value for value in flow.answer.values if isinstance(value, Exchange))
    )
    tree = trees.at(mail.name.text)
    return Domain(
        report,
        is_declared,
        receivers,
        tuple(guesses(tree)),
        dmarc_policies(facts).by_tree_walk(mail.name.text),
        tree,
        tuple(problems(tree, trees)),
    )


def name_report(facts: Facts, mail: Mail) -> NameReport:
    """What is declared for one name of a zone, and what the records make of it."""
    rows = declared_mail(facts).senders(mail)
    known = {row.needs.name for row in rows}
    undeclared = tuple(word.text for word in mail.sends or () if word.text not in known)
    return NameReport(mail, declared_mail(facts).flow(mail), rows, undeclared)


def _bare(label: str) -> str:
    """Whose a host is, without the backticks of messages."""
    return label.replace("`", "")


def guesses(tree: SpfTree) -> Iterator[Guess]:
    """Whom an SPF record lets send, as far as its own terms say: those that pass."""
    for term in tree.terms:
        if term.text.startswith(("-", "~", "?")) or term.text.lower().startswith(("exp=", "all", "+all")):
            continue
        vendors = (vendor_of_spf(target) for target in term.targets)
        owner = next((vendor.name for vendor in vendors if vendor is not None), "")
        yield Guess(term.text, owner)
