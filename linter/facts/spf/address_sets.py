"""The address ranges of one SPF record, against each other and against the space that no mail comes from."""

from collections.abc import Iterable, Iterator

from linter.facts.hosts.special_networks import Space, special_space
from linter.records.spf.record import Mechanism, Spf
from linter.records.text.address import Network
from linter.source.frozen import Frozen

from .limits import NEARLY_ALL, TOO_WIDE


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


def live_networks(spf: Spf) -> tuple[Mechanism, ...]:
    """The ip4 and ip6 terms that receivers evaluate: those that stand before the first `all`."""
    stop = spf.all_term
    end = stop.start if stop is not None else len(spf.text)
    return tuple(term for term in spf.mechanisms if term.network is not None and term.start < end)


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


def repeated_terms(spf: Spf, name: str) -> tuple[Overlap, ...]:
    """For each term before `all` that means what an earlier one means, that pair, with the first that does.

    `name` is the owner's, which a and mx mean when they name nothing.
    """
    stop = spf.all_term
    first: dict[tuple[object, ...], Mechanism] = {}
    found = [each for each in overlaps(live_networks(spf)) if each.is_equal]
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


def wide_ranges(spf: Spf) -> Iterator[WideRange]:
    """The terms before `all` that authorise too much, once each; not those whose addresses send nothing at all."""
    stop = spf.all_term
    for term in spf.mechanisms:
        if term is stop:
            return
        found = term.network
        if found is not None:
            ranges = [] if special_space(found) else [(found.version, found.prefix)]
        else:
            written = ((4, term.prefix4), (6, term.prefix6))
            ranges = [(version, prefix) for version, prefix in written if prefix is not None]
        wide = [WideRange(term, *each) for each in ranges if is_too_wide(*each)]
        if wide and term.qualifier == "+":
            yield min(wide, key=lambda each: each.prefix)


_PARTS = ("everybody", "half of all addresses", "a quarter of all addresses", "an eighth of all addresses")


def share_of(version: int, prefix: int) -> str:
    """How much of the address space a prefix is, in words; of IPv6 counted in networks of a provider's size."""
    if prefix < len(_PARTS):
        return _PARTS[prefix]
    if is_nearly_all(prefix):
        return f"one in {1 << prefix} of all addresses"
    return f"{1 << 32 - prefix:,} {'addresses' if version == 4 else 'networks of the size /32'}"


def useless_ranges(spf: Spf) -> Iterator[tuple[Mechanism, Network, Space]]:
    """The ip4 and ip6 terms before `all` that authorise addresses which no mail comes from, and what these are."""
    for term in live_networks(spf):
        space = special_space(term.network) if term.network else None
        if term.network and space and term.qualifier == "+":
            yield term, term.network, space
