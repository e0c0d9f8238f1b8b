"""SPF records are read as RFC 7208 section 12 has them; every cause of a fault is told once, with its place."""

import ipaddress
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.records.spf import record as spf
from linter.records.spf import term as spf_term
from linter.records.spf.record import Mechanism, Modifier, Spf, Term
from linter.records.text.address import Network

KINDS = {
    "syntax",
    "unknown-mechanism",
    "invalid-address",
    "address-as-host",
    "invalid-macro",
    "duplicate-modifier",
}

WELL_FORMED = [
    ("v=spf1 -all", "v=spf1 -all"),
    ("v=spf1 -all", "V=SPF1 -ALL"),
    ("v=spf1", "v=spf1"),
    ("v=spf1", "v=spf1  "),
    ("v=spf1 a -all", "v=spf1  a   -all "),
    ("v=spf1 a mx ptr all", "v=spf1 +a +mx +ptr +all"),
    ("v=spf1 ?a ~mx -ptr", "v=spf1 ?A ~Mx -PTR"),
    ("v=spf1 a/24//64 mx//64 a/0 mx/32//128", "v=spf1 a/24//64 mx//64 a/0 mx/32//128"),
    ("v=spf1 a:x.example/24//64 mx:%{d}/24", "v=spf1 a:x.example/24//64 MX:%{d}/24"),
    ("v=spf1 a:foo:bar/baz.example.com", "v=spf1 a:foo:bar/baz.example.com"),
    ("v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.77", "v=spf1 ip4:192.0.2.0/24 IP4:192.0.2.77/32"),
    ("v=spf1 ip4:192.0.2.77/24 ip4:0.0.0.0/0", "v=spf1 ip4:192.0.2.77/24 ip4:0.0.0.0/0"),
    ("v=spf1 ip6:2001:db8::/32 ip6:::1", "v=spf1 ip6:2001:DB8:0::/32 ip6:::1/128"),
    ("v=spf1 ip6:::ffff:1.2.3.4", "v=spf1 ip6:::FFFF:1.2.3.4"),
    ("v=spf1 a -all redirect=b.example", "v=spf1 a -all redirect=b.example"),
    ("v=spf1 redirect=%{d}.x.example exp=e.%{d2}", "v=spf1 Redirect=%{d}.x.example EXP=e.%{d2}"),
    ("v=spf1 -all include:x.example", "v=spf1 -all include:x.example"),
    ("v=spf1 include=x.example ipv4=192.0.2.1 -all", "v=spf1 include=x.example ipv4=192.0.2.1 -all"),
    ("v=spf1 exists:%{ir}.x.example -all", "v=spf1 exists:%{ir}.x.example -all"),
    ("v=spf1 mx:example.com -all foo=bar", "v=spf1 mx:example.com -all foo=bar"),
    (
        "v=spf1 moo.cow-far_out=man:dog/cat default=+ op= x=%{i}",
        "v=spf1 moo.cow-far_out=man:dog/cat default=+ op= x=%{i}",
    ),
    ("v=spf1 include:_spf.example.com. ~all", "v=spf1 include:_spf.example.com. ~all"),
    ("v=spf1 ~all -all", "v=spf1 ~all -all"),
    ("v=spf1 include:a.example,include:b.example", "v=spf1 include:a.example,include:b.example"),
    ("v=spf1 include:x.example-all", "v=spf1 include:x.example-all"),
    ("v=spf1 a:mail.example...com a:.com", "v=spf1 a:mail.example...com a:.com"),
    (f"v=spf1 a:{'a' * 64}.example.com", f"v=spf1 a:{'a' * 64}.example.com"),
    ("v=spf1 a:macro%%percent%_%_space%-x.example.com", "v=spf1 a:macro%%percent%_%_space%-x.example.com"),
]


@pytest.mark.parametrize(("canonical", "text"), WELL_FORMED)
def test_a_well_formed_record_has_no_fault_and_a_canonical_text(canonical: str, text: str) -> None:
    record = spf.parse(text)
    assert record.faults == ()
    assert record.is_valid
    assert spf.to_text(record) == canonical


def test_a_mechanism_has_qualifier_argument_and_place() -> None:
    record = spf.parse("v=spf1  ~IP4:192.0.2.9/24 a:Mail.example/8//64 -all")
    network, host, everything = record.mechanisms
    assert network == Mechanism("~", "ip4", None, Network(4, 0xC0000209, 24), None, None, 8, 25)
    assert (host.qualifier, host.name, host.prefix4, host.prefix6) == ("+", "a", 8, 64)
    assert host.domain is not None
    assert (host.domain.name, host.domain.start, host.domain.end) == ("mail.example", 28, 40)
    assert (host.start, host.end) == (26, 46)
    assert everything == Mechanism("-", "all", None, None, None, None, 47, 51)


def test_a_modifier_has_a_lower_case_name_and_a_value_with_its_place() -> None:
    (modifier,) = spf.parse("v=spf1 EXP=%{d}.x.example").modifiers
    assert (modifier.name, modifier.start, modifier.end) == ("exp", 7, 25)
    assert (modifier.value.text, modifier.value.start, modifier.value.end) == ("%{d}.x.example", 11, 25)
    assert [(macro.letter, macro.start, macro.end) for macro in modifier.value.macros] == [("d", 11, 15)]


