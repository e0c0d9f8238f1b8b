"""The tree of an SPF record, and an evaluation of it, as indented text: cost, running total, term, remarks."""

from collections.abc import Iterator

from linter.facts.spf.check import Client
from linter.facts.spf.cost import (
    DEAD,
    IGNORED,
    LOOP,
    OFF,
    VARIES,
    VERSIONS,
    Lookups,
    Row,
    SpfTree,
    TreeTerm,
    rows,
)
from linter.facts.spf.limits import MAX_LOOKUPS, MAX_VOID_LOOKUPS
from linter.facts.spf.trace import Asked, Evaluated, Evaluation, Outcome
from linter.lookup.answer import FOUND, UNKNOWN, Answer, Exchange
from linter.source.text import Span

from .shown import shown

MOST_LEVELS = 32
"""Records inside records that are drawn; an evaluation follows ten."""
_HEAD = " cost  total  term"
_REMARKS = {
    DEAD: "never read: it stands behind `all`",
    OFF: "never read: `all` switches it off",
    IGNORED: "no effect: an unknown modifier",
    LOOP: "loop: its record leads back here",
    VARIES: "the message decides which record",
}
_MOST_VALUES = 3


def tree_text(tree: SpfTree, unknown: tuple[str, ...], problems: list[str]) -> Iterator[str]:
    """The report, line by line."""
    yield _heading(tree)
    if tree.spf is not None:
        yield shown(tree.spf.text)
        yield ""
        yield _HEAD
    for row, cost, total in counted_rows(tree):
        remarks = "; ".join(row_remarks(row))
        yield _line(cost, total, f"{'  ' * row.depth}{row.term.text}", remarks)
    if tree.spf is not None:
        yield ""
        yield f"lookups: {lookup_range(tree.lookups, tree.is_open)} of at most {MAX_LOOKUPS}"
        yield f"void lookups: {_voids(tree)} of at most {MAX_VOID_LOOKUPS}"
    if unknown:
        yield shown(f"not counted, since nobody here knows their records: {', '.join(unknown)}")
    for problem in problems:
        yield shown(f"problem: {problem}")


def _voids(tree: SpfTree) -> str:
    if tree.voids4 == tree.voids6:
        return str(tree.voids4)
    return f"{tree.voids4} for IPv4 clients and {tree.voids6} for IPv6 clients,"


def _line(cost: str, total: str, text: str, remarks: str) -> str:
    return shown(f"{cost:>5} {total:>6}  {text}{'  -- ' if remarks else ''}{remarks}")


def _heading(tree: SpfTree) -> str:
    if tree.spf is None:
        return shown(f"{tree.name}: no SPF record ({tree.status})")
    return shown(f"{tree.name}{_source(tree.span)}")


def lookup_range(lookups: Lookups, is_open: bool = False) -> str:
    """A number of lookups, or what it lies between; `is_open` is whether a record that is not known adds to it."""
    if is_open:
        return f"at least {lookups.min}"
    return str(lookups.min) if lookups.min == lookups.max else f"{lookups.min}-{lookups.max}"


def is_open(term: TreeTerm) -> bool:
    """Whether the cost of a term is known in part only."""
    return any(record.is_open for record in term.below)


def counted_rows(tree: SpfTree) -> Iterator[tuple[Row, str, str]]:
    """The rows of a tree with cost and running total; `3+` where a record that is not known adds to them."""
    is_passed = False
    for row in rows(tree, MOST_LEVELS):
        is_passed = is_passed or any(record.status == UNKNOWN for record in row.term.below)
        yield row, _cell(row.term.lookups, is_open(row.term)), _cell(row.total, is_passed or is_open(row.term))


def _cell(lookups: Lookups, is_more: bool) -> str:
    return f"{lookups.min}+" if is_more else lookup_range(lookups)


def _source(span: Span | None) -> str:
    return f"  ({place(span)})" if span is not None else ""


def place(span: Span) -> str:
    """Where something stands, as path:line."""
    return f"{span.source.path}:{span.source.position(span.start).line}"


def row_remarks(row: Row) -> Iterator[str]:
    """What is to be said of a term beside its cost."""
    term = row.term
    if term.state in _REMARKS:
        yield _REMARKS[term.state]
    for record in term.below:
        if record.status != FOUND:
            yield f"{record.name} {record.status}"
        elif row.is_repeated:
            yield f"{record.name} as above" if row.depth < MOST_LEVELS else "…"
        elif record.span is not None:
            yield place(record.span)
        elif record.origin:
            yield record.origin
    if term.hosts:
        yield f"{term.hosts} mail host{'s' * (term.hosts > 1)}"
    if term.voids4 == term.voids6 and term.voids4:
        yield f"void: {', '.join(term.voids4)}"
    elif term.voids4 or term.voids6:
        void = [f"{name} for IPv{version}" for version in VERSIONS for name in term.voids(version)]
        yield f"void: {', '.join(void)}"
    hosts = [name for name in term.unknown if all(name != record.name for record in term.below)]
    if hosts:
        yield f"unknown: {', '.join(hosts)}"


def trace_text(outcome: Outcome, client: Client, domain: str) -> Iterator[str]:
    """An evaluation, line by line, with every question that was asked; `domain` is the one the command is about."""
    sender = client.sender or "<>"
    yield shown(f"client {client.ip}, MAIL FROM {sender}, HELO {client.helo}")
    evaluated = f"{outcome.trace.domain.lower().removesuffix('.')}."
    if evaluated != domain.lower():
        whose = "MAIL FROM" if client.sender else "HELO, since MAIL FROM is empty"
        yield shown(f"evaluated: the SPF record of {evaluated}, the domain of {whose}, as receivers do")
    yield _HEAD
    yield from _trace(outcome.trace, 0)
    yield ""
    yield f"result: {outcome.result or 'unknown'}{shown(f' ({outcome.reason})') if outcome.reason else ''}"
    if outcome.otherwise:
        yield shown(f"elsewhere: {outcome.otherwise}")
    if outcome.explanation:
        yield shown(f"explanation: {outcome.explanation}")
    yield f"lookups: {outcome.lookups}, void lookups: {outcome.voids}"


def _trace(evaluation: Evaluation, depth: int) -> Iterator[str]:
    """Recursion is safe: an evaluation follows at most ten records."""
    for asked in evaluation.asked if evaluation.spf is None else ():
        yield shown(f"{'':14}{'  ' * depth}{_question(asked)}")
    for term in evaluation.terms:
        remarks = "; ".join(_trace_remarks(term))
        yield _line(str(term.cost), str(term.total), f"{'  ' * depth}{term.text}", remarks)
        if term.inner is not None:
            yield from _trace(term.inner, depth + 1)


def _trace_remarks(term: Evaluated) -> Iterator[str]:
    if term.outcome:
        yield term.outcome
    if term.note and term.inner is None:
        yield term.note
    for asked in term.asked:
        yield _question(asked)


def presented(answer: Answer) -> list[str]:
    """The values of an answer as text."""
    return [f"{value.preference} {value.host}" if isinstance(value, Exchange) else value for value in answer.values]


def _question(asked: Asked) -> str:
    """A question and its answer in a few words."""
    values = presented(asked.answer)
    listed = ", ".join(values[:_MOST_VALUES]) + (" …" if len(values) > _MOST_VALUES else "")
    void = " (void)" if asked.is_void else ""
    return f"{asked.name} {asked.kind}: {listed or asked.answer.status}{void}"
