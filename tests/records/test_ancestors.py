"""Walking up a name: every walk ends, whatever it waits for."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.lookup.zone_index import ZoneIndex
from linter.lookup.zones import Zones, ask_zone
from linter.records.text.name import ancestors, parent
from linter.zone.model import Zone

NAMES = st.text("ab._*", max_size=12)


@pytest.mark.parametrize(
    ("name", "top", "walk"),
    [
        ("a.b.c.", ".", ["a.b.c.", "b.c.", "c.", "."]),
        ("a.b.c.", "b.c.", ["a.b.c.", "b.c."]),
        ("b.c.", "b.c.", ["b.c."]),
        ("a.b.c.", "other.", ["a.b.c.", "b.c.", "c.", "."]),
        (".", "b.c.", ["."]),
    ],
)
def test_a_walk_ends_at_its_top_or_at_the_root(name: str, top: str, walk: list[str]) -> None:
    assert ancestors(name, top) == walk


@given(NAMES, NAMES)
def test_any_walk_ends(name: str, top: str) -> None:
    walk = ancestors(name, top)

    assert walk[0] == name
    assert walk[-1] in (top, ".")
    assert all(parent(below) == above for below, above in pairwise(walk))


@pytest.mark.parametrize("name", ["a.example.com.", "example.com.", "com.", "."])
def test_an_index_that_gives_a_zone_of_another_name_is_asked_and_answers(name: str) -> None:
    other = ZoneIndex(Zone("other.example.", (), ()))

    assert Zones({"example.com.": other}.get).lookup(name, "A").status in ("unknown", "nxdomain")
    assert ask_zone(other, name, "A")[1] is None
