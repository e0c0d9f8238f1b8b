"""Void lookups are counted for each IP version, and it is told whether a term that could match is lost."""

import pytest

from linter.facts.spf.check import Client, check_host
from linter.facts.spf.tree import SpfTrees
from linter.facts.spf.voids import HostVoids
from linter.records.spf.record import parse

from ..recorded_world import world

HOSTS = {f"h{number}.example": {"A": [f"192.0.2.{number}"]} for number in range(1, 5)}
HOSTS |= {f"s{number}.example": {"AAAA": [f"2001:db8::{number}"]} for number in range(1, 5)}
THREE = "a:h1.example a:h2.example a:h3.example"


def counted(record: str, **others: str) -> tuple[int, int, bool, bool]:
    """The void lookups for clients of IPv4 and IPv6, and whether each loses a term that could match."""
    names = {**HOSTS, **{f"{name}.example": {"TXT": [text]} for name, text in {"root": record, **others}.items()}}
    tree = SpfTrees(world(names), parse).at("root.example.")
    voids = HostVoids()
    counts = voids.count(tree, 4), voids.count(tree, 6)
    return (*counts, voids.is_match_lost(tree, 4), voids.is_match_lost(tree, 6))


@pytest.mark.parametrize(
    ("record", "others", "expected"),
    [
        (f"v=spf1 {THREE} ip6:2001:db8::5 -all", {}, (0, 3, False, True)),
        (f"v=spf1 ip6:2001:db8::5 {THREE} -all", {}, (0, 3, False, False)),
        (f"v=spf1 {THREE} ip4:192.0.2.5 -all", {}, (0, 3, False, False)),
        (f"v=spf1 {THREE} a:s1.example -all", {}, (1, 3, False, True)),
        (f"v=spf1 {THREE} ?all", {}, (0, 3, False, False)),
        (f"v=spf1 {THREE} +all", {}, (0, 3, False, True)),
        (f"v=spf1 {THREE} ptr -all", {}, (0, 3, False, True)),
        (f"v=spf1 {THREE} -all ip6:2001:db8::5", {}, (0, 3, False, False)),
        ("v=spf1 a:s1.example a:s2.example a:s3.example ip4:192.0.2.5 -all", {}, (3, 0, True, False)),
        ("v=spf1 include:in.example ip6:2001:db8::5 -all", {"in": f"v=spf1 {THREE}"}, (0, 3, False, True)),
        (f"v=spf1 {THREE} include:in.example -all", {"in": "v=spf1 ip6:2001:db8::5"}, (0, 3, False, True)),
        (f"v=spf1 {THREE} include:in.example -all", {"in": "v=spf1 ip4:192.0.2.5"}, (0, 3, False, False)),
    ],
)
def test_voids_are_counted_for_each_version(
    record: str, others: dict[str, str], expected: tuple[int, int, bool, bool]
) -> None:
    assert counted(record, **others) == expected


@pytest.mark.parametrize(("ip", "result"), [("192.0.2.5", "pass"), ("2001:db8::5", "permerror")])
def test_an_evaluation_counts_alike(ip: str, result: str) -> None:
    names = world({**HOSTS, "d.example": {"TXT": [f"v=spf1 {THREE} ip4:192.0.2.5 ip6:2001:db8::5 -all"]}})

    assert check_host(Client(ip, "", "d.example"), "d.example", names).result == result


def test_where_mail_hosts_count_elsewhere_the_outcome_says_so() -> None:
    hosts = [f"{number} s{number}.example." for number in range(1, 4)]
    names = world({**HOSTS, "d.example": {"TXT": ["v=spf1 mx ip4:192.0.2.5 -all"], "MX": hosts}})

    outcome = check_host(Client("192.0.2.5", "", "d.example"), "d.example", names)

    assert (outcome.result, outcome.voids) == ("pass", 0)
    assert outcome.otherwise == "receivers that count mail hosts without an address as void lookups find 3: permerror"
