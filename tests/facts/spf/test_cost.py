"""Costs add up to a bound, and a tree is walked without recursion, each record once."""

import pytest

from linter.facts.spf.cost import MOST, Lookups, counted, for_version, records_in, rows, uncounted
from linter.facts.spf.tree import SpfTrees
from linter.records.spf.record import parse

from ..recorded_world import records, world


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Lookups(1, 2), Lookups(3, 4), Lookups(4, 6)),
        (Lookups(MOST, MOST), Lookups(1, 1), Lookups(MOST, MOST)),
        (Lookups(0, 0), Lookups(0, 11), Lookups(0, 11)),
    ],
)
def test_costs_add_up_to_a_bound(one: Lookups, other: Lookups, expected: Lookups) -> None:
    assert one.plus(other) == other.plus(one) == expected


@pytest.mark.parametrize(("version", "expected"), [(4, "a"), (6, "b")])
def test_alternatives_for_a_version(version: int, expected: str) -> None:
    assert for_version(("a", "b"), version) == expected
    assert for_version(("x",), version) == "x"
    assert for_version((), version) is None


NAMES = records(
    root="v=spf1 include:a.example include:b.example include:unknown.example -all",
    a="v=spf1 include:b.example a -all",
    b="v=spf1 mx -all",
)


def test_each_record_is_met_once_in_the_order_of_receivers() -> None:
    tree = SpfTrees(world(NAMES, complete=False), parse).at("root.example.")

    assert [record.name for record in records_in(tree)] == [
        "root.example.",
        "a.example.",
        "b.example.",
        "unknown.example.",
    ]
    assert uncounted(tree) == ("unknown.example.",)
    assert [row.term.text for row in rows(tree)].count("mx") == 1


def test_what_is_below_is_counted_first_and_once() -> None:
    tree = SpfTrees(world(NAMES, complete=False), parse).at("root.example.")
    order: list[str] = []
    counted(tree, {}, lambda record: order.append(record.name))

    assert sorted(order) == sorted(set(order))
    assert order.index("b.example.") < order.index("a.example.") < order.index("root.example.")


def test_a_long_chain_is_no_recursion() -> None:
    chain = {f"n{number}": f"v=spf1 include:n{number + 1}.example -all" for number in range(3000)}
    tree = SpfTrees(world(records(**chain, n3000="v=spf1 -all")), parse).at("n0.example.")

    assert sum(1 for _ in records_in(tree)) > 3000
