"""A TLSA record as values: its fields, what they may hold, and the names it belongs at (RFC 6698)."""

from linter.records.text.fault import Fault
from linter.source.frozen import Frozen

FIELDS = ("certificate_usage", "selector", "matching_type", "certificate_association_data")
"""The keys of octoDNS, in the order of the record."""

LENGTHS = {1: 64, 2: 128}
"""Hexadecimal digits of a digest, by its matching type: SHA2-256 and SHA2-512."""
# The digests of nothing at all, which a pipe of commands gives where the first of them fails.
EMPTY_DIGESTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
    "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
)


class FieldFault(Frozen):
    """A fault in one field; its offsets are code points into that field's value as text."""

    field: str
    fault: Fault


class Tlsa(Frozen):
    """One TLSA value; a field that is missing or invalid is None. `data` is in lower case and without blanks.

    The kind of its faults is "invalid".
    """

    usage: int | None
    selector: int | None
    matching_type: int | None
    data: str | None
    faults: tuple[FieldFault, ...] = ()


class TlsaPlace(Frozen):
    """What the name of a TLSA record says (RFC 6698 section 3): `_25._tcp.mx.example.com.`.

    `host` is the rest of the name, in lower case.
    """

    port: int
    protocol: str
    host: str


def to_text(tlsa: Tlsa) -> str:
    """The value in the form of RFC 6698 section 2.2, `-` for what is missing or invalid."""
    return " ".join("-" if field is None else str(field) for field in tlsa[:4])


def place_of(name: str) -> TlsaPlace | None:
    """What a name says that begins with a port and a protocol; None for any other."""
    port, _, rest = name.lower().partition(".")
    protocol, _, host = rest.partition(".")
    digits = port[1:]
    is_port = port[:1] == "_" and digits.isascii() and digits.isdigit() and len(digits) < 6
    if not is_port or int(digits) > 65535 or protocol[:1] != "_" or len(protocol) < 2 or not host:
        return None
    return TlsaPlace(int(digits), protocol[1:], host)


def is_structure(digits: str) -> bool:
    """Whether the digits are one whole DER sequence, such as a certificate or a public key."""
    if len(digits) % 2 or digits[:2] != "30" or len(digits) < 4:
        return False
    length, head = int(digits[2:4], 16), 4
    if length >= 128:  # the octets of a long length follow, four of them at most
        head += 2 * (length - 128)
        if not 129 <= length <= 132 or len(digits) < head:
            return False
        length = int(digits[4:head], 16)
    return len(digits) == head + 2 * length
