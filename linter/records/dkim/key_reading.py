"""The public key inside a DKIM key record's `p=`: its base64 and DER read, and what is wrong with it said.

The `cryptography` package would read the same keys, but importing it costs more than the whole start of the
program may. Four structures are all that ever stands in `p=`: an RSA SubjectPublicKeyInfo (RFC 5280 section
4.1), a bare PKCS#1 RSAPublicKey (RFC 8017 appendix A.1.1), 32 raw octets of ed25519 (RFC 8463 section 4.2)
and, by mistake, an ed25519 SubjectPublicKeyInfo (RFC 8410). A reader for those is short.
"""

from binascii import a2b_base64, b2a_base64

from linter.records.text.fault import Fault, proposal, quoted
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

from .key import ED25519, KIND, QUOTES, RSA, PublicKey

_RSA_REFERENCE = "RFC 6376 section 3.6.1"
_ED25519_REFERENCE = "RFC 8463 section 4.2"
_NOT_BASE64 = Pattern(r"[^A-Za-z0-9+/= \t\r\n]")
_PEM_LINE = Pattern(r"-----[A-Z0-9 \t]*-*")
_INTEGER, _BIT_STRING, _SEQUENCE = 0x02, 0x03, 0x30
_RSA_ENCRYPTION = bytes.fromhex("2a864886f70d010101")
_ED25519_SPKI = bytes.fromhex("302a300506032b6570032100")
# Object identifiers of keys that get pasted although DKIM has no use for them.
_OTHER_KEYS = {
    bytes.fromhex("2a8648ce3d0201"): "an elliptic-curve (EC) key",
    bytes.fromhex("2a8648ce380401"): "a DSA key",
    bytes.fromhex("2a864886f70d01010a"): "an RSASSA-PSS key",
    bytes.fromhex("2b656e"): "an X25519 key",
    bytes.fromhex("2b6571"): "an ed448 key",
}
# The version number opens PKCS#1, PKCS#8 and SEC 1 private keys, and no public key.
_PRIVATE_STARTS = (b"\x02\x01\x00\x02", b"\x02\x01\x00\x30", b"\x02\x01\x01\x30", b"\x02\x01\x01\x04")
_ENCRYPTED = bytes.fromhex("06092a864886f70d0105")  # PKCS#5 (RFC 8018): an encrypted private key
_CERTIFICATE_VERSION = bytes.fromhex("a0030201")
_LONG_SEQUENCE = (b"\x30\x81", b"\x30\x82")  # so begins every RSA key of more than about 1000 bits
_SHORTEST_KEY = 40  # characters; ed25519 has 44
_MOST_OCTETS = 0xFFFF  # a TXT record holds no more
# The usual public exponent, 65537, as base64 shows it: a key that ends so has lost nothing at its end.
_USUAL_ENDS = ("IDAQAB", "CAwEAAQ==", "AgMBAAE=")
_MOST_EXPONENT_BITS = 256  # FIPS 186-5 appendix A.1.1


class _Flaw(Frozen):
    message: str
    help: str = ""
    at_end: bool = False


class _Element(Frozen):
    tag: int
    content: bytes


_RSA_WITH_NULL = (_Element(0x06, _RSA_ENCRYPTION), _Element(0x05, b""))


def read_key(value: str, start: int, algorithm: str) -> PublicKey | Fault:
    """The key in `value`, the non-empty text of `p=` that begins at offset `start` of the record.

    `algorithm` is one of ALGORITHMS. A key that receivers cannot use comes back as a Fault of kind
    "key-undecodable"; its length is not judged here.
    """
    reference = _RSA_REFERENCE if algorithm == RSA else _ED25519_REFERENCE
    flaw: _Flaw | PublicKey | None = _armour(value) or _placeholder(value, algorithm)
    if flaw is None:
        at, flaw = _foreign_character(value)
        if flaw is not None:
            return Fault(start + at, start + at + 1, KIND, flaw.message, flaw.help, reference)
        flaw = _decoded(value, algorithm)
    if isinstance(flaw, PublicKey):
        return flaw
    end = start + len(value)
    return Fault(end if flaw.at_end else start, end, KIND, flaw.message, flaw.help, reference)


_PRIVATE = _Flaw(
    "this is a private key, and everybody can read it here; remove it and never use it again",
    "make a new key pair, publish only its public half, under a new selector",
)
_CERTIFICATE = _Flaw("this is a certificate, not a public key", "publish only the public key, as base64")
_MALFORMED = _Flaw("the key is damaged: it is base64, but not of an RSA public key", "paste the key anew")


def _armour(value: str) -> _Flaw | None:
    line = _PEM_LINE.search(value) if "-----" in value else None
    head = "".join(value.lstrip("- \t\r\n")[:40].split())
    if line is None and not (head.startswith("BEGIN") and "KEY" in head):
        return None
    if "PRIVATE" in value:
        return _PRIVATE
    if "CERTIFICATE" in value:
        return _CERTIFICATE
    shown = quoted(line.group()) if line else "`BEGIN`"
    return _Flaw(f"the PEM line {shown} is part of the key; leave only the base64 between the PEM lines")


