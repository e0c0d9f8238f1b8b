"""A progress bar on standard error: for a terminal, for what takes longer than a second, gone when it is done."""

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from time import monotonic

from linter.source.typed import Self, TextIO

from .streams import columns_of

PATIENCE = 1.0
"""Seconds before anything is drawn."""

_BETWEEN = 0.1
_PARTING = 2.0
_WIDEST = 40


class Progress:
    """`with Progress(…) as bar:` draws what `expect` and `step` say has been done, and clears the line at the end.

    A thread draws, so that a bar appears while everything waits. Where it is not wanted, nothing at all happens. With
    `unit`, the word for a step, all steps are known from the beginning, and it says how long the rest will take;
    `done` counts those that others have done.
    """

    def __init__(
        self,
        what: str,
        stream: TextIO,
        wanted: bool,
        environment: Mapping[str, str] = os.environ,
        unit: str = "",
        done: Callable[[], int] = lambda: 0,
    ) -> None:
        self._what, self._unit, self._others = what, unit, done
        self._stream = stream
        self._columns: Callable[[], int] = lambda: columns_of(stream, environment)
        self._is_wanted = wanted and stream.isatty() and environment.get("TERM") != "dumb"
        self._total = self._done = 0
        self._drawing = ExitStack()

    def expect(self, number: int) -> None:
        """So many more steps will come."""
        self._total += number

    def step(self, number: int = 1) -> None:
        """So many more have been done."""
        self._done += number

    def __enter__(self) -> Self:
        if self._is_wanted:
            self._start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._drawing.close()

    def _start(self) -> None:
        from threading import Event, Thread

        from linter.source.ending import before_ending

        over = Event()

        def draw() -> None:
            begun = monotonic()
            wait = PATIENCE
            while not over.wait(wait):
                seconds = monotonic() - begun
                done = self._done + self._others()
                self._write(f"\r{bar(self._what, done, self._total, seconds, self._columns(), self._unit)}")
                wait = _BETWEEN
            if wait != PATIENCE:
                self._write("\r\x1b[K")

        thread = Thread(target=draw, name="progress", daemon=True)

        def stop() -> None:
            over.set()
            if thread.is_alive():
                thread.join(_PARTING)  # a terminal may take nothing more

        self._drawing.enter_context(before_ending(stop))
        thread.start()
        self._drawing.callback(stop)

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):  # a terminal that has gone away is nobody's reason to fail
            self._is_wanted = False


def bar(what: str, done: int, total: int, seconds: float, columns: int, unit: str = "") -> str:
    """One line of at most `columns` - 1 characters, as long as every other, so that it covers the one before."""
    share = min(1.0, done / total) if total else 0.0
    numbers = f" {done}/{total}{f' {unit}' if unit else ''} {int(seconds)} s"
    if unit and 0 < share < 1:
        numbers += f", {_duration(seconds / share - seconds)} left"
    room = min(_WIDEST, columns - 1 - len(what) - len(numbers) - 3)
    if room < 4:
        return f"{what}{numbers}"[: columns - 1].ljust(columns - 1)
    filled = int(share * room)
    return f"{what} [{'#' * filled}{'.' * (room - filled)}]{numbers}".ljust(columns - 1)


def _duration(seconds: float) -> str:
    """About how long: seconds up to two minutes, then minutes."""
    return f"{int(seconds) + 1} s" if seconds < 120 else f"{int(seconds / 60) + 1} min"
