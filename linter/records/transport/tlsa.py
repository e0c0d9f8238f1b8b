"""TLSA values: which certificate or key a mail host shows, by the four fields of the record (RFC 6698 section 2)."""

from linter.records.text.fault import Fault
from linter.source.frozen import Frozen

__all__ = ["FIELDS", "FieldFault", "Tlsa", "TlsaPlace", "parse", "place_of", "read_text", "smtp_faults", "to_text"]

FIELDS = ("certificate_usage", "selector", "matching_type", "certificate_association_data")
"""The keys of octoDNS, in the order of the record."""

LENGTHS = {1: 64, 2: 128}
"""Hexadecimal digits of a digest, by its matching type: SHA2-256 and SHA2-512."""

_DIGITS = "0123456789abcdef"
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


def parse(usage: object, selector: object, matching_type: object, data: object) -> Tlsa:
    """Judge the four fields as YAML gives them; None stands for one that is missing.

    Numbers may be texts, as octoDNS takes them. A number for the data is read as its digits.
    """
    numbers = (_number(usage, 3), _number(selector, 1), _number(matching_type, 2))
    digits = _digits(data)
    found = Tlsa(*numbers, digits)
    if None not in found[:4] and digits is not None and _is_sound(numbers, digits):
        return found
    # Loaded here because well-formed values never need it.
    from .tlsa_diagnosis import diagnose

    return diagnose((usage, selector, matching_type, data), found)


def read_text(text: str) -> Tlsa:
    """A value in the form of RFC 6698 section 2.2, `3 1 1 d2abde24…`; blanks may part the data."""
    words = [*text.split(None, 3), None, None, None, None]
    return parse(words[0], words[1], words[2], words[3])


def to_text(tlsa: Tlsa) -> str:
    """The value in the form of RFC 6698 section 2.2, `-` for what is missing or invalid."""
    return " ".join("-" if field is None else str(field) for field in tlsa[:4])


def smtp_faults(tlsa: Tlsa) -> tuple[FieldFault, ...]:
    """What is allowed but of no use for SMTP, to be asked for at `_25._tcp` names.

    The kinds are "usage-not-for-smtp" (RFC 7672 section 3.1.3) and "full-data" (RFC 7671 section 10.1.2).
    """
    if tlsa.usage not in (0, 1) and tlsa.matching_type != 0:
        return ()
    from .tlsa_diagnosis import unfit_for_smtp

    return unfit_for_smtp(tlsa)


def place_of(name: str) -> TlsaPlace | None:
    """What a name says that begins with a port and a protocol; None for any other."""
    port, _, rest = name.lower().partition(".")
    protocol, _, host = rest.partition(".")
    digits = port[1:]
    is_port = port[:1] == "_" and digits.isascii() and digits.isdigit() and len(digits) < 6
    if not is_port or int(digits) > 65535 or protocol[:1] != "_" or len(protocol) < 2 or not host:
        return None
    return TlsaPlace(int(digits), protocol[1:], host)


def _number(value: object, highest: int) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 4:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= highest else None


def _digits(value: object) -> str | None:
    """The data as hexadecimal digits without blanks; RFC 6698 section 2.2 lets blanks part them."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**999:
        value = str(value)
    if not isinstance(value, str):
        return None
    digits = "".join(value.split()).lower()
    return digits if digits and not digits.strip(_DIGITS) else None


def _is_sound(numbers: tuple[int | None, int | None, int | None], digits: str) -> bool:
    length = LENGTHS.get(numbers[2] or 0)
    if length is not None:
        return len(digits) == length and digits not in EMPTY_DIGESTS
    return is_structure(digits)


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
