"""Every address that a record lets send, as ranges that are put together and taken from each other."""

import pytest

from linter.facts.spf.authorised import Range, authorised, minus, union
from linter.facts.spf.tree import SpfTrees
from linter.records.spf.record import parse

from ..recorded_world import records, world


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ([], ()),
        ([(5, 9), (1, 3)], ((1, 3), (5, 9))),
        ([(1, 3), (4, 6)], ((1, 6),)),
        ([(1, 9), (2, 3)], ((1, 9),)),
        ([(1, 3), (3, 5), (7, 7)], ((1, 5), (7, 7))),
    ],
)
def test_ranges_that_touch_are_one(ranges: list[Range], expected: tuple[Range, ...]) -> None:
    assert union(ranges) == expected


@pytest.mark.parametrize(
    ("ranges", "others", "left"),
    [
        (((1, 9),), (), [(1, 9)]),
        (((1, 9),), ((3, 5),), [(1, 2), (6, 9)]),
        (((1, 9),), ((1, 9),), []),
        (((1, 3), (7, 9)), ((2, 8),), [(1, 1), (9, 9)]),
        (((5, 9),), ((1, 3), (20, 30)), [(5, 9)]),
    ],
)
def test_what_is_left_of_ranges(ranges: tuple[Range, ...], others: tuple[Range, ...], left: list[Range]) -> None:
    assert list(minus(ranges, others)) == left


@pytest.mark.parametrize(
    ("record", "networks", "unknown"),
    [
        ("v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 -all", ["192.0.2.0/24"], []),
        ("v=spf1 include:a.example -all", ["192.0.2.1"], []),
        ("v=spf1 -ip4:192.0.2.1 ip4:192.0.2.0/31 -all", ["192.0.2.0"], []),
        ("v=spf1 -all", [], []),
        ("v=spf1 include:u.example -all", [], ["u.example"]),
        ("v=spf1 exists:%{i}.a.example -all", [], ["exists:%{i}.a.example"]),
    ],
)
def test_what_a_record_authorises(record: str, networks: list[str], unknown: list[str]) -> None:
    resolver = world(records(root=record, a="v=spf1 ip4:192.0.2.1 -all", none="v=spf1 -all"), complete=False)
    trees = SpfTrees(resolver, parse)
    found = authorised(trees.at("root.example."), resolver)
    nobody = authorised(trees.at("none.example."), resolver)

    assert [network.text for network in found.without(nobody)] == networks
    assert list(found.unknown) == unknown
