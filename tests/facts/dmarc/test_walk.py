"""The tree walk of DMARC asks the names that RFC 9989 section 4.10 says, and stops where it says."""

import pytest

from linter.facts.dmarc.walk import PolicyRecords, walk_names
from linter.records.dmarc.record import parse

from ..worlds import World


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("example.", ("example.",)),
        ("a.b.example.", ("a.b.example.", "b.example.", "example.")),
        (
            "a.b.c.d.e.f.g.h.i.j.example.",
            ("a.b.c.d.e.f.g.h.i.j.example.", "e.f.g.h.i.j.example.", "f.g.h.i.j.example.", "g.h.i.j.example.",
             "h.i.j.example.", "i.j.example.", "j.example.", "example."),
        ),
    ],
)  # fmt: skip
def test_the_names_of_the_walk(name: str, asked: tuple[str, ...]) -> None:
    assert walk_names(name) == asked
    assert len(asked) <= 8


@pytest.mark.parametrize(
    ("texts", "status", "is_meant"),
    [
        (("v=DMARC1; p=none",), "found", True),
        (("v=DMARC1; p=none", "v=DMARC1; p=reject"), "several", True),
        (("v=DMARC1; p=none", "v=DMARC1; p=none"), "found", True),
        (("DMARC1; p=none",), "nodata", True),
        (("hello",), "nodata", False),
        (None, "unknown", False),
    ],
)
def test_what_is_at_a_name(texts: tuple[str, ...] | None, status: str, is_meant: bool) -> None:
    asked = PolicyRecords(World({"_dmarc.a.example.": texts}), parse).at("a.example.")

    assert (asked.status, asked.is_meant, asked.record is not None) == (status, is_meant, status == "found")


@pytest.mark.parametrize(("psd", "steps"), [("; psd=y", 2), ("; psd=n", 2), ("; psd=u", 3), ("", 3)])
def test_the_walk_ends_where_a_record_says_so(psd: str, steps: int) -> None:
    world = World({"_dmarc.b.example.": (f"v=DMARC1; p=none{psd}",)})

    assert len(PolicyRecords(world, parse).walk("a.b.example.")) == steps


def test_each_name_is_asked_once() -> None:
    world = World({})
    policies = PolicyRecords(world, parse)
    policies.walk("a.example.")
    policies.walk("b.example.")

    assert len(world.questions) == len(set(world.questions)) == 3


@pytest.mark.parametrize(("name", "exists"), [("a.example.", True), ("b.example.", False), ("c.example.", None)])
def test_whether_a_name_exists(name: str, exists: bool | None) -> None:
    assert PolicyRecords(World({"a.example.": (), "c.example.": None}), parse).exists(name) is exists


def test_above_a_name_the_walk_goes_on_as_if_nothing_were_there() -> None:
    world = World({"_dmarc.c.b.a.example.": ("v=DMARC1; p=none; psd=n",), "_dmarc.a.example.": ("v=DMARC1; psd=y",)})
    records = PolicyRecords(world, parse)

    assert [step.domain for step in records.above("c.b.a.example.")] == ["b.a.example.", "a.example."]
    assert records.walk("d.b.a.example.")[1:] == records.above("d.b.a.example.")
    assert records.above("example.") == ()
    assert ("_dmarc.c.b.a.example.", "TXT") not in world.questions
