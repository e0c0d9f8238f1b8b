"""The lists of report URIs: what is read out of them, and what is said about each wrong entry."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.records.text.report_uri import (
    DMARC_URIS,
    TLS_RPT_URIS,
    ReportUri,
    ReportUris,
    UriSyntax,
    _any_uri,
    _drawback,
    _plain_uri,
    report_uris,
)


def read(value: str, syntax: UriSyntax = DMARC_URIS) -> ReportUris:
    return report_uris(value, 0, len(value), syntax)


def mailto(text: str, address: str, host: str, size: str = "", start: int = 0) -> ReportUri:
    return ReportUri(text, "mailto", address, host, size, start, start + len(text))


@pytest.mark.parametrize(
    ("value", "address", "host"),
    [
        ("mailto:d@example.com", "d@example.com", "example.com"),
        ("MAILTO:D@Example.COM", "D@Example.COM", "example.com"),
        ("mailto:a.b+c-d_e=f&g~h*i'j$k@example.com", "a.b+c-d_e=f&g~h*i'j$k@example.com", "example.com"),
        ("mailto:a%2Cb%21c@example.com", "a,b!c@example.com", "example.com"),
        ("mailto:d@example.com?subject=DMARC%20report", "d@example.com", "example.com"),
        ("mailto:d@xn--mnchen-3ya.example", "d@xn--mnchen-3ya.example", "xn--mnchen-3ya.example"),
        ("mailto:d@_a.example.com", "d@_a.example.com", "_a.example.com"),
        (f"mailto:d@{'a' * 63}.example", f"d@{'a' * 63}.example", f"{'a' * 63}.example"),
    ],
)
def test_a_mailto_uri_names_a_mailbox(value: str, address: str, host: str) -> None:
    assert ReportUris((mailto(value, address, host),), ()) == read(value)
    assert ReportUris((mailto(value, address, host),), ()) == read(value, TLS_RPT_URIS)


@pytest.mark.parametrize(
    ("value", "host"),
    [
        ("https://reports.example.com/v1/tlsrpt", "reports.example.com"),
        ("https://Reports.Example.com", "reports.example.com"),
        ("HTTPS://example.com:8443/?a=b:c@d", "example.com"),
        ("https://example.com?a", "example.com"),
    ],
)
def test_tls_reports_go_to_https_uris(value: str, host: str) -> None:
    assert ReportUris((ReportUri(value, "https", "", host, "", 0, len(value)),), ()) == read(value, TLS_RPT_URIS)


def test_an_https_uri_is_valid_in_dmarc_but_gets_no_reports() -> None:
    found = read("https://example.com/dmarc")
    assert [uri.scheme for uri in found.valid] == ["https"]
    assert [fault.message for fault in found.faults] == [
        "DMARC reports are sent by mail only, so receivers ignore `https://example.com/dmarc`"
    ]


@pytest.mark.parametrize("size", ["!10", "!10k", "!10m", "!10G", "!1t"])
def test_dmarc_accepts_the_old_size_limit_and_tls_rpt_does_not(size: str) -> None:
    value = f"mailto:d@example.com{size}"
    assert ReportUris((mailto(value, "d@example.com", "example.com", size),), ()) == read(value)
    assert [f"`{size}` is not allowed in the URI `{value}`"] == [f.message for f in read(value, TLS_RPT_URIS).faults]
    assert [uri.text for uri in read("https://example.com!10m").valid] == ["https://example.com!10m"]
    refused = read(f"https://example.com{size}", TLS_RPT_URIS)
    assert ((), [f"remove `{size}`"]) == (refused.valid, [fault.help for fault in refused.faults])


def test_offsets_are_those_of_the_record() -> None:
    text = "v=DMARC1; rua=mailto:a@example.com , mailto:b@example.com"
    assert ReportUris(
        (
            mailto("mailto:a@example.com", "a@example.com", "example.com", start=14),
            mailto("mailto:b@example.com", "b@example.com", "example.com", start=37),
        ),
        (),
    ) == report_uris(text, 14, len(text), DMARC_URIS)
    assert text[37:57] == "mailto:b@example.com"


@pytest.mark.parametrize(
    ("entry", "message", "way_out"),
    [
        ("d@a.example", "`d@a.example` is an address but no URI", "write `mailto:d@a.example`"),
        ("a.example", "`a.example` is not a URI; expected `mailto:…`", ""),
        ("mailto:", "no address follows `mailto:`", "name the mailbox"),
        ("mailto:d@", "`d@` is not a whole address", ""),
        ("mailto:@a.example", "`@a.example` is not a whole address", ""),
        ("mailto:d", "`d` is not a whole address", ""),
        ("mailto:?subject=d@a.example", "is not a whole address", ""),
        ("mailto=d@a.example", "has no colon after `mailto`", "put `mailto:` before"),
        ("mailto://d@a.example", "has `//` where the address begins", "put the address right after `mailto:`"),
        ("mailto:mailto:d@a.example", "has `mailto:` twice", "put one `mailto:` before each address"),
        ("mailto:d@a.examplemailto:e@a.example", "has `mailto:` twice", "with commas between"),
        ("mailto:d@e@a.example", "has more than one `@`", "separate two addresses with a comma"),
        ("mailto:d@a..example", "`a..example` in `mailto:d@a..example` is not a domain name", ""),
        ("mailto:d@-a.example", "`-a.example` in", ""),
        ("mailto:d@a-.example", "`a-.example` in", ""),
        (f"mailto:d@{'a' * 64}.example", "is not a domain name", ""),
        ("mailto:d@a.example.", "`a.example.` in", "remove the dot at the end"),
        ("mailto:d:e@a.example", "`mailto:d:e@a.example` is not a valid `mailto:` URI", "percent-encode"),
        ("mailto:d e@a.example", "a blank is inside `mailto:d e@a.example`", "remove the blank"),
        ("mailto: d@a.example", "a blank is inside", "remove the blank"),
        ("mailto:d@a.example e@a.example", "a blank is inside", "separate URIs with a comma"),
        ("mailto:d  mailto:e@a.example", "a blank is inside", "separate URIs with a comma"),
        ("mailto:<d@a.example>", "`<` is not allowed in the URI", "name the real address"),
        ("mailto:{{ rua }}", "`{` is not allowed in the URI", "name the real address"),
        (
            "mailto:%s@a.example",
            "`%` is not allowed in the URI `mailto:%s@a.example`; is it still a",
            "name the",
        ),
        ("mailto:d@[192.0.2.1]", "`[` is not allowed in the URI", "name the real address"),
        ('"mailto:d@a.example"', '`"` is not allowed in the URI', "remove the"),
        ("mailto:d@münchen.example", "`ü` is not allowed in the URI", "`xn--`"),
        ("mailto:d\x00@a.example", "the character U+0000 is not allowed in a URI", "remove it"),
        ("mailto:d!e@a.example", "`!` is not allowed in the URI", "such a `!` is written `%21`"),
        ("mailto:d@a.example!10x", "`!10x` is not allowed in the URI", "remove `!10x`"),
        ("https://a.example!10x", "`!10x` is not allowed in the URI", "remove `!10x`"),
        (
            "mailo:d@a.example",
            "`mailo:` is not a scheme that DMARC reports are sent to; did you mean `mailto:`?",
            "",
        ),
        ("ftp://a.example", "`ftp:` is not a scheme that DMARC reports are sent to; expected `mailto:`", ""),
        ("https:a.example", "has no `//` after `https:`", "put `//` and the host after"),
        ("https:///d", "`https:///d` is not a valid `https:` URI", ""),
        ("", "an entry of the list is empty", "name a URI"),
    ],
)
def test_an_entry_that_is_no_valid_uri_is_reported_once(entry: str, message: str, way_out: str) -> None:
    found = read(entry)
    assert (found.valid, len(found.faults)) == ((), 1)
    fault = found.faults[0]
    assert (0, len(entry), "invalid-uri", "RFC 9989 section 4.6") == (
        fault.start,
        fault.end,
        fault.kind,
        fault.reference,
    )
    assert message in fault.message
    assert way_out in fault.help
    assert bool(way_out) == bool(fault.help)


def test_an_unknown_scheme_names_the_schemes_of_its_record() -> None:
    fault = read("http://a.example", TLS_RPT_URIS).faults[0]
    assert fault.message == "`http:` is not a scheme that TLS reports are sent to; did you mean `https:`?"
    assert fault.reference == "RFC 8460 section 3"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("mailto:YOUR_EMAIL@a.example", "`YOUR_EMAIL` is a placeholder"),
        ("mailto:d@YOUR-NAME.example", "`YOUR-NAME` is a placeholder"),
        ("mailto:d@yourdomain.com", "`yourdomain` is a placeholder"),
        ("mailto:d@Your-Domain.example", "`Your-Domain` is a placeholder"),
        ("mailto:CHANGEME@a.example", "`CHANGEME` is a placeholder"),
        ("mailto:you@host", "the domain of `mailto:you@host` has no dot, so no report arrives there"),
    ],
)
def test_a_placeholder_is_a_fault_though_a_valid_uri(entry: str, message: str) -> None:
    found = read(entry)
    assert [entry] == [uri.text for uri in found.valid]
    assert [(0, len(entry), message)] == [(fault.start, fault.end, fault.message) for fault in found.faults]


@pytest.mark.parametrize(
    "entry",
    [
        "mailto:your_reports@a.example",
        "mailto:d@yourdomains.example",
        "mailto:FOURYOUR_D@a.example",
        "mailto:changeme@a.example",
        "mailto:dmarc@example.com",
        "mailto:d@exchange.example",
    ],
)
def test_an_ordinary_address_is_no_placeholder(entry: str) -> None:
    assert read(entry).faults == ()


@pytest.mark.parametrize(
    ("value", "spans"),
    [
        ("mailto:a@a.example,", [(18, 19)]),
        (",mailto:a@a.example", [(0, 1)]),
        ("mailto:a@a.example, ,mailto:b@a.example", [(18, 19)]),
        ("mailto:a@a.example,,", [(18, 19), (19, 20)]),
        (",", [(0, 1), (0, 1)]),
    ],
)
def test_an_empty_entry_points_at_its_comma(value: str, spans: list[tuple[int, int]]) -> None:
    faults = read(value).faults
    assert spans == [(fault.start, fault.end) for fault in faults]
    assert {"remove the comma"} == {fault.help for fault in faults}


def test_each_wrong_entry_has_its_fault_and_the_others_stay() -> None:
    found = read("a@a.example,mailto:b@a.example,mailto:c@host,d@a.example")
    assert [uri.text for uri in found.valid] == ["mailto:b@a.example", "mailto:c@host"]
    assert [fault.start for fault in found.faults] == [0, 31, 45]


def test_a_comma_inside_an_address_is_one_fault() -> None:
    found = read("mailto:a,b@a.example,mailto:c,d@a.example,e@a.example")
    assert found.valid == ()
    assert [(fault.start, fault.end) for fault in found.faults] == [(8, 9), (29, 30), (42, 53)]
    assert [fault.help for fault in found.faults[:2]] == ["write `%2C`"] * 2


@pytest.mark.parametrize(
    "value",
    [
        "mailto:,b@a.example",
        "mailto:a,mailto:b@a.example",
        "mailto:a,b",
        "a,b@a.example",
        "x@y@z,b@a.example",
    ],
)
def test_other_pairs_of_wrong_entries_are_no_torn_address(value: str) -> None:
    assert not any("%2C" in fault.help for fault in read(value).faults)


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(["mailto:", "https://", "@", ",", "!", "10m", "a.example", " "]), st.text())),
    st.sampled_from([DMARC_URIS, TLS_RPT_URIS]),
)
def test_any_text_is_read_without_an_error(pieces: list[str], syntax: UriSyntax) -> None:
    value = "".join(pieces).strip(" \t\r\n")
    valid, faults = read(value, syntax)
    assert [uri.text for uri in valid] == [value[uri.start : uri.end] for uri in valid]
    assert all(0 <= fault.start <= fault.end <= len(value) for fault in faults)
    assert not any("\n" in fault.message or fault.message.endswith(".") for fault in faults)
    assert valid or faults
    assert len(valid) <= value.count(",") + 1


@given(st.lists(st.from_regex(r"[a-z][a-z0-9._+-]{0,9}@[a-z0-9]{1,9}\.example", fullmatch=True), min_size=1))
def test_addresses_written_as_a_list_are_read_back(addresses: list[str]) -> None:
    assert addresses == [uri.address for uri in read(",".join(f"mailto:{a}" for a in addresses)).valid]


ENTRIES = st.one_of(
    st.from_regex(r"mailto:[a-z0-9._+-]{1,4}@[a-z0-9]{1,3}([.-][a-z0-9]{1,3}){1,3}", fullmatch=True),
    st.from_regex(r"mailto:[a-zA-Z0-9._+%=-]{0,4}@[a-z0-9_A.-]{0,9}(!1m)?\n?", fullmatch=True),
    st.sampled_from(["a", "A", "ä", "٣", "-", "."]).map(lambda letter: f"mailto:{letter}@{letter}.example"),
    st.sampled_from(["mailto:d@yourdomain.com", "mailto:YOUR_D@a.example", "mailto:d@a-b", f"mailto:d@{'a' * 64}.a"]),
    st.text(max_size=5),
)


@settings(deadline=None, max_examples=400)
@given(ENTRIES, st.sampled_from([DMARC_URIS, TLS_RPT_URIS]))
def test_the_plain_way_reads_what_the_pattern_for_all_uris_reads(entry: str, syntax: UriSyntax) -> None:
    found = _plain_uri(entry, 14)
    if found is not None:
        assert _any_uri(entry, 14, syntax) == found
        assert not _drawback(found, syntax)


@pytest.mark.parametrize("host", ["example.com", "dmarc.a-b.example", "a-b.c-d", "1.example", f"{'a' * 55}.example"])
def test_the_plain_way_is_taken_by_the_usual_addresses(host: str) -> None:
    value = f"mailto:dmarc-rua+{host}.1@{host}"
    assert (_plain_uri(value, 0),) == read(value).valid
