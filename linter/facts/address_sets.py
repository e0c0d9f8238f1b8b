"""The address ranges of one SPF record against each other and against the space that no mail comes from."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from linter.records.address import Network, network
from linter.records.spf import Mechanism, Spf
from linter.source.frozen import Frozen

from .spf_limits import NEARLY_ALL, TOO_WIDE

_DOCUMENTATION = "for documentation"


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


class Space(Frozen):
    """A block of addresses that no mail comes from: what it is for, in words that follow "is", and who says so."""

    network: Network
    purpose: str
    reference: str

    @property
    def is_documentation(self) -> bool:
        """Whether the block is for examples, where it stands for public addresses."""
        return self.purpose == _DOCUMENTATION


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


@lru_cache(4096)
def special_space(found: Network) -> Space | None:
    """The special block that a network lies in, the narrowest of several."""
    for space in _SPACES[found.version]:
        if space.network.covers(found):
            return space
    return None


def is_internal_network(found: Network) -> bool:
    """Whether a network is reachable from inside alone: special space, but not what examples are written with."""
    space = special_space(found)
    return space is not None and space.purpose != "for documentation"


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


def _space(text: str, purpose: str, reference: str) -> Space:
    found = network(6 if ":" in text else 4, text)
    assert found is not None
    return Space(found, purpose, reference)


def _narrowest_first(*spaces: Space) -> tuple[Space, ...]:
    return tuple(sorted(spaces, key=lambda space: -space.network.prefix))


# The IANA registries of special-purpose addresses (RFC 6890) and of multicast, in so far as no mail comes from there.
_SPACES = {
    4: _narrowest_first(
        _space("0.0.0.0/8", 'reserved for "this network"', "RFC 791 section 3.2"),
        _space("10.0.0.0/8", "private", "RFC 1918"),
        _space("100.64.0.0/10", "shared space behind carriers' NAT", "RFC 6598"),
        _space("127.0.0.0/8", "loopback", "RFC 1122 section 3.2.1.3"),
        _space("169.254.0.0/16", "link-local", "RFC 3927"),
        _space("172.16.0.0/12", "private", "RFC 1918"),
        _space("192.0.0.0/24", "reserved for protocols", "RFC 6890"),
        _space("192.0.2.0/24", _DOCUMENTATION, "RFC 5737"),
        _space("192.88.99.0/24", "withdrawn 6to4 relay space", "RFC 7526"),
        _space("192.168.0.0/16", "private", "RFC 1918"),
        _space("198.18.0.0/15", "for benchmarks", "RFC 2544"),
        _space("198.51.100.0/24", _DOCUMENTATION, "RFC 5737"),
        _space("203.0.113.0/24", _DOCUMENTATION, "RFC 5737"),
        _space("224.0.0.0/4", "multicast", "RFC 5771"),
        _space("240.0.0.0/4", "reserved", "RFC 1112 section 4"),
        _space("255.255.255.255/32", "the broadcast address", "RFC 919 section 7"),
    ),
    6: _narrowest_first(
        _space("::/128", "the unspecified address", "RFC 4291 section 2.5.2"),
        _space("::1/128", "loopback", "RFC 4291 section 2.5.3"),
        _space("::ffff:0:0/96", "IPv4 written as IPv6, which only `ip4` matches", "RFC 7208 section 5"),
        _space("64:ff9b:1::/48", "for local translation", "RFC 8215"),
        _space("100::/64", "a sink that discards", "RFC 6666"),
        _space("2001::/23", "reserved for protocols", "RFC 2928"),
        _space("2001:2::/48", "for benchmarks", "RFC 5180"),
        _space("2001:db8::/32", _DOCUMENTATION, "RFC 3849"),
        _space("3fff::/20", _DOCUMENTATION, "RFC 9637"),
        _space("5f00::/16", "for segment routing", "RFC 9602"),
        _space("fc00::/7", "private (unique local)", "RFC 4193"),
        _space("fe80::/10", "link-local", "RFC 4291 section 2.5.6"),
        _space("fec0::/10", "withdrawn site-local space", "RFC 3879"),
        _space("ff00::/8", "multicast", "RFC 4291 section 2.7"),
    ),
}
