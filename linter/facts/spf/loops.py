"""Includes and redirects that lead back to where they began: each loop once, with the include that closes it."""

from collections.abc import Iterable, Iterator

from linter.source.frozen import Frozen
from linter.source.text import Span

from .cases import SpfCase, own_and_foreign, span_in
from .cost import LOOP, SpfTree, TreeTerm, records_in
from .places import is_include_target
from .tree import SpfTrees

MOST_LOOPS = 10
"""Loops told of in one zone: records that all include each other have no end of them."""


class Loop(Frozen):
    """A way round: `names` from the first name back to it ("…" for very many), and the term that closes it.

    `steps` are the other terms of the way with their names, as far as a file holds them.
    """

    names: tuple[str, ...]
    name: str
    term: TreeTerm
    span: Span
    steps: tuple[tuple[str, TreeTerm, Span], ...]


def loops(cases: Iterable[SpfCase], trees: SpfTrees) -> Iterator[Loop]:
    """The loops that the records of a zone are part of or lead into.

    A loop is told in the same way whatever zone it is met from: it begins at the domain with the shortest name, and
    the last include that a zone declares closes it.
    """
    seen: set[frozenset[str]] = set()
    for case in cases:
        for record in records_in(case.tree) if case.tree.is_looped else ():
            for term in record.terms:
                if term.state != LOOP or len(seen) >= MOST_LOOPS:
                    continue
                names = _from_first(trees, record, term)
                if frozenset(names) not in seen:
                    seen.add(frozenset(names))
                    yield _closed(names, trees, case, record, term)


def _from_first(trees: SpfTrees, record: SpfTree, term: TreeTerm) -> tuple[str, ...]:
    """The way round, turned so that it begins where everybody begins who tells of it."""
    names = trees.loop(record, term)[:-1]
    if "…" in names:
        return (min(trees.loop_members(record.name), key=_rank), "…")
    first = names.index(min(names, key=_rank))
    return (*names[first:], *names[:first])


def _rank(name: str) -> tuple[bool, int, str]:
    return is_include_target(name), name.count("."), name


def _closed(names: tuple[str, ...], trees: SpfTrees, case: SpfCase, record: SpfTree, term: TreeTerm) -> Loop:
    way = (*names, names[0])
    steps = list(_steps(names, trees))
    declared = [step for step in steps if not trees.at(step[0]).origin]
    if declared:
        closing = declared[-1]
        return Loop(way, *closing, tuple(step for step in steps if step is not closing))
    met = next((own for own, _, inner in own_and_foreign(case) if inner is term), term)
    place = case.place(met.term) if met in case.tree.terms else case.text.value.span
    return Loop(way, case.name, met, place, tuple(steps))


def _steps(names: tuple[str, ...], trees: SpfTrees) -> Iterator[tuple[str, TreeTerm, Span]]:
    """The terms by which each name leads to the next, with their places."""
    known = [name for name in names if name != "…"]
    for name, target in zip(known, (*known[1:], known[0]), strict=True):
        record = trees.at(name)
        leading = [term for term in record.terms if term.state == LOOP]
        term = next((term for term in leading if target in term.targets), leading[0] if leading else None)
        span = span_in(record, term.term) if term else None
        if term and span:
            yield name, term, span
