"""What a term that asks about hosts finds: void lookups, names nobody knows, mail hosts."""

import pytest

from linter.facts.spf.cost import TreeTerm
from linter.facts.spf.hosts import Hosts
from linter.facts.spf.reading import terms_in_order
from linter.records.spf.record import parse

from ..recorded_world import Counting, world

WORLD = {
    "x.example": {"A": ["192.0.2.1"], "AAAA": "nodata", "MX": ["10 h.example.", "20 gone.example."]},
    "h.example": {"A": ["192.0.2.2"], "AAAA": "nodata"},
    "gone.example": "nxdomain",
    "null.example": {"MX": ["0 ."]},
}


def answered(term: str) -> TreeTerm:
    (read,) = terms_in_order("x.example.", parse(f"v=spf1 {term}"))
    return Hosts(world(WORLD, complete=False)).answered(read)


@pytest.mark.parametrize(
    ("term", "voids4", "voids6", "unknown", "matches"),
    [
        ("a", (), ("x.example.",), (), (4,)),
        ("a:gone.example", ("gone.example.",), ("gone.example.",), (), ()),
        ("a:u.example", (), (), ("u.example.",), ()),
        ("mx", (), (), (), (4,)),
        ("mx:gone.example", ("gone.example.",), ("gone.example.",), (), ()),
        ("mx:u.example", (), (), ("u.example.",), ()),
        ("exists:x.example", (), (), (), (4, 6)),
        ("ptr", (), (), (), (4, 6)),
    ],
)
def test_what_a_term_finds(
    term: str, voids4: tuple[str, ...], voids6: tuple[str, ...], unknown: tuple[str, ...], matches: tuple[int, ...]
) -> None:
    found = answered(term)

    assert (found.voids4, found.voids6, found.unknown, found.matches) == (voids4, voids6, unknown, matches)


@pytest.mark.parametrize(("term", "hosts"), [("mx", 2), ("mx:null.example", 1), ("a", 0)])
def test_how_many_mail_hosts_there_are(term: str, hosts: int) -> None:
    assert answered(term).hosts == hosts


def test_each_host_is_asked_once() -> None:
    resolver = Counting(world(WORLD))
    hosts = Hosts(resolver)
    for term in terms_in_order("x.example.", parse("v=spf1 a a:x.example mx")):
        hosts.answered(term)

    assert len(resolver.questions) == len(set(resolver.questions))
