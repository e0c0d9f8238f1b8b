"""A set of declared zones as a resolver: it answers as an authoritative server with these zones would."""

from collections.abc import Callable
from itertools import islice

from linter.records.name import parent
from linter.source.text import Span
from linter.zone.model import Address, Mx, Record, Target, Text

from .answer import FOUND, NO_DATA, NO_NAME, UNKNOWN, Answer, Data, Exchange, Step
from .zone_index import ZoneIndex

MAX_STEPS = 16
"""Aliases followed for one question; resolvers give up at about as many."""

_ADDRESSES = ("A", "AAAA")
_UNKNOWN = Answer(UNKNOWN)


class Zones:
    """Answers from declared zones; what lies in none of them is unknown.

    `index_of` gives the zone of exactly that absolute name, or None where no such zone is declared; it is
    asked for a zone only when a question lands there.
    """

    def __init__(self, index_of: Callable[[str], ZoneIndex | None]) -> None:
        self._index_of = index_of
        self._known: dict[tuple[str, str], Answer] = {}

    def forget(self) -> None:
        """Forget all answers given: a zone has turned up that was not known by its name."""
        self._known.clear()

    def zone_of(self, name: str) -> ZoneIndex | None:
        """The deepest declared zone that a name lies in."""
        current = name
        while True:
            index = self._index_of(current)
            if index is not None or current == ".":
                return index
            current = parent(current)

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute lower-case name, aliases followed (RFC 1034 section 4.3.2)."""
        question = (name, kind)
        answer = self._known.get(question)
        if answer is None:
            answer = self._known[question] = self._find(name, kind)
        return answer

    def _find(self, name: str, kind: str) -> Answer:
        steps: list[Step] = []
        while True:
            index = self.zone_of(name)
            if index is None:
                return Answer(UNKNOWN, owner=name, steps=tuple(steps))
            answer, step = _ask(index, name, kind)
            seen = step is not None and any(step.target == past.name for past in steps)
            if step is None or seen or len(steps) >= MAX_STEPS:
                status = answer.status if step is None else UNKNOWN
                return answer._replace(status=status, steps=tuple(steps))
            steps.append(step)
            name = step.target


def _ask(index: ZoneIndex, name: str, kind: str) -> tuple[Answer, Step | None]:
    """One zone's answer, or the alias that leads on."""
    cut = index.cut_above(name)
    if cut is not None and not (cut == name and kind in ("NS", "DS")):
        return _UNKNOWN, None
    above = _dname_above(index, name)
    if above is not None:
        return _UNKNOWN, _redirect(index, above, name)
    if index.exists(name):
        return _at(index, name, name, kind)
    if not index.zone.complete:
        return Answer(UNKNOWN, owner=name), None
    encloser = parent(name)
    while not index.exists(encloser):
        encloser = parent(encloser)
    # A wildcard that only something below it makes exist answers too, with nothing (RFC 4592 section 2.2.2).
    wildcard = f"*.{encloser}"
    if index.exists(wildcard):
        return _at(index, wildcard, name, kind)
    return Answer(NO_NAME, owner=name), None


def _dname_above(index: ZoneIndex, name: str) -> str | None:
    """The name above `name` that has a DNAME; the one nearest to the apex, which hides those below it."""
    unmanaged = index.zone.unmanaged
    if "DNAME" not in index.by_type and not any(kind == "DNAME" for _, kind in unmanaged):
        return None
    found, above = None, name
    while above not in (index.zone.name, "."):
        above = parent(above)
        if index.records(above, "DNAME") or (above, "DNAME") in unmanaged:
            found = above
    return found


def _redirect(index: ZoneIndex, above: str, name: str) -> Step | None:
    """The step that a DNAME causes for a name below it (RFC 6672 section 2.2), where its target can be read."""
    for record in islice(index.records(above, "DNAME"), 1):
        target = record.values[0] if record.values else None
        if isinstance(target, Target):
            return Step(name, name.removesuffix(above) + target.name.removeprefix("."), target.span)
    return None


def _at(index: ZoneIndex, owner: str, asked: str, kind: str) -> tuple[Answer, Step | None]:
    """What an existing name answers; `owner` is the wildcard where one answers for `asked`."""
    types = index.names.get(owner, {})
    if "CNAME" in types and kind != "CNAME":
        for record in types["CNAME"]:
            for value in record.values:
                if isinstance(value, Target):
                    return _UNKNOWN, Step(asked, value.name, value.span)
        return _UNKNOWN, None
    if kind in types:
        return _found(types[kind], owner), None
    if kind in _ADDRESSES and any(_gives_addresses(record) for records in types.values() for record in records):
        return Answer(UNKNOWN, owner=owner), None
    if (owner, kind) in index.zone.unmanaged or (owner, "CNAME") in index.zone.unmanaged:
        return Answer(UNKNOWN, owner=owner), None
    return Answer(NO_DATA if index.zone.complete else UNKNOWN, owner=owner), None


def _gives_addresses(record: Record) -> bool:
    """Types of a provider's own that are published as A and AAAA with addresses only the provider knows."""
    return record.type in ("ALIAS", "URLFWD") or "/" in record.type


def _found(records: list[Record], owner: str) -> Answer:
    values: list[Data] = []
    spans: list[Span] = []
    complete = True
    for record in records:
        complete = complete and record.complete
        for value in record.values:
            if isinstance(value, Text | Address):
                values.append(value.text)
                spans.append(value.span)
            elif isinstance(value, Target):
                values.append(value.name)
                spans.append(value.span)
            elif isinstance(value, Mx):
                values.append(Exchange(value.preference or 0, value.exchange.name))
                spans.append(value.exchange.span)
    if not values and not complete:
        return Answer(UNKNOWN, owner=owner)
    return Answer(FOUND, tuple(values), tuple(spans), owner)
