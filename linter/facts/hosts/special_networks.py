"""Blocks of addresses that the Internet does not reach: what each is for, and who says so."""

from functools import lru_cache

from linter.records.text.address import Network, network
from linter.source.frozen import Frozen

_DOCUMENTATION = "for documentation"


class Space(Frozen):
    """A block of addresses that no mail comes from: what it is for, in words that follow "is", and who says so."""

    network: Network
    purpose: str
    reference: str

    @property
    def is_documentation(self) -> bool:
        """Whether the block is for examples, where it stands for public addresses."""
        return self.purpose == _DOCUMENTATION


@lru_cache(4096)
def special_space(found: Network) -> Space | None:
    """The special block that a network lies in, the narrowest of several."""
    for space in _SPACES[found.version]:
        if space.network.covers(found):
            return space
    return None


def is_unreachable(found: Network) -> bool:
    """Whether nothing outside reaches a network: special space, but not what examples are written with."""
    space = special_space(found)
    return space is not None and not space.is_documentation


def _space(text: str, purpose: str, reference: str) -> Space:
    found = network(6 if ":" in text else 4, text)
    assert found is not None
    return Space(found, purpose, reference)


def _narrowest_first(*spaces: Space) -> tuple[Space, ...]:
    return tuple(sorted(spaces, key=lambda space: -space.network.prefix))


# The blocks that the registries of RFC 6890 call not globally reachable, those that were withdrawn, and multicast.
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
        _space("100:0:0:1::/64", "a dummy prefix", "RFC 9780"),
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
