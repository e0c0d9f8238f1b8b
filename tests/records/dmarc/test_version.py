"""Which texts are DMARC records, which were meant to be, and which have nothing to do with it."""

import pytest

from linter.records.dmarc.record import is_dmarc, near_miss, parse, policy_fault


@pytest.mark.parametrize(
    ("text", "span", "message"),
    [
        ("p=reject; v=DMARC1", "v=DMARC1", "`v=DMARC1` is not the first tag"),
        ("x=1; p=reject; V=dmarc1", "V=dmarc1", "`v=DMARC1` is not the first tag"),
        ("v=dmarc1; p=reject", "dmarc1", "`dmarc1` is not `DMARC1` letter for letter"),
        ('v="DMARC1"; p=reject', '"DMARC1"', '`"DMARC1"` is not `DMARC1` letter for letter'),
        ("v=DMARC1 p=reject", "", "the semicolon after `v=DMARC1` is missing"),
        ("v = DMARC1\tp=reject", "", "the semicolon after `v=DMARC1` is missing"),
        ("v=DMARC1, p=reject", ",", "`,` comes after `v=DMARC1`"),
        ("v=DMARC1 ,p=reject", ",", "`,` comes after `v=DMARC1`"),
        ("v=DMARC1\\; p=reject", "\\", "a literal backslash comes after `v=DMARC1`"),
        ("v=DMARC1\n", "\n", "an invisible character comes after `v=DMARC1`"),
        ("v=DMARC1；p=reject", "；", "`；` comes after `v=DMARC1`"),
        ("“v=DMARC1; p=reject”", "“", "`“` comes before `v=DMARC1`"),
        ('"v=DMARC1; p=reject"', '"', '`"` comes before `v=DMARC1`'),
        ("; V=DMARC1; p=reject", "; ", "`; ` comes before `v=DMARC1`"),
        (" v=DMARC1; p=reject", " ", "a blank comes before `v=DMARC1`"),
        ("\ufeffv=DMARC1; p=reject", "\ufeff", "an invisible character comes before `v=DMARC1`"),
        ("nv=DMARC1; p=none", "nv=", "`nv` is where the tag `v` must be"),
        ("version = dmarc1 ; p=none", "version = ", "`version` is where the tag `v` must be"),
        ('_dmarc IN TXT "v=DMARC1; p=none"', '_dmarc IN TXT "v=', '`_dmarc IN TXT "v` is where'),
        ("=DMARC1; p=none", "=", "`v` is missing"),
        ("DMARC1; p=none", "DMARC1", "`DMARC1` is not `v=DMARC1`"),
        ("v:DMARC1; p=none", "v:DMARC1", "`v:DMARC1` is not `v=DMARC1`"),
        ("v dmarc1; p=none", "v dmarc1", "`v dmarc1` is not `v=DMARC1`"),
        ("v=DMARC 1; p=none", "DMARC 1", "`DMARC 1` is not a version that receivers know"),
        ("v=DMARC2; p=none", "DMARC2", "`DMARC2` is not a version that receivers know"),
        ("v=DMARC10; p=none", "DMARC10", "`DMARC10` is not a version that receivers know"),
        ("v=DMARC; p=none", "DMARC", "`DMARC` is not a version that receivers know"),
        ("v=DMRAC1; p=none", "DMRAC1", "`DMRAC1` is not a version that receivers know"),
        ("v=DMARC1p=reject; rua=x", "DMARC1p=reject", "`DMARC1p=reject` is not a version"),
    ],
)
def test_a_record_that_receivers_ignore_is_a_near_miss(text: str, span: str, message: str) -> None:
    fault = near_miss(text)
    assert fault is not None
    assert not is_dmarc(text)
    assert (fault.kind, text[fault.start : fault.end]) == ("version", span)
    assert fault.message.startswith(message)
    assert fault.message.endswith(", so receivers ignore the whole record")
    assert fault.help
    assert parse(text).faults == (fault,)
    assert (parse(text).policy, policy_fault(parse(text))) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        ";",
        "v=spf1 include:spf.example -all",
        "v=spf1 -all; v=DMARC1; p=none",
        "v=DKIM1; k=rsa; p=MIGf",
        "v=DKIM1; t=y; p=",
        "k=rsa; p=MIGf",
        "v=BIMI1; l=https://a.example/d.svg",
        "v=STSv1; id=20260101",
        "v=TLSRPTv1; rua=mailto:d@a.example",
        "google-site-verification=dmarc1abc",
        "dmarc-verification=x",
        "about DMARC: ask us",
        "MS=ms12345678",
        "_acme-challenge-token",
    ],
)
def test_an_unrelated_text_is_no_near_miss(text: str) -> None:
    assert near_miss(text) is None
    assert near_miss(text, at_dmarc_name=True) is None


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("p=reject; rua=mailto:d@a.example", (0, 0)),
        (" P=Quarantine", (1, 1)),
        ("v=1; p=none; aspf=s", (2, 3)),
        ("v=DKIM1; p=reject", (2, 7)),
    ],
)
def test_dmarc_tags_without_their_version_are_meant_as_dmarc_only_at_a_dmarc_name(
    text: str, span: tuple[int, int]
) -> None:
    assert near_miss(text) is None
    fault = near_miss(text, at_dmarc_name=True)
    assert fault is not None
    assert (fault.start, fault.end) == span


@pytest.mark.parametrize("text", ["p=yes; rua=mailto:d@a.example", "p=reject; k=rsa", "rua=mailto:d@a.example"])
def test_without_a_policy_or_with_other_tags_a_text_is_not_meant_as_dmarc(text: str) -> None:
    assert near_miss(text, at_dmarc_name=True) is None
    assert [fault.message for fault in parse(text).faults] == [
        "the record does not begin with `v=DMARC1`, so receivers ignore the whole record"
    ]


@pytest.mark.parametrize("text", ["v=DMARC1", "V=DMARC1;", "v\t= DMARC1\t;p=none", "v=DMARC1 "])
def test_blanks_and_the_case_of_the_name_do_not_matter(text: str) -> None:
    assert is_dmarc(text)
    assert parse(text).faults == ()
