"""TLS-RPT records: which texts senders take for one, where the reports go, and what is said about the rest."""

import re
import sys
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.records.transport import tls_rpt
from linter.records.transport.tls_rpt import TlsRpt, is_tls_rpt, near_miss, parse, to_text

LOSS = "so senders send no TLS reports"
A, B = "mailto:a@a.example", "https://b.example/v1"


def found(text: str) -> list[tuple[str, str]]:
    """(kind, text it points at) of every fault."""
    return [(fault.kind, text[fault.start : fault.end]) for fault in parse(text).faults]


def uris(text: str) -> list[str]:
    """The URIs that reports go to."""
    return [uri.text for uri in parse(text).rua]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("v=TLSRPTv1;rua=mailto:reports@example.com", ["mailto:reports@example.com"]),
        ("v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt", ["https://reporting.example.com/v1/tlsrpt"]),
        (f"v=TLSRPTv1; rua={A},{B};", [A, B]),
        (f"v=TLSRPTv1;\trua={A} , {B} ; ", [A, B]),
        ("v=TLSRPTv1; rua=mailto:a%2Cb%21c%3B@example.com", ["mailto:a%2Cb%21c%3B@example.com"]),
        (
            "v=TLSRPTv1;rua=mailto:tls-rua@mailcheck.service.ncsc.gov.uk",
            ["mailto:tls-rua@mailcheck.service.ncsc.gov.uk"],
        ),
    ],
)
def test_a_record_says_where_reports_go(text: str, expected: list[str]) -> None:
    assert is_tls_rpt(text)
    assert (expected, []) == (uris(text), found(text))
    assert near_miss(text, at_tls_rpt_name=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "v=TLSRPTv1",
        f"v=TLSRPTv1 ;rua={A}",
        f"V=TLSRPTv1;rua={A}",
        f"v=tlsrptv1;rua={A}",
        f" v=TLSRPTv1;rua={A}",
        f"v=TLSRPTv2;rua={A}",
        f"rua={A};v=TLSRPTv1;",
        "",
    ],
)
def test_senders_select_only_what_begins_with_the_version_and_a_semicolon(text: str) -> None:
    assert not is_tls_rpt(text)
    assert parse(text).faults


