"""Work that blocks, beside the engine: a few at once in threads of their own, given up when the run's time is over."""

import socket
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from queue import SimpleQueue


class Errand(Frozen):
    """Something to be done in a thread.

    `work` is given the seconds that are left for it and should end within them; it touches nothing that others change.
    `late` is what came of it where it did not.
    """

    work: Callable[[float], Any]
    late: Any


class Errands:
    """At most `most` at once until `end`, a time of the monotonic clock; `wake` can be read from when one has ended.

    The threads end with the process: an interrupt need not wait for a host that says nothing.
    """

    def __init__(self, most: int, end: float) -> None:
        self._most, self._end = most, end
        self.wake, self._waker = socket.socketpair()
        for each in (self.wake, self._waker):
            each.setblocking(False)
        self._open: dict[int, tuple[Errand, Callable[[Any], None]]] = {}
        self._number = self._threads = 0
        self._waiting: SimpleQueue[tuple[int, Errand] | None] | None = None
        self._ended: SimpleQueue[tuple[int, Any, BaseException | None]] | None = None

    def start(self, errand: Errand, done: Callable[[Any], None]) -> None:
        """Have it done when there is room; `done` gets what came of it, in the thread that calls `collect`."""
        from queue import SimpleQueue
        from threading import Thread

        if self._waiting is None or self._ended is None:
            self._waiting, self._ended = SimpleQueue(), SimpleQueue()
        self._number += 1
        self._open[self._number] = (errand, done)
        self._waiting.put((self._number, errand))
        if self._threads < min(self._most, len(self._open)):
            self._threads += 1
            Thread(target=self._serve, args=(self._waiting, self._ended), name="errand", daemon=True).start()

    def _serve(
        self,
        waiting: "SimpleQueue[tuple[int, Errand] | None]",
        ended: "SimpleQueue[tuple[int, Any, BaseException | None]]",
    ) -> None:
        """One thread: errand after errand."""
        while (taken := waiting.get()) is not None:
            number, errand = taken
            left = self._end - monotonic()
            if left <= 0:
                continue  # `collect` says that it is late
            try:
                ended.put((number, errand.work(left), None))
            except BaseException as error:  # told in the thread that waits for it
                ended.put((number, None, error))
            with suppress(OSError):  # full of wake-up calls, or nobody waits any more
                self._waker.send(b"x")

    def collect(self) -> None:
        """Tell of those that have ended, and when time is over of all the others. Raises what their work raised."""
        if self._ended is None or not self._open:
            return
        with suppress(BlockingIOError):
            self.wake.recv(4096)
        while not self._ended.empty():
            number, result, error = self._ended.get()
            held = self._open.pop(number, None)
            if held is None:
                continue
            if error is not None:
                raise error
            held[1](result)
        while self._open and monotonic() > self._end:
            errand, done = self._open.pop(next(iter(self._open)))
            done(errand.late)

    def give_up(self) -> None:
        """Wait for none of them any longer."""
        self._end = min(self._end, monotonic() - 1.0)

    def close(self) -> None:
        """Let the threads go that wait for more."""
        if self._waiting is not None:
            for _ in range(self._threads):
                self._waiting.put(None)
        self.wake.close()
        self._waker.close()
