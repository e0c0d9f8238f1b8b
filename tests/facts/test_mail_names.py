"""The names that take part in mail, by MX or by an SPF record that lets somebody send, and those that take none."""

import pytest

from linter.facts.mail_names import is_mail_domain, is_parked, mail_names

from .zones import facts_of, txt

MX = "{type: MX, value: {preference: 10, exchange: mx.example.net.}}"
NULL = "{type: MX, value: {preference: 0, exchange: .}}"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (f"a: {MX}\n", [("a.example.com.", "MX")]),
        (f"a: {NULL}\n", []),
        (txt("v=spf1 mx -all", "a"), [("a.example.com.", "TXT")]),
        (txt("v=spf1 -all", "a"), []),
        (txt("v=spf1 mx -all", "_spf") + txt("v=spf1 mx -all", "'*'"), []),
        (
            f"'*': {MX}\n" + txt("v=spf1 mx -all", "a") + f"b: {MX}\n",
            [("b.example.com.", "MX"), ("a.example.com.", "TXT")],
        ),
    ],
)
def test_names_with_mail_are_found_with_what_says_so(zone: str, expected: list[tuple[str, str]]) -> None:
    assert [(name, kind) for name, kind, _ in mail_names(facts_of(zone))] == expected


@pytest.mark.parametrize(
    ("name", "is_one"), [("a.example.", True), ("_dmarc.a.example.", False), ("*.a.example.", False)]
)
def test_an_address_has_a_host_name_behind_its_at(name: str, is_one: bool) -> None:
    assert is_mail_domain(name) is is_one


@pytest.mark.parametrize(
    ("zone", "parked"),
    [
        (f"a: {NULL}\n", True),
        (f"a: {MX}\n", False),
        (txt("v=spf1 mx -all", "a"), False),
        (txt("v=spf1 -all", "a"), True),
        ("a: {type: A, value: 192.0.2.1}\n", True),
    ],
)
def test_a_domain_is_parked_where_nothing_speaks_of_mail(zone: str, parked: bool) -> None:
    assert is_parked(facts_of(zone), "a.example.com.") is parked


def test_silence_counts_as_parked() -> None:
    assert is_parked(facts_of(txt("x")), "unknown.example.")