@pytest.mark.parametrize(
    ("text", "expected", "faults"),
    [
        ("v=TLSRPTv1;", [], [("syntax", "")]),
        ("v=TLSRPTv1; rua=", [], [("syntax", "rua=")]),
        (f"v=TLSRPTv1; RUA={A}", [], [("syntax", "RUA")]),
        (f"v=TLSRPTv1; ruf={A}", [], [("syntax", "ruf")]),
        (f"v=TLSRPTv1; to={A}", [], [("syntax", "to")]),
        (f"v=TLSRPTv1; {A}", [], [("syntax", A)]),
        (f"v=TLSRPTv1; rua: {A}", [], [("syntax", f"rua: {A}")]),
        (f"v=TLSRPTv1; rua = {A}", [], [("syntax", f"rua = {A}")]),
        (f"v=TLSRPTv1; rua={A};;", [A], [("syntax", ";")]),
        (f"v=TLSRPTv1; rua={A} ", [A], [("syntax", " ")]),
        (f"v=TLSRPTv1; rua={A}; rua={B}", [A, B], []),
        (f"v=TLSRPTv1; rua={A}; rua={B};", [A, B], []),
        (f"v=TLSRPTv1; rua={A} ;  rua=bad", [A], [("invalid-uri", "bad")]),
        (f"v=TLSRPTv1; rua={A}; rua=", [A], [("syntax", "rua=")]),
        (f"v=TLSRPTv1; rua={A} ruf={B}", [], [("syntax", "")]),
        (f"v=TLSRPTv1; rua={A}, ruf={B}", [A], [("syntax", ",")]),
        (f"v=TLSRPTv1; rua=bad, {A}, ruf={B}", [A], [("invalid-uri", "bad"), ("syntax", ",")]),
        (f"v=TLSRPTv1; rua={A}; foo=bar", [A], [("ignored-field", "foo=bar")]),
        (f"v=TLSRPTv1; p=none; rua={A}", [A], [("ignored-field", "p=none")]),
        (f"v=TLSRPTv1; rua={A}; v=TLSRPTv1; rua={B}", [A, B], [("ignored-field", "v=TLSRPTv1")]),
        # URIs: the schemes are mailto and https, and `,` `!` `;` must be encoded.
        ("v=TLSRPTv1; rua=a@a.example", [], [("invalid-uri", "a@a.example")]),
        ("v=TLSRPTv1; rua=http://b.example/", [], [("invalid-uri", "http://b.example/")]),
        (f"v=TLSRPTv1; rua={A}!10m", [], [("invalid-uri", f"{A}!10m")]),
        (f"v=TLSRPTv1; rua={A};{B}", [A], [("invalid-uri", B)]),
        (
            f"v=TLSRPTv1; rua={A};b@b.example;{B}?a=1",
            [A],
            [("invalid-uri", "b@b.example"), ("invalid-uri", f"{B}?a=1")],
        ),
        (f"v=TLSRPTv1; rua={A},", [A], [("invalid-uri", ",")]),
        ("v=TLSRPTv1; rua=mailto:a,b@a.example", [], [("invalid-uri", ",")]),
        (f"v=TLSRPTv1; rua={A},b@b.example,{B}", [A, B], [("invalid-uri", "b@b.example")]),
        # Characters that no record holds.
        (f"v=TLSRPTv1; rua={A}\\;", [], [("syntax", "\\")]),
        (f'v=TLSRPTv1; rua="{A}"', [], [("syntax", '"')]),
        (f"v=TLSRPTv1; rua={A}\u00e9", [], [("syntax", "\u00e9")]),
    ],
)
def test_one_cause_has_one_fault(text: str, expected: list[str], faults: list[tuple[str, str]]) -> None:
    assert (expected, faults) == (uris(text), found(text))


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("v=TLSRPTv1", [("syntax", "")]),
        (f"v=TLSRPTv1 rua={A}", [("syntax", "")]),
        (f"v=TLSRPTv1\\;rua={A}\\;", [("syntax", "\\")]),
        (f"v=TLSRPT1; rua={A}", [("syntax", "TLSRPT1")]),
        (f"v=TLS-RPTv1; rua={A}", [("syntax", "TLS-RPTv1")]),
        (f"v=tlsrptv1; rua={A}", [("syntax", "tlsrptv1")]),
        (f"TLSRPTv1; rua={A}", [("syntax", "TLSRPTv1")]),
        (f"rua={A}", [("syntax", "")]),
        (f"rua={A}; v=TLSRPTv1", [("syntax", "v=TLSRPTv1")]),
        ("v=tlsrptv1; rua=a@a.example", [("syntax", "tlsrptv1"), ("invalid-uri", "a@a.example")]),
        ("v=tlsrptv1; foo=bar", [("syntax", "tlsrptv1"), ("ignored-field", "foo=bar")]),
    ],
)
def test_a_near_miss_is_read_on_as_it_was_meant(text: str, faults: list[tuple[str, str]]) -> None:
    assert faults == found(text)
    assert near_miss(text, at_tls_rpt_name=True) in parse(text).faults


@pytest.mark.parametrize("text", ["v=DMARC1; p=none; rua=mailto:a@a.example", "v=spf1 -all", "v=STSv1; id=1", "token"])
def test_texts_of_other_kinds_are_no_near_misses(text: str) -> None:
    assert near_miss(text, at_tls_rpt_name=True) is None
    (fault,) = parse(text).faults
    assert fault.message == "the record does not begin with `v=TLSRPTv1;`, so senders ignore it"


