"""Record values as DNS writes them (RFC 1035 section 5.1): character-strings, names, addresses, with their escapes."""

import re

from linter.source.pattern import Pattern

from .address import ip4_value, ip6_value
from .fault import Fault, quoted
from .name import MAX_LABEL, MAX_NAME, to_ascii

_PIECE = Pattern(r'\\([0-9]{3})|\\([^0-9])|(\\)|([ \t]+)|(")|([^\\ \t"]+)', re.ASCII | re.DOTALL)
_REFERENCE = "RFC 1035 section 5.1"
_PRINTED = tuple(
    "\\\\" if octet == 0x5C else chr(octet) if 0x20 <= octet < 0x7F else f"\\{octet:03d}" for octet in range(256)
)
_IN_NAMES = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_*/=+.")


def text_of(written: str) -> str | Fault:
    """The text of a TXT value, its character-strings joined with nothing between them.

    Bytes that are not UTF-8 are read as Latin-1, one character each. See octets_of for the notation.
    """
    octets = octets_of(written)
    if isinstance(octets, Fault):
        return octets
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def octets_of(written: str) -> bytes | Fault:
    """The octets of a TXT value, its character-strings joined with nothing between them.

    A value that begins with a quote holds strings parted by blanks: `"v=spf1 " "-all"`. Any other value is one
    string, blanks included.
    """
    in_strings = written.lstrip(" \t").startswith('"')
    octets = bytearray()
    opened = -1
    for match in _PIECE.finditer(written):
        decimal, literal, backslash, blanks, quote, plain = match.groups()
        if backslash or (decimal and int(decimal) > 255):
            return _bad_escape(written, match.start())
        if decimal:
            octets.append(int(decimal))
        elif quote and in_strings:
            opened = match.start() if opened < 0 else -1
        elif blanks and in_strings and opened < 0:
            continue
        else:
            octets += (literal or blanks or quote or plain).encode("utf-8", "replace")
    if opened >= 0:
        message = "the quote that opens here is not closed"
        return _fault(opened, len(written), message, 'end the string with `"`')
    return bytes(octets)


def written_text(octets: bytes) -> str:
    """The octets of a TXT value as one line of printable ASCII, from which octets_of makes the same again."""
    text = "".join(_PRINTED[octet] for octet in octets)
    if not text.startswith(('"', " ")):
        return text
    return '"' + text.replace('"', '\\"') + '"'


def written_name(name: str) -> str:
    """An absolute name, as name_of gives it, in printable ASCII, from which name_of makes the same again."""
    return "".join(each if each in _IN_NAMES else f"\\{ord(each):03d}" for each in name)


def name_of(written: str) -> str | Fault:
    """An absolute lower-case name; the final dot may be left out, and a label may hold anything but a dot."""
    if written == ".":
        return written
    if not written:
        return _fault(0, 0, "empty value; expected a name")
    text = _unescaped(written) if "\\" in written else written
    if isinstance(text, Fault):
        return text
    name, odd = to_ascii(text.lower())
    if odd:
        return _fault(odd.start, odd.end, odd.message, odd.help)
    bare = name.removesuffix(".")
    longest = max(map(len, bare.split(".")))
    if "" in bare.split("."):
        return _fault(0, len(written), f"{quoted(written)} has an empty label", "labels are separated by one dot")
    if longest > MAX_LABEL:
        message = f"{quoted(written)} has a label of {longest} bytes, {longest - MAX_LABEL} too many"
        return _fault(0, len(written), message, f"a label has at most {MAX_LABEL} bytes")
    if len(bare) > MAX_NAME:
        message = f"the name has {len(bare)} characters, {len(bare) - MAX_NAME} too many"
        return _fault(0, len(written), message, f"a name has at most {MAX_NAME}")
    return f"{bare}."


def _unescaped(written: str) -> str | Fault:
    kept: list[str] = []
    for match in _PIECE.finditer(written):
        decimal, literal, backslash = match[1], match[2], match[3]
        if backslash or (decimal and int(decimal) > 255):
            return _bad_escape(written, match.start())
        character = chr(int(decimal)) if decimal else literal or match[0]
        if character == "." and (decimal or literal):
            message = f"{quoted(match[0])} is a dot inside a label, which no mail record needs"
            return _fault(match.start(), match.end(), message)
        kept.append(character)
    return "".join(kept)


def address_of(kind: str, written: str) -> str | Fault:
    """The value of an A or AAAA record, as written."""
    is_right, is_other = (ip4_value, ip6_value) if kind == "A" else (ip6_value, ip4_value)
    if is_right(written) is not None:
        return written
    wanted, other = ("IPv4", "AAAA") if kind == "A" else ("IPv6", "A")
    way_out = f"an address of this form belongs to `{other}`" if is_other(written) is not None else ""
    return _fault(0, len(written), f"{quoted(written)} is not an {wanted} address", way_out)


def _bad_escape(written: str, start: int) -> Fault:
    if start + 1 == len(written):
        return _fault(start, start + 1, "nothing comes after the backslash", "write `\\\\` for a backslash")
    digits = Pattern("[0-9]{1,3}", re.ASCII).match(written, start + 1)
    end = digits.end() if digits else start + 2
    message = f"{quoted(written[start:end])} is not a byte; a backslash needs three digits, from 000 to 255"
    return _fault(start, end, message, "write `\\\\` for a backslash")


def _fault(start: int, end: int, message: str, way_out: str = "") -> Fault:
    return Fault(start, end, "presentation", message, way_out, _REFERENCE)
