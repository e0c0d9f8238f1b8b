"""The SPF records of one zone with their trees, and which of them speaks where several suffer from one cause."""

from collections.abc import Callable, Iterable, Iterator

from linter.facts.facts import Facts, once
from linter.facts.texts import SpfText
from linter.records.spf.record import Term
from linter.source.frozen import Frozen
from linter.source.text import Span

from .cost import SpfTree, TreeTerm
from .limits import ASKING, MAX_LOOKUPS
from .places import is_include_target

NEAR = MAX_LOOKUPS - 1
"""From here on the next service that somebody adds is one too many: its include costs two lookups or more."""

Measure = Callable[[SpfTree], int]


class SpfCase(Frozen):
    """A declared record with a term that asks DNS, and its tree."""

    text: SpfText
    tree: SpfTree

    @property
    def name(self) -> str:
        """The owner name."""
        return self.text.record.name

    @property
    def is_shared(self) -> bool:
        """Whether the record is only a part of others, as `_spf.example.com` is."""
        return is_include_target(self.name)

    def place(self, term: Term) -> Span:
        """Where a term of the record is written."""
        return self.text.value.place(term)


class Reported(Frozen):
    """A record that a complaint stands at, and the others of its zone that suffer from the same cause."""

    case: SpfCase
    others: tuple[SpfCase, ...]


@once
def spf_cases(facts: Facts) -> tuple[SpfCase, ...]:
    """The SPF records that ask DNS, each with its tree, in the order of the files."""
    trees = facts.estate.spf_trees(facts.parsers.spf)
    asking = (text for text in facts.texts.spf if any(term.name in ASKING for term in text.spf.terms))
    return tuple(SpfCase(text, trees.of(text.record.name, text.spf)) for text in asking)


def reports(cases: Iterable[SpfCase], measure: Measure, least: int) -> Iterator[Reported]:
    """One record for each cause of a `measure` that reaches `least`, with the others that it affects.

    The cause is the deepest record that reaches it by itself. If that is a domain's record of this zone, it
    speaks; else the first domain's record that it makes fail, and a shared part only where no domain's does.
    """
    causes: dict[int, list[SpfCase]] = {}
    known: dict[int, SpfTree] = {}
    for case in cases:
        if measure(case.tree) >= least:
            causes.setdefault(id(_cause(case.tree, measure, least, known)), []).append(case)
    for cause, affected in causes.items():
        domains = [case for case in affected if not case.is_shared] or affected
        first = next((case for case in domains if id(case.tree) == cause), domains[0])
        yield Reported(first, tuple(case for case in affected if case is not first))


def _cause(tree: SpfTree, measure: Measure, least: int, known: dict[int, SpfTree]) -> SpfTree:
    """The deepest record that reaches it; `known` are those found before, so that long chains are walked once."""
    way: list[SpfTree] = []
    deeper: SpfTree | None = tree
    while deeper is not None and id(deeper) not in known:
        tree = deeper
        way.append(tree)
        certain = (term.below[0] for term in tree.terms if len(term.below) == 1)
        deeper = next((record for record in certain if measure(record) >= least), None)
    cause = tree if deeper is None else known[id(deeper)]
    known |= {id(record): cause for record in way}
    return cause


def foreign_terms(term: TreeTerm) -> Iterator[tuple[SpfTree, TreeTerm]]:
    """The terms of the recorded records that a term leads to, each with its record.

    A record that a zone declares ends the way: it is judged with its own zone.
    """
    met: set[int] = set()
    pending = list(reversed(term.below))
    while pending:
        record = pending.pop()
        if id(record) not in met and record.origin:
            met.add(id(record))
            for inner in record.terms:
                yield record, inner
            pending.extend(below for inner in reversed(record.terms) for below in reversed(inner.below))


def own_and_foreign(case: SpfCase) -> Iterator[tuple[TreeTerm, SpfTree, TreeTerm]]:
    """(own term, record, term): each term of a record, and each that it leads to in records that no zone declares."""
    for own in case.tree.terms:
        yield own, case.tree, own
        for record, inner in foreign_terms(own):
            yield own, record, inner


def span_in(record: SpfTree, term: Term) -> Span | None:
    """Where a term of any record is written: the term itself where the file holds the text as it is published.

    Else the whole value; None where the record stands in no file.
    """
    span, spf = record.span, record.spf
    if span is None or spf is None:
        return None
    start = span.text.find(spf.text)
    if start < 0:
        return span
    return span._replace(start=span.start + start + term.start, end=span.start + start + term.end)
