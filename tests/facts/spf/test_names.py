"""Names in SPF that no receiver finds in public DNS, and what that does to the record."""

import pytest

from linter.facts.spf.names import names_not_public, odd_names
from linter.records.spf.record import parse

from ..zones import facts_of, txt


@pytest.mark.parametrize(
    ("record", "effect"),
    [
        ("v=spf1 include:https://a.example.net -all", "receivers answer permerror"),
        ("v=spf1 a:mail.local -all", "`a` never matches"),
        ("v=spf1 include:mail.internal -all", "receivers answer permerror"),
        ("v=spf1 a:b.co,c.co -all", "`a` never matches"),
        ("v=spf1 a:mail.example.com -all", ""),
        ("v=spf1 a:mail.denic.de -all", ""),
        ("v=spf1 -all a:mail.local", ""),
        ("v=spf1 exists:%{i}.%{d} -all", ""),
        ("v=spf1 ptr:mail.local -all", ""),
    ],
)
def test_odd_names_have_an_effect(record: str, effect: str) -> None:
    assert [each.effect for each in odd_names(parse(record))] == ([effect] if effect else [])


def test_a_url_says_so_and_names_the_host() -> None:
    (found,) = odd_names(parse("v=spf1 include:https://a.denic.de -all"))

    assert found.is_url
    assert "a.denic.de" in found.help


def test_inside_names_are_in_order_inside() -> None:
    facts = facts_of(txt("x"))
    spf = parse("v=spf1 a:mail.local -all")
    assert len(list(names_not_public(facts, spf))) == (0 if facts.takes_inside_names else 1)
    facts.is_internal = True

    assert list(names_not_public(facts, spf)) == []
