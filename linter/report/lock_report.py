"""What has moved since the lock was written, in sentences: what a move does to the SPF records that count on it."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from linter.facts.spf.cost import Lookups, SpfTree, records_in
from linter.facts.spf.limits import MAX_LOOKUPS
from linter.facts.spf.problems import problems
from linter.facts.spf.tree import SpfTrees
from linter.finding import LOCK, Finding, Witness
from linter.lookup.answer import FOUND, NO_NAME, Resolver
from linter.lookup.lock_document import Entry
from linter.lookup.lock_moves import Move
from linter.records.spf.record import Spf, is_spf
from linter.records.text.fault import few, quoted
from linter.records.text.name import dotless
from linter.records.text.presentation import text_of
from linter.source.frozen import Frozen
from linter.source.text import Source, Span

_MOST = 3
"""Values, terms or domains in one sentence."""

_ROOM = 80
_MOST_ERRORS = 50
"""Errors that have come, which are told one by one."""


class Declared(Frozen):
    """The SPF records of one estate, by name, and its resolver before and after."""

    records: Sequence[tuple[str, Spf]]
    before: Resolver
    after: Resolver


class _Cost(Frozen):
    """One declared record: its tree before and after, and what receivers cannot make of it since."""

    name: str
    before: SpfTree
    after: SpfTree
    problems: list[str]


class Told(Frozen):
    """One sentence about a record: one in the lock that has moved, or a declared one that `is_broken` by that.

    `seen` is the day of what was locked, "" where there was nothing or no day.
    """

    name: str
    type: str
    message: str
    is_broken: bool = False
    seen: str = ""


def told_moves(moves: Iterable[Move], declared: Iterable[Declared], parser: Callable[[str], Spf]) -> Iterator[Told]:
    """One sentence for each move, then one for each thing that has become wrong with a declared record."""
    costs = [cost for each in declared for cost in _costs(each, parser)]
    for move in moves:
        seen = move.before.seen if move.before is not None else ""
        yield Told(move.name, move.kind, _of_spf(move, costs, parser) or _of_values(move), seen=seen)
    for cost in costs:
        for problem in cost.problems:
            message = f"{quoted(dotless(cost.name), _ROOM)} cannot be evaluated any more: {problem}"
            yield Told(cost.name, "TXT", message, is_broken=True)


def told_errors(findings: Iterable[Finding]) -> Iterator[Told]:
    """One sentence for each error that has come with the moves, with the domain whose mail it is."""
    listed = list(findings)
    for each in listed[:_MOST_ERRORS]:
        domain = _mail_domain(each.name or each.zone)
        yield Told(
            domain, each.type, f"breaks mail of {quoted(dotless(domain), _ROOM)}: {each.message}", is_broken=True
        )
    if len(listed) > _MOST_ERRORS:
        more = len(listed) - _MOST_ERRORS
        yield Told(
            "", "", f"and {more:,} more errors; `mailzone lock`, then `mailzone check` lists them", is_broken=True
        )


def _mail_domain(name: str) -> str:
    """The domain that a name with underscores is about: that of `s1._domainkey.example.com` is example.com."""
    labels = name.split(".")
    last = max((number for number, label in enumerate(labels) if label.startswith("_")), default=-1)
    return ".".join(labels[last + 1 :])


def lock_findings(told: Iterable[Told], source: Source, is_written: bool = False) -> Iterator[Finding]:
    """The sentences as findings, at the names in the lock, `source`, that they are about."""
    way_out = "the lock has it" if is_written else "`mailzone lock` writes what DNS says now"
    for each in told:
        yield Finding(
            rule="lock-breaks" if each.is_broken else "lock-moved",
            severity="error" if each.is_broken else "warning",
            message=each.message,
            span=_place(each.name, source),
            help="" if each.is_broken else f"{way_out}; review it and commit",
            reference="",
            related=(),
            zone="",
            name=each.name,
            type=each.type,
            evidence=(Witness(LOCK, source.path, each.seen),),
        )


def _place(name: str, source: Source) -> Span:
    """The line of a name in a lock; the beginning where it has none."""
    bare = dotless(name)
    for key in (bare, f"'{bare}'", f'"{bare}"'):
        at = source.text.find(f"\n  {key}:") + 3
        if at > 2:
            return Span(source, at, at + len(key))
    return Span(source, 0, 0)


def _costs(declared: Declared, parser: Callable[[str], Spf]) -> Iterator[_Cost]:
    old, new = SpfTrees(declared.before, parser), SpfTrees(declared.after, parser)
    for name, spf in declared.records:
        before, after = old.of(name, spf), new.of(name, spf)
        known = set(problems(before, old))
        # How many lookups are too many is said where the record that grew is named.
        since = [each for each in problems(after, new) if each not in known and not each.endswith("too many")]
        yield _Cost(name, before, after, since)


def _of_spf(move: Move, costs: Iterable[_Cost], parser: Callable[[str], Spf]) -> str:
    """The sentence for an SPF record that stays one; "" for anything else."""
    if move.kind != "TXT" or move.before is None or move.after is None:
        return ""
    old, new = _record(move.before, parser), _record(move.after, parser)
    if old is None or new is None or old.text == new.text:
        return ""
    name = quoted(dotless(move.name), _ROOM)
    for cost in costs:
        before, after = _in(cost.before, move.name), _in(cost.after, move.name)
        if before is not None and after is not None and before.lookups != after.lookups:
            grew = "grew" if after.lookups > before.lookups else "shrank"
            counts = f"from {_range(before.lookups)} to {_range(after.lookups)} lookups"
            return f"{name} {grew} {counts}: {_consequences(move.name, costs)}"
    return f"the SPF record of {name} changed: {_terms(old, new)}"


def _consequences(name: str, costs: Iterable[_Cost]) -> str:
    """What the declared records that lead to a name need now."""
    touched = {
        cost.name: f"{quoted(dotless(cost.name), _ROOM)} now needs {_needed(cost.after.lookups)}"
        for cost in costs
        if cost.before.lookups != cost.after.lookups and _in(cost.after, name) is not None
    }
    return few(touched.values(), _MOST) or "no declared record needs more or fewer"


def _needed(lookups: Lookups) -> str:
    over = lookups.min - MAX_LOOKUPS
    return f"{_range(lookups)}{f', {over} too many' if over > 0 else ''}"


def _terms(old: Spf, new: Spf) -> str:
    before, after = _written(old), _written(new)
    gone = [f"{quoted(term, _ROOM)} is gone" for term in before if term not in after]
    come = [f"{quoted(term, _ROOM)} is new" for term in after if term not in before]
    return few([*gone, *come], _MOST) or f"now {quoted(new.text, _ROOM)}"


def _written(spf: Spf) -> list[str]:
    return [spf.written(term) for term in spf.terms]


def _record(entry: Entry, parser: Callable[[str], Spf]) -> Spf | None:
    """The one SPF record among the values of an entry."""
    texts = [text for text in map(text_of, entry.values) if isinstance(text, str) and is_spf(text)]
    return parser(texts[0]) if len(texts) == 1 else None


def _of_values(move: Move) -> str:
    name, before, after = quoted(dotless(move.name), _ROOM), move.before, move.after
    what = f"{move.kind} of {name}" if move.kind else name
    if before is None and after is not None:
        return f"{what} is not locked yet: {_said(after)}"
    if after is None:
        return f"{what} is no longer asked for"
    assert before is not None
    if after.status == NO_NAME:
        return f"{name} does not exist any more; {move.kind or 'it'} was {_said(before)}"
    return f"{what} changed from {_said(before)} to {_said(after)}"


def _said(entry: Entry) -> str:
    if entry.status != FOUND:
        return {"nxdomain": "no such name", "nodata": "nothing"}.get(entry.status, entry.status)
    return few((quoted(value, _ROOM) for value in entry.values), _MOST)


def _in(tree: SpfTree, name: str) -> SpfTree | None:
    return next((record for record in records_in(tree) if record.name == name), None)


def _range(lookups: Lookups) -> str:
    return str(lookups.min) if lookups.min == lookups.max else f"{lookups.min}-{lookups.max}"