def test_a_blank_before_the_first_semicolon_is_a_warning_and_later_ones_are_legal() -> None:
    (fault,) = parse(f"v=TLSRPTv1 ; rua={A} ; rua={B} ;").faults

    assert (fault.kind, fault.severity, fault.start, fault.end) == ("syntax", "warning", 10, 11)
    assert parse(f"v=TLSRPTv1; rua={A} ; rua={B} ;").faults == ()


def test_only_at_its_own_name_a_list_without_a_version_is_a_near_miss() -> None:
    assert near_miss(f"rua={A}") is None
    assert near_miss(f"rua={A}", at_tls_rpt_name=True)
    assert near_miss(f"v=tlsrptv1; rua={A}")
    assert near_miss(f"v=TLSRPTV1; rua={A}")


@pytest.mark.parametrize(
    ("text", "message", "way_out"),
    [
        ("v=TLSRPTv1;", f"`rua` is missing, {LOSS}", "add `rua=mailto:tls-reports@example.com`"),
        ("v=TLSRPTv1; rua=", f"`rua` has no value, {LOSS}", "write `rua=mailto:tls-reports@example.com`"),
        (
            f"v=TLSRPTv1; ruf={A}",
            f"`ruf` is not a field that senders know, and there is no `rua`, {LOSS}",
            "write `rua`",
        ),
        (f"v=TLSRPTv1; {A}", f"`{A}` has no `=`, {LOSS}", "put `rua=` before it"),
        (
            f"v=TLSRPTv1; rua={A};{B}",
            f"a semicolon ends `rua`, so senders ignore `{B}`",
            "separate URIs with a comma; a semicolon inside one is written `%3B`",
        ),
        (f"v=TLSRPTv1; rua={A} ruf={B}", f"the semicolon is missing before `ruf=`, {LOSS}", "put `;` there"),
        (
            f"v=TLSRPTv1; rua={A}, ruf={B}",
            f"a comma is in the place of the semicolon before `ruf=`, {LOSS}",
            "put `;` there",
        ),
        (f"v=TLSRPTv1; mode=x; rua={A}", "`mode` is not a field that senders know, so they ignore it", "remove it"),
    ],
)
def test_a_message_says_the_fault_the_fact_and_the_way_out(text: str, message: str, way_out: str) -> None:
    assert [(message, way_out, "RFC 8460 section 3")] == [tuple(fault[3:6]) for fault in parse(text).faults]


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        (f"v=TLSRPTv1;foo=bar;rua={A} , {B};", f"v=TLSRPTv1; rua={A},{B}; foo=bar"),
        (f"rua={A}", f"v=TLSRPTv1; rua={A}"),
        ("v=TLSRPTv1; rua=bad", "v=TLSRPTv1"),
        ("v=TLSRPTv1; rua= mailto:a@b.example?x=", "v=TLSRPTv1"),
    ],
)
def test_the_usual_spelling_has_the_uris_first(text: str, usual: str) -> None:
    assert usual == to_text(parse(text))


