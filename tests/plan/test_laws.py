"""Every law is needed, and all of them together are enough: changes that they let through lose no mail."""

from functools import cache

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from linter.plan.laws import LAWS, between

from .transitions import CHANGES, Estate, lost, made, put

UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)

CASES: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "L1": [(("sts of both", "new listens", "mx ttl up"), ("sts of both", "new listens", "mx to new"))],
    "L2": [(("own listens", "sts of own"), ("own listens", "sts of own", "mx to own"))],
    "L3": [
        (("spf of both",), ("spf of both", "new sends")),
        (("new known",), ("new known", "spf of both", "new sends")),
    ],
    "L4": [
        (("new known",), ("two spf",)),
        (("erp key",), ("erp key", "spf with erp", "erp sends")),
        (("erp key", "spf with erp"), ("erp key", "spf of web", "erp sends")),
    ],
    "L5": [
        (("spf with erp",), ("spf with erp", "erp key", "erp sends")),
        (("spf with erp", "erp key"), ("spf with erp", "erp key gone", "erp sends")),
    ],
    "L6": [(("ghost sends",), ("ghost sends", "quarantine"))],
    "L7": [((), ("reports elsewhere", "permit"))],
    "L8": [
        (("sts of both",), ("sts of both", "mx to new")),
        (("sts of both", "new listens"), ("sts of both", "new listens", "mx to new", "own listens")),
    ],
    "L9": [
        (("new listens",), ("new listens", "mx to new")),
        (("new listens", "sts of both"), ("new listens", "sts of new")),
        (("sts none",), ("sts none", "sts of new", "sts goes")),
    ],
    "L10": [
        (("own listens", "sts of own", "own host"), ("own listens", "sts of own", "own host with key", "mx to own")),
        (
            ("own listens", "sts of own", "own host with key", "mx to own"),
            ("own listens", "sts of own", "mx to own", "own key changes"),
        ),
    ],
    "L11": [(("sts of both", "new listens"), ("sts of both", "new listens", "mx of both"))],
    "L12": [(("new listens", "sts of both"), ("sts of both", "web is deaf"))],
    "L13": [((), ("programs to new",))],
    "L14": [(("new known", "new sends"), ("spf of new", "only new sends", "erp key"))],
    "L15": [
        ((), ("key of web goes",)),
        ((), ("key of web changes",)),
        (("spf of both", "only new sends"), ("spf of both", "only new sends", "key of web changes")),
    ],
    "L16": [((), ("sts goes",)), ((), ("sts host goes",))],
    "L17": [
        ((), ("ds", "signed")),
        (("signed", "ds"), ("signed", "ds", "unsigned")),
        (("signed",), ("ds", "unsigned")),
    ],
    "L18": [(("new listens",), ("new listens", "mx ttl up"))],
    "L19": [((), ("reject",)), ((), ("quarantine by pct",))],
    "L20": [(("first tenant",), ("second tenant",))],
}  # fmt: skip


@cache
def judged(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The laws that a change breaks, and what it loses."""
    old, new = made(*before).view(), made(*after).view()
    return frozenset(broken.law for broken in between(old, new)), tuple(lost(old, new))


def sound(names: tuple[str, ...]) -> bool:
    """Whether nothing is lost as long as nothing changes."""
    view = made(*names).view()
    return not lost(view, view)


@pytest.mark.parametrize("law", [law.number for law in LAWS])
def test_without_a_law_something_is_lost(law: str) -> None:
    """The test of the tests: what a law alone keeps apart, the simulation is seen to lose."""
    for before, after in CASES[law]:
        broken, losses = judged(before, after)
        assert sound(before)
        assert broken == {law}, (broken, losses)
        assert losses


@settings(max_examples=120, phases=UNSHRUNK, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(CHANGES)), max_size=4, unique=True),
    st.lists(st.sampled_from(sorted(CHANGES)), max_size=3, unique=True),
)
def test_what_all_laws_let_through_loses_nothing(first: list[str], more: list[str]) -> None:
    before, after = tuple(first), (*first, *more)
    assume(sound(before))
    broken, losses = judged(before, after)
    assert broken or not losses, (before, after, losses)


ONE = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
OTHER = "v=DKIM1; k=ed25519; p=GAsgrhJ7oNPQBqEEBtEBkcc6AIHsjFvqB0hM0JwHDZc="


def _selector(kind: str, value: str) -> Estate:
    estate = Estate()
    put("s9._domainkey", kind, value)(estate)
    return estate


@pytest.mark.parametrize(
    ("old", "new", "is_refused"),
    [
        (("TXT", ONE), ("TXT", OTHER), True),
        (("TXT", ONE), ("TXT", ONE.replace("k=", "t=y; k=").replace("/", "/ ")), False),
        (("TXT", "v=DKIM1; p="), ("TXT", OTHER), False),
        (("TXT", ONE), ("TXT", "v=DKIM1; p="), False),
        (("TXT", ONE[:-3]), ("TXT", ONE), False),
        (("CNAME", "k1.vendor.test."), ("CNAME", "k2.vendor.test."), True),
        (("CNAME", "k1.vendor.test."), ("CNAME", "k1.vendor.test."), False),
        (("TXT", ONE), ("CNAME", "k2.vendor.test."), True),
    ],
)
def test_a_selector_that_nobody_signs_with_gets_no_other_key(
    old: tuple[str, str], new: tuple[str, str], is_refused: bool
) -> None:
    found = list(between(_selector(*old).view(), _selector(*new).view()))

    assert [(each.law, each.name) for each in found] == [("L15", "a.test.")] * is_refused
