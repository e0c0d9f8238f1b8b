"""What blocks is done beside the engine: a few at once, each once, and given up when time is over."""

import threading
from collections.abc import Generator, Sequence
from functools import partial
from time import monotonic
from typing import Any

import pytest

from linter.live.conversation import MOST_ERRANDS, Batch, Conversations
from linter.live.engine import Limits, Question, Server
from linter.live.errands import Errand, Errands
from linter.live.guard import Guard

from .misbehaving import misbehaving

LIMITS = Limits(timeout=10.0)


def errand(work: Any, late: Any = "late") -> Generator[Batch, Sequence[Any], Any]:
    """A conversation that has one thing done."""
    (result,) = yield [Errand(work, late)]
    return result


def run(guard: Guard, *works: Any) -> list[Any]:
    found: list[Any] = []
    Conversations(LIMITS, guard, found.append).run(errand(work) for work in works)
    return found


def test_many_are_done_a_few_at_a_time() -> None:
    lock, running, most = threading.Lock(), 0, 0
    meeting = threading.Barrier(MOST_ERRANDS)

    def work(number: int, left: float) -> int:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        if number < MOST_ERRANDS:
            meeting.wait(60)  # all threads are there, or this fails
        with lock:
            running -= 1
        assert 0 < left <= 600
        return number

    found = run(Guard(1, 600), *(partial(work, number) for number in range(100)))

    assert sorted(found) == list(range(100))
    assert most == MOST_ERRANDS


def test_errands_and_questions_stand_in_one_batch() -> None:
    with misbehaving({}) as server:
        at = Server("127.0.0.1", server.port)

        def both() -> Generator[Batch, Sequence[Any], Any]:
            asked = yield [Errand(lambda left: "first", ""), (Question("x.example.", "TXT"), at)]
            later = yield [Errand(lambda left: "second", "")]
            return [asked[0], asked[1].values, *later]

        found: list[Any] = []
        Conversations(LIMITS, Guard(1, 600), found.append).run(both() for _ in range(3))

    assert found == [["first", ('"honest"',), "second"]] * 3


def test_what_takes_longer_than_the_run_is_late() -> None:
    over = threading.Event()

    def endless(left: float) -> str:
        over.wait(60)
        return "in time"

    found: list[Any] = []
    errands = Errands(2, monotonic() + 0.2)
    for _ in range(5):
        errands.start(Errand(endless, "late"), found.append)
    while len(found) < 5:
        over.wait(0.01)
        errands.collect()
    over.set()
    errands.close()

    assert found == ["late"] * 5


def test_nothing_is_begun_when_time_is_over() -> None:
    begun: list[float] = []

    assert run(Guard(1, -1), begun.append, begun.append) == ["late", "late"]
    assert begun == []


def test_a_fault_is_told_where_it_is_waited_for() -> None:
    def broken(left: float) -> None:
        raise KeyError("broken")

    with pytest.raises(KeyError, match="broken"):
        run(Guard(1, 600), broken)


def test_no_thread_is_begun_where_nothing_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[threading.Thread] = []
    monkeypatch.setattr(threading.Thread, "start", begun.append)

    assert run(Guard(1, 600)) == []
    assert begun == []
