"""TLSA values: which fields are valid together, what SMTP cannot use, and what is said about each wrong field."""

import sys
from hashlib import sha256, sha512

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.records.transport.tlsa import parse, read_text, smtp_faults
from linter.records.transport.tlsa_value import EMPTY_DIGESTS, FIELDS, Tlsa, TlsaPlace, place_of, to_text

USAGE, SELECTOR, MATCHING, DATA = FIELDS
SHA256 = sha256(b"key").hexdigest()
SHA512 = sha512(b"key").hexdigest()
SHORT_DER = "3003020100"
CERTIFICATE = "30820103" + "020100" + "00" * 256


def found(usage: object, selector: object, matching_type: object, data: object) -> list[str]:
    """The fields that have a fault."""
    return [fault.field for fault in parse(usage, selector, matching_type, data).faults]


def only(usage: object, selector: object, matching_type: object, data: object) -> tuple[str, str, str]:
    """(field, message, help) of the one fault."""
    (fault,) = parse(usage, selector, matching_type, data).faults
    assert fault.fault.kind == "invalid"
    return fault.field, fault.fault.message, fault.fault.help


@pytest.mark.parametrize("usage", [0, 1, 2, 3])
@pytest.mark.parametrize("selector", [0, 1])
@pytest.mark.parametrize(("matching_type", "data"), [(0, CERTIFICATE), (1, SHA256), (2, SHA512)])
def test_every_defined_combination_is_valid(usage: int, selector: int, matching_type: int, data: str) -> None:
    assert Tlsa(usage, selector, matching_type, data) == parse(usage, selector, matching_type, data)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("3", "1", "1", SHA256.upper()), Tlsa(3, 1, 1, SHA256)),
        ((3, 1, 1, f" {SHA256[:30]}\n\t{SHA256[30:]} "), Tlsa(3, 1, 1, SHA256)),
        ((3, 1, 1, 10**63), Tlsa(3, 1, 1, str(10**63))),
        ((3, 1, 0, SHORT_DER), Tlsa(3, 1, 0, SHORT_DER)),
        ((3, 1, 0, "3080" + "00" * 128), None),
        ((3, 1, 0, "308180" + "00" * 128), Tlsa(3, 1, 0, "308180" + "00" * 128)),
    ],
)
def test_values_are_read_as_octodns_reads_them(
    values: tuple[object, object, object, object], expected: Tlsa | None
) -> None:
    read = parse(*values)

    assert read == (read if expected is None else expected)
    assert bool(read.faults) is (expected is None)


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ((4, 1, 1, SHA256), [USAGE]),
        ((-1, 1, 1, SHA256), [USAGE]),
        ((255, 1, 1, SHA256), [USAGE]),
        ((3, 2, 1, SHA256), [SELECTOR]),
        ((3, 255, 1, SHA256), [SELECTOR]),
        ((3, 1, 3, SHA256), [MATCHING]),
        ((3, 1, 255, SHA256), [MATCHING]),
        ((4, 2, 3, "x"), [USAGE, SELECTOR, MATCHING, DATA]),
        ((None, None, None, None), [USAGE, SELECTOR, MATCHING, DATA]),
        ((True, 1, 1, SHA256), [USAGE]),
        ((3.0, 1, 1, SHA256), [USAGE]),
        (("3 ", 1, 1, SHA256), [USAGE]),
        (("\u0663", 1, 1, SHA256), [USAGE]),
        (("", 1, 1, SHA256), [USAGE]),
        ((10**5000, 1, 1, SHA256), [USAGE]),
        (([3], {}, 1, []), [USAGE, SELECTOR, DATA]),
        ((3, 1, 1, SHA256[:-1]), [DATA]),
        ((3, 1, 1, SHA256 + "0"), [DATA]),
        ((3, 1, 1, SHA512), [DATA]),
        ((3, 1, 2, SHA256), [DATA]),
        ((3, 1, 0, SHA256), [DATA]),
        ((3, 1, 0, CERTIFICATE[:-2]), [DATA]),
        ((3, 1, 0, CERTIFICATE[:-1]), [DATA]),
        ((3, 1, 0, CERTIFICATE + "00"), [DATA]),
        ((3, 1, 0, "30"), [DATA]),
        ((3, 1, 0, "3085"), [DATA]),
        ((3, 1, 0, "308901020304050607080900"), [DATA]),
        ((3, 1, 1, ""), [DATA]),
        ((3, 1, 1, " "), [DATA]),
        ((3, 1, 1, b"00"), [DATA]),
        ((3, 1, 1, True), [DATA]),
        ((3, 1, 1, 10**5000), [DATA]),
        ((3, 1, 1, "\0" * 64), [DATA]),
        ((3, 1, 1, "\uff11" * 64), [DATA]),
        # Without a matching type, no length is wrong, but half a byte is.
        ((3, 1, 9, SHA512), [MATCHING]),
        ((3, 1, 9, "abc"), [MATCHING, DATA]),
        # What octoDNS's templating fills in is nobody's to judge.
        ((3, 1, 1, "{digest}"), []),
    ],
)
def test_a_fault_names_its_field(values: tuple[object, object, object, object], fields: list[str]) -> None:
    assert fields == found(*values)