def _placeholder(value: str, algorithm: str) -> _Flaw | None:
    """What is said of a text too short for any key, such as `YOUR_KEY`."""
    compact = "".join(value.split())
    if len(compact) >= _SHORTEST_KEY or compact.startswith("M") or not compact.strip(f"={QUOTES}"):
        return None
    usual = "one of ed25519 has 44 characters" if algorithm == ED25519 else "one of 2048 bits has 392 characters"
    return _Flaw(f"{quoted(compact)} is not a public key; {usual}", "paste the key anew, as whoever signs shows it")


def _foreign_character(value: str) -> tuple[int, _Flaw | None]:
    """The place and a description of the first character that cannot stand there in base64."""
    found = _NOT_BASE64.search(value)
    if found is None:
        return _early_padding(value)
    at, character = found.start(), found.group()
    foreign = _NOT_BASE64.findall(value)
    quotes = sum(mark in QUOTES for mark in foreign)
    if quotes and not any(mark not in QUOTES and mark != "\\" for mark in foreign):
        marks = "a quote is" if quotes == 1 else f"{quotes} quotes are"
        return at, _Flaw(f"{marks} published inside the key, first at position {at + 1}; remove all quotes")
    if character.isprintable():
        shown = quoted(character)
    else:
        shown = f"the invisible character `U+{ord(character):04X}`"
    way_out = "base64 has `+` and `/` where this key has `-` and `_`" if set(foreign) <= {"-", "_"} else ""
    more = len(foreign) - 1
    others = f", nor {'is' if more == 1 else 'are'} {more} more" if more else ""
    return at, _Flaw(f"{shown} at position {at + 1} of the key is not a base64 character{others}", way_out)


def _early_padding(value: str) -> tuple[int, _Flaw | None]:
    at = value.find("=")
    if value[: max(at, 0)].strip() == "p":
        return at, _Flaw("`p=` occurs twice, once inside the key; delete one")
    if at < 0 or not value[at:].strip("= \t\r\n"):
        return 0, None
    return at, _Flaw(
        f"`=` at position {at + 1} is inside the key, but base64 has it only at the end",
        "two texts were joined here, or a `;` is missing",
    )


def _decoded(value: str, algorithm: str) -> PublicKey | _Flaw:
    compact = "".join(value.split())
    letters = compact.rstrip("=")
    padding = len(compact) - len(letters)
    if not letters:
        return _Flaw("the key is nothing but `=`", "an empty `p=` revokes a key")
    usable = letters[:-1] if len(letters) % 4 == 1 else letters
    octets = a2b_base64(usable + "=" * (-len(usable) % 4))
    found = _ed25519(octets) if algorithm == ED25519 else _rsa(octets)
    if isinstance(found, _Flaw):
        if found.at_end and compact.endswith(_USUAL_ENDS):
            return _Flaw("bytes are missing inside the key, not at its end; paste it whole")
        return found
    needed = -len(letters) % 4
    if padding == needed != 3:
        return found
    # The key itself is whole, so the base64 around it is the cause.
    if needed == 3:
        return _Flaw("the key has one base64 character too many at its end")
    return _Flaw(f"the key ends with {padding} `=`, but base64 of this length ends with {needed}")


def _ed25519(octets: bytes) -> PublicKey | _Flaw:
    if len(octets) == 32:
        return PublicKey(ED25519, 256, "raw", 0, octets)
    raw = _raw_in_spki(octets)
    if raw:
        what = "the ed25519 key is wrapped in SPKI (44 bytes); DKIM wants only its 32 raw bytes"
        return _Flaw(what, proposal(raw))
    flaw = _other_thing(octets)
    if flaw is not None:
        return flaw
    if isinstance(_rsa(octets), PublicKey) or _RSA_ENCRYPTION in octets[:40]:
        return _Flaw("`k=ed25519`, but the key is an RSA key; write `k=rsa`")
    return _Flaw(f"the key is {_octets(len(octets))} long; an ed25519 key has 32")


def _raw_in_spki(octets: bytes) -> str:
    """The base64 of the raw ed25519 key inside an SPKI, or nothing (RFC 8410 section 4)."""
    head, raw = octets[: len(_ED25519_SPKI)], octets[len(_ED25519_SPKI) :]
    return b2a_base64(raw, newline=False).decode() if head == _ED25519_SPKI and len(raw) == 32 else ""


def _octets(number: int) -> str:
    return "1 byte" if number == 1 else f"{number} bytes"


def _rsa(octets: bytes) -> PublicKey | _Flaw:
    if len(octets) == 32 and not octets.startswith(_LONG_SEQUENCE):
        return _Flaw("the key is not an RSA key but 32 bytes long, as ed25519 keys are; write `k=ed25519`")
    raw = _raw_in_spki(octets)
    if raw:
        return _Flaw("this is an ed25519 key, not an RSA key", f"use `k=ed25519` and `p={raw}`")
    flaw = _other_thing(octets)
    if flaw is None and octets[:1] not in (b"", b"\x30"):
        flaw = _Flaw("the key's beginning is missing or wrong; an RSA key begins with `MI`", "paste the key anew")
    flaw = flaw or _incomplete(octets)
    if flaw is not None:
        return flaw
    outer = _elements(octets)
    parts = _elements(outer[0].content) if len(outer) == 1 else ()
    tags = [part.tag for part in parts]
    if tags == [_INTEGER, _INTEGER]:
        return _rsa_key(parts, "pkcs1")
    return _from_spki(parts) if tags == [_SEQUENCE, _BIT_STRING] else _MALFORMED


