"""A list holds what is written and what a glob means; nearer lists take the place of those that are extended."""

import pytest

from linter.facts.allowed import Allowed, Listed


@pytest.mark.parametrize(
    ("values", "text", "expected"),
    [
        ((), "a.example", False),
        (("a.example",), "a.example", True),
        (("a.example",), "ba.example", False),
        (("*.example",), "a.b.example", True),
        (("*.example",), "example", False),
        (("x", "mx*.example.*"), "mx1.example.net", True),
        (("*a*b*",), "ba", False),
    ],
)
def test_a_list_holds_what_is_written_and_what_globs_mean(values: tuple[str, ...], text: str, expected: bool) -> None:
    assert Listed(values, "house.yaml").holds(text) is expected


def test_a_nearer_list_counts_in_the_place_of_another() -> None:
    near, far = Listed(("a",), "near"), Listed(("b",), "far")

    assert Allowed(mx=near).over(Allowed(mx=far, rua=far)) == Allowed(mx=near, rua=far)
    assert Allowed(mx=near).over(None) == Allowed(mx=near)


def test_a_list_says_whose_it_is_and_why() -> None:
    assert Listed((), "house.yaml").witness.words == "house.yaml"
    assert Listed((), "house.yaml", "page 4").witness.words == "house.yaml: page 4"
