"""Tests of the DKIM key record's grammar."""

from base64 import b64encode

import pytest

from linter.records.dkim.record import is_domainkeys_policy, is_key_text, parse, to_text


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


IGNORED = ", or receivers ignore the record"
KNOWN = "expected one of `v`, `h`, `k`, `n`, `p`, `s`, `t` or `g`"
QUOTES = "quotes are published as part of the record; remove them"
LATE, EXACT = f"`v=DKIM1` must be the first tag{IGNORED}", f"must be exactly `v=DKIM1`{IGNORED}"
ESCAPED = r"`\;` is published with its backslash, so receivers read no tags; write `;`"
CUT = "a `;` cuts the key in two; remove it"
PARTED = "a `;` separates `p=` from the key after it; remove it"
FRAME = "a whole record is inside `p=`; remove what comes before it"
ANOTHER = "begins another kind of record; a DKIM key record begins with `v=DKIM1`"
COLONS = "colons must separate the values of"
CONTROL = "the control character `U+0000` is not allowed in a tag; remove it"
MISSING = "`p=` is missing, so receivers find no key"
UNNAMED = "`p=` is missing before the key, so receivers find none"
CAPITAL = "`P=` is not `p=`: tag names are case-sensitive, so receivers find no key"
NO_TYPE = "is not a key type receivers know; expected one of `rsa` or `ed25519`"
NO_RSA = "the key is not an RSA key but 32 bytes long, as ed25519 keys are; write `k=ed25519`"
NULL = "the invisible character `U+0000` at position 10 of the key is not a base64 character"
QUOTED = "2 quotes are published inside the key, first at position 1; remove all quotes"
REFUSED = "receivers refuse keys below 1024, so publish one of 2048"
SHA1 = "`h=sha1` allows SHA-1, which is forbidden; write `h=sha256` or leave `h=` out"
NO_HASH = "`h=sha512` allows a hash that receivers do not know; write `h=sha256` or leave `h=` out"
TEST = "`t=y` says that the key is only tested, so a bad signature counts as none; remove it"
SERVICE = "`s=mail` keeps the key from mail; write `s=email` or leave `s=` out"

# The record, the text that the fault points at, its message. The kind is "syntax", the key is sound.
SLIPS = [
    (f"v=DKIM1; foo; p={KEY}", "foo", "`foo` is not a tag; expected `name=value`"),
    (f"v=DKIM1; =rsa; p={KEY}", "=rsa", "`=rsa` is not a tag; expected `name=value`"),
    (f"foo; v=DKIM1; p={KEY}", "foo", "`foo` is not a tag; expected `name=value`"),
    (f"v=DKIM1; 9=a; p={KEY}", "9", f"`9` is not a tag name; {KNOWN}"),
    (f"v=DKIM1;; p={KEY};;;", ";", "nothing comes before this `;`; remove it"),
    (f"v=DKIM1; k=rsa; p={KEY}; k=rsa", "k=rsa", f"`k=` may occur only once{IGNORED}"),
    (f"k=rsa; p={KEY}; k=rsa; p={KEY}", "k=rsa", f"`k=` and 1 more may occur only once{IGNORED}"),
    (f"v=DKIM1; n=a\0b; p={KEY}", "\0", CONTROL),
    (f"p={KEY}; v=DKIM1", "v=DKIM1", LATE),
    (f"v=dkim1; p={KEY}", "v=dkim1", f"`v=dkim1` {EXACT}"),
    (f"p={KEY}; v=dkim1", "v=dkim1", f"`v=dkim1` {EXACT}"),
    (f"v=DKIM2; p={KEY}", "v=DKIM2", f"`v=DKIM2` {EXACT}"),
    (f"v=; p={KEY}", "v=", f"`v=` {EXACT}"),
    (f"v=DKIM1; p={KEY}; foo", "foo", "`foo` is not a tag; expected `name=value`"),
    (rf"v=DKIM1\; k=rsa\; p={KEY}\;", r"\;", ESCAPED),
    (rf"v=DKIM1\\; k=rsa; p={KEY}", r"\\;", ESCAPED),
    (f'"v=DKIM1; k=rsa; p={KEY[:200]}" "{KEY[200:]}"', '"', QUOTES),
    (rf"\"v=DKIM1; p={KEY}\"", r"\"", QUOTES),
    (f"'v=DKIM1; p={KEY}'", "'", QUOTES),
    (f'k="rsa"; p={KEY}', '"', QUOTES),
    (f"v=DKIM1, k=rsa ,  p={KEY}", "k=", "a `;` is missing before `k=` and `p=`"),
    (f"v=DKIM1; k=rsa p={KEY}", "p=", "a `;` is missing before `p=`"),
    (f"v=DKIM1; p={rsa(4096)} t=s", "t=", "a `;` is missing before `t=`"),
    (f"v=DKIM1; p={KEY[:200]}; {KEY[200:300]};;{KEY[300:]}; t=s", ";", CUT),
    (f"v=DKIM1; p={KEY[:-6]};{KEY[-6:]}", ";", CUT),
    (f"v=DKIM1; p={rsa(4096)[:400]};{rsa(4096)[400:]}", ";", CUT),
    (f"v=DKIM1; p=; {KEY}", ";", PARTED),
    (f"v=DKIM1; k=rsa; p=v=DKIM1; k=rsa; p={KEY}", "p=", FRAME),
    (f"t=s,x; p={KEY}", "t=s,x", f"{COLONS} `t=`; write `t=s:x`"),
    (f"s=email tlsrpt; p={KEY}", "s=email tlsrpt", f"{COLONS} `s=`; write `s=email:tlsrpt`"),
]

