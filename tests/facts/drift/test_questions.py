"""Which questions a comparison asks first, and which names it is about."""

import pytest

from linter.facts.drift.questions import first_questions, is_named, wanted_sets

from ..zones import facts_of, txt


@pytest.mark.parametrize(
    ("names", "name", "named"),
    [
        ((), "a.example.", True),
        (("a.example",), "a.example.", True),
        (("*.example",), "a.example.", True),
        (("b.example",), "a.example.", False),
    ],
)
def test_names_that_are_compared(names: tuple[str, ...], name: str, named: bool) -> None:
    assert is_named(names, name) is named


ZONE = txt("v=spf1 -all") + "shop: {type: A, value: 192.0.2.1}\n"


@pytest.mark.parametrize(
    ("every", "names", "owners"),
    [
        (False, (), ["example.com."]),
        (True, (), ["example.com.", "shop.example.com."]),
        (True, ("shop.example.com",), ["shop.example.com."]),
    ],
)
def test_sets_that_are_compared(every: bool, names: tuple[str, ...], owners: list[str]) -> None:
    found = wanted_sets(facts_of(ZONE), "probe", every, names)

    assert [expected.owner for _, expected in found] == owners


def test_each_question_is_asked_once_and_wildcards_are_looked_for() -> None:
    asked = first_questions(facts_of(ZONE), "probe", every=False)

    assert len(asked) == len(set(asked))
    assert ("example.com.", "TXT") in asked
    assert any(name.startswith("probe.") for name, _ in asked)
    assert ("shop.example.com.", "A") not in asked
