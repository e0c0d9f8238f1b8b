"""The address ranges of one SPF record against each other and against the space that no mail comes from."""

from collections.abc import Iterable

from linter.records.address import Network, network
from linter.records.spf import Mechanism, Spf
from linter.source.frozen import Frozen


class Overlap(Frozen):
    """A range that an earlier term of the same record covers, so that the later one never decides anything.

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


def _order(entry: tuple[int, Mechanism]) -> int:
    return entry[0]


def without_host_bits(found: Network) -> Network | None:
    """The network as it should be written, where bits behind the prefix are set; None where none are.

    Receivers compare only the bits of the prefix (RFC 7208 section 5.6).
    """
    return None if found.first == found.value else found._replace(value=found.first)


def special_space(found: Network) -> Space | None:
    """The special block that a network lies in, the narrowest of several."""
    for space in _SPACES[found.version]:
        if space.network.covers(found):
            return space
    return None


def is_internal(found: Network) -> bool:
    """Whether a network is reachable from inside alone: special space, but not what examples are written with."""
    space = special_space(found)
    return space is not None and space.purpose != "for documentation"


TOO_WIDE = {4: 16, 6: 32}
"""A range with a shorter prefix authorises more machines than anybody sends from."""
NEARLY_ALL = 8
"""A prefix shorter than this covers a large part of the Internet, whatever the version."""


def is_too_wide(version: int, prefix: int) -> bool:
    """Whether a prefix length, of a network or behind a and mx, is broader than /16 or, for IPv6, /32."""
    return prefix < TOO_WIDE[version]


def is_nearly_all(prefix: int) -> bool:
    """Whether a prefix length is one of /0 to /7, which authorise nearly everybody."""
    return prefix < NEARLY_ALL


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
        _space("192.0.2.0/24", "for documentation", "RFC 5737"),
        _space("192.88.99.0/24", "withdrawn 6to4 relay space", "RFC 7526"),
        _space("192.168.0.0/16", "private", "RFC 1918"),
        _space("198.18.0.0/15", "for benchmarks", "RFC 2544"),
        _space("198.51.100.0/24", "for documentation", "RFC 5737"),
        _space("203.0.113.0/24", "for documentation", "RFC 5737"),
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
        _space("2001:db8::/32", "for documentation", "RFC 3849"),
        _space("3fff::/20", "for documentation", "RFC 9637"),
        _space("5f00::/16", "for segment routing", "RFC 9602"),
        _space("fc00::/7", "private (unique local)", "RFC 4193"),
        _space("fe80::/10", "link-local", "RFC 4291 section 2.5.6"),
        _space("fec0::/10", "withdrawn site-local space", "RFC 3879"),
        _space("ff00::/8", "multicast", "RFC 4291 section 2.7"),
    ),
}
