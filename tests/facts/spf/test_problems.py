"""Why receivers give up on a record is told in a line for each cause."""

import pytest

from linter.facts.spf.problems import problems
from linter.facts.spf.tree import SpfTrees
from linter.records.spf.record import parse

from ..recorded_world import records, world


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ("v=spf1 -all", []),
        ("v=spf1 include:gone.example -all", ["`include:gone.example`, but `gone.example.` does not exist"]),
        (
            f"v=spf1 {' '.join(['a:root.example'] * 11)} -all",
            ["11 lookups, 1 too many", "11 lookups find nothing, 9 too many"],
        ),
        ("v=spf1 include:root.example -all", ["is a loop: root.example. → root.example."]),
        ("v=spf1 nclude:a.example -all", ["`root.example.`: "]),
        ("v=spf1 mx:many.example -all", ["has 11 mail hosts, 1 too many"]),
    ],
)
def test_each_cause_has_a_line(record: str, words: list[str]) -> None:
    names = {
        **records(root=record),
        "many.example": {"MX": [f"{number} host.example." for number in range(11)]},
        "host.example": {"A": ["192.0.2.3"], "AAAA": ["2001:db8::3"]},
    }
    trees = SpfTrees(world(names), parse)
    found = list(problems(trees.at("root.example."), trees))

    assert len(found) == len(words)
    assert all(word in line for word, line in zip(words, found, strict=True))


def test_a_record_that_is_not_there() -> None:
    trees = SpfTrees(world({}), parse)

    assert list(problems(trees.at("root.example."), trees)) == ["`root.example.` does not exist"]
