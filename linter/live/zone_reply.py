"""A reply with a zone's SOA or NS, which every zone is asked for, known from its octets as most of them are sent.

Whatever is not plainly such a reply is left to the full reader.
"""

import struct

import dns.rdataclass
import dns.rdatatype

from .expected import answers_of, is_plain
from .wire_name import plain_text, read_name

_SOA, _NS = (struct.pack("!HH", kind, dns.rdataclass.IN) for kind in (dns.rdatatype.SOA, dns.rdatatype.NS))
_NUMBERS = struct.Struct("!5I")


def set_if_plain(octets: bytes, section: bytes) -> tuple[int, tuple[str, ...]] | None:
    """(TTL, values in presentation format) of a zone's SOA or NS, where a message says that and nothing else.

    `section` is the question as it was asked. The message is known to be a reply to it.
    """
    if section[-4:] not in (_SOA, _NS):
        return None
    value_at = _soa if section[-4:] == _SOA else _host
    try:
        ttl, places, behind = answers_of(octets, section)
        values = tuple(value_at(octets, start, past) for start, past in places)
        if not is_plain(octets, behind):
            return None
    except (ValueError, IndexError, struct.error):
        return None
    # What is there twice, or may be, is for the full reader to make a set of.
    is_set = len(values) == 1 or (value_at is _host and len({each.lower() for each in values}) == len(values))
    return (ttl, values) if is_set else None


def _host(octets: bytes, start: int, past: int) -> str:
    """Raises ValueError."""
    text, behind = _name(octets, start, past)
    if behind != past:
        raise ValueError("the name is not the end of the value")
    return text


def _soa(octets: bytes, start: int, past: int) -> str:
    """Raises ValueError and struct.error."""
    first, behind = _name(octets, start, past)
    second, behind = _name(octets, behind, past)
    if behind + _NUMBERS.size != past:
        raise ValueError("the numbers do not fill the value")
    return " ".join((first, second, *map(str, _NUMBERS.unpack_from(octets, behind))))


def _name(octets: bytes, start: int, past: int) -> tuple[str, int]:
    """Raises ValueError."""
    wire, behind = read_name(octets, start, past, False)
    text = plain_text(wire)
    if not text:
        raise ValueError("the name has to be escaped")
    return text, behind