@pytest.mark.parametrize(
    ("values", "field", "message", "way_out"),
    [
        (
            (4, 1, 1, SHA256),
            USAGE,
            "`4` is not a certificate usage",
            "expected `0` (PKIX-TA), `1` (PKIX-EE), `2` (DANE-TA) or `3` (DANE-EE)",
        ),
        ((3, 2, 1, SHA256), SELECTOR, "`2` is not a selector", "expected `0` (Cert) or `1` (SPKI)"),
        (
            (3, 1, 3, SHA256),
            MATCHING,
            "`3` is not a matching type",
            "expected `0` (Full), `1` (SHA2-256) or `2` (SHA2-512)",
        ),
        ((3, None, 1, SHA256), SELECTOR, "`selector` is missing", "expected `0` (Cert) or `1` (SPKI)"),
        (("DANE-EE", 1, 1, SHA256), USAGE, "`DANE-EE` is not a certificate usage", "write `3`"),
        (("dane_ta(2)", 1, 1, SHA256), USAGE, "`dane_ta(2)` is not a certificate usage", "write `2`"),
        ((3, "spki", 1, SHA256), SELECTOR, "`spki` is not a selector", "write `1`"),
        ((3, 1, "sha256", SHA256), MATCHING, "`sha256` is not a matching type", "write `1`"),
        ((3, 1, "SHA2-512", SHA512), MATCHING, "`SHA2-512` is not a matching type", "write `2`"),
        ((3, 1, 1, None), DATA, f"`{DATA}` is missing", "expected hexadecimal digits"),
        ((3, 1, 1, ""), DATA, f"`{DATA}` is empty", "expected hexadecimal digits"),
        (
            (3, 1, 1, SHA512),
            DATA,
            "a SHA2-256 digest has 64 hexadecimal digits, and here are 128",
            "128 digits are a SHA2-512 digest: matching type 2",
        ),
        (
            (3, 1, 2, SHA256),
            DATA,
            "a SHA2-512 digest has 128 hexadecimal digits, and here are 64",
            "64 digits are a SHA2-256 digest: matching type 1",
        ),
        (
            (3, 1, 1, SHA256[:40]),
            DATA,
            "a SHA2-256 digest has 64 hexadecimal digits, and here are 40",
            "40 digits are a SHA-1 digest, which TLSA does not have",
        ),
        (
            (3, 1, 1, CERTIFICATE),
            DATA,
            f"a SHA2-256 digest has 64 hexadecimal digits, and here are {len(CERTIFICATE)}",
            "this is a whole certificate or key: publish its digest",
        ),
        (
            (3, 1, 1, SHA256[1:]),
            DATA,
            "a SHA2-256 digest has 64 hexadecimal digits, and here are 63",
            "make the digest again",
        ),
        (
            (3, 0, 0, SHA512),
            DATA,
            "matching type 0 needs the whole certificate or key, and this is a digest",
            "write matching type 2",
        ),
        (
            (3, 0, 0, CERTIFICATE[:-2]),
            DATA,
            "the certificate or key is cut off, or text follows it",
            "publish its digest instead",
        ),
        (
            (3, 0, 0, "00" * 50),
            DATA,
            "this is neither a certificate nor a key in DER",
            "publish a digest, with matching type 1",
        ),
        (
            (3, 1, 1, ":".join(SHA256[at : at + 2] for at in range(0, 64, 2)).upper()),
            DATA,
            "colons and the like are not allowed between the digits of the data",
            f"write `{SHA256}`",
        ),
        (
            (3, 1, 1, "SHA256 Fingerprint=" + ":".join(SHA256[at : at + 2] for at in range(0, 64, 2))),
            DATA,
            "colons and the like are not allowed between the digits of the data",
            f"write `{SHA256}`",
        ),
        (
            (3, 1, 0, "MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUF"),
            DATA,
            "this is Base64, as in a PEM file; the data is written in hexadecimal digits",
            "publish the SHA2-256 digest with matching type 1",
        ),
        ((3, 1, 1, "-----BEGIN CERTIFICATE-----\nMII"), DATA, None, "publish the SHA2-256 digest with matching type 1"),
        ((3, 1, 1, f"0x{SHA256}"), DATA, "`0x` is not allowed before the digits of the data", "remove it"),
        ((3, 1, 1, f"{SHA256[:-1]}g"), DATA, "`g` is not a hexadecimal digit", "expected the digits 0-9 and a-f"),
        ((3, 1, 1, f"{SHA256[:-1]}\0"), DATA, "`U+0000` is not a hexadecimal digit", "expected the digits 0-9 and a-f"),
        ((3, 1, 1, 1.5), DATA, "`1.5` is not a text of hexadecimal digits", "put the digits in quotes"),
    ],
)
def test_a_message_says_the_fault_and_the_way_out(
    values: tuple[object, object, object, object], field: str, message: str | None, way_out: str
) -> None:
    assert (field, way_out) == only(*values)[::2]
    assert message in (None, only(*values)[1])


