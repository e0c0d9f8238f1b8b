"""What a zone's servers must answer, by the files: sets, wildcards, and what others answer for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.facts.drift.expected import AS_DECLARED, expectations
from linter.lookup.served import Said
from linter.lookup.zones import ask_zone

from ..zones import facts_of, txt

ZONE = (
    txt("v=spf1 -all") + "'*.w': {type: A, value: 192.0.2.1}\n" + "d: {type: NS, value: ns.example.net.}\n"
    "x.d: {type: A, value: 192.0.2.2}\n" + "alias: {type: CNAME, value: a.w.example.com.}\n"
)


@pytest.mark.parametrize(
    ("pair", "asked"),
    [
        (("example.com.", "TXT"), ("example.com.", "TXT")),
        (("*.w.example.com.", "A"), ("probe.w.example.com.", "A")),
        (("d.example.com.", "NS"), ("d.example.com.", "NS")),
        (("x.d.example.com.", "A"), None),
        (("example.com.", "SOA"), None),
    ],
)
def test_the_question_for_a_set(pair: tuple[str, str], asked: tuple[str, str] | None) -> None:
    assert expectations(facts_of(ZONE)).question(*pair, "probe") == asked


@pytest.mark.parametrize(
    ("pair", "owner"),
    [
        (("a.w.example.com.", "A"), "*.w.example.com."),
        (("example.com.", "TXT"), "example.com."),
        (("alias.example.com.", "A"), "alias.example.com."),
        (("gone.example.com.", "A"), ""),
    ],
)
def test_the_set_that_answers(pair: tuple[str, str], owner: str) -> None:
    found = expectations(facts_of(ZONE)).at(pair)

    assert (found.owner if found else "") == owner


LABELS = ["a", "b", "d", "w", "x", "alias", "dn", "e", "*", "_domainkey", "_dmarc"]
ODD = "dn: {type: DNAME, value: example.net.}\n'*.e': {type: TXT, value: t}\nb._domainkey: {type: TXT, value: t}\n"


@given(st.lists(st.lists(st.sampled_from(LABELS), max_size=3), min_size=1, max_size=8))
def test_what_is_not_there_is_answered_as_the_zone_answers_it(names: list[list[str]]) -> None:
    facts = facts_of(ZONE + ODD)
    expected = expectations(facts)
    for labels in names:
        for kind in ("TXT", "A", "CNAME"):
            pair = (".".join((*labels, "example.com.")), kind)
            answer, step = ask_zone(facts.index, *pair)
            found = expected.at(pair)

            assert found is expected.of(answer.owner, "CNAME" if step else kind)
            assert expected.is_open(pair) or step is not None or answer.status != "unknown"
            assert expected.is_left(pair) == (found is None and not expected.is_open(pair))


@pytest.mark.parametrize(("name", "is_open"), [("x.d.example.com.", True), ("example.com.", False)])
def test_what_is_left_to_others(name: str, is_open: bool) -> None:
    assert expectations(facts_of(ZONE)).is_open((name, "A")) is is_open


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said("found", ('"v=spf1 -all"',)), AS_DECLARED),
        (Said("found", ('"v=spf1 ~all"',)), "`v=spf1 ~all`"),
        (Said("nodata"), "nothing"),
        (Said("alias", ("a.example.net.",)), "CNAME `a.example.net`"),
    ],
)
def test_what_a_server_says_in_words(said: Said, words: str) -> None:
    expected = expectations(facts_of(ZONE))
    pair = ("example.com.", "TXT")

    assert expected.told(pair, expected.view(pair, said)) == words
