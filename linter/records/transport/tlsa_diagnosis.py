"""What is wrong with the fields of a TLSA value, and what SMTP cannot use of it."""

import re
from collections.abc import Iterator

from linter.records.text.fault import Fault, quoted
from linter.source.pattern import Pattern

from .tlsa_value import EMPTY_DIGESTS, FIELDS, LENGTHS, FieldFault, Tlsa, is_structure

_FORM = "RFC 6698 section 2.2"
_SECTIONS = {field: f"RFC 6698 section 2.1.{number}" for number, field in enumerate(FIELDS, 1)}
# What the numbers are called (RFC 7218 section 2), each in the order of the numbers.
_NAMES = {
    "certificate_usage": ("PKIX-TA", "PKIX-EE", "DANE-TA", "DANE-EE"),
    "selector": ("Cert", "SPKI"),
    "matching_type": ("Full", "SHA2-256", "SHA2-512"),
}
_DIGEST_NAMES = {64: "SHA2-256", 128: "SHA2-512"}
_FINGERPRINT = Pattern(r"\s*((?:[0-9a-f]{2}[:.-])+[0-9a-f]{2})\s*", re.IGNORECASE)
_BASE64 = Pattern(r"MI[A-Za-z0-9+/=\s]{20,}")


def diagnose(values: tuple[object, object, object, object], read: Tlsa) -> Tlsa:
    """`read` with its faults; `values` are the four fields as they were given."""
    faults = [
        FieldFault(field, _number_fault(field, value))
        for field, value, number in zip(FIELDS[:3], values[:3], read[:3], strict=True)
        if number is None
    ]
    found = _data_fault(values[3], read)
    if found is not None:
        faults.append(FieldFault(FIELDS[3], found))
        read = read._replace(data=None)
    return read._replace(faults=tuple(faults))


def unfit_for_smtp(tlsa: Tlsa) -> tuple[FieldFault, ...]:
    """See `linter.records.transport.tlsa.smtp_faults`."""
    return tuple(_unfit(tlsa))


def _unfit(tlsa: Tlsa) -> Iterator[FieldFault]:
    if tlsa.usage in (0, 1):
        name = _NAMES["certificate_usage"][tlsa.usage]
        message = f"usage {tlsa.usage} ({name}) is not for SMTP, so senders may treat the record as unusable"
        other = "2 (DANE-TA)" if tlsa.usage == 0 else "3 (DANE-EE)"
        fault = Fault(0, 1, "usage-not-for-smtp", message, f"write usage {other}", "RFC 7672 section 3.1.3")
        yield FieldFault("certificate_usage", fault)
    if tlsa.matching_type == 0 and tlsa.data is not None:
        message = "matching type 0 publishes the whole certificate or key, which makes large answers"
        way_out = "publish its SHA2-256 digest with matching type 1"
        fault = Fault(0, 1, "full-data", message, way_out, "RFC 7671 section 10.1.2")
        yield FieldFault("matching_type", fault)


def _number_fault(field: str, value: object) -> Fault:
    names = _NAMES[field]
    called = [f"`{number}` ({name})" for number, name in enumerate(names)]
    expected = f"expected {', '.join(called[:-1])} or {called[-1]}"
    if value is None:
        return Fault(0, 0, "invalid", f"`{field}` is missing", expected, _SECTIONS[field])
    text = _text(value)
    word = re.sub("[^0-9a-z]", "", text.lower()) if len(text) < 20 else ""
    for number, name in enumerate(names):
        plain = name.lower().replace("-", "")
        if word in (plain, f"{plain}{number}", plain.replace("sha2", "sha", 1)):
            expected = f"write `{number}`"
    return Fault(
        0, len(text), "invalid", f"{quoted(text)} is not a {field.replace('_', ' ')}", expected, _SECTIONS[field]
    )


def _text(value: object) -> str:
    # Of a number of thousands of digits Python makes no text.
    if isinstance(value, int) and abs(value) >= 10**999:
        return "…"
    return str(value)


