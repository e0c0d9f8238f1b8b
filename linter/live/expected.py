"""What a reply is expected to say, on the wire: compared with what it says before anybody makes objects of it.

Most of what a comparison asks is served as it is declared. To see that, the octets of the answer are enough; to
read them into objects takes twenty times as long. Whatever is not plainly as expected is left to the full reader.
"""

import socket
import struct
from collections.abc import Iterable

import dns.exception
import dns.rdata
import dns.rdataclass
import dns.rdatatype

from linter.source.frozen import Frozen

from .wire_name import read_name, write_name

_IN = int(dns.rdataclass.IN)
_TXT, _NS, _OPT = int(dns.rdatatype.TXT), int(dns.rdatatype.NS), int(dns.rdatatype.OPT)
_TLSA = int(dns.rdatatype.TLSA)
_NAME_AT = {
    int(dns.rdatatype.NS): 0,
    int(dns.rdatatype.CNAME): 0,
    int(dns.rdatatype.PTR): 0,
    int(dns.rdatatype.DNAME): 0,
    int(dns.rdatatype.MX): 2,
    int(dns.rdatatype.SRV): 6,
}
"""Types whose data ends with a name, and how many octets stand before it."""
_SINGLE = (int(dns.rdatatype.CNAME), int(dns.rdatatype.DNAME))
_FAMILIES = {int(dns.rdatatype.A): socket.AF_INET, int(dns.rdatatype.AAAA): socket.AF_INET6}
_ADDRESS_OCTETS = {int(dns.rdatatype.A): 4, int(dns.rdatatype.AAAA): 16}
_SPECIAL = frozenset('"();@\t\r\n')
"""What means something else in presentation format than in a name."""
_STRING = 255
_TO_THE_QUESTION = b"\xc0\x0c"
"""The owner as servers write it: a pointer to the name in the question section."""
_HEADER = struct.Struct("!HHIH")
_TTL_AND_LENGTH = struct.Struct("!IH")
_MOST_SECONDS = 0x7FFFFFFF


class Expected(Frozen):
    """A record set as it is declared.

    `data` are the values on the wire in canonical form, sorted: names in lower case and uncompressed (RFC 4034
    section 6.2), the strings of a TXT value joined. `values` are the same in presentation format, in the order in
    which they were given, `start` the type and class with which each record begins.
    """

    kind: int
    data: tuple[bytes, ...]
    values: tuple[str, ...]
    start: bytes


def expect(kind: str, values: Iterable[str]) -> Expected | None:
    """What is expected where these values are declared; None where no server can serve them.

    For TXT a value is its text, joined and without quotes; for all other types it is in presentation format, names
    absolute, as in `10 mx.example.com.`. The order does not matter, nor does the case of names.
    """
    try:
        number = int(dns.rdatatype.from_text(kind))
        written: dict[bytes, str] = {}
        for value in values:
            octets, text = _text(value) if number == _TXT else (_data(number, value), value)
            written.setdefault(octets, text)
    except (dns.exception.DNSException, ValueError, OSError, struct.error):
        return None
    if not written or (number in _SINGLE and len(written) > 1):
        return None
    return Expected(number, tuple(sorted(written)), tuple(written.values()), struct.pack("!HH", number, _IN))


def _text(value: str) -> tuple[bytes, str]:
    """The octets of a text, and its strings in presentation format. Raises ValueError."""
    octets = value.encode()
    strings = [octets[start : start + _STRING] for start in range(0, len(octets), _STRING)] or [b""]
    if value.isascii() and value.isprintable() and '"' not in value and "\\" not in value:
        return octets, " ".join(f'"{string.decode()}"' for string in strings)
    return octets, " ".join('"' + "".join(map(_escaped, string)) + '"' for string in strings)


def _escaped(octet: int) -> str:
    character = chr(octet)
    if character in '"\\':
        return f"\\{character}"
    return character if 0x20 <= octet < 0x7F else f"\\{octet:03d}"


