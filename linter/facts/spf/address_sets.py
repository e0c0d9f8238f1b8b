"""The address ranges of SPF records: one record's against each other, and the space that several cover."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from linter.facts.hosts.special_networks import Space, special_space
from linter.facts.spf.cost import SpfTree, TreeTerm, records_in
from linter.facts.spf.limits import NEARLY_ALL, TOO_WIDE
from linter.facts.spf.of_record import of_record
from linter.lookup.answer import Exchange, Resolver
from linter.records.spf.record import Mechanism, Spf
from linter.records.text.address import Network, ip4_text, ip6_text, network
from linter.source.frozen import Frozen

MOST_SEGMENTS = 1_000
"""Stretches of one range that are looked at; a record of ten thousand networks tells nobody who reads it anything."""


class Edges:
    """Where the networks of a record, and of all records below it, begin and end."""

    def __init__(self, tree: SpfTree, resolver: Resolver) -> None:
        found: dict[int, set[int]] = {4: set(), 6: set()}
        for record in records_in(tree):
            for term in record.terms:
                for each in networks_of(term, resolver):
                    found[each.version] |= {each.first, each.last + 1}
        self._edges = {version: sorted(edges) for version, edges in found.items()}

    def within(self, wanted: Network) -> tuple[str, ...] | None:
        """The first address of each stretch of a network in which no network begins or ends; None for too many."""
        edges = self._edges[wanted.version]
        low, high = bisect_right(edges, wanted.first), bisect_left(edges, wanted.last + 1)
        if high - low >= MOST_SEGMENTS:
            return None
        text = ip4_text if wanted.version == 4 else ip6_text
        return tuple(text(each) for each in (wanted.first, *edges[low:high]))


def networks_of(term: TreeTerm, resolver: Resolver) -> Iterator[Network]:
    """The networks that a term itself may match, as far as they are known (RFC 7208 sections 5.3, 5.4 and 5.6)."""
    mechanism = term.term
    if not isinstance(mechanism, Mechanism):
        return
    if mechanism.network is not None:
        yield mechanism.network
    elif mechanism.name in ("a", "mx"):
        hosts = list(term.targets) if mechanism.name == "a" else _mail_hosts(term.targets, resolver)
        for host in hosts:
            yield from _of_host(host, mechanism, resolver)


def _mail_hosts(names: Iterable[str], resolver: Resolver) -> list[str]:
    found = (value for name in names for value in resolver.lookup(name, "MX").values)
    return [value.host for value in found if isinstance(value, Exchange)]


def _of_host(host: str, mechanism: Mechanism, resolver: Resolver) -> Iterator[Network]:
    for version, kind, prefix in ((4, "A", mechanism.prefix4), (6, "AAAA", mechanism.prefix6)):
        for value in resolver.lookup(host, kind).values:
            found = network(version, value) if isinstance(value, str) else None
            if found is not None:
                yield found if prefix is None else found._replace(prefix=prefix)


class Overlap(Frozen):
    """A term, mostly a range, that an earlier one of the same record covers, so that it never decides anything.

    `is_equal` is whether both name the same range, `agrees` whether both have the same qualifier.
    """

    term: Mechanism
    earlier: Mechanism

    @property
    def is_equal(self) -> bool:
        """Whether the two ranges are one."""
        later, first = self.term.network, self.earlier.network
        return later is not None and first is not None and later.prefix == first.prefix

    @property
    def agrees(self) -> bool:
        """Whether both terms give the same result."""
        return self.term.qualifier == self.earlier.qualifier


@of_record
def live_networks(spf: Spf) -> tuple[Mechanism, ...]:
    """The ip4 and ip6 terms that receivers evaluate: those that stand before the first `all`."""
    stop = spf.all_term
    end = stop.start if stop is not None else len(spf.text)
    return tuple(
        term for term in spf.terms if isinstance(term, Mechanism) and term.network is not None and term.start < end
    )


def overlaps(terms: Iterable[Mechanism]) -> tuple[Overlap, ...]:
    """For each ip4 or ip6 term that an earlier one covers, that pair, with the first that does.

    Networks either lie in each other or apart, so every term asks once per prefix length in use: linear time.
    """
    first: dict[tuple[int, int, int], tuple[int, Mechanism]] = {}
    lengths: dict[int, set[int]] = {4: set(), 6: set()}
    found = []
    for order, term in enumerate(terms):
        own = term.network
        if own is None:
            continue
        covering = []
        for length in lengths[own.version]:
            if length <= own.prefix:
                free = own.bits - length
                earlier = first.get((own.version, length, own.value >> free))
                if earlier is not None:
                    covering.append(earlier)
        if covering:
            found.append(Overlap(term, min(covering, key=_order)[1]))
        first.setdefault((own.version, own.prefix, own.value >> own.bits - own.prefix), (order, term))
        lengths[own.version].add(own.prefix)
    return tuple(found)


@of_record
def covered_networks(spf: Spf) -> tuple[Overlap, ...]:
    """The ip4 and ip6 terms of a record that an earlier one covers."""
    return overlaps(live_networks(spf))


def repeated_terms(spf: Spf, name: str) -> tuple[Overlap, ...]:
    """For each term before `all` that means what an earlier one means, that pair, with the first that does.

    `name` is the owner's, which a and mx mean when they name nothing.
    """
    is_written = "%" in spf.text or name.removesuffix(".") in spf.text.lower()
    return _repeated(spf, name) if is_written else _repeated_elsewhere(spf)


@of_record
def _repeated_elsewhere(spf: Spf) -> tuple[Overlap, ...]:
    """The same, where the record does not write the owner's name."""
    return _repeated(spf, "")


