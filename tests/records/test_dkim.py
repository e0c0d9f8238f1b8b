"""Tests of the DKIM key record's grammar."""

from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.records.dkim import DkimKey, is_domainkeys_policy, is_key_text, parse, to_text


def der(tag: int, content: bytes) -> bytes:
    length = len(content)
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    head = bytes([tag, length]) if length < 128 else bytes([tag, 0x80 | len(octets)]) + octets
    return head + content


def rsa(bits: int) -> str:
    modulus = 1 << (bits - 1) | int("5a3c" * (bits // 32), 16) << 8 | 1
    numbers = der(2, modulus.to_bytes(bits // 8 + 1, "big")) + der(2, b"\1\0\1")
    algorithm = der(0x30, bytes.fromhex("06092a864886f70d0101010500"))
    return b64encode(der(0x30, algorithm + der(3, b"\0" + der(0x30, numbers)))).decode()


KEY, ED25519 = rsa(2048), b64encode(bytes(range(32))).decode()
ED25519_SPKI = b64encode(bytes.fromhex("302a300506032b6570032100") + bytes(range(32))).decode()


def kinds(text: str) -> list[str]:
    return [fault.kind for fault in parse(text).faults]


VECTORS: dict[str, tuple[str, list[str], int]] = {
    # name: record, kinds of fault, bits of the key (0: none)
    "K1": (f"v=DKIM1; k=rsa; p={KEY}", [], 2048),
    "K2": (f"k=rsa; p={KEY}; v=DKIM1", ["syntax"], 2048),
    "K3": ("v=DKIM1; p=", [], 0),
    "K4": ("v=DKIM1; k=rsa", ["key-missing"], 0),
    "K5": (f"p={KEY}", [], 2048),
    "K6": (f"v=DKIM1; k=ed25519; p={ED25519}", [], 256),
    "K7": (f"v=DKIM1; k=ed25519; p={ED25519_SPKI}", ["key-undecodable"], 0),
    "K8": (f"v=DKIM1; k=rsa; p={rsa(1024)}", ["key-too-short"], 1024),
    "K9": (f"v=DKIM1; k=rsa; p={rsa(768)}", ["key-too-short"], 768),
    "K10": (f"v=DKIM1; t=y; p={KEY}", ["testing"], 2048),
    "K11": (f"v=DKIM1; h=sha1; p={KEY}", ["hash-unusable"], 2048),
    "K12": (f"v=DKIM1; p={KEY}; p={KEY}", ["syntax"], 2048),
    "K13": (f"v=dkim1; p={KEY}", ["syntax"], 2048),
    "K14": (rf"v=DKIM1\; k=rsa\; p={KEY}", ["syntax"], 2048),
    "K15 full stop": (f"v=DKIM1; p={KEY[:99]}.{KEY[99:]}", ["key-undecodable"], 0),
    "K15 quotes": (f'v=DKIM1; p={KEY[:99]}""{KEY[99:]}', ["key-undecodable"], 0),
    "K15 ellipsis": (f"v=DKIM1; p={KEY[:99]}…", ["key-undecodable"], 0),
    "K15 padding": (f"v=DKIM1; p={KEY}==", ["key-undecodable"], 0),
}


@pytest.mark.parametrize(("text", "expected", "bits"), VECTORS.values(), ids=VECTORS)
def test_vector(text: str, expected: list[str], bits: int) -> None:
    record = parse(text)
    assert [fault.kind for fault in record.faults] == expected
    assert (record.key.bits if record.key else 0) == bits
    assert record.revoked == (text == "v=DKIM1; p=")


@pytest.mark.parametrize(
    "text",
    [
        f"v=DKIM1;k=rsa;p={KEY}",
        f"v=DKIM1; k=rsa; p={KEY};",
        f"v=DKIM1; k=rsa; p={KEY} ; ",
        f" v = DKIM1 ;\tk =rsa;\r\n p= {KEY[:64]}\r\n {KEY[64:200]} {KEY[200:]} ",
        f"v=DKIM1; h=sha256; p={KEY}",
        f"v=DKIM1; h=sha1 : sha256; p={KEY}",
        f"v=DKIM1; s=email; p={KEY}",
        f"v=DKIM1; s=*; t=s; p={KEY}",
        f"v=DKIM1; s=other:email; p={KEY}",
        f"v=DKIM1; s=tlsrpt; p={KEY}",
        f"v=DKIM1; g=*; k=rsa; p={KEY}",
        f"v=DKIM1; t=; n=; p={KEY}",
        f'v=DKIM1; n=we "sign" p=all, t=y of it; p={KEY}',
        f"v=DKIM1; p={rsa(4096)}",
        f"k=ed25519; p={ED25519}",
        "v=DKIM1; h=sha1; s=none; t=y; k=old; p=",
        "p=",
    ],
)
def test_a_sound_record_has_no_fault(text: str) -> None:
    assert parse(text).faults == ()


def test_the_values_of_all_tags_are_read() -> None:
    record = parse(f"v=DKIM1; k=ed25519; h=sha256 :sha1; s=email:tlsrpt; t= y : s; p={ED25519}")
    assert record.algorithm == "ed25519"
    assert record.hashes == ("sha256", "sha1")
    assert record.services == ("email", "tlsrpt")
    assert record.flags == ("y", "s")
    assert record.tags.first("p") is not None


def test_an_absent_tag_has_its_default() -> None:
    record = parse(f"p={KEY}")
    assert (record.algorithm, record.hashes, record.services, record.flags) == ("rsa", (), ("*",), ())


FAULTS: dict[str, tuple[str, str, str, str]] = {
    # name: record, the text that the fault points at, its kind, its message
    "part without =": (f"v=DKIM1; foo; p={KEY}", "foo", "syntax", "`foo` is no tag; expected `name=value`"),
    "no name": (f"v=DKIM1; =rsa; p={KEY}", "=rsa", "syntax", "`=rsa` is no tag; expected `name=value`"),
    "part first": (f"foo; v=DKIM1; p={KEY}", "foo", "syntax", "`foo` is no tag; expected `name=value`"),
    "tag name": (
        f"v=DKIM1; 9=a; p={KEY}",
        "9",
        "syntax",
        "`9` is no tag name; expected one of `v`, `h`, `k`, `n`, `p`, `s`, `t` or `g`",
    ),
    "unknown": (
        f"v=DKIM1; selector=a; p={KEY}",
        "selector",
        "unknown-tag",
        "receivers ignore the unknown tag `selector`; expected one of `v`, `h`, `k`, `n`, `p`, `s`, `t` or `g`",
    ),
    "capital": (
        f"v=DKIM1; K=rsa; p={KEY}",
        "K",
        "unknown-tag",
        "receivers ignore `K=`, as tag names are case-sensitive; write `k=`",
    ),
    "empty part": (f"v=DKIM1;; p={KEY};;;", ";", "syntax", "nothing stands before this `;`; take it out"),
    "repeated": (
        f"v=DKIM1; k=rsa; p={KEY}; k=rsa",
        "k=rsa",
        "syntax",
        "`k=` may stand only once, or receivers ignore the record",
    ),
    "several repeated": (
        f"v=DKIM1; k=rsa; p={KEY}; x_=1; k=rsa; p={KEY}",
        "x_",
        "unknown-tag",
        "receivers ignore the unknown tag `x_`; expected one of `v`, `h`, `k`, `n`, `p`, `s`, `t` or `g`",
    ),
    "control character": (
        f"v=DKIM1; n=a\0b; p={KEY}",
        "\0",
        "syntax",
        "the control character `U+0000` cannot stand in a tag; remove it",
    ),
    "version late": (
        f"p={KEY}; v=DKIM1",
        "v=DKIM1",
        "syntax",
        "`v=DKIM1` must be the first tag, or receivers ignore the record",
    ),
    "version small": (
        f"v=dkim1; p={KEY}",
        "v=dkim1",
        "syntax",
        "`v=dkim1` must be exactly `v=DKIM1`, or receivers ignore the record",
    ),
    "version small and late": (
        f"p={KEY}; v=dkim1",
        "v=dkim1",
        "syntax",
        "`v=dkim1` must be exactly `v=DKIM1`, or receivers ignore the record",
    ),
    "version 2": (
        f"v=DKIM2; p={KEY}",
        "v=DKIM2",
        "syntax",
        "`v=DKIM2` must be exactly `v=DKIM1`, or receivers ignore the record",
    ),
    "version empty": (
        f"v=; p={KEY}",
        "v=",
        "syntax",
        "`v=` must be exactly `v=DKIM1`, or receivers ignore the record",
    ),
    "another record": (
        "v=DMARC1; p=none; rua=mailto:a@example.com",
        "v=DMARC1",
        "syntax",
        "`v=DMARC1` begins another kind of record; a DKIM key record begins with `v=DKIM1`",
    ),
    "an SPF record": (
        "v=spf1 mx -all",
        "v=spf1 mx -all",
        "syntax",
        "`v=spf1` begins another kind of record; a DKIM key record begins with `v=DKIM1`",
    ),
    "escaped semicolon": (
        rf"v=DKIM1\; k=rsa\; p={KEY}\;",
        r"\;",
        "syntax",
        r"`\;` is published with its backslash, so receivers read no tags; write `;`",
    ),
    "quotes around": (
        f'"v=DKIM1; k=rsa; p={KEY[:200]}" "{KEY[200:]}"',
        '"',
        "syntax",
        "quotes are published as part of the record; take them out",
    ),
    "escaped quotes around": (
        rf"\"v=DKIM1; p={KEY}\"",
        r"\"",
        "syntax",
        "quotes are published as part of the record; take them out",
    ),
    "single quotes around": (
        f"'v=DKIM1; p={KEY}'",
        "'",
        "syntax",
        "quotes are published as part of the record; take them out",
    ),
    "quotes around a value": (
        f'k="rsa"; p={KEY}',
        '"',
        "syntax",
        "quotes are published as part of the record; take them out",
    ),
    "commas": (
        f"v=DKIM1, k=rsa ,  p={KEY}",
        "k=",
        "syntax",
        "a `;` is missing before `k=` and `p=`",
    ),
    "no semicolon": (f"v=DKIM1; k=rsa p={KEY}", "p=", "syntax", "a `;` is missing before `p=`"),
    "no semicolon after the key": (
        f"v=DKIM1; p={KEY[:-1]}= t=s",
        "t=",
        "syntax",
        "a `;` is missing before `t=`",
    ),
    "key cut": (
        f"v=DKIM1; p={KEY[:200]}; {KEY[200:300]};;{KEY[300:]}; t=s",
        ";",
        "syntax",
        "a `;` cuts the key in two; take it out",
    ),
    "key cut near its end": (
        f"v=DKIM1; p={KEY[:-6]};{KEY[-6:]}",
        ";",
        "syntax",
        "a `;` cuts the key in two; take it out",
    ),
    "key cut before padding": (
        f"v=DKIM1; p={rsa(4096)[:400]};{rsa(4096)[400:]}",
        ";",
        "syntax",
        "a `;` cuts the key in two; take it out",
    ),
    "key parted from p": (
        f"v=DKIM1; p=; {KEY}",
        ";",
        "syntax",
        "a `;` parts `p=` from the key behind it; take it out",
    ),
    "a record in p": (
        f"v=DKIM1; k=rsa; p=v=DKIM1; k=rsa; p={KEY}",
        "p=",
        "syntax",
        "a whole record stands inside `p=`; leave out what stands before it",
    ),
    "version glued to p": (
        f"v=DKIM1p={KEY}",
        f"v=DKIM1p={KEY}",
        "syntax",
        f"`v=DKIM1p={KEY[:17]}…{KEY[-13:]}` must be exactly `v=DKIM1`, or receivers ignore the record",
    ),
    "flags parted by a comma": (
        f"t=s,x; p={KEY}",
        "t=s,x",
        "syntax",
        "colons must part the values of `t=`; write `t=s:x`",
    ),
    "services parted by a blank": (
        f"s=email tlsrpt; p={KEY}",
        "s=email tlsrpt",
        "syntax",
        "colons must part the values of `s=`; write `s=email:tlsrpt`",
    ),
    "no key": ("v=DKIM1; k=rsa;", "", "key-missing", "`p=` is missing, so receivers find no key"),
    "no tag": ("a.example.com", "", "key-missing", "`p=` is missing, so receivers find no key"),
    "nothing": ("", "", "key-missing", "`p=` is missing, so receivers find no key"),
    "key without p": (
        f"v=DKIM1; k=rsa; {KEY}",
        "",
        "key-missing",
        "`p=` is missing before the key, so receivers find none",
    ),
    "padded key without p": (
        f"v=DKIM1; k=rsa; {rsa(4096)}",
        rsa(4096).rstrip("=") + "=",
        "key-missing",
        "`p=` is missing before the key, so receivers find none",
    ),
    "p with a colon": (
        f"v=DKIM1; p:{KEY}",
        "",
        "key-missing",
        "`p=` is missing before the key, so receivers find none",
    ),
    "capital P": (
        f"v=DKIM1; P={KEY}",
        "P=",
        "key-missing",
        "`P=` is not `p=`: tag names are case-sensitive, so receivers find no key",
    ),
    "policy": (
        "v=DKIM1; o=~",
        "v=DKIM1; o=~",
        "key-missing",
        "`v=DKIM1; o=~` is an old DomainKeys or ADSP policy, not a key; delete it",
    ),
    "key type": (
        f"k=xyz; p={KEY}",
        "k=xyz",
        "key-undecodable",
        "`k=xyz` is no key type receivers know; expected one of `rsa` or `ed25519`",
    ),
    "key type empty": (
        f"k=; p={KEY}",
        "k=",
        "key-undecodable",
        "`k=` is no key type receivers know; expected one of `rsa` or `ed25519`",
    ),
    "ed25519 in rsa": (
        f"v=DKIM1; p={ED25519}",
        ED25519,
        "key-undecodable",
        "the key is no RSA key but 32 octets long, as ed25519 keys are; write `k=ed25519`",
    ),
    "rsa in ed25519": (
        f"v=DKIM1; k=ed25519; p={KEY}",
        KEY,
        "key-undecodable",
        "`k=ed25519`, but the key is an RSA key; write `k=rsa`",
    ),
    "character": (
        f"v=DKIM1; p={KEY[:30]}*{KEY[30:]}",
        "*",
        "key-undecodable",
        "`*` at position 31 of the key is no base64 character",
    ),
    "quote in the key": (
        f'v=DKIM1; p="{KEY}"',
        '"',
        "key-undecodable",
        "2 quotes are published inside the key, first at position 1; take all quotes out",
    ),
    "short": (
        f"v=DKIM1; p={rsa(1024)}",
        rsa(1024),
        "key-too-short",
        "the RSA key has 1024 bits; publish one of 2048",
    ),
    "barely short": (
        f"v=DKIM1; p={rsa(2047)}",
        rsa(2047),
        "key-too-short",
        "the RSA key has 2047 bits; publish one of 2048",
    ),
    "too short": (
        f"v=DKIM1; p={rsa(1023)}",
        rsa(1023),
        "key-too-short",
        "the RSA key has 1023 bits; receivers refuse keys below 1024, so publish one of 2048",
    ),
    "long": (
        f"v=DKIM1; p={rsa(4097)}",
        rsa(4097),
        "key-too-long",
        "the RSA key has 4097 bits; receivers need not read keys above 4096",
    ),
    "sha1": (
        f"h=sha1; p={KEY}",
        "h=sha1",
        "hash-unusable",
        "`h=sha1` allows SHA-1, which nobody may accept; write `h=sha256` or leave `h=` out",
    ),
    "unknown hash": (
        f"h=sha512; p={KEY}",
        "h=sha512",
        "hash-unusable",
        "`h=sha512` allows no hash that receivers know; write `h=sha256` or leave `h=` out",
    ),
    "test": (
        f"t=s:y; p={KEY}",
        "t=s:y",
        "testing",
        "`t=y` tells receivers that the key is only tested: a bad signature counts as none; remove it",
    ),
    "service": (
        f"s=mail; p={KEY}",
        "s=mail",
        "service",
        "`s=mail` keeps the key from mail; write `s=email` or leave `s=` out",
    ),
}


@pytest.mark.parametrize(("text", "place", "kind", "message"), FAULTS.values(), ids=FAULTS)
def test_first_fault(text: str, place: str, kind: str, message: str) -> None:
    record = parse(text)
    fault = record.faults[0]
    assert (fault.kind, fault.message, text[fault.start : fault.end]) == (kind, message, place)
    assert fault.reference.startswith("RFC ")


@pytest.mark.parametrize("name", [name for name in FAULTS if name not in ("several repeated",)])
def test_one_cause_gives_one_fault(name: str) -> None:
    assert len(parse(FAULTS[name][0]).faults) == 1


def test_several_causes_give_several_faults_in_order() -> None:
    text = rf"v=dkim1\; k=RSA; z=1; h=sha1; s=web; t=y; p={rsa(1024)};; 1=2"
    assert kinds(text) == [
        "syntax",
        "syntax",
        "key-undecodable",
        "unknown-tag",
        "hash-unusable",
        "service",
        "testing",
        "key-too-short",
        "syntax",
        "syntax",
    ]


def test_several_repeated_tags_are_one_fault() -> None:
    faults = [fault for fault in parse(FAULTS["several repeated"][0]).faults if fault.kind == "syntax"]
    assert [fault.message for fault in faults] == [
        "`k=` and 1 more may stand only once, or receivers ignore the record"
    ]


@pytest.mark.parametrize(
    "name",
    [
        "escaped semicolon",
        "quotes around",
        "escaped quotes around",
        "single quotes around",
        "quotes around a value",
        "commas",
        "no semicolon",
        "key cut",
        "key cut near its end",
        "key cut before padding",
        "key parted from p",
        "a record in p",
        "repeated",
        "version late",
    ],
)
def test_a_slip_of_syntax_hides_neither_the_key_nor_its_faults(name: str) -> None:
    text = FAULTS[name][0]
    record = parse(text)
    assert record.key is not None
    assert record.algorithm == "rsa"
    assert not record.revoked
    assert sorted(kinds(text.replace(KEY, rsa(1024)))) == sorted(
        ["syntax", "key-too-short"] if KEY in text else ["syntax"]
    )


def test_a_key_type_in_capitals_still_has_its_key() -> None:
    record = parse(f"k=RSA; p={KEY}")
    assert record.key is not None
    assert [(fault.kind, fault.help) for fault in record.faults] == [
        ("key-undecodable", "did you mean `rsa`?")
    ]


def test_a_record_cut_at_255_characters_is_told_of_strings() -> None:
    def help_for(length: int) -> str:
        return parse(f"v=DKIM1; k=rsa; p={KEY}"[:length]).faults[0].help

    assert help_for(255).startswith("one string of a TXT record holds 255 characters")
    assert help_for(254) == ""


def test_only_the_left_over_of_a_record_is_told_of_comments() -> None:
    assert parse("v=DKIM1; k=rsa").faults[0].help.startswith("in a zone file")
    assert parse("selector1.example.com").faults[0].help == ""


TOKENS = [
    "",
    " ",
    "=",
    "p=",
    "v=spf1 include:_spf.example.com -all",
    "v=DMARC1; p=reject; rua=mailto:a@example.com",
    "p=reject; v=DMARC1",
    "p=none; k=1",
    "v=TLSRPTv1; rua=mailto:a@example.com",
    "v=BIMI1; l=https://example.com/a.svg; a=",
    "v=STSv1; id=20260101",
    "google-site-verification=rXOxyZounnZasA8Z7oaD3c14JdjS9aKSWvsR1EbUSIQ",
    "MS=ms12345678",
    KEY,
    b64encode(bytes(range(64))).decode(),
    "apple-domain-verification=p=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "dkim.example.com",
    "k=rsa",
    f"v=DMARC1; k=rsa; p={KEY}",
]


@pytest.mark.parametrize("text", TOKENS)
def test_other_texts_are_no_key_text(text: str) -> None:
    assert not is_key_text(text)
    assert not is_domainkeys_policy(text)


@pytest.mark.parametrize(
    "text",
    [
        *(text for text, _, _ in VECTORS.values()),
        " V = dkim1 ; P=",
        '"v=DKIM1; k=rsa"',
        "v=DKIM1",
        "v=DKIM2; p=",
        "k=rsa; p=",
        r"k=rsa\; t=s\; p=",
        "p=; k=ed25519",
        f"t=s; p={KEY}",
        f"p={KEY[:60]}",
        f"p=MIGfMA0GCSqGSIb3DQEBAQ…{KEY}",
        f"K=RSA; P={KEY}",
        f"p={ED25519}",
    ],
)
def test_a_key_record_is_key_text_however_broken(text: str) -> None:
    assert is_key_text(text)
    assert not is_domainkeys_policy(text)


@pytest.mark.parametrize(
    "text",
    [
        "o=~",
        "o=-;",
        " O=- ; r=postmaster@example.com",
        "t=y; o=~",
        "t=y",
        "t=y; r=a@example.com; n=http://example.com/?a=b",
        "v=DKIM1; o=~",
        r"v=DKIM1\; o=~",
        '"o=~"',
        "dkim=all",
        "dkim=unknown;",
        "DKIM = Discardable; t=s",
    ],
)
def test_old_policies_are_known(text: str) -> None:
    assert is_domainkeys_policy(text)
    assert not is_key_text(text)
    assert kinds(text) == ["key-missing"]


@pytest.mark.parametrize(
    "text",
    ["", "o=", "o=x", "t=s", "v=DKIM1; t=y", "v=DMARC1; o=~", "o=~; k=rsa", "o=~; p=", "dkim=no", "t=y; foo"],
)
def test_what_only_resembles_an_old_policy_is_none(text: str) -> None:
    assert not is_domainkeys_policy(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"v=DKIM1;k=rsa;p={KEY};", f"v=DKIM1; k=rsa; p={KEY}"),
        (f" v =DKIM1; p={KEY[:50]} {KEY[50:]}", f"v=DKIM1; p={KEY}"),
        (f"h = sha256 : sha1;t=y :s;p={KEY}", f"h=sha256:sha1; t=y:s; p={KEY}"),
        ("v=DKIM1;p=", "v=DKIM1; p="),
        ("v=DKIM1;n=a  note ;p=", "v=DKIM1; n=a  note; p="),
    ],
)
def test_usual_spelling(text: str, expected: str) -> None:
    assert to_text(parse(text)) == expected


@pytest.mark.parametrize(
    "text", [f"v=DKIM1;;p={KEY}", f'v=DKIM1;p="{KEY}"', "v=DKIM1;k=rsa", f"v=dkim1;p={KEY}", "a", ""]
)
def test_what_receivers_cannot_read_keeps_its_spelling(text: str) -> None:
    assert to_text(parse(text)) == text


# Texts that are nearly records: tags, keys whole and hurt, and what gets between them.
PIECES = st.one_of(
    st.sampled_from(
        ["v=DKIM1", "k=rsa", "k=ed25519", "p=", "t=y", "h=sha1:sha256", "s=email", "n=note", "g=*"]
    ),
    st.sampled_from(
        [";", "; ", ";;", " ", ",", '"', "'", "\\;", "=", ":", "\n", "\0", "-----BEGIN", "é", "\U0001f511"]
    ),
    st.sampled_from([KEY, ED25519, ED25519_SPKI, rsa(1024), KEY[:100], KEY[100:]]),
    st.text(max_size=5),
)
SOUP = st.lists(PIECES, max_size=14).map("".join)


def assert_is_well_formed(record: DkimKey) -> None:
    for fault in record.faults:
        assert 0 <= fault.start <= fault.end <= len(record.text)
    assert list(record.faults) == sorted(record.faults, key=lambda fault: (fault.start, fault.end))
    for tag in record.tags.tags:
        assert (
            0
            <= tag.start
            <= tag.value_start
            <= tag.value_start + len(tag.value)
            <= tag.end
            <= len(record.text)
        )
    if record.key is None and not record.revoked:
        assert record.faults


@settings(deadline=None)
@given(st.one_of(SOUP, st.text()))
def test_any_text_is_read(text: str) -> None:
    record = parse(text)
    assert_is_well_formed(record)
    assert not (is_key_text(text) and is_domainkeys_policy(text))
    usual = to_text(record)
    again = parse(usual)
    assert [fault.kind for fault in again.faults] == [fault.kind for fault in record.faults]
    assert again.key == record.key
    assert to_text(again) == usual


@settings(deadline=None)
@given(st.text(alphabet='vkphst=;DKIM1 rsaed25519:"\\', max_size=200))
def test_any_text_of_a_records_characters_is_read_with_messages_of_one_line(text: str) -> None:
    record = parse(text)
    assert_is_well_formed(record)
    for fault in record.faults:
        assert fault.message.splitlines() == [fault.message]
        assert not fault.message.endswith(".")


TAGS = {
    "k": st.just("rsa"),
    "h": st.sampled_from(["sha256", "sha1:sha256"]),
    "s": st.sampled_from(["*", "email", "email:tlsrpt"]),
    "t": st.just("s"),
    "n": st.text(alphabet="abc 123.,:/", max_size=20),
    "g": st.just("*"),
}


@st.composite
def sound_records(draw: st.DrawFn) -> str:
    names = draw(st.permutations(["p", *draw(st.sets(st.sampled_from(sorted(TAGS))))]))
    blanks = st.sampled_from(["", " ", "\t", "\r\n "])
    parts = ["v=DKIM1"] if draw(st.booleans()) else []
    for name in names:
        value = KEY if name == "p" else draw(TAGS[name])
        parts.append(f"{draw(blanks)}{name}{draw(blanks)}={draw(blanks)}{value}{draw(blanks)}")
    return ";".join(parts) + draw(st.sampled_from(["", ";", " ; "]))


@settings(deadline=None)
@given(sound_records())
def test_every_sound_record_has_its_key_and_no_fault(text: str) -> None:
    record = parse(text)
    assert record.faults == ()
    assert record.key is not None
    assert is_key_text(text)
    assert parse(to_text(record)).key == record.key


@settings(deadline=None)
@given(sound_records(), st.data())
def test_no_record_cut_inside_its_key_has_a_key(text: str, data: st.DataObject) -> None:
    start = text.index(KEY)
    length = data.draw(st.integers(start, start + len(KEY) - 1))
    record = parse(text[:length])
    assert record.key is None
    assert record.revoked == (length == start)
    if not record.revoked:
        assert [fault.kind for fault in record.faults] == ["key-undecodable"]


@pytest.mark.parametrize(
    "text",
    [
        "\0" * 65536,
        "\U0001f511" * 65536,
        ";" * 65536,
        "a;" * 10000,
        "".join(f"t{number}=1;" for number in range(10000)),
        "p=" * 20000,
        'p=";' * 20000,
        "\\" * 65536,
        "v=" + " " * 65536 + "k",
        "v=" + " k" * 30000,
        "v=" + " k=" * 20000,
        "v=" + "," * 60000 + "k=",
        "p=;" + "AAAAAAAAAAAAAAAAAA;" * 3000,
        "p=" + "A" * 65536,
        "p=" + "=" * 65536,
        "h=" + ":" * 65536,
    ],
    ids=range(16),
)
def test_long_texts_are_read(text: str) -> None:
    assert_is_well_formed(parse(text))
    assert not is_domainkeys_policy(text)
    is_key_text(text)
