"""The progress bar: for terminals only, within their width, and gone at the end."""

import io
from threading import Event

import pytest

from linter.cli import progress
from linter.cli.progress import Progress, bar


class Terminal(io.StringIO):
    """A terminal that says when something is drawn."""

    def __init__(self, is_terminal: bool = True) -> None:
        super().__init__()
        self.is_terminal = is_terminal
        self.drawn = Event()

    def isatty(self) -> bool:
        return self.is_terminal

    def write(self, text: str) -> int:
        self.drawn.set()
        return super().write(text)


def test_a_bar_is_drawn_and_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    terminal = Terminal()
    with Progress("asking", terminal, True, {"COLUMNS": "60"}) as shown:
        shown.expect(2)
        shown.step()
        assert terminal.drawn.wait(20)

    assert terminal.getvalue().startswith("\rasking [")
    assert terminal.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize(
    ("is_terminal", "wanted", "term"), [(False, True, "xterm"), (True, False, "xterm"), (True, True, "dumb")]
)
def test_nothing_is_drawn_where_nobody_wants_it(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool, wanted: bool, term: str
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    terminal = Terminal(is_terminal)
    with Progress("asking", terminal, wanted, {"TERM": term}) as shown:
        shown.step()

    assert terminal.getvalue() == ""


def test_what_is_done_within_a_second_draws_nothing() -> None:
    terminal = Terminal()
    with Progress("asking", terminal, True, {}):
        pass

    assert terminal.getvalue() == ""


@pytest.mark.parametrize("columns", [20, 30, 60, 200])
@pytest.mark.parametrize(("done", "total"), [(0, 0), (1, 2), (2, 2), (9, 2), (10**9, 10**9)])
def test_a_line_never_reaches_the_last_column(columns: int, done: int, total: int) -> None:
    assert len(bar("asking DNS", done, total, 12.3, columns)) == columns - 1


def test_a_bar_shows_the_share() -> None:
    assert bar("asking", 1, 2, 3.9, 40).rstrip() == "asking [###########...........] 1/2 3 s"


@pytest.mark.parametrize(
    ("done", "seconds", "told"),
    [
        (0, 5.0, "0/100 zones 5 s"),
        (50, 10.0, "50/100 zones 10 s, 11 s left"),
        (1, 10.0, "1/100 zones 10 s, 17 min left"),
        (100, 9.0, "100/100 zones 9 s"),
    ],
)
def test_the_time_that_is_left_is_told_where_all_steps_are_known(done: int, seconds: float, told: str) -> None:
    line = bar("asking DNS", done, 100, seconds, 90, "zones")

    assert line.rstrip().endswith(f"] {told}")
    assert len(line) == 89
