"""Tests of the reader for the public key inside `p=`."""

from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.records.dkim.key import ALGORITHMS, ED25519, KIND, RSA, PublicKey, is_truncated
from linter.records.dkim.key_reading import read_key
from linter.records.text.fault import Fault

RAW = bytes(range(100, 132))
SEQUENCE, INTEGER, BIT_STRING, OBJECT, NULL = 0x30, 0x02, 0x03, 0x06, 0x05
RSA_ENCRYPTION = "2a864886f70d010101"


def der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    length = len(content)
    if length < 128:
        return bytes([tag, length]) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + content


def number(value: int) -> bytes:
    return der(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def modulus(bits: int) -> int:
    return 1 << (bits - 1) | int("5a3c" * (bits // 32), 16) << 8 | 1


def pkcs1(bits: int, exponent: int = 65537) -> bytes:
    return der(SEQUENCE, number(modulus(bits)), number(exponent))


def wrapped(identifier: str, *parts: bytes, unused: int = 0, parameters: bytes = b"\x05\x00") -> bytes:
    algorithm = der(SEQUENCE, der(OBJECT, bytes.fromhex(identifier)), parameters)
    return der(SEQUENCE, algorithm, der(BIT_STRING, bytes([unused]), *parts))


def spki(bits: int, exponent: int = 65537) -> bytes:
    return wrapped(RSA_ENCRYPTION, pkcs1(bits, exponent))


def text(octets: bytes) -> str:
    return b64encode(octets).decode()


ED25519_SPKI = wrapped("2b6570", RAW, parameters=b"")
KEYS = {
    "spki 1024": (text(spki(1024)), RSA),
    "spki 2048": (text(spki(2048)), RSA),
    "pkcs1 2048": (text(pkcs1(2048)), RSA),
    "spki 4096, exponent 3": (text(spki(4096, 3)), RSA),
    "ed25519": (text(RAW), ED25519),
}
EACH_KEY = pytest.mark.parametrize(("value", "algorithm"), KEYS.values(), ids=KEYS)


def fault_of(value: str, algorithm: str = RSA) -> Fault:
    found = read_key(value, 100, algorithm)
    assert isinstance(found, Fault)
    assert found.kind == KIND
    return found


@pytest.mark.parametrize("exponent", [3, 17, 65537, 2**256 - 1])
@pytest.mark.parametrize("bits", [512, 768, 1023, 1024, 2047, 2048, 3072, 4096, 8192])
def test_rsa_keys_of_any_length_decode_in_both_forms_to_the_same_modulus(bits: int, exponent: int) -> None:
    material = modulus(bits).to_bytes((bits + 7) // 8, "big")
    for form, octets in (("spki", spki(bits, exponent)), ("pkcs1", pkcs1(bits, exponent))):
        assert read_key(text(octets), 0, RSA) == PublicKey(RSA, bits, form, exponent, material)


@pytest.mark.parametrize(
    ("octets", "start", "length"),
    [
        (spki(1024), "MIGfMA0GCSqGSIb3DQEB", 216),
        (spki(2048), "MIIBIjANBgkqhkiG9w0B", 392),
        (spki(3072), "MIIBojANBgkqhkiG9w0B", 564),
        (spki(4096), "MIICIjANBgkqhkiG9w0B", 736),
        (pkcs1(1024), "MIGJAoG", 188),
        (pkcs1(2048), "MIIBCgKCAQEA", 360),
        (ED25519_SPKI, "MCowBQYDK2Vw", 60),
        (RAW, "", 44),
    ],
)
def test_the_keys_of_these_tests_look_like_those_in_the_field(octets: bytes, start: str, length: int) -> None:
    assert len(text(octets)) == length
    assert text(octets).startswith(start)


def test_an_ed25519_key_is_its_32_raw_octets() -> None:
    # The public key of RFC 8463 appendix A.2.
    value = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
    raw = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    assert read_key(value, 0, ED25519) == PublicKey(ED25519, 256, "raw", 0, raw)


@EACH_KEY
def test_blanks_and_line_ends_may_stand_anywhere_in_a_key(value: str, algorithm: str) -> None:
    folded = "\r\n ".join(value[at : at + 7] for at in range(0, len(value), 7))
    assert read_key(folded, 0, algorithm) == read_key(value, 0, algorithm)
    assert isinstance(read_key(folded, 0, algorithm), PublicKey)


@EACH_KEY
def test_no_beginning_of_a_key_decodes(value: str, algorithm: str) -> None:
    for length in range(1, len(value)):
        fault = fault_of(value[:length], algorithm)
        if algorithm == RSA and length < len(value.rstrip("=")):
            assert is_truncated(fault), (length, fault.message)
            assert (fault.start, fault.end) == (100 + length, 100 + length)
            assert "breaks off after" in fault.message


def assert_is_no_other_key(value: str, whole: str, algorithm: str) -> None:
    # The bare PKCS#1 key is inside its SPKI, for some lengths at a boundary of base64.
    found, original = read_key(value, 0, algorithm), read_key(whole, 0, algorithm)
    assert isinstance(original, PublicKey)
    assert isinstance(found, Fault) or found == original._replace(form="pkcs1")


@EACH_KEY
def test_no_end_of_a_key_decodes_but_the_pkcs1_key_inside(value: str, algorithm: str) -> None:
    for start in range(1, len(value)):
        assert_is_no_other_key(value[start:], value, algorithm)


def test_only_a_cut_key_is_truncated() -> None:
    assert not is_truncated(fault_of(text(spki(2048)) + "="))
    assert not is_truncated(Fault(5, 5, "key-missing", ""))


def test_a_fault_names_the_rfc_of_its_key_type() -> None:
    assert fault_of("xxxx", RSA).reference == "RFC 6376 section 3.6.1"
    assert fault_of("xxxx", ED25519).reference == "RFC 8463 section 4.2"


def test_a_cut_key_says_how_much_of_it_is_there() -> None:
    assert fault_of(text(spki(2048))[:336]).message == ("the key breaks off after 252 of 294 bytes; paste it whole")


@pytest.mark.parametrize("octets", [spki(1024), spki(2048), pkcs1(1024), pkcs1(2048), pkcs1(4096)])
@pytest.mark.parametrize("missing", [1, 2, 3, 4, 40])
def test_a_key_that_lost_characters_but_not_its_end_says_so(octets: bytes, missing: int) -> None:
    value = text(octets)
    fault = fault_of(value[:60] + value[60 + missing :])
    assert fault.message == "bytes are missing inside the key, not at its end; paste it whole"
    assert (fault.start, fault.end) == (100, 100 + len(value) - missing)


@pytest.mark.parametrize(
    ("value", "start", "end", "message"),
    [
        (".", 60, 61, "`.` at position 61 of the key is not a base64 character"),
        ("…", 60, 61, "`…` at position 61 of the key is not a base64 character"),
        ("<>", 60, 61, "`<` at position 61 of the key is not a base64 character, nor is 1 more"),
        ("...", 60, 61, "`.` at position 61 of the key is not a base64 character, nor are 2 more"),
        (
            "\u00a0",
            60,
            61,
            "the invisible character `U+00A0` at position 61 of the key is not a base64 character",
        ),
        ("\0", 60, 61, "the invisible character `U+0000` at position 61 of the key is not a base64 character"),
        ("é", 60, 61, "`é` at position 61 of the key is not a base64 character"),
        ('"', 60, 61, "a quote is published inside the key, first at position 61; remove all quotes"),
        ('" "', 60, 61, "2 quotes are published inside the key, first at position 61; remove all quotes"),
        (r"\"\"", 60, 61, "2 quotes are published inside the key, first at position 61; remove all quotes"),
        ("\u201d", 60, 61, "a quote is published inside the key, first at position 61; remove all quotes"),
        ("\\", 60, 61, "`\\` at position 61 of the key is not a base64 character"),
        ('".', 60, 61, '`"` at position 61 of the key is not a base64 character, nor is 1 more'),
        ("=", 60, 61, "`=` at position 61 is inside the key, but base64 has it only at the end"),
        ("== ", 60, 61, "`=` at position 61 is inside the key, but base64 has it only at the end"),
    ],
)
def test_the_first_character_that_is_not_base64_is_pointed_at(value: str, start: int, end: int, message: str) -> None:
    key = text(spki(2048))
    fault = fault_of(key[:60] + value + key[60:])
    assert (fault.start - 100, fault.end - 100, fault.message) == (start, end, message)


def test_url_safe_base64_is_told_its_right_characters() -> None:
    key = text(spki(2048))
    assert fault_of(f"{key[:60]}-{key[60:]}_").help == "base64 has `+` and `/` where this key has `-` and `_`"
    assert fault_of(f"{key[:60]}-{key[60:]}!").help == ""


PRIVATE = "this is a private key, and everybody can read it here; remove it and never use it again"
CERTIFICATE = "this is a certificate, not a public key"
DAMAGED = "the key is damaged: it is base64, but not of an RSA public key"
BEGINNING = "the key's beginning is missing or wrong; an RSA key begins with `MI`"
VERSION_0, VERSION_1 = der(INTEGER, b"\0"), der(INTEGER, b"\1")
ED25519_ALGORITHM = der(SEQUENCE, der(OBJECT, bytes.fromhex("2b6570")))
PRIVATE_KEYS = {
    "PKCS#1": der(SEQUENCE, VERSION_0, number(modulus(2048)), number(65537), number(modulus(2040))),
    "PKCS#8": der(SEQUENCE, VERSION_0, ED25519_ALGORITHM, der(0x04, der(0x04, RAW))),
    "PKCS#8, version 2": der(SEQUENCE, VERSION_1, ED25519_ALGORITHM, der(0x04, der(0x04, RAW))),
    "SEC 1": der(SEQUENCE, VERSION_1, der(0x04, RAW)),
    "encrypted": der(
        SEQUENCE,
        der(SEQUENCE, der(OBJECT, bytes.fromhex("2a864886f70d01050d")), der(SEQUENCE)),
        der(0x04, RAW),
    ),
}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("octets", PRIVATE_KEYS.values(), ids=PRIVATE_KEYS)
def test_a_private_key_is_called_one_whole_or_cut(octets: bytes, algorithm: str) -> None:
    for value in (text(octets), text(octets)[:-7]):
        fault = fault_of(value, algorithm)
        assert fault.message == PRIVATE
        assert fault.help.startswith("make a new key pair")


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (
            wrapped("2a8648ce3d0201", b"\4" + RAW + RAW),
            "this is an elliptic-curve (EC) key, which DKIM cannot use",
        ),
        (wrapped("2a8648ce380401", number(7)), "this is a DSA key, which DKIM cannot use"),
        (wrapped("2a864886f70d01010a", pkcs1(2048)), "this is an RSASSA-PSS key, which DKIM cannot use"),
        (wrapped("2b656e", RAW), "this is an X25519 key, which DKIM cannot use"),
        (wrapped("2b6571", RAW), "this is an ed448 key, which DKIM cannot use"),
        (wrapped("2b6599", RAW), DAMAGED),
        (der(SEQUENCE, der(SEQUENCE, der(0xA0, number(2)), number(1)), der(BIT_STRING, b"\0")), CERTIFICATE),
        (b"\0\0\0\7ssh-rsa\0\0\0\3\1\0\1" + RAW, "this is an SSH key, which DKIM cannot use"),
        (spki(2048) + b"\0", "the key goes on for 1 byte after its end; paste it alone"),
        (spki(2048) * 2, "the key goes on for 294 bytes after its end; paste it alone"),
        (b"\1" + spki(2048), BEGINNING),
        (RAW + RAW, BEGINNING),
        (b"\1\4" + VERSION_0 + b"\2" + RAW, BEGINNING),
        (RAW, "the key is not an RSA key but 32 bytes long, as ed25519 keys are; write `k=ed25519`"),
        (ED25519_SPKI, "this is an ed25519 key, not an RSA key"),
        (
            der(SEQUENCE, number(modulus(2048) + 1), number(65537)),
            "the key's modulus is even, so it is not an RSA key",
        ),
        (der(SEQUENCE, number(1), number(65537)), "the key's modulus is 1, so it is not an RSA key"),
        (
            der(SEQUENCE, number(modulus(2048)), number(65536)),
            "the key's exponent is even, so it is not an RSA key",
        ),
        (der(SEQUENCE, number(modulus(2048)), number(1)), "the key's exponent is 1, so it is not an RSA key"),
        (der(SEQUENCE, number(modulus(2048)), number(0)), DAMAGED),
        (der(SEQUENCE, number(modulus(2048)), number(2**256 + 1)), DAMAGED),
        (der(SEQUENCE, der(INTEGER, b"\xff" * 256), number(65537)), DAMAGED),
        (der(SEQUENCE, der(INTEGER, b"\0\0" + b"\xff" * 256), number(65537)), DAMAGED),
        (der(SEQUENCE, der(INTEGER), number(65537)), DAMAGED),
        (der(SEQUENCE, number(modulus(2048))), DAMAGED),
        (der(SEQUENCE, number(modulus(2048)), number(3), number(3)), DAMAGED),
        (der(SEQUENCE, number(modulus(2048)), der(0x04, b"\3")), DAMAGED),
        (wrapped(RSA_ENCRYPTION, pkcs1(2048), unused=1), DAMAGED),
        (wrapped(RSA_ENCRYPTION, pkcs1(2048), parameters=b""), DAMAGED),
        (wrapped(RSA_ENCRYPTION, pkcs1(2048), parameters=b"\4\0"), DAMAGED),
        (wrapped(RSA_ENCRYPTION, pkcs1(2048) + b"\0"), DAMAGED),
        (wrapped(RSA_ENCRYPTION, der(SEQUENCE)), DAMAGED),
        (wrapped(RSA_ENCRYPTION), DAMAGED),
        (der(SEQUENCE, der(SEQUENCE), der(BIT_STRING)), DAMAGED),
        (b"\x30\x84\0\0\1\x22" + spki(2048)[4:], DAMAGED),
        (b"\x30\x80" + spki(2048)[4:], DAMAGED),
        (b"\x30\xff" + RAW * 8, DAMAGED),
        (der(SEQUENCE, b"\2\x82"), DAMAGED),
    ],
)
def test_what_is_no_rsa_key_is_named(octets: bytes, message: str) -> None:
    fault = fault_of(text(octets))
    assert fault.message.removesuffix("; publish an RSA key") == message
    assert (fault.start, fault.end) == (100, 100 + len(text(octets)))


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (ED25519_SPKI, "the ed25519 key is wrapped in SPKI (44 bytes); DKIM wants only its 32 raw bytes"),
        (ED25519_SPKI + b"\0", "the key is 45 bytes long; an ed25519 key has 32"),
        (RAW[:31], "the key is 31 bytes long; an ed25519 key has 32"),
        (RAW + b"\0", "the key is 33 bytes long; an ed25519 key has 32"),
        (spki(2048), "`k=ed25519`, but the key is an RSA key; write `k=rsa`"),
        (pkcs1(1024), "`k=ed25519`, but the key is an RSA key; write `k=rsa`"),
        (spki(2048)[:200], "`k=ed25519`, but the key is an RSA key; write `k=rsa`"),
        (b"\0\0\0\x0bssh-ed25519\0\0\0 " + RAW, "this is an SSH key, which DKIM cannot use"),
    ],
)
def test_what_is_no_raw_ed25519_key_is_named(octets: bytes, message: str) -> None:
    assert fault_of(text(octets), ED25519).message == message