def _other_thing(octets: bytes) -> _Flaw | None:
    """What was pasted, where it is easily told from a DKIM key even when its end is missing."""
    if octets[4:8] == b"ssh-":
        return _Flaw("this is an SSH key, which DKIM cannot use", "publish what `openssl rsa -pubout` prints")
    content = octets[_header_length(octets) :]
    inner = content[_header_length(content) :]
    if octets[:1] != b"\x30":
        return None
    if content.startswith(_PRIVATE_STARTS) or inner.startswith(_ENCRYPTED):
        return _PRIVATE
    return _CERTIFICATE if inner.startswith(_CERTIFICATE_VERSION) else None


def _incomplete(octets: bytes) -> _Flaw | None:
    """Compares the length that a DER SEQUENCE states with the octets that are there."""
    have, total = len(octets), _stated_length(octets)
    if total is None:
        return _Flaw(f"the key breaks off after {_octets(have)}; paste it whole", at_end=True)
    if octets[1] == 0x80 or total > _MOST_OCTETS:
        return _MALFORMED
    if have > total:
        return _Flaw(f"the key goes on for {_octets(have - total)} after its end; paste it alone")
    if have == total:
        return None
    return _Flaw(f"the key breaks off after {have} of {total} bytes; paste it whole", at_end=True)


def _header_length(octets: bytes) -> int:
    """How many octets the tag and the length of a DER element take."""
    return 2 + (octets[1] & 0x7F if len(octets) > 1 and octets[1] & 0x80 else 0)


def _stated_length(octets: bytes) -> int | None:
    """The length of the element that begins `octets`, header included; None where the header is cut off."""
    header = _header_length(octets)
    if len(octets) < header:
        return None
    length = octets[1] if header == 2 else int.from_bytes(octets[2:header], "big")
    return header + length


def _elements(octets: bytes) -> tuple[_Element, ...]:
    """The DER elements that fill `octets` exactly, or nothing (X.690 sections 8.1 and 10.1)."""
    found: list[_Element] = []
    position = 0
    while position < len(octets):
        head = octets[position : position + 6]  # no key is so long that its length takes five octets
        header, length = _header_length(head), _stated_length(head)
        if length is None or position + length > len(octets) or not _is_shortest(header, length - header):
            return ()
        found.append(_Element(head[0], octets[position + header : position + length]))
        position += length
    return tuple(found)


def _is_shortest(header: int, length: int) -> bool:
    """DER writes a length below 128 in one octet, others without leading zeros (X.690 section 10.1)."""
    return header == (2 if length < 0x80 else 2 + (length.bit_length() + 7) // 8)


def _from_spki(parts: tuple[_Element, ...]) -> PublicKey | _Flaw:
    algorithm, bit_string = _elements(parts[0].content), parts[1].content
    identifier = algorithm[0].content if algorithm else b""
    if identifier in _OTHER_KEYS:
        return _Flaw(f"this is {_OTHER_KEYS[identifier]}, which DKIM cannot use; publish an RSA key")
    # RFC 3279 section 2.3.1: the parameters are NULL. The first octet of a BIT STRING counts unused bits.
    if algorithm != _RSA_WITH_NULL or bit_string[:1] != b"\x00":
        return _MALFORMED
    outer = _elements(bit_string[1:])
    numbers = _elements(outer[0].content) if [part.tag for part in outer] == [_SEQUENCE] else ()
    return _rsa_key(numbers, "spki") if [part.tag for part in numbers] == [_INTEGER, _INTEGER] else _MALFORMED


def _rsa_key(numbers: tuple[_Element, ...], form: str) -> PublicKey | _Flaw:
    modulus, exponent = (_positive(number.content) for number in numbers)
    if not modulus or not exponent:
        return _MALFORMED
    for name, number in (("modulus", modulus), ("exponent", exponent)):
        if number == 1 or number % 2 == 0:
            what = "1" if number == 1 else "even"
            return _Flaw(f"the key's {name} is {what}, so it is not an RSA key", "paste the key anew")
    if exponent.bit_length() > _MOST_EXPONENT_BITS:
        return _MALFORMED
    material = numbers[0].content.lstrip(b"\x00")
    return PublicKey(RSA, modulus.bit_length(), form, exponent, material)


def _positive(content: bytes) -> int:
    """The DER INTEGER, or 0 where it is negative, empty or longer than need be (X.690 section 8.3)."""
    if not content or content[0] & 0x80 or (content[0] == 0 and len(content) > 1 and not content[1] & 0x80):
        return 0
    return int.from_bytes(content, "big")