def _data_fault(value: object, read: Tlsa) -> Fault | None:
    field = FIELDS[3]
    if value is None:
        return Fault(0, 0, "invalid", f"`{field}` is missing", "expected hexadecimal digits", _SECTIONS[field])
    text = _text(value)
    if read.data is None:
        return None if "{" in text and "}" in text else _not_hexadecimal(value, text)
    if read.data in EMPTY_DIGESTS:
        message = "this is the digest of nothing: the command that made it read no certificate"
        return _of_data(text, message, "make it again and look for errors")
    if read.matching_type in LENGTHS:
        return _wrong_length(text, read.data, LENGTHS[read.matching_type])
    if read.matching_type == 0 and not is_structure(read.data):
        return _not_whole(text, read.data)
    if read.matching_type is None and len(read.data) % 2:
        return _of_data(text, "the data has an odd number of digits, so half a byte is missing", "")
    return None


def _of_data(text: str, message: str, way_out: str) -> Fault:
    return Fault(0, len(text), "invalid", message, way_out, _SECTIONS[FIELDS[3]])


def _not_hexadecimal(value: object, text: str) -> Fault:
    if not text.strip():
        return _of_data(text, f"`{FIELDS[3]}` is empty", "expected hexadecimal digits")
    if not isinstance(value, str):
        return _of_data(text, f"{quoted(text)} is not a text of hexadecimal digits", "put the digits in quotes")
    # As `openssl x509 -fingerprint` prints it: `sha256 Fingerprint=D2:AB:…`.
    fingerprint = _FINGERPRINT.fullmatch(text.rpartition("=")[2]) if len(text) < 1000 else None
    if fingerprint is not None:
        digits = re.sub("[^0-9a-f]", "", fingerprint[1].lower())
        message = "colons and the like are not allowed between the digits of the data"
        return _of_data(text, message, f"write {quoted(digits, 128)}")
    if text.lstrip().startswith("-----BEGIN") or _BASE64.match(text.lstrip()):
        message = "this is Base64, as in a PEM file; the data is written in hexadecimal digits"
        return _of_data(text, message, "publish the SHA2-256 digest with matching type 1")
    bad = re.search(r"[^0-9A-Fa-f\s]", text)
    start = bad.start() if bad is not None else 0
    if text[:2].lower() == "0x" and not re.search(r"[^0-9A-Fa-f\s]", text[2:]):
        return Fault(0, 2, "invalid", "`0x` is not allowed before the digits of the data", "remove it", _FORM)
    character = text[start] if text[start].isprintable() else f"U+{ord(text[start]):04X}"
    message = f"{quoted(character)} is not a hexadecimal digit"
    return Fault(start, start + 1, "invalid", message, "expected the digits 0-9 and a-f", _FORM)


def _wrong_length(text: str, digits: str, length: int) -> Fault | None:
    if len(digits) == length:
        return None
    name = _DIGEST_NAMES[length]
    message = f"a {name} digest has {length} hexadecimal digits, and here are {len(digits)}"
    way_out = "make the digest again"
    other = next((kind for kind, other in LENGTHS.items() if other == len(digits)), None)
    if other is not None:
        way_out = f"{len(digits)} digits are a {_DIGEST_NAMES[len(digits)]} digest: matching type {other}"
    elif is_structure(digits):
        way_out = "this is a whole certificate or key: publish its digest"
    elif len(digits) == 40:
        way_out = "40 digits are a SHA-1 digest, which TLSA does not have"
    return _of_data(text, message, way_out)


def _not_whole(text: str, digits: str) -> Fault:
    """The fault of data for matching type 0 that is neither a certificate nor a key."""
    if len(digits) in _DIGEST_NAMES:
        kind = 1 if len(digits) == 64 else 2
        message = "matching type 0 needs the whole certificate or key, and this is a digest"
        return _of_data(text, message, f"write matching type {kind}")
    if digits.startswith("30"):
        return _of_data(text, "the certificate or key is cut off, or text follows it", "publish its digest instead")
    return _of_data(text, "this is neither a certificate nor a key in DER", "publish a digest, with matching type 1")