def _data(kind: int, value: str) -> bytes:
    """A value's canonical wire form. Raises ValueError, OSError, DNSException or struct.error."""
    family = _FAMILIES.get(kind)
    if family is not None:
        return socket.inet_pton(family, value)
    words = value.split(" ")
    if kind == _TLSA and len(words) == 4 and all(word.isascii() and word.isdigit() for word in words[:3]):
        # Of any length: what the value is good for is for rules to judge.
        return struct.pack("!3B", *(int(word) for word in words[:3] if len(word) < 6)) + bytes.fromhex(words[3])
    if (
        words[-1].endswith(".")
        and _SPECIAL.isdisjoint(words[-1])
        and all(word.isascii() and word.isdigit() for word in words[:-1])
    ):
        numbers = [int(word) for word in words[:-1] if len(word) < 6]
        if len(numbers) * 2 == _NAME_AT.get(kind) and len(words) == len(numbers) + 1:
            return struct.pack(f"!{len(numbers)}H", *numbers) + write_name(words[-1]).lower()
    return bytes(dns.rdata.from_text("IN", dns.rdatatype.RdataType.make(kind), value).to_digestable())


def ttl_if_expected(octets: bytes, section: bytes, expected: Expected) -> int | None:
    """The TTL of the answer in a message if that is what was expected and nothing else; None where it is not, or
    where that takes the full reader to see.

    `section` is the question as it was asked. The message is known to be a reply to it.
    """
    if section[-4:] != expected.start or int.from_bytes(octets[6:8], "big") != len(expected.data):
        return None
    try:
        lowest, places, position = answers_of(octets, section)
        found = [_canonical(octets, start, past, expected.kind) for start, past in places]
        if len(found) > 1:
            found.sort()
        return lowest if tuple(found) == expected.data and is_plain(octets, position) else None
    except (ValueError, IndexError, struct.error):
        return None


def answers_of(octets: bytes, section: bytes) -> tuple[int, list[tuple[int, int]], int]:
    """(lowest TTL, where each value begins and ends, where the answers end) of a reply with the very set asked for.

    Raises ValueError, IndexError and struct.error where it is not that, or an error.
    """
    # A standard query's reply (opcode 0), whole, without an error; the rest of the response code is in the OPT.
    answers = int.from_bytes(octets[6:8], "big")
    if octets[2] & 0x7A or octets[3] & 0x0F or not answers:
        raise ValueError("no answer, or an error")
    position, start, owner = 12 + len(section), section[-4:], section[:-4].lower()
    lowest, places = _MOST_SECONDS, []
    for _ in range(answers):
        if octets[position : position + 2] == _TO_THE_QUESTION:
            position += 2
        else:
            name, position = read_name(octets, position, len(octets))
            if name != owner:
                raise ValueError("an answer of another name")
        if octets[position : position + 4] != start:
            raise ValueError("an answer of another type")
        ttl, length = _TTL_AND_LENGTH.unpack_from(octets, position + 4)
        begin = position + 10
        position = begin + length
        if ttl > _MOST_SECONDS or position > len(octets):
            raise ValueError("a TTL or a length that is none")
        lowest = min(lowest, ttl)
        places.append((begin, position))
    return lowest, places, position


def _canonical(octets: bytes, start: int, end: int, kind: int) -> bytes:
    """A value's canonical form. Raises ValueError and IndexError for one that is none."""
    if kind == _TXT:
        if start + 1 + octets[start] == end:
            return octets[start + 1 : end]
        return _joined(octets, start, end)
    before = _NAME_AT.get(kind)
    if before is None:
        return octets[start:end]
    name, past = read_name(octets, start + before, end)
    if past != end:
        raise ValueError("the name is not the end of the value")
    return octets[start : start + before] + name


def _joined(octets: bytes, start: int, end: int) -> bytes:
    strings = []
    while start < end:
        past = start + 1 + octets[start]
        strings.append(octets[start + 1 : past])
        start = past
    if start != end or not strings:
        raise ValueError("the strings do not fill the value")
    return b"".join(strings)


def is_plain(octets: bytes, position: int) -> bool:
    """Whether what stands behind the answers, from `position`, are name servers, addresses, and a bare OPT record.

    Raises ValueError, IndexError and struct.error where it cannot be read.
    """
    authorities, others = struct.unpack_from("!HH", octets, 8)
    has_opt = False
    for index in range(authorities + others):
        name, position = read_name(octets, position, len(octets))
        kind, group, ttl, length = _HEADER.unpack_from(octets, position)
        start = position + 10
        position = start + length
        if position > len(octets):
            return False
        if kind == _OPT:
            if has_opt or index < authorities or name != b"\0" or length or ttl >> 24:
                return False
            has_opt = True
        elif group != _IN:
            return False
        elif kind == _NS:
            if read_name(octets, start, position)[1] != position:
                return False
        elif length != _ADDRESS_OCTETS.get(kind):
            return False
    return True
