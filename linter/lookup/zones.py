"""A set of declared zones as a resolver: it answers as an authoritative server with these zones would."""

from collections.abc import Callable, Mapping
from itertools import islice

from linter.records.text.address import is_address_of
from linter.records.text.name import ancestors, parent
from linter.source.text import Span
from linter.zone.model import PROXIED_TYPES, UNREAD, Address, Mx, Record, Target, Text
from linter.zone.shape import is_dns_type

from .answer import FOUND, NO_DATA, NO_NAME, SERVFAIL, UNKNOWN, Answer, Data, Exchange, Step, unknown
from .zone_index import ZoneIndex

MAX_STEPS = 16
"""Aliases followed for one question; resolvers give up at about as many."""

MOST_CHARACTERS = 254
"""Of an absolute name with its final dot: 255 octets on the wire (RFC 1035 section 2.3.4)."""

_ADDRESSES = ("A", "AAAA")


class Zones:
    """Answers from declared zones; what lies in none of them is unknown.

    `index_of` gives the zone of exactly that absolute name, or None where no such zone is declared; it is
    asked for a zone only when a question lands there.
    """

    def __init__(self, index_of: Callable[[str], ZoneIndex | None]) -> None:
        self._index_of = index_of
        self._known: dict[tuple[str, str], Answer] = {}
        self._nowhere: set[str] = set()

    def forget(self) -> None:
        """Forget all answers given: a zone has turned up that was not known by its name."""
        self._known.clear()
        self._nowhere = set()

    def zone_of(self, name: str) -> ZoneIndex | None:
        """The deepest declared zone that a name lies in."""
        nowhere, passed = self._nowhere, []
        if parent(name) in nowhere:  # as most, and the walk up need not be taken
            return self._index_of(name)
        for above in ancestors(name):
            if above in nowhere:
                break
            index = self._index_of(above)
            if index is not None:
                return index
            passed.append(above)
        nowhere.update(passed)  # most questions are about a few hosts of other people's
        return None

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
            index = self._zone_for(name, kind)
            if index is None:
                return Answer(UNKNOWN, owner=name, steps=tuple(steps)) if steps else unknown(name)
            answer, step = ask_zone(index, name, kind)
            if step is None:
                return answer._replace(steps=tuple(steps)) if steps else answer
            if step.target == name or any(step.target == past.name for past in steps) or len(steps) >= MAX_STEPS:
                # A resolver that is led in a circle, or on and on, gives up and reports a failure.
                return Answer(SERVFAIL, owner=name, steps=tuple(steps))
            steps.append(step)
            name = step.target

    def _zone_for(self, name: str, kind: str) -> ZoneIndex | None:
        """The zone to ask; that a child is signed is for the zone above it to say (RFC 4035 section 3.1.4.1)."""
        index = self.zone_of(name)
        if kind == "DS" and index is not None and index.zone.name == name and name != ".":
            return self.zone_of(parent(name)) or index
        return index


def ask_zone(index: ZoneIndex, name: str, kind: str) -> tuple[Answer, Step | None]:
    """What the servers of one zone would say, or the alias that leads on; `owner` is whose records answer.

    That is the wildcard where one answers (RFC 4592), and the alias's own name where there is a step.
    """
    above = _dname_above(index, name)
    cut = index.cut_above(name)
    if cut is not None and (above is None or len(cut) <= len(above)):
        return (_at_cut(index, name, kind) if cut == name else unknown(name)), None
    if above is not None:
        return _redirected(index, above, name, kind)
    if index.exists(name):
        return _at(index, name, name, kind)
    if not index.zone.complete or _is_below_unread(index, name):
        return unknown(name), None
    encloser = next((above for above in ancestors(name, index.zone.name)[1:] if index.exists(above)), index.zone.name)
    # A wildcard that only something below it makes exist answers too, with nothing (RFC 4592 section 2.2.2).
    wildcard = f"*.{encloser}"
    if not index.exists(wildcard):
        if index.zone.left:  # the provider may have a record there
            is_told = kind not in index.zone.left and index.zone.left.isdisjoint(("CNAME", "DNAME", "NS"))
            return Answer(NO_DATA if is_told else UNKNOWN, owner=name), None
        return tuple.__new__(Answer, (NO_NAME, (), (), name, (), ())), None
    if wildcard in index.cuts:
        # What a wildcard delegates is left open, and servers differ (RFC 4592 section 4.2).
        return unknown(wildcard), None
    return _at(index, wildcard, name, kind)


