"""Why receivers cannot evaluate an SPF record, or give up on it: one line for each cause in its whole tree."""

from collections.abc import Iterator

from linter.records.text.fault import quoted

from .cost import LOOP, MISSING, VERSIONS, SpfTree, TreeTerm, records_in
from .limits import MAX_LOOKUPS, MAX_MX_HOSTS, MAX_VOID_LOOKUPS
from .tree import SpfTrees


def problems(tree: SpfTree, trees: SpfTrees) -> Iterator[str]:
    """The causes in the order of evaluation, then the limits that the whole record exceeds."""
    if tree.status in MISSING:
        yield f"{quoted(tree.name, 80)} {MISSING[tree.status]}"
    for record in records_in(tree):
        if record.spf is not None and not record.spf.is_valid:
            for fault in record.spf.faults:
                yield f"{quoted(record.name, 80)}: {fault.message}"
        for term in record.terms:
            yield from _of_term(record, term, trees)
    if tree.lookups.min > MAX_LOOKUPS:
        yield f"{tree.lookups.min} lookups, {tree.lookups.min - MAX_LOOKUPS} too many"
    yield from _voids(tree)


def _voids(tree: SpfTree) -> Iterator[str]:
    exceeded = [version for version in VERSIONS if tree.voids(version) > MAX_VOID_LOOKUPS]
    if tree.voids4 == tree.voids6 and exceeded:
        yield f"{tree.voids4} lookups find nothing, {tree.voids4 - MAX_VOID_LOOKUPS} too many"
        return
    for version in exceeded:
        count = tree.voids(version)
        yield f"for IPv{version} clients {count} lookups find nothing, {count - MAX_VOID_LOOKUPS} too many"


def _of_term(record: SpfTree, term: TreeTerm, trees: SpfTrees) -> Iterator[str]:
    place = f"{quoted(record.name, 80)}: {quoted(term.text, 80)}"
    if term.state == LOOP:
        yield f"{place} is a loop: {' → '.join(trees.loop(record, term))}"
    for below in term.below:
        if below.status in MISSING and len(term.below) == 1:
            yield f"{place}, but {quoted(below.name, 80)} {MISSING[below.status]}"
    if term.hosts > MAX_MX_HOSTS:
        yield f"{place} has {term.hosts} mail hosts, {term.hosts - MAX_MX_HOSTS} too many"