# The record, the text that the fault points at, its kind, its message.
FAULTS = [
    *((text, place, "syntax", message) for text, place, message in SLIPS),
    ("v=DMARC1; p=none; rua=mailto:a@b.example", "v=DMARC1", "syntax", f"`v=DMARC1` {ANOTHER}"),
    ("v=spf1 mx -all", "v=spf1 mx -all", "syntax", f"`v=spf1` {ANOTHER}"),
    (f"v=DKIM1p={KEY}", f"v=DKIM1p={KEY}", "syntax", f"`v=DKIM1p={KEY[:17]}…{KEY[-13:]}` {EXACT}"),
    (f"x=a; p={KEY}", "x", "unknown-tag", f"receivers ignore the unknown tag `x`; {KNOWN}"),
    (f"K=a; p={KEY}", "K", "unknown-tag", "receivers ignore `K=`, as tag names are case-sensitive; write `k=`"),
    (f"P=a; p={KEY}", "P", "unknown-tag", "receivers ignore `P=`, as tag names are case-sensitive; write `p=`"),
    ("v=DKIM1; k=rsa;", "", "key-missing", MISSING),
    ("a.example.com", "", "key-missing", MISSING),
    ("", "", "key-missing", MISSING),
    (f"v=DKIM1; k=rsa; {KEY}", "", "key-missing", UNNAMED),
    (f"v=DKIM1; k=rsa; {rsa(4096)}", "", "key-missing", UNNAMED),
    (f"v=DKIM1; p:{KEY}", "p:", "key-missing", UNNAMED),
    (f"v=DKIM1; P={KEY}", "P=", "key-missing", CAPITAL),
    ("o=~", "o=~", "key-missing", "`o=~` is an old DomainKeys or ADSP policy, not a key; delete it"),
    (f"k=xyz; p={KEY}", "k=xyz", "key-undecodable", f"`k=xyz` {NO_TYPE}"),
    (f"k=; p={KEY}", "k=", "key-undecodable", f"`k=` {NO_TYPE}"),
    (f"k=rsap={KEY}", f"k=rsap={KEY}", "key-undecodable", f"`k=rsap={KEY[:19]}…{KEY[-13:]}` {NO_TYPE}"),
    (f"p={ED25519}", ED25519, "key-undecodable", NO_RSA),
    (f"k=ed25519; p={KEY}", KEY, "key-undecodable", "`k=ed25519`, but the key is an RSA key; write `k=rsa`"),
    (f"p={KEY[:9]}*{KEY[9:]}", "*", "key-undecodable", "`*` at position 10 of the key is not a base64 character"),
    (f"p={KEY[:9]}\0{KEY[9:]}", "\0", "key-undecodable", NULL),
    (f'v=DKIM1; p="{KEY}"', '"', "key-undecodable", QUOTED),
    (f"p={rsa(1024)}", rsa(1024), "key-too-short", "the RSA key has 1024 bits; publish one of 2048"),
    (f"p={rsa(2047)}", rsa(2047), "key-too-short", "the RSA key has 2047 bits; publish one of 2048"),
    (f"p={rsa(1023)}", rsa(1023), "key-too-short", f"the RSA key has 1023 bits; {REFUSED}"),
    (f"p={rsa(4097)}", rsa(4097), "key-too-long", "the RSA key has 4097 bits; receivers need not read keys above 4096"),
    (f"h=sha1; p={KEY}", "h=sha1", "hash-unusable", SHA1),
    (f"h=sha512; p={KEY}", "h=sha512", "hash-unusable", NO_HASH),
    (f"t=s:y; p={KEY}", "t=s:y", "testing", TEST),
    (f"s=mail; p={KEY}", "s=mail", "service", SERVICE),
]