def _is_below_unread(index: ZoneIndex, name: str) -> bool:
    """Whether an entry that could not be read, a delegation or a DNAME perhaps, stands above a name."""
    unmanaged = index.zone.unmanaged
    return bool(unmanaged) and any((above, UNREAD) in unmanaged for above in ancestors(name, index.zone.name)[1:])


def _at_cut(index: ZoneIndex, name: str, kind: str) -> Answer:
    """What the parent says of a delegated name: its NS as a referral, its DS with authority, of the rest nothing."""
    return _at(index, name, name, kind)[0] if kind in ("NS", "DS") else unknown(name)


def _dname_above(index: ZoneIndex, name: str) -> str | None:
    """The name above `name` that has a DNAME; the one nearest to the apex, which hides those below it."""
    unmanaged = index.zone.unmanaged
    if "DNAME" not in index.by_type and not any(kind == "DNAME" for _, kind in unmanaged):
        return None
    found = None
    for above in ancestors(name, index.zone.name)[1:]:
        if index.records(above, "DNAME") or (above, "DNAME") in unmanaged:
            found = above
    return found


def _redirected(index: ZoneIndex, above: str, name: str, kind: str) -> tuple[Answer, Step | None]:
    """What a DNAME gives for a name below it: a CNAME made for that name (RFC 6672 sections 2.2 and 3.1)."""
    for record in islice(index.records(above, "DNAME"), 1):
        target = record.values[0] if record.values else None
        if not isinstance(target, Target):
            break
        made = name.removesuffix(above) + target.name.removeprefix(".")
        if len(made) > MOST_CHARACTERS:
            return Answer(SERVFAIL, owner=name), None
        if kind == "CNAME":
            return Answer(FOUND, (made,), (target.span,), name), None
        return unknown(name), Step(name, made, target.span)
    return unknown(name), None


def _at(index: ZoneIndex, owner: str, asked: str, kind: str) -> tuple[Answer, Step | None]:
    """What an existing name answers; `owner` is the wildcard where one answers for `asked`."""
    types = index.names.get(owner, {})
    if _is_proxied(types):
        if kind in _ADDRESSES or ("CNAME" in types and (kind == "CNAME" or kind not in types)):
            return unknown(owner), None
    elif "CNAME" in types and kind != "CNAME":
        for record in types["CNAME"]:
            for value in record.values:
                if isinstance(value, Target):
                    return unknown(owner), Step(asked, value.name, value.span)
        return unknown(owner), None
    if kind in types:
        is_open = (owner, kind) in index.zone.unmanaged
        return unknown(owner) if is_open else _found(types[kind], owner), None
    if kind in _ADDRESSES and any(_gives_addresses(record) for records in types.values() for record in records):
        return unknown(owner), None
    if index.zone.unmanaged and any((owner, each) in index.zone.unmanaged for each in (kind, "CNAME", UNREAD)):
        return unknown(owner), None
    left = index.zone.left
    if left and (kind in left or (not types and "CNAME" in left)):
        return unknown(owner), None
    status = NO_DATA if index.zone.complete else UNKNOWN
    return tuple.__new__(Answer, (status, (), (), owner, (), ())), None


def _is_proxied(types: Mapping[str, list[Record]]) -> bool:
    """Whether a web proxy's addresses are served at a name: no CNAME, and what else is there has its own answer."""
    return any(record.is_proxied for kind in PROXIED_TYPES for record in types.get(kind, ()))


def _gives_addresses(record: Record) -> bool:
    """Types of a provider's own that are published as A and AAAA with addresses only the provider knows."""
    return not is_dns_type(record.type)


def _found(records: list[Record], owner: str) -> Answer:
    values: list[Data] = []
    spans: list[Span] = []
    complete = True
    for record in records:
        complete = complete and record.complete
        for value in record.values:
            if isinstance(value, Address) and not is_address_of(record.type, value.text):
                return unknown(owner)  # nobody publishes it, so what stands there in its place is anyone's guess
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
        return unknown(owner)
    return tuple.__new__(Answer, (FOUND, tuple(values), tuple(spans), owner, (), ()))