def test_a_record_knows_its_parts() -> None:
    record = spf.parse("v=spf1 a redirect=r.example ~all exp=e.example -all")
    assert [found.name for found in record.mechanisms] == ["a", "all", "all"]
    assert record.redirect is not None
    assert record.redirect.value.name == "r.example"
    assert record.exp is not None
    assert record.exp.value.name == "e.example"
    assert record.all_term is not None
    assert record.all_term.qualifier == "~"
    bare = spf.parse("v=spf1 a")
    assert (bare.redirect, bare.exp, bare.all_term) == (None, None, None)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (True, "v=spf1"),
        (True, "v=spf1 "),
        (True, "V=sPf1 +all"),
        (True, "v=spf1 nonsense"),
        (False, ""),
        (False, "v=spf10"),
        (False, "v=spf1;"),
        (False, "v=spf1\t-all"),
        (False, " v=spf1 -all"),
        (False, "v=\u017fpf1 -all"),
        (False, "v=spf1-all"),
    ],
)
def test_receivers_select_the_version_and_a_space_or_the_end(expected: bool, text: str) -> None:
    assert spf.is_spf(text) is expected


@pytest.mark.parametrize(
    ("places", "text"),
    [
        (["redirect=b.example"], "v=spf1 redirect=a.example redirect=b.example"),
        (["EXP=b.example"], "v=spf1 exp=a.example -all EXP=b.example"),
        (["exp=b.x", "redirect=b.x"], "v=spf1 exp=a.x redirect=a.x exp=b.x redirect=b.x"),
        (["exp=b.x", "exp=c.x"], "v=spf1 exp=a.x exp=b.x exp=c.x"),
        ([], "v=spf1 exp=a.x redirect=a.x"),
        ([], "v=spf1 foo=a foo=a"),
        ([], "v=spf1 v=a x=spf1 a -all"),
    ],
)
def test_redirect_and_exp_stand_once(places: list[str], text: str) -> None:
    faults = spf.parse(text).faults
    assert [text[fault.start : fault.end] for fault in faults] == places
    for fault in faults:
        assert fault.kind == "duplicate-modifier"
        assert fault.message.startswith(f"`{text[fault.start : fault.end].split('=')[0].lower()}=` occurs twice")
        assert (fault.help, fault.reference) == ("keep one of them", "RFC 7208 section 6")


@pytest.mark.parametrize("version", ["v=spf1", "V=SPF1", "v=spf1;", "v=spf2"])
def test_a_version_inside_the_record_is_told(version: str) -> None:
    text = f"v=spf1 a -all {version} mx -all"
    record = spf.parse(text)
    (fault,) = record.faults
    assert (fault.kind, text[fault.start : fault.end]) == ("syntax", version)
    assert fault.message == "a second `v=spf1` is inside the record; receivers skip it and read on"
    assert record.is_valid


def _apart_from_places(term: Term) -> tuple[object, ...]:
    """A term without any offset, so that two records can be compared."""
    spec = term.value if isinstance(term, Modifier) else term.domain
    parts = [part if isinstance(part, str) else part[:-2] for part in spec.parts] if spec else []
    rest = (term.name,) if isinstance(term, Modifier) else (*term[:2], *term[3:-2])
    return (*rest, spec and spec.text, *parts)


# ---- the grammar once more, as the RFC writes it -------------------------------------------------------------
_EXPAND = r"(?:%\{[slodiphv](?:0*[1-9][0-9]*)?r?[.+,/_=-]*\}|%%|%_|%-)"
_MACRO_STRING = rf"(?:{_EXPAND}|[\x21-\x24\x26-\x7e])*"
_TOPLABEL = r"(?:[0-9a-z]*[a-z][0-9a-z]*|[0-9a-z]+-[0-9a-z-]*[0-9a-z])"
_DOMAIN = rf"(?:{_MACRO_STRING}(?:\.{_TOPLABEL}\.?|{_EXPAND}))"
_QNUM = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])"
_CIDR4, _CIDR6 = r"(?:/(?:3[0-2]|[12][0-9]|[0-9]))", r"(?:/(?:12[0-8]|1[01][0-9]|[1-9][0-9]|[0-9]))"
_DIRECTIVE = (
    rf"[-+?~]?(?:all|(?:include|exists):{_DOMAIN}|ptr(?::{_DOMAIN})?|ip6:(?P<ip6>[0-9a-f:.]+){_CIDR6}?"
    rf"|ip4:{_QNUM}\.{_QNUM}\.{_QNUM}\.{_QNUM}{_CIDR4}?|(?:a|mx)(?::{_DOMAIN})?{_CIDR4}?(?:/{_CIDR6})?)"
)
_MODIFIER = rf"(?:redirect|exp)={_DOMAIN}|(?!(?:redirect|exp)=)[a-z][a-z0-9_.-]*={_MACRO_STRING}"
_TERM = re.compile(rf"{_DIRECTIVE}|{_MODIFIER}", re.IGNORECASE | re.ASCII)