def test_the_right_text_of_a_wrapped_ed25519_key_is_given() -> None:
    assert fault_of(text(ED25519_SPKI), ED25519).help == f"write `{text(RAW)}`"
    assert fault_of(text(ED25519_SPKI), RSA).help == f"use `k=ed25519` and `p={text(RAW)}`"


@pytest.mark.parametrize(
    ("value", "algorithm", "message"),
    [
        (text(spki(2048)) + "=", RSA, "the key ends with 1 `=`, but base64 of this length ends with 0"),
        (text(spki(4096))[:-1], RSA, "the key ends with 1 `=`, but base64 of this length ends with 2"),
        (text(RAW)[:-1], ED25519, "the key ends with 0 `=`, but base64 of this length ends with 1"),
        (text(RAW) + "=", ED25519, "the key ends with 2 `=`, but base64 of this length ends with 1"),
        (text(spki(2048)) + "A", RSA, "the key has one base64 character too many at its end"),
        ("==", RSA, "the key is nothing but `=`"),
        ("p=" + text(RAW), ED25519, "`p=` occurs twice, once inside the key; delete one"),
        ("p=", RSA, "`p=` is not a public key; one of 2048 bits has 392 characters"),
        ("YOUR_PUBLIC_KEY", RSA, "`YOUR_PUBLIC_KEY` is not a public key; one of 2048 bits has 392 characters"),
        ("xxxx", ED25519, "`xxxx` is not a public key; one of ed25519 has 44 characters"),
        ('""', RSA, "2 quotes are published inside the key, first at position 1; remove all quotes"),
        ("M", RSA, "the key breaks off after 0 bytes; paste it whole"),
        ("MI", RSA, "the key breaks off after 1 byte; paste it whole"),
    ],
)
def test_flaws_of_the_base64_are_told_apart(value: str, algorithm: str, message: str) -> None:
    assert fault_of(value, algorithm).message == message


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("-----BEGIN PUBLIC KEY-----{}-----END PUBLIC KEY-----", "the PEM line `-----BEGIN PUBLIC KEY-----`"),
        ("{}-----END PUBLIC KEY-----", "the PEM line `-----END PUBLIC KEY-----`"),
        ("-----BEGINPUBLICKEY-----{}", "the PEM line `-----BEGINPUBLICKEY-----`"),
        ("BEGIN PUBLIC KEY {}", "the PEM line `BEGIN`"),
        ("-----BEGIN RSA PRIVATE KEY-----\n{}", PRIVATE),
        ("-----BEGIN CERTIFICATE----- {}", CERTIFICATE),
    ],
)
def test_pem_armour_is_named(value: str, message: str) -> None:
    assert fault_of(value.format(text(spki(2048)))).message.startswith(message)


