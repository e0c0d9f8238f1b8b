"""The domains with mail of their own: what is declared, the zones, and names with MX in them."""

import pytest

from linter.facts.facts import Facts, Publishing
from linter.facts.mail.our_domains import Ours
from linter.facts.texts import Parsers
from linter.intent.model import Intent
from linter.run.estate import Estate
from linter.source.text import Source

from ..recorded_world import world

ZONE = """zone: example.com
systems: {one: {spf: 'ip4:50.0.0.9'}}
mail: {news.example.com: {sends: [one]}, '*.old.example.com': {sends: [one]}}
records:
  shop: {type: MX, value: {preference: 1, exchange: mx.example.net.}}
  www: {type: A, value: 50.0.0.80}
  '*.wild': {type: MX, value: {preference: 1, exchange: mx.example.net.}}
  alias: {type: CNAME, value: shop.example.com.}
"""
OTHER = "'': {type: A, value: 50.0.0.81}\nmx: {type: A, value: 50.0.0.82}\n"
FILES = {"example.com.yaml": ZONE, "example.net.yaml": OTHER}
BEYOND = {"away.example": {"MX": ["1 mx.example.net."]}}


def ours(is_whole: bool = True) -> Ours:
    """What example.com knows, among all zones that there are or some of them."""
    estate = Estate(FILES, ".", [world(BEYOND, complete=False)], is_whole=is_whole)
    for path, text in FILES.items():
        estate.add(Source(path, text))
    index = estate.index_of("example.com.")
    assert index is not None
    facts = Facts(index, estate.resolver, estate, Publishing(), Parsers())
    return Ours(facts, facts.intent or Intent({}, {}))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("example.com.", True),
        ("example.net.", True),
        ("news.example.com.", True),
        ("shop.example.com.", True),
        ("www.example.com.", False),
        ("gone.example.com.", False),
        ("mx.example.net.", False),
        ("a.wild.example.com.", False),
        ("alias.example.com.", False),
        ("away.example.", False),
        ("unknown.example.", False),
        ("a.old.example.com.", False),
        ("example.org.", False),
    ],
)
def test_names_with_mail_of_their_own(name: str, expected: bool) -> None:
    assert ours().has(name) is expected


@pytest.mark.parametrize(
    ("letters", "is_whole", "expected"),
    [
        ("examplecom", True, "example.com."),
        ("examplenet", True, "example.net."),
        ("examplenet", False, ""),
        ("newsexamplecom", True, "news.example.com."),
        ("newsexamplecom", False, "news.example.com."),
        ("*oldexamplecom", True, ""),
        ("shopexamplecom", True, ""),
        ("awayexample", True, ""),
        ("", True, ""),
    ],
)
def test_domains_by_their_letters(letters: str, is_whole: bool, expected: str) -> None:
    assert ours(is_whole).spelled(letters) == expected