def _is_grammatical(text: str) -> bool:
    words = [word for word in text[6:].split(" ") if word]
    for word in words:
        match = _TERM.fullmatch(word)
        if match is None:
            return False
        try:
            ipaddress.IPv6Address(match["ip6"] or "::")  # which words but ip6 do without
        except ValueError:
            return False
    starts = [word.lower().split("=")[0] for word in words if "=" in word]
    return starts.count("redirect") < 2 and starts.count("exp") < 2


PIECES = [
    *("a", "mx", "all", "ptr", "include", "exists", "ip4", "ip6", "redirect", "exp", "foo", "v=spf1", "A", "MX"),
    *(":", ":", ":", "=", "/", "//", "-", "~", "+", ".", ",", ";", '"', " ", " ", " ", " "),
    *("24", "128", "032", "0", "x.example", ".example.com", "example", "a.b.", "192.0.2.1", "2001:db8::", "::1"),
    *("%{d}", "%{ir}", "%{d2r-}", "%{d0}", "%{c}", "%%", "%_", "%-", "%", "{", "}", "\t", "\u2013", "\u00fc", "\0"),
]
RECORDS = st.lists(st.sampled_from(PIECES), max_size=14).map(lambda pieces: "v=spf1 " + "".join(pieces))
TERMS = [
    *("a", "mx", "-all", "+a/24", "mx//64", "a:x.example/24//64", "?ptr:x.example", "PTR", "include:%{d}.x.example"),
    *("IP4:192.0.2.9/24", "ip4:192.0.2.1/32", "ip6:2001:DB8::/32", "ip6:::1/128", "exists:%{ir}.%{L2r-}.x.example"),
    *("foo=", "Foo=%{i}%%", "x.y=a:b/c", "~exists:a%_b.x", "include:X.example.", "a:x%-"),
]


@settings(max_examples=400)
@given(RECORDS)
def test_a_record_is_valid_just_where_the_grammar_says_so(text: str) -> None:
    assert spf.parse(text).is_valid == _is_grammatical(text)


@given(RECORDS, RECORDS)
def test_what_is_remembered_of_other_records_changes_nothing(before: str, text: str) -> None:
    spf.parse(before)
    remembered = spf.parse(text)
    spf_term._known.clear()

    assert spf.parse(text) == remembered


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spf_term, "_MOST_KNOWN", 10)
    spf.parse("v=spf1 " + "a:x.example " * 100 + f"include:{'x' * 200}.example")

    assert 0 < len(spf_term._known) <= 10
    assert max(len(token) for token, _ in spf_term._known) < 200


@given(st.lists(st.sampled_from([*TERMS, "", ""]), max_size=8))
def test_a_canonical_text_reads_back_as_the_same_terms(words: list[str]) -> None:
    record = spf.parse(" ".join(["v=spf1", *words]))
    again = spf.parse(spf.to_text(record))
    assert record.faults == again.faults == ()
    assert [_apart_from_places(term) for term in record.terms] == [_apart_from_places(term) for term in again.terms]
    assert spf.to_text(again) == spf.to_text(record)


@given(st.lists(st.sampled_from(TERMS), max_size=8))
def test_each_term_stands_where_its_offsets_say(words: list[str]) -> None:
    text = "  ".join(["v=spf1", *words])
    record = spf.parse(text)
    assert [text[term.start : term.end] for term in record.terms] == words
    for term in record.terms:
        spec = term.value if isinstance(term, Modifier) else term.domain
        if spec is not None:
            assert text[spec.start : spec.end] == spec.text
            assert all(text[macro.start : macro.start + 2] == "%{" for macro in spec.macros)


@settings(max_examples=300, deadline=None)
@given(st.one_of(RECORDS, st.text(max_size=60).map(lambda text: "v=spf1 " + text), st.text(max_size=60)))
def test_whatever_is_read_its_faults_can_be_shown(text: str) -> None:
    record = spf.parse(text)
    near = spf.near_miss(text)
    for fault in (*record.faults, *([near] if near else [])):
        assert 0 <= fault.start <= fault.end <= len(text)
        assert fault.message.isprintable()
        assert fault.help.isprintable()
        assert not fault.message.endswith(".")
    assert {fault.kind for fault in record.faults} <= KINDS
    assert [fault.start for fault in record.faults] == sorted(fault.start for fault in record.faults)
    assert record.text == text


@settings(deadline=None)
@given(RECORDS)
def test_a_way_out_that_names_a_term_names_a_well_formed_one(text: str) -> None:
    for fault in spf.parse(text).faults:
        written = re.fullmatch(r"write `([-+?~]?(?:[a-z0-9]+[:=/][^ `]*|all|a|mx|ptr))`", fault.help)
        if written and "…" not in written[1]:
            assert spf.parse(f"v=spf1 {written[1]}").is_valid


def test_a_record_made_by_hand_has_a_text() -> None:
    mechanism = Mechanism("-", "all", None, None, None, None, 0, 0)
    assert spf.to_text(Spf("", (mechanism,), ())) == "v=spf1 -all"
