"""Names on the wire (RFC 1035 sections 3.1 and 4.1.4): written, and read through their compression."""

import dns.exception
import dns.name

_MOST_OCTETS = 255
_MOST_LABEL = 63
_MOST_POINTERS = 16
_LENGTHS = tuple(bytes((length,)) for length in range(_MOST_LABEL + 1))


def write_name(text: str) -> bytes:
    """A name's uncompressed wire form, case kept; one without a final dot is absolute all the same.

    Raises ValueError for what no message can carry.
    """
    if text.isascii() and "\\" not in text and text[-1:] == "." and text[0] != "." and len(text) < _MOST_OCTETS:
        labels = text.encode().split(b".")
        if ".." not in text and max(map(len, labels)) <= _MOST_LABEL:
            return b"".join([_LENGTHS[len(label)] + label for label in labels])
    try:
        wire = dns.name.from_text(text).to_wire()
    except (dns.exception.DNSException, UnicodeError) as error:
        raise ValueError(f"`{text}` is not a name that can be asked for") from error
    assert wire is not None
    return wire


def read_name(octets: bytes, start: int, end: int) -> tuple[bytes, int]:
    """The name at `start`: (its uncompressed lower-case wire form, where what follows it begins).

    The name itself ends before `end`; a pointer leads to what lies wholly before the name that has it, so that no
    message leads round in circles. Raises ValueError for a name that is none.
    """
    position, opened, past, hops = start, start, 0, 0
    begun = start
    found = b""
    while position < end:
        length = octets[position]
        if length <= _MOST_LABEL:
            position += 1 + length
            if length:
                continue
            found += octets[begun:position]
            if position > end or len(found) > _MOST_OCTETS:
                break
            return found.lower(), past or position
        if length < 0xC0 or position + 2 > end or hops == _MOST_POINTERS:
            break
        found += octets[begun:position]
        target = (length & 0x3F) << 8 | octets[position + 1]
        past = past or position + 2
        if target >= opened:
            break
        hops += 1
        # What a pointer leads to ends before the name that holds it (RFC 1035 section 4.1.4: "a prior occurrence").
        position, begun, end, opened = target, target, opened, target
    raise ValueError("no name stands there")
