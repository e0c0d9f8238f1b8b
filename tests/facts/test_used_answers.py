"""How old the answers of a recording are that verdicts have used, and where each is in its file."""

import pytest

from linter.facts.used_answers import UsedAnswers
from linter.finding import RECORDING, Witness
from linter.source.text import Source

TEXT = (
    "answers:\n  a.example.org: {}\n  sub.a.example:\n    a.example: {}\n  a.example: {TXT: []}\n"
    "  \"*.b.example\": {}\n  'c.example': {}\n"
)
NAMES = {
    "2026-11-23": frozenset({"today.example."}),
    "2026-11-22": frozenset({"new.example."}),
    "2026-10-24": frozenset({"edge.example."}),
    "2026-10-23": frozenset({"old.example.", "other.example."}),
    "2026-12-01": frozenset({"future.example."}),
    "2026": frozenset({"some.example."}),
    "": frozenset({"undated.example."}),
}


def used(text: str = TEXT) -> UsedAnswers:
    return UsedAnswers(Witness(RECORDING, "answers.yaml"), Source("answers.yaml", text), NAMES, "2026-11-23")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, ["2026-11-22", "2026-10-24", "2026-10-23"]),
        (1, ["2026-10-24", "2026-10-23"]),
        (29, ["2026-10-24", "2026-10-23"]),
        (30, ["2026-10-23"]),
        (31, []),
    ],
)
def test_what_is_older_than_so_many_days(days: int, expected: list[str]) -> None:
    assert used().before(days) == {day: NAMES[day] for day in expected}


@pytest.mark.parametrize(
    ("name", "line", "column", "text"),
    [
        ("a.example.", 5, 3, "a.example"),
        ("sub.a.example.", 3, 3, "sub.a.example"),
        ("*.b.example.", 6, 3, '"*.b.example"'),
        ("c.example.", 7, 3, "'c.example'"),
        ("a.example.org.", 2, 3, "a.example.org"),
        ("example.", 1, 1, ""),
        ("gone.example.", 1, 1, ""),
    ],
)
def test_the_line_of_a_name(name: str, line: int, column: int, text: str) -> None:
    span = used().place(name)
    position = span.source.position(span.start)

    assert (position.line, position.column) == (line, column)
    assert span.source.text[span.start : span.end] == text


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("a.example: {}\n", 0, 0), ("  a.example: {}\n", 0, 0), ("\n  a.example: {}\n", 3, 12), ("", 0, 0)],
)
def test_a_name_at_the_beginning(text: str, start: int, end: int) -> None:
    span = used(text).place("a.example.")

    assert (span.start, span.end) == (start, end)
