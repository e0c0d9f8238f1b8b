"""DMARC texts by what they are at their places, and the right name for those at wrong ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.facts.dmarc import places
from linter.facts.dmarc.places import dmarc_places, is_piece, policies_outside_apex, right_name
from linter.records.dmarc.record import parse

from ..zones import facts_of, txt

P = "v=DMARC1\\; p=none"


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("_dmarc.example.com.", ""),
        ("x.example._report._dmarc.example.com.", ""),
        ("dmarc.example.com.", "_dmarc.example.com."),
        ("_dmarcs.example.com.", "_dmarc.example.com."),
        ("_dmarc_parked.example.com.", ""),
        ("*.example.com.", ""),
    ],
)
def test_the_name_that_a_text_belongs_to(name: str, right: str) -> None:
    assert right_name(name) == right


@pytest.mark.parametrize(
    ("zone", "policies", "reports", "misplaced"),
    [
        (txt(P, "_dmarc"), 1, 0, []),
        (txt(P, "_dmarc.a"), 1, 0, []),
        (txt("v=DMARC1", "x.example._report._dmarc"), 0, 1, []),
        (txt(P, "dmarc"), 0, 0, ["_dmarc.example.com."]),
        (f"_dmarc: {{type: TXT, values: ['{P}', '{P}']}}\n", 1, 0, []),
        (txt(P, "dmarc") + "_dmarc: {type: CNAME, value: dmarc.example.com.}\n", 1, 0, []),
    ],
)
def test_texts_are_sorted_by_place(zone: str, policies: int, reports: int, misplaced: list[str]) -> None:
    places = dmarc_places(facts_of(zone))

    assert (len(places.policies), len(places.reports)) == (policies, reports)
    assert [each.right for each in places.misplaced] == misplaced


def test_a_record_in_two_values_is_split() -> None:
    zone = "_dmarc: {type: TXT, values: ['v=DMARC1\\; rua=mailto:a@example.com', 'p=reject']}\n"
    (split,) = dmarc_places(facts_of(zone)).split

    assert [rest.text for rest in split.rest] == ["p=reject"]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("p=reject", True),
        ("rua=mailto:a@b.example", False),
        ("mailto:c@b.example", True),
        ("x=y", False),
        ("v=DMARC1", False),
    ],
)
def test_a_piece_has_what_the_record_lacks(text: str, is_one: bool) -> None:
    assert is_piece(text, parse("v=DMARC1; rua=mailto:a@b.example")) is is_one


@pytest.mark.parametrize(("zone", "has"), [(txt(P, "_dmarc"), False), (txt(P, "_dmarc.a"), True), (txt(P, "a"), False)])
def test_a_policy_below_the_apex(zone: str, has: bool) -> None:
    assert policies_outside_apex(facts_of(zone).texts, "example.com.") is has


NAMES = ("_dmarc", "_dmarc.a", "_dmarc._dmarc", "'*._dmarc'", "'*'", "dmarc", "b.example._report._dmarc", "a")
TEXTS = (P, "v=DMARC1\\; p=reject\\; sp=none\\;", "v=DMARC1", "v=DMARC1\\; p=x", "DMARC1\\; p=none", "p=none", "a")


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(NAMES), st.lists(st.sampled_from(TEXTS), min_size=1, max_size=2), min_size=1, max_size=3
    )
)
def test_sound_policies_need_no_closer_look(found: dict[str, list[str]]) -> None:
    zone = "".join(f"{name}: {{type: TXT, values: {texts}}}\n".replace("\\\\", "\\") for name, texts in found.items())
    facts = facts_of(zone)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "is_one_policy", lambda text, index: False)
        expected = dmarc_places(facts)
    facts.let_go()

    assert dmarc_places(facts) == expected
