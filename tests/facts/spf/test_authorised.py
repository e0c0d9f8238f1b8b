"""What SPF authorises as ranges: the same as `check_host` says of every address, and the difference of two."""

import ipaddress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.facts.spf.authorised import Authorised, Range, authorised, minus, networks, union
from linter.facts.spf.check import Client, check_host
from linter.facts.spf.tree import SpfTrees
from linter.records.spf.record import parse
from tests.facts.recorded_world import world

HOSTS = {"h.example": {"A": ["192.0.2.3", "192.0.2.9"], "AAAA": ["2001:db8::3"]}}
LIMITED = [
    "ip4:192.0.2.0/30", "-ip4:192.0.2.2", "~ip4:192.0.2.4/31", "?ip4:192.0.2.8", "ip4:192.0.2.8/29",
    "-ip4:192.0.2.0/29", "ip6:2001:db8::/126", "-ip6:2001:db8::2", "a:h.example", "a:h.example/30",
    "-a:h.example", "mx:m.example",
]  # fmt: skip
TERMS = st.lists(st.sampled_from(LIMITED), max_size=5)
ENDS = st.sampled_from(["-all", "~all", "?all", "+all", "", "redirect=c.example"])
RANGES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 8)).map(lambda each: (each[0], sum(each))), max_size=6)


def found(names: dict[str, dict[str, list[str]]]) -> Authorised:
    resolver = world(names, complete=False)
    return authorised(SpfTrees(resolver, parse).at("root.example."), resolver)


@given(TERMS, TERMS, TERMS, ENDS, st.sampled_from(["+", "-", "~"]))
def test_it_is_what_receivers_say_of_each_address(
    first: list[str], second: list[str], third: list[str], end: str, qualifier: str
) -> None:
    names = {
        **HOSTS,
        "m.example": {"MX": ["10 h.example."]},
        "root.example": {"TXT": [f"v=spf1 {' '.join(first)} {qualifier}include:b.example {' '.join(second)} {end}"]},
        "b.example": {"TXT": [f"v=spf1 {' '.join(third)} -all"]},
        "c.example": {"TXT": ["v=spf1 ip4:192.0.2.14 -all"]},
    }
    held = found(names)
    resolver = world(names)
    for text in [f"192.0.2.{number}" for number in range(18)] + [f"2001:db8::{number}" for number in range(1, 6)]:
        result = check_host(Client(text, "a@root.example", "root.example"), "root.example", resolver).result
        address = ipaddress.ip_address(text)
        is_within = any(low <= int(address) <= high for low, high in held.ranges[address.version])
        if result != "permerror":  # limits have findings of their own
            assert is_within is (result == "pass"), text


@pytest.mark.parametrize(
    ("record", "unknown"),
    [
        ("v=spf1 include:other.example -all", ("other.example",)),
        ("v=spf1 a:other.example -all", ("other.example",)),
        ("v=spf1 exists:%{i}.b.example ptr -all", ("exists:%{i}.b.example", "ptr")),
        ("v=spf1 include:%{l}.b.example -all", ("include:%{l}.b.example",)),
        ("v=spf1 ip4:192.0.2.1 -all", ()),
    ],
)
def test_what_is_unknown_is_named(record: str, unknown: tuple[str, ...]) -> None:
    assert found({"root.example": {"TXT": [record]}}).unknown == unknown


def test_a_difference_is_the_fewest_networks() -> None:
    old = found({"root.example": {"TXT": ["v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/64 -all"]}})
    new = found({"root.example": {"TXT": ["v=spf1 ip4:192.0.2.0/25 ip4:198.51.100.7 -all"]}})
    assert [each.text for each in new.without(old)] == ["198.51.100.7"]
    assert [each.text for each in old.without(new)] == ["192.0.2.128/25", "2001:db8::/64"]


def members(ranges: list[Range] | tuple[Range, ...]) -> set[int]:
    return {number for low, high in ranges for number in range(low, high + 1)}


@given(RANGES, RANGES)
def test_ranges_are_sets(first: list[Range], second: list[Range]) -> None:
    left, right = union(first), union(second)
    assert members(left) == members(first)
    assert all(low[1] + 1 < high[0] for low, high in pairwise(left))
    assert members(minus(left, right)) == members(first) - members(second)
    held = [network for each in left for network in networks(4, each)]
    assert members([(network.first, network.last) for network in held]) == members(first)
