"""Conversations: questions that follow from answers, many at once, and servers that are given up."""

from collections.abc import Generator, Sequence

from linter.live.conversation import MOST_OPEN, Batch, Conversations
from linter.live.engine import Limits, Question, Reply, Server
from linter.live.guard import Guard

from .misbehaving import misbehaving
from .servers import free_port, running

QUICK = Limits(timeout=0.3, tries=2)
PATIENT = Limits(timeout=5.0, tries=2, concurrency=200)
ZONE = "$ORIGIN example.com.\n$TTL 300\n@ SOA ns1 host 1 2 3 4 60\n@ NS ns1\nns1 A 127.0.0.1\n"


def chain(server: Server, first: str) -> Generator[Batch, Sequence[Reply], list[str]]:
    """Follows TXT values from name to name."""
    seen, name = [], first
    while name:
        yield []
        (reply,) = yield [(Question(name, "TXT"), server)]
        seen.append(name)
        name = reply.values[0].strip('"') if reply.values else ""
    return seen


def test_questions_follow_from_answers() -> None:
    zone = ZONE + "".join(f'c{number}a TXT "c{number}b.example.com."\n' for number in range(300))
    found: list[list[str]] = []
    counts = {"expected": 0, "steps": 0}
    with running({"example.com.": zone}) as started:
        server = Server("127.0.0.1", started.port)
        opened = 0

        def talks() -> Generator[Generator[Batch, Sequence[Reply], list[str]], None, None]:
            nonlocal opened
            for number in range(300):
                opened += 1
                assert opened - len(found) <= MOST_OPEN
                yield chain(server, f"c{number}a.example.com.")

        def expect(number: int) -> None:
            counts["expected"] += number

        def step() -> None:
            counts["steps"] += 1

        Conversations(PATIENT, Guard(2, 60), found.append, expect, step).run(talks())

    assert sorted(found) == sorted([f"c{n}a.example.com.", f"c{n}b.example.com."] for n in range(300))
    assert counts == {"expected": 600, "steps": 600}


def test_one_question_of_several_conversations_is_asked_once() -> None:
    found: list[list[str]] = []
    with misbehaving({}) as server:
        at = Server("127.0.0.1", server.port)

        def once() -> Generator[Batch, Sequence[Reply], list[str]]:
            first, second = yield [(Question("x.example.", "TXT"), at), (Question("x.example.", "TXT"), at)]
            return [*first.values, *second.values]

        Conversations(PATIENT, Guard(2, 60), found.append).run(once() for _ in range(5))

    assert found == [['"honest"', '"honest"']] * 5
    assert server.asked == [("udp", "x.example.")]


def test_a_silent_server_is_waited_for_once_and_no_other_waits_for_it() -> None:
    guard = Guard(2, 60)
    found: list[Reply] = []
    silent = {f"n{number}.example.": "silent" for number in range(1000)}
    with misbehaving(silent) as server:
        at = Server("127.0.0.1", server.port)

        def one(number: int) -> Generator[Batch, Sequence[Reply], Reply]:
            (reply,) = yield [(Question(f"n{number}.example.", "TXT"), at)]
            return reply

        Conversations(Limits(timeout=0.2, tries=2, concurrency=8), guard, found.append).run(map(one, range(1000)))

    assert [reply.status for reply in found] == ["timeout"] * 1000
    assert len({name for _, name in server.asked}) <= 16
    assert guard.answered == 0


def test_a_server_that_dies_is_given_up_and_a_sign_of_life_revives_it() -> None:
    at, question = Server("192.0.2.1"), Question("x.example.", "TXT")
    guard = Guard(3, 60)
    guard.heard(Reply(question, at, "refused"))
    for _ in range(9):
        guard.heard(Reply(question, at, "timeout"))
        assert guard.refusal(question, at) is None
    guard.heard(Reply(question, at, "timeout", detail="no answer"))

    other = Question("y.example.", "MX")
    refusal = guard.refusal(other, at)
    assert refusal is not None
    assert (refusal.question, refusal.status, refusal.detail) == (other, "timeout", "no answer")
    guard.heard(Reply(question, at, "found"))
    assert guard.refusal(other, at) is None
    assert guard.answered == 1


def test_a_run_that_takes_too_long_asks_nothing_more() -> None:
    at = Server("127.0.0.1", free_port())
    found: list[Reply] = []

    def one() -> Generator[Batch, Sequence[Reply], Reply]:
        (reply,) = yield [(Question("x.example.", "TXT"), at)]
        return reply

    Conversations(QUICK, Guard(2, -1), found.append).run([one()])

    assert [(reply.status, reply.failed) for reply in found] == [("unasked", True)]
    assert "the run has taken its" in found[0].detail
