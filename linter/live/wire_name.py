"""Names on the wire (RFC 1035 sections 3.1 and 4.1.4): written, and read through their compression."""

from functools import lru_cache

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
    label, dot, above = text.partition(".")
    rest = _plain_wire(above)
    if dot and rest and _is_plain(label) and len(label) + len(rest) < _MOST_OCTETS:
        return _LENGTHS[len(label)] + label.encode() + rest
    try:
        wire = dns.name.from_text(text).to_wire()
    except (dns.exception.DNSException, UnicodeError) as error:
        raise ValueError(f"`{text}` is not a name that can be asked for") from error
    assert wire is not None
    return wire


def _is_plain(label: str) -> bool:
    return 0 < len(label) <= _MOST_LABEL and label.isascii() and "\\" not in label


@lru_cache(maxsize=4096)  # most of what is asked for stands beside other such names
def _plain_wire(text: str) -> bytes:
    """The wire form of a plain name with its final dot, or of the root, which is ""; nothing of any other."""
    labels = text.split(".")
    if labels.pop() or not all(map(_is_plain, labels)) or len(text) >= _MOST_OCTETS:
        return b""
    return b"".join([_LENGTHS[len(label)] + label.encode() for label in labels]) + b"\0"


def read_name(octets: bytes, start: int, end: int, is_folded: bool = True) -> tuple[bytes, int]:
    """The name at `start`: (its uncompressed wire form, in lower case or as it is, where what follows it begins).

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
            return found.lower() if is_folded else found, past or position
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
    raise ValueError("there is no name")


def plain_text(wire: bytes) -> str:
    """The presentation form of a name's uncompressed wire form; "" where anything in it would have to be escaped."""
    labels, position = [], 0
    while length := wire[position]:
        label = wire[position + 1 : position + 1 + length]
        if not label.isascii() or not label.translate(None, b"-_").isalnum():
            return ""
        labels.append(label)
        position += 1 + length
    return b".".join((*labels, b"")).decode() if labels else "."
