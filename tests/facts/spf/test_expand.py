"""Macros stand for what RFC 7208 section 7.4 says, and what comes of them is a name or is not."""

import pytest

from linter.facts.spf.expand import MAX_TEXT, explanation_text, is_askable, is_domain, target_name
from linter.records.spf.record import Mechanism, Modifier, parse

VALUES = {
    "s": "strong-bad@email.example.com",
    "o": "email.example.com",
    "d": "email.example.com",
    "l": "strong-bad",
    "i": "192.0.2.3",
    "v": "in-addr",
    "h": "mail.example.net",
}


@pytest.mark.parametrize(
    ("macros", "expected"),
    [
        ("%{d}", "email.example.com."),
        ("%{d2}", "example.com."),
        ("%{dr}", "com.example.email."),
        ("%{l}", "strong-bad."),
        ("%{l-}", "strong.bad."),
        ("%{lr-}", "bad.strong."),
        ("%{l1r-}", "strong."),
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com."),
        ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com."),
        ("a%%b.example", "a%b.example."),
    ],
)
def test_the_examples_of_the_rfc(macros: str, expected: str) -> None:
    (term,) = parse(f"v=spf1 exists:{macros}").terms
    assert isinstance(term, Mechanism)
    assert term.domain is not None

    assert target_name(term.domain, VALUES.__getitem__) == expected


def test_a_name_that_is_too_long_loses_labels_on_its_left() -> None:
    (term,) = parse("v=spf1 exists:%{l}.example").terms
    assert isinstance(term, Mechanism)
    assert term.domain is not None

    name = target_name(term.domain, lambda _: ".".join(["a" * 49] * 6))

    assert name == ".".join(["a" * 49] * 4) + ".example."


@pytest.mark.parametrize(("length", "is_text"), [(MAX_TEXT, True), (MAX_TEXT + 1, False)])
def test_an_explanation_has_a_bound(length: int, is_text: bool) -> None:
    (term,) = parse("v=spf1 exp=%{l}").terms
    assert isinstance(term, Modifier)

    assert explanation_text(term.value, lambda _: "a" * length) == ("a" * length if is_text else None)


@pytest.mark.parametrize(
    ("name", "askable", "domain"),
    [
        ("a.example.", True, True),
        ("example.", True, False),
        ("a..example.", False, False),
        (f"{'a' * 63}.example.", True, True),
        (f"{'a' * 64}.example.", False, False),
        ("a.123.", True, False),
        ("ä.example.", False, False),
        (".", False, False),
    ],
)
def test_what_can_be_asked_and_what_is_a_domain(name: str, askable: bool, domain: bool) -> None:
    assert (is_askable(name), is_domain(name)) == (askable, domain)
