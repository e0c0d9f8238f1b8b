"""A reply that says that nothing is there (RFC 2308 section 2), known from its octets as most of them are sent.

A comparison asks for many names that no zone should have. Whatever is not plainly such a reply is left to the full
reader.
"""

import struct

import dns.rdataclass
import dns.rdatatype

from .wire_name import read_name

_SOA, _IN = int(dns.rdatatype.SOA), int(dns.rdataclass.IN)
_OPT = b"\0" + struct.pack("!H", dns.rdatatype.OPT)
_OPT_OCTETS = 11
_HEADER = struct.Struct("!HHIH")
_NUMBERS = 20
"""Octets behind the two names of an SOA: serial, refresh, retry, expire, minimum."""
_MOST_SECONDS = 0x7FFFFFFF


def ttl_if_nothing(octets: bytes, section: bytes) -> int | None:
    """For how long nothing is there, where a message says that and no more: one SOA, and at most a bare OPT record.

    `section` is the question as it was asked. The message is known to be a reply to it, whole or cut short.
    """
    answers, authorities, others = struct.unpack_from("!HHH", octets, 6)
    # A standard query's reply, not truncated, that says NOERROR or NXDOMAIN.
    if answers or authorities != 1 or others > 1 or octets[2] & 0x7A or octets[3] & 0x0F not in (0, 3):
        return None
    try:
        _, position = read_name(octets, 12 + len(section), len(octets))
        kind, group, ttl, length = _HEADER.unpack_from(octets, position)
        start, past = position + 10, position + 10 + length
        if kind != _SOA or group != _IN or past > len(octets) or ttl > _MOST_SECONDS:
            return None
        _, behind = read_name(octets, start, past)
        _, behind = read_name(octets, behind, past)
        if behind + _NUMBERS != past:
            return None
        minimum = int.from_bytes(octets[past - 4 : past], "big")
    except (ValueError, struct.error):
        return None
    if others:
        opt = octets[past : past + _OPT_OCTETS]
        # Neither a higher part of the response code nor options (RFC 6891 section 6.1.3).
        if len(opt) < _OPT_OCTETS or opt[:3] != _OPT or opt[5] or opt[9:] != b"\0\0":
            return None
    return min(int(ttl), minimum)
