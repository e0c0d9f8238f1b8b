"""Macro-strings and domain-specs are read as RFC 7208 sections 7 and 12 have them, and bad macros are explained."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.records.spf import macro as spf_macro
from linter.records.spf.macro import DomainSpec, Macro

VISIBLE = st.characters(min_codepoint=0x21, max_codepoint=0x7E)
MACRO_TEXT = st.text(alphabet=st.sampled_from([*"%{}%{}()sdDlirR0127.-+,/_=;aZ"]), max_size=24)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (Macro("d", None, False, "", False, 0, 4), "%{d}"),
        (Macro("d", 2, False, "", False, 0, 5), "%{d2}"),
        (Macro("d", None, True, "", False, 0, 5), "%{dr}"),
        (Macro("l", 1, True, "-", False, 0, 7), "%{l1r-}"),
        (Macro("l", 1, True, "-", False, 0, 7), "%{l1R-}"),
        (Macro("s", None, False, ".-+,/_=", False, 0, 11), "%{s.-+,/_=}"),
        (Macro("i", None, False, "", True, 0, 4), "%{I}"),
        (Macro("d", 127, False, "", False, 0, 8), "%{d0127}"),
        (Macro("d", 999_999_999, False, "", False, 0, 5004), f"%{{d{'9' * 5000}}}"),
    ],
)
def test_a_macro_has_letter_digits_reversal_and_delimiters(expected: Macro, text: str) -> None:
    spec = spf_macro.macro_string(text)
    assert spec == DomainSpec(text, (expected,), 0, len(text))


def test_every_letter_of_the_grammar_is_one_in_either_case() -> None:
    for letter in "slodipvh":
        assert spf_macro.macro_string(f"%{{{letter}}}")
        assert spf_macro.macro_string(f"%{{{letter.upper()}}}")


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ((), ""),
        (("a b%20c%",), "a%_b%-c%%"),
        (("x.", "d", "._", "i", ".y"), "x.%{d}._%{ir}.y"),
        (("%{d}",), "%%{d}"),
        (("%", "d"), "%%%{d}"),
    ],
)
def test_escapes_become_literal_text(parts: tuple[str, ...], text: str) -> None:
    spec = spf_macro.macro_string(text)
    assert spec is not None
    assert tuple(part.letter if isinstance(part, Macro) else part for part in spec.parts) == parts


def test_offsets_count_from_the_start_of_the_record() -> None:
    spec = spf_macro.domain_spec("a.%{d}", 100)
    assert spec is not None
    assert (spec.start, spec.end) == (100, 106)
    assert [(macro.start, macro.end) for macro in spec.macros] == [(102, 106)]


@pytest.mark.parametrize(
    "text",
    [
        "example.com",
        "example.com.",
        "_spf.example.com",
        "foo:bar/baz.example.com",
        "a,b;c.example.com",
        "a..b",
        ".com",
        f"{'a' * 64}.example.com",
        "example.xn--zckzah",
        "example.1-2",
        "example.c0m",
        "example.4chan",
        "%{d}",
        "%{d}.example.com",
        "a.%{d2}",
        "x%%",
        "x%_",
        "x%-",
        "%{d}.%{ir}.example.com.",
    ],
)
def test_a_domain_spec_ends_in_a_toplabel_or_a_macro(text: str) -> None:
    assert spf_macro.domain_spec(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "com",
        "com.",
        "example.com..",
        "example.123",
        "example.123.",
        "192.0.2.1",
        "example.-com",
        "example.com-",
        "example.c_m",
        "example.com:8080",
        "example.com/24",
        "example.com,",
        "exam ple.com",
        "example.com\n",
        "m\u00fcller.example",
        "example.c\u0661m",
        "%{d}foo",
        "%{d}.",
        "%{d}.123",
        "%%%%20",
        "%{a}.example.com",
        "%{c}.example.com",
        "%{d",
        "%",
    ],
)
def test_what_ends_otherwise_is_no_domain_spec(text: str) -> None:
    assert spf_macro.domain_spec(text) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("example.com", "Example.COM."),
        ("example.com", "example.com"),
        ("50%.example.com", "50%%.example.com"),
        ("", "%{d}.example.com"),
    ],
)
def test_a_literal_domain_spec_has_a_name(name: str, text: str) -> None:
    spec = spf_macro.domain_spec(text)
    assert spec is not None
    assert spec.name == name
    assert spec.is_literal is (name != "")


@pytest.mark.parametrize(
    ("piece", "message", "way_out", "text"),
    [
        (
            "%(ir)",
            "`%(ir)` is not a macro; a percent sign begins `%{…}`, `%%`, `%_` or `%-`",
            "write `%{ir}`",
            "%(ir).x.y",
        ),
        ("%d", "`%d` is not a macro", "write `%{d}`", "%d.x.y"),
        ("%.", "`%.` is not a macro", "a literal percent sign is `%%`", "foo%.sbl.example.com"),
        ("%2", "`%2` is not a macro", "a literal percent sign is `%%`", "a%20b.example.com"),
        ("%", "`%` is not a macro", "a literal percent sign is `%%`", "example.com%"),
        ("%{}", "`%{}` has no macro letter; expected one of `s`, `l`, `o`,", "", "%{}.x.y"),
        ("%{a}", "`a` in `%{a}` is not a macro letter; expected one of `s`, `l`, `o`,", "", "%{a}.x.y"),
        ("%{C}", "the macro `%{C}` is allowed only in the text that `exp=` points to", "", "%{C}.x.y"),
        ("%{d", "the macro `%{d` has no closing brace", "write `%{d}`", "x.%{d"),
        ("%{d.x.y", "the macro `%{d.x.y` has no closing brace", "close it with `}`", "%{d.x.y"),
        ("%{d0}", "the macro `%{d0}` keeps 0 parts", "write `%{d}`", "%{d0}.x.y"),
        ("%{d00r-}", "the macro `%{d00r-}` keeps 0 parts", "write `%{dr-}`", "%{d00r-}.x.y"),
        ("%{dr2}", "in the macro `%{dr2}` the number comes after `r`", "write `%{d2r}`", "%{dr2}.x.y"),
        ("%{d;}", "`;` is not allowed in the macro `%{d;}`", "", "%{d;}.x.y"),
        ("%{dd}", "`d` is not allowed in the macro `%{dd}`", "", "%{dd}.x.y"),
    ],
)
def test_a_bad_macro_is_told_with_its_place(piece: str, message: str, way_out: str, text: str) -> None:
    (fault,) = spf_macro.macro_faults(text, 7)
    assert text[fault.start - 7 : fault.end - 7] == piece
    assert fault.message.startswith(message)
    assert (fault.kind, fault.help) == ("invalid-macro", way_out)


def test_each_bad_macro_is_told() -> None:
    pieces = [(fault.start, fault.end) for fault in spf_macro.macro_faults("%x.%{d}.%%.%{z}.%(d)")]
    assert pieces == [(0, 2), (11, 15), (16, 20)]


@given(st.one_of(MACRO_TEXT, st.text(alphabet=VISIBLE)))
def test_visible_text_is_a_macro_string_or_has_bad_macros(text: str) -> None:
    assert (spf_macro.macro_string(text) is None) == bool(spf_macro.macro_faults(text))


@given(MACRO_TEXT)
def test_macros_stand_where_their_offsets_say(text: str) -> None:
    spec = spf_macro.macro_string(text, 50)
    for macro in spec.macros if spec else ():
        assert text[macro.start - 50 : macro.end - 50].startswith("%{")
        assert text[macro.end - 51] == "}"


@given(st.text())
def test_nothing_makes_reading_fail(text: str) -> None:
    for letters in (spf_macro.LETTERS, spf_macro.EXPLANATION_LETTERS):
        spf_macro.macro_string(text, 0, letters)
        assert all(fault.message.isprintable() for fault in spf_macro.macro_faults(text, 0, letters))
    spf_macro.domain_spec(text)
    spf_macro.explain_string(text)


@pytest.mark.parametrize("text", ["", "See http://x.example/why?s=%{S}&ip=%{C}&r=%{R}", "%{i} at %{t}: 100%%", "  a  "])
def test_an_explanation_may_hold_spaces_and_the_letters_c_r_and_t(text: str) -> None:
    spec, faults = spf_macro.explain_string(text)
    assert faults == ()
    assert spec is not None
    assert spec.text == text


def test_an_explanation_keeps_its_spaces() -> None:
    spec, _ = spf_macro.explain_string("Not %{c} again")
    assert spec is not None
    assert [part if isinstance(part, str) else part.letter for part in spec.parts] == ["Not ", "c", " again"]


@pytest.mark.parametrize(
    ("kind", "piece", "text"),
    [
        ("invalid-macro", "%{x}", "The %{x}-files."),
        ("invalid-macro", "%", "100% sure"),
        ("syntax", "\u00e9", "refus\u00e9"),
        ("syntax", "\n", "two\nlines"),
    ],
)
def test_a_bad_explanation_is_told_with_its_place(kind: str, piece: str, text: str) -> None:
    spec, (fault,) = spf_macro.explain_string(text)
    assert spec is None
    assert (fault.kind, text[fault.start : fault.end]) == (kind, piece)


@pytest.mark.parametrize(
    "text", ["%" * 60_000, "%{" * 30_000, "%(" * 30_000, "%{d" * 20_000, "a." * 30_000 + "!", "-" * 60_000]
)
def test_long_nonsense_is_read_to_its_end(text: str) -> None:
    spf_macro.macro_string(text)
    spf_macro.macro_faults(text)
    assert spf_macro.domain_spec(text) is None or text[0] == "%"