def test_the_digest_of_nothing_is_no_digest() -> None:
    assert (sha256().hexdigest(), sha512().hexdigest()) == EMPTY_DIGESTS
    message = "this is the digest of nothing: the command that made it read no certificate"
    for matching_type, digest in enumerate(EMPTY_DIGESTS, 1):
        assert only(3, 1, matching_type, digest.upper())[1] == message


def test_offsets_are_those_of_the_field() -> None:
    (fault,) = parse(3, 1, 1, f"{SHA256[:10]}x{SHA256[11:]}").faults
    assert (fault.fault.start, fault.fault.end, fault.fault.reference) == (10, 11, "RFC 6698 section 2.2")
    (fault,) = parse("DANE", 1, 1, SHA256).faults
    assert (fault.fault.start, fault.fault.end, fault.fault.reference) == (0, 4, "RFC 6698 section 2.1.1")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((3, 1, 1, SHA256), []),
        ((2, 0, 1, SHA256), []),
        ((3, 1, 2, SHA512), []),
        ((0, 0, 1, SHA256), [("usage-not-for-smtp", USAGE)]),
        ((1, 0, 1, SHA256), [("usage-not-for-smtp", USAGE)]),
        ((3, 0, 0, CERTIFICATE), [("full-data", MATCHING)]),
        ((1, 0, 0, CERTIFICATE), [("usage-not-for-smtp", USAGE), ("full-data", MATCHING)]),
        # A digest with matching type 0 has a fault of its own.
        ((3, 0, 0, SHA256), []),
        ((None, None, None, None), []),
    ],
)
def test_smtp_has_no_use_for_usages_0_and_1_and_for_full_data(
    values: tuple[object, object, object, object], expected: list[tuple[str, str]]
) -> None:
    assert expected == [(fault.fault.kind, fault.field) for fault in smtp_faults(parse(*values))]


