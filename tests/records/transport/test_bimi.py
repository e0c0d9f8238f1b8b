"""BIMI records: which texts receivers take for one, what they say, and every fault at its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.records.transport.bimi import near_miss, parse
from linter.records.transport.bimi_value import TAGS, is_bimi, to_text

LOGO, PEM = "https://example.com/logo.svg", "https://example.com/vmc.pem"


def found(text: str) -> list[tuple[str, str]]:
    """(kind, text it points at) of every fault."""
    return [(fault.kind, text[fault.start : fault.end]) for fault in parse(text).faults]


@pytest.mark.parametrize(
    ("text", "location", "evidence"),
    [
        (f"v=BIMI1; l={LOGO}; a={PEM}", LOGO, PEM),
        (f"v=BIMI1;l={LOGO};a={PEM};", LOGO, PEM),
        (f"v = BIMI1 ; a = {PEM} ; l = {LOGO}", LOGO, PEM),
        ("v=BIMI1; l=; a=;", "", ""),
        ("v=BIMI1; l=;", "", ""),
        (f"v=BIMI1; l={LOGO}z; a={PEM}; avp=personal; lps=Sales,hr-1", f"{LOGO}z", PEM),
        (f"v=BIMI1; l=https://cdn.example.com:8443/x?y=1; a={PEM}", "https://cdn.example.com:8443/x?y=1", PEM),
    ],
)
def test_a_sound_record_is_read(text: str, location: str, evidence: str) -> None:
    bimi = parse(text)

    assert is_bimi(text)
    assert near_miss(text, at_bimi_name=True) is None
    assert (bimi.location, bimi.evidence, bimi.faults) == (location, evidence, ())
    assert bimi.declines == (not location)


def test_preferences_have_their_defaults() -> None:
    plain = parse(f"v=BIMI1; l={LOGO}; a={PEM}")
    chosen = parse(f"v=BIMI1; l={LOGO}; a={PEM}; avp=personal; lps=Sales , hr-1")

    assert (plain.avatar, plain.prefixes) == ("brand", ())
    assert (chosen.avatar, chosen.prefixes) == ("personal", ("sales", "hr-1"))


@pytest.mark.parametrize(
    "text",
    [
        "V=BIMI1; l=;",
        "v=bimi1; l=;",
        "v=BIMI2; l=;",
        "v=BIMI10; l=;",
        " v=BIMI1; l=;",
        f"l={LOGO}; v=BIMI1",
        "v=BIMI1 l=",
        "",
    ],
)
def test_receivers_select_only_what_begins_with_the_version(text: str) -> None:
    assert not is_bimi(text)
    assert len(parse(text).faults) == 1


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("v=BIMI1", [("syntax", "")]),
        (f"v=BIMI1; a={PEM}", [("syntax", "")]),
        (f"v=BIMI1; L={LOGO}; a={PEM}", [("syntax", "L")]),
        (f"v=BIMI1; logo={LOGO}; a={PEM}", [("syntax", "logo")]),
        (f"v=BIMI1; l={LOGO}; l={LOGO}; a={PEM}", [("syntax", f"l={LOGO}")]),
        (f"v=BIMI1; l={LOGO}; a={PEM}; v=BIMI1; l=", [("syntax", "v=BIMI1")]),
        (f"v=BIMI1;; l={LOGO}; a={PEM}", [("syntax", ";")]),
        (f"v=BIMI1; l={LOGO}, a={PEM}", [("syntax", ",")]),
        (f"v=BIMI1; l={LOGO} a={PEM}", [("syntax", "")]),
        (f"v=BIMI1; {LOGO}; a={PEM}", [("syntax", LOGO)]),
        (f"v=BIMI1; l:{LOGO}; a={PEM}", [("syntax", f"l:{LOGO}")]),
        (f"v=BIMI1; l={LOGO}; a={PEM}; foo=bar", [("unknown-tag", "foo")]),
        (f"v=BIMI1; l={LOGO}; a={PEM}; lsp=x", [("unknown-tag", "lsp")]),
        (f"v=BIMI1; l={LOGO}; a={PEM}; f-o=bar", [("syntax", "f-o")]),
        (f"v=BIMI1; l={LOGO}; a={PEM}; avp=Personal", [("syntax", "Personal")]),
        (f"v=BIMI1; l={LOGO}; a={PEM}; avp=", [("syntax", "avp=")]),
        (f"v=BIMI1; l={LOGO}; a={PEM}; lps=a_b", [("syntax", "a_b")]),
        (f"v=BIMI1; l={LOGO}; a={PEM}; lps={'x' * 64}", [("syntax", "x" * 64)]),
        ("v=BIMI1; l=http://example.com/logo.svg; a=", [("syntax", "http://example.com/logo.svg")]),
        ("v=BIMI1; l=example.com/logo.svg", [("syntax", "example.com/logo.svg")]),
        ("v=BIMI1; l=https://example.com/logo.PNG", [("syntax", "https://example.com/logo.PNG")]),
        ("v=BIMI1; l=https://example.com/a b.svg", [("syntax", "https://example.com/a b.svg")]),
        ("v=BIMI1; l=https://example.com/a%2.svg", [("syntax", "https://example.com/a%2.svg")]),
        ("v=BIMI1; l=https://192.0.2.1/a.svg", [("syntax", "https://192.0.2.1/a.svg")]),
        (f"v=BIMI1; l={LOGO}; a=https://localhost/x.pem", [("syntax", "https://localhost/x.pem")]),
        (f"v=BIMI1; l={LOGO}; a=self", [("syntax", "self")]),
        (f"v=BIMI1\\; l={LOGO}\\; a={PEM}", [("syntax", "\\")]),
        (f"v=BIMI1; l={LOGO}; a=\u201c{PEM}\u201d", [("syntax", "\u201c"), ("syntax", "\u201d")]),
        # What only some receivers mind.
        (f"v=BIMI1; l={LOGO}", [("evidence", "")]),
        (f"v=BIMI1; l={LOGO}; a=", [("evidence", "a=")]),
        (f"v=BIMI1; l={LOGO}; a={LOGO}", [("evidence", LOGO)]),
        (f"v=BIMI1; l={LOGO}; a=https://example.com/vmc.html", [("evidence", "https://example.com/vmc.html")]),
    ],
)
def test_one_cause_has_one_fault(text: str, faults: list[tuple[str, str]]) -> None:
    assert found(text) == faults


@pytest.mark.parametrize(
    ("text", "at_name", "is_meant"),
    [
        ("v=bimi1; l=;", False, True),
        ("v=BIMI; l=;", True, True),
        (f"l={LOGO}; a={PEM}", True, True),
        (f"l={LOGO}; a={PEM}", False, False),
        ("v=spf1 -all", True, False),
        ("hello", False, False),
    ],
)
def test_what_was_meant_as_bimi_is_told_from_what_was_not(text: str, at_name: bool, is_meant: bool) -> None:
    assert (near_miss(text, at_name) is not None) == is_meant


PIECES = st.sampled_from(
    [
        "v=BIMI1",
        "V=BIMI1",
        "v",
        "l",
        "a",
        "avp",
        "lps",
        "=",
        ";",
        "; ",
        " ",
        ",",
        LOGO,
        PEM,
        "%",
        "\\",
        '"',
        "\u201c",
        "x",
        "\0",
        "\t",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join)))
def test_any_text_is_judged(text: str) -> None:
    bimi = parse(text)

    for fault in bimi.faults:
        assert 0 <= fault.start <= fault.end <= len(text)
        assert "\n" not in fault.message
        assert not fault.message.endswith(".")
    assert bool(bimi.faults) or is_bimi(text)
    usual = to_text(bimi)
    again = parse(usual)
    assert to_text(again) == usual
    assert [fault for fault in again.faults if fault.kind == "unknown-tag"] == []
    if not bimi.faults:
        assert bimi[3:] == again[3:]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["", LOGO, "https://a.example/%41/x.svgz"]),
    st.sampled_from(["", PEM]),
    st.sampled_from(["brand", "personal"]),
    st.lists(st.from_regex("[a-z0-9-]{1,63}", fullmatch=True), max_size=3),
)
def test_what_is_written_is_read_back(location: str, evidence: str, avatar: str, prefixes: list[str]) -> None:
    written = to_text(
        parse("v=BIMI1; l=")._replace(location=location, evidence=evidence, avatar=avatar, prefixes=tuple(prefixes))
    )
    again = parse(written)

    assert (again.location, again.avatar, list(again.prefixes)) == (location, avatar, prefixes)
    assert again.evidence == evidence
    assert [tag.name for tag in again.tags.tags] == [name for name in TAGS if f"{name}=" in written]


@pytest.mark.parametrize(
    "text", ["v=BIMI1;" * 8000, "v=BIMI1; " + "a=" * 32_000, "v=BIMI1; l=" + "%" * 64_000, "\0" * 65_536]
)
def test_long_texts_are_judged_in_time(text: str) -> None:
    assert parse(text).faults
