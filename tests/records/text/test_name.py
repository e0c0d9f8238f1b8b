"""Names without and with their final dot."""

import pytest

from linter.records.text.name import dotless, dotted, shown


@pytest.mark.parametrize(
    ("name", "bare", "message"),
    [
        ("a.example.", "a.example", "`a.example`"),
        ("a.example", "a.example", "`a.example`"),
        (".", ".", "`.`"),
        ("", "", "``"),
        ("a\tb.example.", "a\tb.example", "`a\\x09b.example`"),
    ],
)
def test_names_are_shown_without_the_final_dot(name: str, bare: str, message: str) -> None:
    assert (dotless(name), shown(name)) == (bare, message)


@pytest.mark.parametrize("written", ["A.example", "a.example.", "a.EXAMPLE.."])
def test_a_written_name_gets_one_final_dot(written: str) -> None:
    assert dotted(written) == "a.example."
