"""Where DKIM keys are looked for, and what was meant by those that stand elsewhere."""

import pytest

from linter.facts.dkim.selectors import Meant, is_reached, meant, signing_domain


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("example.com.", Meant("SELECTOR", "_domainkey.example.com.")),
        ("_domainkey.example.com.", Meant("SELECTOR", "_domainkey.example.com.")),
        ("_domainkey.shop.example.com.", Meant("SELECTOR", "_domainkey.shop.example.com.")),
        ("s1.example.com.", Meant("s1", "_domainkey.example.com.")),
        ("mail.shop.example.com.", Meant("mail", "_domainkey.shop.example.com.")),
        ("s1.domainkey.example.com.", Meant("s1", "_domainkey.example.com.", True)),
        ("s1._domainkeys.example.com.", Meant("s1", "_domainkey.example.com.", True)),
        ("s1._domiankey.shop.example.com.", Meant("s1", "_domainkey.shop.example.com.", True)),
        ("a.b.domain-key.example.com.", Meant("a.b", "_domainkey.example.com.", True)),
        ("domainkey.example.com.", Meant("SELECTOR", "_domainkey.example.com.", True)),
        ("s1.dkim.example.com.", Meant("s1", "_domainkey.example.com.", True)),
        ("s1.domain.example.com.", Meant("s1", "_domainkey.domain.example.com.")),
        ("dkim.example.com.", Meant("dkim", "_domainkey.example.com.")),
        ("dkim1.example.com.", Meant("dkim1", "_domainkey.example.com.")),
    ],
)
def test_the_selector_that_was_meant(name: str, expected: Meant) -> None:
    assert meant(name, "example.com.") == expected


@pytest.mark.parametrize(
    ("aliases", "expected"),
    [
        ({}, False),
        ({"key.example.com.": ("s1._domainkey.example.org.",)}, True),
        ({"key.example.com.": ("www.example.org.",)}, False),
        ({"key.example.com.": ("_domainkey.example.org.",)}, False),
        ({"key.example.com.": ("a.example.com.",), "a.example.com.": ("s1._domainkey.example.org.",)}, True),
        ({"key.example.com.": ("a.example.com.",), "a.example.com.": ("key.example.com.",)}, False),
    ],
)
def test_a_name_is_reached_where_a_selector_leads_to_it(aliases: dict[str, tuple[str, ...]], expected: bool) -> None:
    assert is_reached("key.example.com.", lambda name: aliases.get(name, ())) is expected


def test_a_wildcard_is_reached_as_it_answers_for_selectors_below_it() -> None:
    assert is_reached("*.example.com.", lambda name: ())


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("*._domainkey.example.com.", "example.com."),
        ("a.b._domainkey.shop.example.com.", "shop.example.com."),
        ("*.example.com.", "*.example.com."),
    ],
)
def test_a_selector_signs_for_what_stands_behind_it(name: str, domain: str) -> None:
    assert signing_domain(name) == domain