@settings(deadline=None)
@given(st.text(min_size=1), st.sampled_from(ALGORITHMS))
def test_any_text_is_a_key_or_one_fault_inside_it(value: str, algorithm: str) -> None:
    found = read_key(value, 5, algorithm)
    if isinstance(found, Fault):
        assert 5 <= found.start <= found.end <= 5 + len(value)


@settings(deadline=None)
@given(st.binary(min_size=1), st.sampled_from(ALGORITHMS))
def test_any_octets_are_a_key_or_a_fault(octets: bytes, algorithm: str) -> None:
    for candidate in (
        octets,
        der(SEQUENCE, octets),
        der(SEQUENCE, der(INTEGER, octets), der(INTEGER, octets)),
    ):
        found = read_key(text(candidate), 0, algorithm)
        assert isinstance(found, Fault) or found.bits > 0


@settings(deadline=None)
@given(st.sampled_from([spki(1024), pkcs1(1024)]), st.data())
def test_a_changed_octet_never_makes_another_sort_of_key(octets: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(octets) - 1))
    changed = octets[:at] + bytes([data.draw(st.integers(0, 255))]) + octets[at + 1 :]
    found = read_key(text(changed), 0, RSA)
    if isinstance(found, PublicKey):
        whole = read_key(text(octets), 0, RSA)
        assert isinstance(whole, PublicKey)
        assert found.form == whole.form
        assert found.exponent % 2 == found.material[-1] % 2 == 1


@settings(deadline=None)
@given(st.sampled_from(sorted(KEYS)), st.data())
def test_a_key_with_a_gap_does_not_decode(name: str, data: st.DataObject) -> None:
    value, algorithm = KEYS[name]
    start = data.draw(st.integers(0, len(value) - 2))
    end = data.draw(st.integers(start + 1, len(value) - 1))
    assert_is_no_other_key(value[:start] + value[end:], value, algorithm)


def test_a_huge_key_is_read() -> None:
    found = read_key(text(spki(300_000)), 0, RSA)
    assert isinstance(found, PublicKey)
    assert found.bits == 300_000