def test_a_well_formed_record_loads_no_diagnosis(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("linter.records.text.field_list_diagnosis", "linter.records.text.version_near_miss")
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    assert parse(f"v=TLSRPTv1; rua={A},{B};").faults == ()
    assert near_miss("v=spf1 -all") is None
    assert not any(name in sys.modules for name in names)


PIECES = st.one_of(
    st.sampled_from(
        ["v=TLSRPTv1", f"rua={A}", f"rua={B}", A, B, "rua=", "ruf=", "foo=bar", "a@a.example", "v=tlsrptv1"]
    ),
    st.sampled_from(
        [";", "; ", ";;", " ", ",", " , ", "=", "!10m", '"', "\\;", "\t", "\n", "\0", "\u00e9", "\U0001f511"]
    ),
    st.text(max_size=4),
)
SOUP = st.lists(PIECES, max_size=10).map("".join)
RECORD_SOUP = st.one_of(SOUP, SOUP.map("v=TLSRPTv1;{}".format), SOUP.map(f"v=TLSRPTv1; rua={A}{{}}".format))


def assert_is_well_formed(record: TlsRpt) -> None:
    end = len(record.text)
    assert list(record.faults) == sorted(set(record.faults))
    for fault in record.faults:
        assert 0 <= fault.start <= fault.end <= end
        assert fault.kind in ("syntax", "invalid-uri", "ignored-field")
        for line in (fault.message, fault.help):
            assert "\n" not in line
            assert not line.endswith(".")
    for tag in record.tags.tags:
        assert 0 <= tag.start <= tag.value_start <= tag.value_end <= tag.end <= end
        assert tag.value == record.text[tag.value_start : tag.value_end]
    for uri in record.rua:
        assert uri.text == record.text[uri.start : uri.end]


@settings(deadline=None)
@given(st.one_of(RECORD_SOUP, st.text()))
def test_any_text_is_read(text: str) -> None:
    record = parse(text)
    assert_is_well_formed(record)
    assert near_miss(text, at_tls_rpt_name=True) in (None, *record.faults)
    if not record.rua:
        assert record.faults
    usual = to_text(record)
    again = parse(usual)
    assert (usual, [uri.text for uri in record.rua]) == (to_text(again), [uri.text for uri in again.rua])


@settings(deadline=None)
@given(RECORD_SOUP)
def test_reading_with_and_without_diagnosis_is_the_same(text: str) -> None:
    quickly = parse(text)
    with patch.object(tls_rpt, "is_plain", return_value=False):
        assert quickly == parse(text)


URI = r"(?:mailto:[a-z]+@[a-z]+\.example|https://[a-z]+\.example/[a-z0-9]*)"
FIELD = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}=[!-:<>-~]+"
RUA = rf"rua={URI}(?:[ \t]*,[ \t]*{URI})*"


ANY_URI = r"(?:(?i:mailto):|(?i:https)://)[^\s,;!\"<>\\]+"
ANY_RUA = rf"rua={ANY_URI}(?:[ \t]*,[ \t]*{ANY_URI})*"


@settings(deadline=None, max_examples=300)
@given(RECORD_SOUP)
def test_a_record_without_a_fault_is_one_that_the_grammar_accepts(text: str) -> None:
    faultless = parse(text).faults == ()
    assert faultless <= (
        re.fullmatch(rf"v=TLSRPTv1;[ \t]*{ANY_RUA}(?:[ \t]*;[ \t]*{ANY_RUA})*(?:[ \t]*;[ \t]*)?", text) is not None
    )
    assert faultless >= (re.fullmatch(rf"v=TLSRPTv1;[ \t]*{RUA}(?:[ \t]*;[ \t]*)?", text) is not None)


@settings(deadline=None)
@given(
    st.lists(st.from_regex(URI, fullmatch=True), min_size=1), st.lists(st.from_regex(FIELD, fullmatch=True), max_size=3)
)
def test_what_is_written_is_read_again(targets: list[str], fields: list[str]) -> None:
    extensions = {field.partition("=")[0]: field for field in reversed(fields)}
    names = [name for name in extensions if name not in ("v", "V", "rua")]
    text = "; ".join(["v=TLSRPTv1", f"rua={','.join(targets)}", *[extensions[name] for name in names]])
    assert (text, targets) == (to_text(parse(text)), uris(text))


@pytest.mark.parametrize(
    "text",
    [
        "v=TLSRPTv1; rua=" + "," * 65_536,
        f"v=TLSRPTv1; rua={A}" + f",{A}" * 4_000,
        f"v=TLSRPTv1; rua={A}" + f";{B}" * 4_000,
        f"v=TLSRPTv1; rua={A}" + " a=" * 20_000,
        "v=TLSRPTv1; rua=mailto:" + "a" * 65_536,
        f"v=TLSRPTv1; rua={A};" + " " * 65_536,
        "v=TLSRPTv1; " + "\\" * 65_536,
    ],
)
def test_long_texts_are_read(text: str) -> None:
    assert_is_well_formed(parse(text))
