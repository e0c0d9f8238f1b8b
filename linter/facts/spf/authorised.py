"""Every address that the SPF record of a domain lets send, over its whole tree, as ranges that can be compared."""

from collections.abc import Iterable, Iterator, Mapping

from linter.lookup.answer import SERVFAIL, TIMEOUT, UNKNOWN, Resolver, joined
from linter.records.spf.record import Mechanism
from linter.records.text.address import Network
from linter.records.text.name import dotless
from linter.source.frozen import Frozen
from linter.source.typed import TypeAlias

from .address_sets import networks_of
from .cost import ASKS, FREE, VARIES, VERSIONS, SpfTree, TreeTerm, counted, records_in

Range: TypeAlias = tuple[int, int]
"""The first and the last address of a stretch."""
_BITS = {4: 32, 6: 128}
_WITHOUT_ADDRESSES = ("exists", "ptr")


class Authorised(Frozen):
    """Ranges by IP version, sorted and apart from each other.

    `unknown` are the terms and names whose addresses are not known, `origin` tells whose word the others are
    where no declared zone's.
    """

    ranges: Mapping[int, tuple[Range, ...]]
    unknown: tuple[str, ...] = ()
    origin: str = ""

    def without(self, other: "Authorised") -> tuple[Network, ...]:
        """The networks that are here and not there, those of IPv4 first."""
        return tuple(
            network
            for version in VERSIONS
            for each in minus(self.ranges.get(version, ()), other.ranges.get(version, ()))
            for network in networks(version, each)
        )


def authorised(tree: SpfTree, resolver: Resolver) -> Authorised:
    """What a record authorises (RFC 7208 section 4.6.2); limits aside, which have findings of their own."""
    known: dict[int, Mapping[int, tuple[Range, ...]]] = {}
    ranges = counted(tree, known, lambda record: _passing(record, resolver, known))
    unknown: dict[str, None] = {}
    for record in records_in(tree):
        if record.status in (UNKNOWN, SERVFAIL, TIMEOUT):
            unknown[dotless(record.name)] = None
        for term in record.terms:
            unknown.update(dict.fromkeys(_not_known(term)))
    return Authorised(ranges, tuple(unknown), joined(record.origin for record in records_in(tree)))


def _not_known(term: TreeTerm) -> Iterator[str]:
    if term.state == VARIES or (term.state == ASKS and term.term.name in _WITHOUT_ADDRESSES):
        yield term.text
    elif term.state == ASKS:
        yield from (dotless(name) for name in term.unknown)


def _passing(
    record: SpfTree, resolver: Resolver, known: Mapping[int, Mapping[int, tuple[Range, ...]]]
) -> dict[int, tuple[Range, ...]]:
    """What one record passes, where that of all records below it is known."""
    found: dict[int, tuple[Range, ...]] = {}
    for version in VERSIONS:
        passing: list[Range] = []
        blocked: tuple[Range, ...] = ()
        for term in record.terms:
            if term.state not in (ASKS, FREE) or (term.state == FREE and not isinstance(term.term, Mechanism)):
                continue
            matched = _matched(term, version, resolver, known)
            if getattr(term.term, "qualifier", "+") == "+":
                passing += minus(union(matched), blocked) if blocked else matched
            elif matched:
                # What was passed before stays passed; only what comes later is kept from it.
                blocked = union((*blocked, *matched))
        found[version] = union(passing)
    return found


def _matched(
    term: TreeTerm, version: int, resolver: Resolver, known: Mapping[int, Mapping[int, tuple[Range, ...]]]
) -> list[Range]:
    below = term.below_for(version)
    if below is not None:
        return list(known[id(below)][version]) if id(below) in known else []
    if term.term.name == "all":
        return [(0, (1 << _BITS[version]) - 1)]
    return [(each.first, each.last) for each in networks_of(term, resolver) if each.version == version]


def union(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Ranges sorted, those that touch each other as one."""
    found: list[Range] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def minus(ranges: tuple[Range, ...], others: tuple[Range, ...]) -> tuple[Range, ...]:
    """What of sorted ranges lies in none of the others, which are sorted as well."""
    found: list[Range] = []
    place = 0
    for first, last in ranges:
        while place < len(others) and others[place][1] < first:
            place += 1
        row = place
        while first <= last and row < len(others) and others[row][0] <= last:
            if others[row][0] > first:
                found.append((first, others[row][0] - 1))
            first = others[row][1] + 1
            row += 1
        if first <= last:
            found.append((first, last))
    return tuple(found)


def networks(version: int, held: Range) -> Iterator[Network]:
    """A range as the fewest networks."""
    first, last = held
    bits = _BITS[version]
    while first <= last:
        free = min((first & -first).bit_length() - 1 if first else bits, (last - first + 1).bit_length() - 1)
        yield Network(version, first, bits - free)
        first += 1 << free
