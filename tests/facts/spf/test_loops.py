"""Loops are told once each, from the same domain whoever meets them."""

import pytest

from linter.facts.spf.cases import spf_cases
from linter.facts.spf.loops import MOST_LOOPS, loops

from ..zones import facts_of, txt


def found(zone: str) -> list[tuple[str, ...]]:
    facts = facts_of(zone)
    trees = facts.estate.spf_trees(facts.parsers.spf)
    return [loop.names for loop in loops(spf_cases(facts), trees)]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (txt("v=spf1 include:example.com -all"), [("example.com.", "example.com.")]),
        (
            txt("v=spf1 include:b.example.com -all", "a") + txt("v=spf1 include:a.example.com -all", "b"),
            [("a.example.com.", "b.example.com.", "a.example.com.")],
        ),
        (txt("v=spf1 include:b.example.com -all", "a") + txt("v=spf1 -all", "b"), []),
        (txt("v=spf1 redirect=example.com"), [("example.com.", "example.com.")]),
    ],
)
def test_a_loop_is_found_once(zone: str, expected: list[tuple[str, ...]]) -> None:
    assert found(zone) == expected


def test_records_that_all_include_each_other_are_bounded() -> None:
    every = [f"n{number}" for number in range(6)]
    terms = " ".join(f"include:{name}.example.com" for name in every)

    assert 0 < len(found("".join(txt(f"v=spf1 {terms} -all", name) for name in every))) <= MOST_LOOPS
