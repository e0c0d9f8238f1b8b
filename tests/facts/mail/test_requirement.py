"""In which state a place is that should hold a record."""

import pytest

from linter.facts.mail.in_place import State
from linter.facts.mail.requirement import state_of
from linter.lookup.answer import FOUND, NO_DATA, NO_NAME, TIMEOUT, UNKNOWN, Answer, Status, Step


@pytest.mark.parametrize(
    ("status", "is_alias", "is_right", "state"),
    [
        (FOUND, False, True, "present"),
        (FOUND, False, False, "differs"),
        (NO_DATA, False, False, "missing"),
        (NO_NAME, True, False, "missing"),
        (UNKNOWN, False, False, "unknown"),
        (UNKNOWN, True, False, "elsewhere"),
        (TIMEOUT, False, False, "unknown"),
    ],
)
def test_the_state_of_a_place(status: Status, is_alias: bool, is_right: bool, state: State) -> None:
    steps = (Step("a.example.", "b.example.", None),) if is_alias else ()

    assert state_of(Answer(status, steps=steps), is_right) == state