def _repeated(spf: Spf, name: str) -> tuple[Overlap, ...]:
    stop = spf.all_term
    first: dict[tuple[object, ...], Mechanism] = {}
    found = [each for each in covered_networks(spf) if each.is_equal]
    for term in spf.mechanisms:
        if term is stop:
            break
        if term.network is None:
            earlier = first.setdefault(_meaning(term, name), term)
            if earlier is not term:
                found.append(Overlap(term, earlier))
    return tuple(sorted(found, key=lambda each: each.term.start))


def _meaning(term: Mechanism, name: str) -> tuple[object, ...]:
    """What two mechanisms have in common that match the same clients."""
    domain = term.domain
    target = name.removesuffix(".") if domain is None else domain.name or domain.text
    prefixes = [None if written == full else written for written, full in ((term.prefix4, 32), (term.prefix6, 128))]
    return (term.name, target, *prefixes)


def _order(entry: tuple[int, Mechanism]) -> int:
    return entry[0]


def without_host_bits(found: Network) -> Network | None:
    """The network as it should be written, where bits behind the prefix are set; None where none are.

    Receivers compare only the bits of the prefix (RFC 7208 section 5.6).
    """
    return None if found.first == found.value else found._replace(value=found.first)


def is_too_wide(version: int, prefix: int) -> bool:
    """Whether a prefix length, of a network or behind a and mx, is broader than /16 or, for IPv6, /32."""
    return prefix < TOO_WIDE[version]


def is_nearly_all(prefix: int) -> bool:
    """Whether a prefix length is one of /0 to /7, which authorise nearly everybody."""
    return prefix < NEARLY_ALL


class WideRange(Frozen):
    """A term that authorises a range that is too wide: the version and the prefix length of it."""

    term: Mechanism
    version: int
    prefix: int

    @property
    def is_nearly_all(self) -> bool:
        """Whether it authorises nearly everybody."""
        return is_nearly_all(self.prefix)


@of_record
def wide_ranges(spf: Spf) -> tuple[WideRange, ...]:
    """The terms before `all` that authorise too much, once each; not those whose addresses send nothing at all."""
    stop = spf.all_term
    widest = []
    for term in spf.mechanisms:
        if term is stop:
            break
        found = term.network
        if found is not None:
            ranges = [] if special_space(found) else [(found.version, found.prefix)]
        else:
            written = ((4, term.prefix4), (6, term.prefix6))
            ranges = [(version, prefix) for version, prefix in written if prefix is not None]
        wide = [WideRange(term, *each) for each in ranges if is_too_wide(*each)]
        if wide and term.qualifier == "+":
            widest.append(min(wide, key=lambda each: each.prefix))
    return tuple(widest)


_PARTS = ("everybody", "half of all addresses", "a quarter of all addresses", "an eighth of all addresses")


def share_of(version: int, prefix: int) -> str:
    """How much of the address space a prefix is, in words; of IPv6 counted in networks of a provider's size."""
    if prefix < len(_PARTS):
        return _PARTS[prefix]
    if is_nearly_all(prefix):
        return f"one in {1 << prefix} of all addresses"
    return f"{1 << 32 - prefix:,} {'addresses' if version == 4 else 'networks of the size /32'}"


@of_record
def useless_ranges(spf: Spf) -> tuple[tuple[Mechanism, Network, Space], ...]:
    """The ip4 and ip6 terms before `all` that authorise addresses which no mail comes from, and what these are."""
    found = []
    for term in live_networks(spf):
        space = special_space(term.network) if term.network else None
        if term.network and space and term.qualifier == "+":
            found.append((term, term.network, space))
    return tuple(found)
