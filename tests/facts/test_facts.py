"""Facts are functions of a zone's facts that are computed once and let go together."""

from linter.facts.facts import Facts, once

from .zones import facts_of

ZONE = "www: {type: A, value: 192.0.2.1}\n"
CALLS: list[Facts] = []


@once
def counted(facts: Facts) -> int:
    CALLS.append(facts)
    return len(CALLS)


@once
def nothing(facts: Facts) -> None:
    CALLS.append(facts)


def test_a_fact_is_found_once_for_each_zone_until_it_is_let_go() -> None:
    CALLS.clear()
    first, second = facts_of(ZONE), facts_of(ZONE)

    assert [counted(first), counted(first), counted(second)] == [1, 1, 2]
    first.let_go()
    assert [counted(first), counted(second)] == [3, 2]


def test_nothing_is_found_once_as_well() -> None:
    CALLS.clear()
    facts = facts_of(ZONE)

    nothing(facts)
    nothing(facts)

    assert [facts] == CALLS