def test_the_way_out_of_a_usage_is_its_sibling_for_dane() -> None:
    advice = [fault.fault.help for usage in (0, 1) for fault in smtp_faults(parse(usage, 1, 1, SHA256))]
    assert advice == ["write usage 2 (DANE-TA)", "write usage 3 (DANE-EE)"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("_25._tcp.mx1.example.com.", TlsaPlace(25, "tcp", "mx1.example.com.")),
        ("_25._TCP.MX1.example.com.", TlsaPlace(25, "tcp", "mx1.example.com.")),
        ("_465._tcp.mail", TlsaPlace(465, "tcp", "mail")),
        ("_25._tcp", None),
        ("_25._tcp.", None),
        ("25._tcp.mx1.example.com.", None),
        ("_25.tcp.mx1.example.com.", None),
        ("_smtp._tcp.mx1.example.com.", None),
        ("_65536._tcp.mx1.example.com.", None),
        ("_\u0662._tcp.mx1.example.com.", None),
        ("tlsa201._dane.example.com.", None),
        ("", None),
    ],
)
def test_the_name_of_a_record_says_which_service_it_is_for(name: str, expected: TlsaPlace | None) -> None:
    assert expected == place_of(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"3 1 1 {SHA256}", f"3 1 1 {SHA256}"),
        (f"3 1 1 {SHA256[:8]} {SHA256[8:]}", f"3 1 1 {SHA256}"),
        ("3 1", "3 1 - -"),
        ("", "- - - -"),
        (f"4 x 1 {SHA512}", "- - 1 -"),
    ],
)
def test_the_form_of_master_files_is_read_and_written(text: str, expected: str) -> None:
    assert expected == to_text(read_text(text))


def test_a_well_formed_value_loads_no_diagnosis(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "linter.records.transport.tlsa_diagnosis"
    monkeypatch.delitem(sys.modules, name, raising=False)
    assert smtp_faults(parse(3, 1, 1, SHA256)) == ()
    assert name not in sys.modules


NUMBERS = st.one_of(st.integers(-2, 5), st.integers(), st.sampled_from(["0", "3", "03", "DANE-EE", "x"]))
DIGITS = st.one_of(
    st.text(alphabet="0123456789abcdefABCDEF", max_size=130),
    st.sampled_from([SHA256, SHA512, CERTIFICATE, SHORT_DER, f"0x{SHA256}", SHA256.upper()]),
    st.text(alphabet="0123456789abcdef: -MI{}\n\0\u00e9", max_size=80),
)
OTHERS = st.one_of(st.none(), st.booleans(), st.floats(), st.binary(), st.text(), st.lists(st.integers(), max_size=2))


@settings(deadline=None)
@given(*[st.one_of(NUMBERS, OTHERS)] * 3, st.one_of(DIGITS, NUMBERS, OTHERS))
def test_any_values_are_judged(usage: object, selector: object, matching_type: object, data: object) -> None:
    values = usage, selector, matching_type, data
    tlsa = parse(*values)
    for field, fault in (*tlsa.faults, *smtp_faults(tlsa)):
        value = values[FIELDS.index(field)]
        assert 0 <= fault.start <= fault.end <= (0 if value is None else len(str(value)))
        assert "\n" not in fault.message
        assert not fault.message.endswith(".")
    is_template = isinstance(data, str) and "{" in data and "}" in data
    for field, read in zip(FIELDS, tlsa, strict=False):
        assert (read is None) == (field in found(*values)) or (field == DATA and is_template)
    again = read_text(to_text(tlsa))
    assert (tlsa[:4], to_text(tlsa)) == (again[:4], to_text(again))


@settings(deadline=None)
@given(st.integers(-1, 4), st.integers(-1, 2), st.integers(-1, 3), DIGITS)
def test_numbers_and_lengths_are_those_of_the_standard(
    usage: int, selector: int, matching_type: int, data: str
) -> None:
    length = {1: 64, 2: 128}.get(matching_type, 0)
    digits = "".join(data.split())
    is_hexadecimal = digits != "" and set(digits) <= set("0123456789abcdefABCDEF")
    is_valid = usage in range(4) and selector in range(2) and is_hexadecimal and len(digits) == length
    if matching_type in (1, 2) and "{" not in data:
        assert is_valid == (found(usage, selector, matching_type, data) == [])
    elif matching_type not in (0, 1, 2):
        assert MATCHING in found(usage, selector, matching_type, data)


@pytest.mark.parametrize(
    "data", ["0" * 65_536, " " * 65_536, "a:" * 32_768, "MI" + "A" * 65_536, "\0" * 65_536, "ab:" * 30_000 + "x"]
)
def test_long_values_are_judged(data: str) -> None:
    assert found(3, 1, 1, data) == [DATA]
    assert found(3, 1, 0, data) == [DATA]