@pytest.mark.parametrize(("text", "place", "kind", "message"), FAULTS, ids=range(len(FAULTS)))
def test_one_cause_gives_one_fault_at_its_place(text: str, place: str, kind: str, message: str) -> None:
    faults = parse(text).faults
    assert [(fault.kind, fault.message, text[fault.start : fault.end]) for fault in faults] == [(kind, message, place)]
    assert faults[0].reference.startswith("RFC ")


@pytest.mark.parametrize("text", [text for text, _, _ in SLIPS], ids=range(len(SLIPS)))
def test_a_slip_of_syntax_hides_neither_the_key_nor_its_faults(text: str) -> None:
    record = parse(text)
    assert record.key is not None
    assert record.algorithm == "rsa"
    assert not record.revoked
    if KEY in text:
        assert sorted(kinds(text.replace(KEY, rsa(1024)))) == ["key-too-short", "syntax"]


def test_the_first_slip_of_many_is_pointed_at() -> None:
    assert parse(f"v=DKIM1; p={KEY[:20]};{KEY[20:40]};{KEY[40:]}").faults[0].start == len("v=DKIM1; p=") + 20
    assert parse(f"v=DKIM1, k=rsa, p={KEY}").faults[0].start == len("v=DKIM1, ")


def test_a_missing_key_is_missed_behind_the_last_tag() -> None:
    assert parse("v=DKIM1; k=rsa ; ").faults[0][:2] == (14, 14)
    assert [fault[:2] for fault in parse("v=DKIM1; twentyfourlettersandnokey").faults] == [(9, 34), (34, 34)]


def test_a_key_of_unknown_type_is_not_read() -> None:
    record = parse(f"k=xyz; p={KEY}")
    assert record.key is None
    assert record.faults[0].help == ""


def test_a_blank_before_the_padding_of_a_key_begins_no_tag() -> None:
    key = b64encode(bytes(31) + b"\x0b").decode()
    assert key.endswith("s=")
    assert kinds(f"k=ed25519; p={key[:-2]} {key[-2:]}") == []


def test_an_unknown_tag_is_told_once_however_often_it_stands() -> None:
    assert kinds(f"x=1; p={KEY}; x=2; x=3") == ["unknown-tag", "syntax"]


def test_several_causes_give_several_faults_in_order() -> None:
    faults = ["syntax", "syntax", "key-undecodable", "unknown-tag", "hash-unusable", "service", "testing"]
    text = rf"v=dkim1\; k=RSA; z=1; h=sha1; s=web; t=y; p={rsa(1024)};; 1=2"
    assert kinds(text) == [*faults, "key-too-short", "syntax", "syntax"]


def test_a_key_type_in_capitals_still_has_its_key() -> None:
    record = parse(f"k=RSA; p={KEY}")
    assert record.key is not None
    assert [(fault.kind, fault.help) for fault in record.faults] == [("key-undecodable", "did you mean `rsa`?")]


def test_a_record_cut_at_255_characters_is_told_of_strings() -> None:
    def help_for(length: int) -> str:
        return parse(f"v=DKIM1; k=rsa; p={KEY}"[:length]).faults[0].help

    assert help_for(255).startswith("one string of a TXT record holds 255 characters")
    assert help_for(254) == ""
    assert parse(f"v=DKIM1; k=rsa; p=*{KEY}"[:255]).faults[0].help == ""


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
    f"k=rsa; p={KEY}; v=DMARC1",
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
        "v=DKIM1; o=~; t=y; r=a@example.com; n=note",
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
    [
        "",
        "o=",
        "o=x",
        "t=s",
        "v=DKIM1; t=y",
        "v=DMARC1; o=~",
        "o=~; k=rsa",
        "o=~; p=",
        "dkim=no",
        "t=y; foo",
        "t=y; o=x",
    ],
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
