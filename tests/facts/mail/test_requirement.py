"""In which state a place is that should hold a record."""

import pytest

from linter.facts.mail.requirement import State, presented, srv_text, state_of
from linter.lookup.answer import FOUND, NO_DATA, NO_NAME, TIMEOUT, UNKNOWN, Answer, Exchange, Status, Step
from linter.zone.model import Srv

from ..zones import facts_of


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


def test_answers_as_text() -> None:
    assert presented(Answer(FOUND, (Exchange(10, "mx.example."), Exchange(0, ".")))) == ("10 mx.example.", "0 .")
    assert presented(Answer(FOUND, ("v=spf1 -all",))) == ("v=spf1 -all",)


def test_a_service_as_text() -> None:
    zone = "_imaps._tcp: {type: SRV, value: {priority: 1, weight: 2, port: 993, target: Imap.example.com.}}\n"
    (record,) = facts_of(zone).records("SRV")
    (value,) = record.values
    assert isinstance(value, Srv)

    assert srv_text(value) == "1 2 993 imap.example.com."
