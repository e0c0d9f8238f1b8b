"""IP addresses and networks as SPF writes them: text to integers and back.

Not by `ipaddress`: it takes five times as long for an IPv4 address, half as long again for an IPv6 address, and its
import is a thirtieth of a cold check; nor does it keep host bits, or read what is no address without an exception.
"""

import re

from linter.source.frozen import Frozen

# The tables are the grammar itself: RFC 7208 section 12 allows neither a leading zero nor a number beyond.
_QNUM = {str(number): number for number in range(256)}
_PREFIX = {
    4: {str(length): length for length in range(33)},
    6: {str(length): length for length in range(129)},
}


class Network(Frozen):
    """An address and its prefix length: `version` is 4 or 6, `value` keeps the host bits as written."""

    version: int
    value: int
    prefix: int

    @property
    def bits(self) -> int:
        """The length of an address of this version in bits."""
        return 32 if self.version == 4 else 128

    @property
    def first(self) -> int:
        """The lowest address of the network: `value` with its host bits cleared."""
        free = self.bits - self.prefix
        return self.value >> free << free

    @property
    def last(self) -> int:
        """The highest address of the network."""
        return self.first | (1 << (self.bits - self.prefix)) - 1

    @property
    def text(self) -> str:
        """The network as SPF writes it; a prefix that covers one address is left out."""
        address = ip4_text(self.value) if self.version == 4 else ip6_text(self.value)
        return address if self.prefix == self.bits else f"{address}/{self.prefix}"

    def covers(self, other: "Network") -> bool:
        """Whether each address of `other` is in this network."""
        same = self.version == other.version
        return same and self.first <= other.first and other.last <= self.last


def ip4_value(text: str) -> int | None:
    """The number of an ip4-network (RFC 7208 section 12: four decimal octets, no leading zeros), or None."""
    try:
        first, second, third, fourth = text.split(".")
        return _QNUM[first] << 24 | _QNUM[second] << 16 | _QNUM[third] << 8 | _QNUM[fourth]
    except (ValueError, KeyError):
        return None


def ip6_value(text: str) -> int | None:
    """The number of an IPv6 address in any form of RFC 4291 section 2.2, or None."""
    if "." in text:
        head, _, tail = text.rpartition(":")
        embedded = ip4_value(tail)
        if embedded is None:
            return None
        text = f"{head}:{embedded >> 16:x}:{embedded & 0xFFFF:x}"
    left, gap, right = text.partition("::")
    high = left.split(":") if left or not gap else []
    low = right.split(":") if right else []
    missing = 8 - len(high) - len(low)
    if (missing < 1) if gap else (missing != 0):  # `::` stands for one or more groups of zeros
        return None
    above = _groups(high)
    below = _groups(low) if low else 0
    return None if above is None or below is None else above << 16 * (8 - len(high)) | below


def is_address_of(kind: str, text: str) -> bool:
    """Whether a text is an address of the family that an A or AAAA record holds."""
    return (ip4_value(text) if kind == "A" else ip6_value(text)) is not None


def _groups(groups: list[str]) -> int | None:
    """The number that groups of one to four hexadecimal digits make, or None."""
    value = 0
    for group in groups:
        # int() minds neither signs, blanks and underscores, nor `0x`, nor the digits of other scripts.
        if not (0 < len(group) < 5 and group.isalnum() and group.isascii()) or "x" in group or "X" in group:
            return None
        try:
            value = value << 16 | int(group, 16)
        except ValueError:
            return None
    return value


def prefix_length(version: int, text: str) -> int | None:
    """A prefix length without its slash: 0-32 or 0-128, no leading zeros (RFC 7208 section 12), or None."""
    return _PREFIX[version].get(text)


def network(version: int, text: str) -> Network | None:
    """`ADDRESS` or `ADDRESS/PREFIX` of that version as a network, or None where it is none."""
    address, slash, length = text.partition("/")
    value = ip4_value(address) if version == 4 else ip6_value(address)
    lengths = _PREFIX[version]
    prefix = lengths.get(length) if slash else len(lengths) - 1
    return None if value is None or prefix is None else tuple.__new__(Network, (version, value, prefix))


def ip4_text(value: int) -> str:
    """The dotted form of an IPv4 address."""
    return f"{value >> 24}.{value >> 16 & 255}.{value >> 8 & 255}.{value & 255}"


def ip6_text(value: int) -> str:
    """The canonical form of an IPv6 address (RFC 5952), an IPv4-mapped one with a dotted end (section 5)."""
    if value >> 32 == 0xFFFF:
        return f"::ffff:{ip4_text(value & 0xFFFFFFFF)}"
    groups = ":".join(f"{value >> shift & 0xFFFF:x}" for shift in range(112, -1, -16))
    runs = list(re.finditer(r"\b0(?::0)+\b", groups))
    if not runs:
        return groups
    longest = max(runs, key=lambda run: len(run[0]))  # the first of the longest (RFC 5952 section 4.2.3)
    return f"{groups[: longest.start()].rstrip(':')}::{groups[longest.end() :].lstrip(':')}"
