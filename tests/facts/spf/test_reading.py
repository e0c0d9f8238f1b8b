"""The terms of one record in the order of evaluation, with what each asks."""

import pytest

from linter.facts.spf.cost import ASKS, DEAD, FREE, IGNORED, OFF, VARIES
from linter.facts.spf.reading import leads, terms_in_order
from linter.records.spf.record import parse


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("v=spf1 a -all", [("a", ASKS, ("x.example.",)), ("-all", FREE, ())]),
        ("v=spf1 redirect=b.example a", [("a", ASKS, ("x.example.",)), ("redirect=b.example", ASKS, ("b.example.",))]),
        ("v=spf1 -all a redirect=b.example", [("-all", FREE, ()), ("a", DEAD, ()), ("redirect=b.example", OFF, ())]),
        ("v=spf1 foo=bar exp=c.example", [("foo=bar", IGNORED, ()), ("exp=c.example", FREE, ())]),
        ("v=spf1 include:%{i}.b.example", [("include:%{i}.b.example", VARIES, ())]),
        ("v=spf1 include:B.Example.", [("include:B.Example.", ASKS, ("b.example.",))]),
        ("v=spf1 a:%{v}.%{d}", [("a:%{v}.%{d}", ASKS, ("in-addr.x.example.", "ip6.x.example."))]),
        ("v=spf1 include:%{o}", [("include:%{o}", ASKS, ("x.example.",))]),
        ("v=spf1 ptr", [("ptr", ASKS, ())]),
        ("v=spf1 ip4:192.0.2.1", [("ip4:192.0.2.1", FREE, ())]),
    ],
)
def test_terms_are_read_in_their_order(record: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert [(term.text, term.state, term.targets) for term in terms_in_order("x.example.", parse(record))] == expected


@pytest.mark.parametrize(
    ("record", "versions"),
    [("v=spf1 ip4:192.0.2.1", (4,)), ("v=spf1 ip6:2001:db8::1", (6,)), ("v=spf1 +all", (4, 6)), ("v=spf1 -all", ())],
)
def test_whom_a_term_matches_that_asks_nothing(record: str, versions: tuple[int, ...]) -> None:
    assert [term.matches for term in terms_in_order("x.example.", parse(record))] == [versions]


@pytest.mark.parametrize(
    ("record", "is_one"),
    [
        ("v=spf1 include:a.example", True),
        ("v=spf1 redirect=a.example", True),
        ("v=spf1 a:a.example", False),
        ("v=spf1 exp=a.example", False),
    ],
)
def test_what_leads_to_another_record(record: str, is_one: bool) -> None:
    assert [leads(term) for term in terms_in_order("x.example.", parse(record))] == [is_one]
