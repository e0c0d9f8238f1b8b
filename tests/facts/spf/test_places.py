"""What the terms of one record mean at their places: dead ones, glued ones, those by which somebody may send."""

import pytest

from linter.facts.spf import places
from linter.records.spf.record import parse

from ..recorded_world import records, world
from ..zones import facts_of, txt


@pytest.mark.parametrize(
    ("record", "dead", "authorising"),
    [
        ("v=spf1 -all", [], ""),
        ("v=spf1 a -all", [], "a"),
        ("v=spf1 -a -all", [], ""),
        ("v=spf1 -all a mx", ["a", "mx"], ""),
        ("v=spf1 redirect=a.example", [], "redirect"),
        ("v=spf1 -all redirect=a.example", [], ""),
        ("v=spf1 +all", [], "all"),
        ("v=spf1 ~all ip4:192.0.2.1", ["ip4"], ""),
    ],
)
def test_terms_that_are_dead_and_that_authorise(record: str, dead: list[str], authorising: str) -> None:
    spf = parse(record)
    found = places.authorising_term(spf)

    assert [term.name for term in places.dead_terms(spf)] == dead
    assert (found.name if found else "") == authorising


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ("v=spf1 include:a.example-all", 24),
        ("v=spf1 include:a.example -all", None),
        ("v=spf1 a", None),
        ("v=spf1", None),
    ],
)
def test_an_all_that_was_swallowed(record: str, place: int | None) -> None:
    assert places.glued_all(parse(record)) == place
    assert place is None or record[place:] == "-all"


@pytest.mark.parametrize(
    ("record", "pointers", "dotted"),
    [
        ("v=spf1 ptr a:b.example. -all", 1, ["b.example."]),
        ("v=spf1 exists:%{p}.b.example exp=c.example. -all", 1, ["c.example."]),
        ("v=spf1 a -all", 0, []),
    ],
)
def test_pointers_and_final_dots(record: str, pointers: int, dotted: list[str]) -> None:
    assert len(places.pointer_terms(parse(record))) == pointers
    assert [spec.text for spec in places.dotted_names(parse(record))] == dotted


@pytest.mark.parametrize(("name", "is_one"), [("_spf.a.example.", True), ("a.example.", False)])
def test_no_mail_comes_from_a_name_with_an_underscore(name: str, is_one: bool) -> None:
    assert places.is_include_target(name) is is_one


@pytest.mark.parametrize(
    ("record", "own"), [("v=spf1 a -all", True), ("v=spf1 a:b.example", False), ("v=spf1 ?a", False)]
)
def test_the_address_of_the_name_itself(record: str, own: bool) -> None:
    assert places.authorises_own_address(parse(record)) is own


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ("v=spf1 mx -all", ""),
        ("v=spf1 a -all", ""),
        ("v=spf1 ip4:192.0.2.1 -all", "ip4"),
        ("v=spf1 include:none.example -all", ""),
        ("v=spf1 include:some.example -all", "include"),
        ("v=spf1 include:unknown.example -all", "include"),
        ("v=spf1 redirect=unknown.example", ""),
        ("v=spf1 redirect=some.example", "redirect"),
    ],
)
def test_who_may_send_as_a_name_without_mail_hosts(record: str, name: str) -> None:
    known = {**records(none="v=spf1 -all", some="v=spf1 a -all"), "x.example": "nxdomain"}
    found = places.sending_term(parse(record), "x.example.", world(known, complete=False))

    assert (found.name if found else "") == name


@pytest.mark.parametrize(
    ("record", "meant"),
    [
        ("v=spf1 ipv4=192.0.2.1 -all", ["ip4:192.0.2.1"]),
        ("v=spf1 ip=2001:db8::1 -all", ["ip6:2001:db8::1"]),
        ("v=spf1 includ=a.example -all", ["include:a.example"]),
        ("v=spf1 default=deny -all", [""]),
        ("v=spf1 ra=postmaster exp=a.example -all", []),
    ],
)
def test_modifiers_that_nobody_knows(record: str, meant: list[str]) -> None:
    assert [idle.meant for idle in places.idle_modifiers(parse(record))] == meant


def test_the_term_at_a_place() -> None:
    spf = parse("v=spf1 a mx")

    assert [places.term_at(spf, offset) for offset in (7, 8, 9, 11, 50)] == [
        (7, 8),
        (9, 11),
        (9, 11),
        (11, 11),
        (11, 11),
    ]


MX = "'': {type: MX, value: {preference: 10, exchange: mx.example.net.}}\n"


@pytest.mark.parametrize(
    ("zone", "domains"),
    [
        (MX + txt("v=spf1 mx -all", "_spf"), ["example.com."]),
        (MX + txt("v=spf1 mx -all", "'*'"), ["example.com."]),
        (MX + txt("v=spf1 -all", "'*'"), []),
        (txt("v=spf1 mx -all", "_spf"), []),
    ],
)
def test_a_record_beside_the_name_that_needs_it(zone: str, domains: list[str]) -> None:
    assert [each.domain for each in places.misplaced_spf(facts_of(zone))] == domains
