"""Work done in processes forked from this one: no module is loaded twice, and all that was read is there."""

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")

_ENDING = (signal.SIGINT, signal.SIGTERM)


class DiedError(Exception):
    """A process ended before it had said what its work gave."""


class Forked:
    """As far as it goes an executor of `concurrent.futures`, whose own takes longer to load than the work mostly does.

    There must be no other thread in this process.
    """

    def map(self, function: Callable[[Work], Result], work: Iterable[Work]) -> list[Result]:
        """The results in the order of the work; its first piece is done here. Raises what they raise, and DiedError.

        Where the system allows no more processes, the rest is done here as well.
        """
        first, *others = work
        begun: list[_Process] = []
        is_ours = _end_together(begun)
        try:
            with suppress(OSError):
                for piece in others:
                    with _signals_held() as held:  # none may come between the beginning of a process and its entry
                        begun.append(_Process(function, piece, held))
            done = [function(first), *(process.result() for process in begun)]
            return done + [function(piece) for piece in others[len(begun) :]]
        finally:
            for process in begun:
                process.end()
            if is_ours:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)


@contextmanager
def _signals_held() -> Iterator[set[int]]:
    """Lets the signals that end a process wait; gives those that waited before."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield {int(each) for each in held}
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _end_together(begun: "list[_Process]") -> bool:
    """Whoever ends this process ends those it has begun; whether nobody else had something to do with the signal."""

    def end(number: int, _: object) -> None:
        for process in begun:
            process.stop()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    if signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        return False
    signal.signal(signal.SIGTERM, end)
    return True


class _Process:
    """One piece of work on its way."""

    def __init__(self, function: Callable[[Any], Any], piece: object, held: set[int]) -> None:
        self._out, into = os.pipe()
        try:
            self._pid = os.fork()
        except OSError:
            os.close(self._out)
            os.close(into)
            raise
        if self._pid == 0:
            os.close(self._out)
            _do(function, piece, into, held)
        os.close(into)

    def result(self) -> Any:
        """What the work gave. Raises what it raised; DiedError."""
        with open(self._out, "rb", closefd=False) as stream:
            said = stream.read()
        try:
            raised, given = pickle.loads(said)
        except (EOFError, pickle.UnpicklingError):
            raise DiedError from None
        if raised:
            raise given
        return given

    def end(self) -> None:
        """Let go of the process, whether it has ended or not."""
        os.close(self._out)
        self.stop()
        os.waitpid(self._pid, 0)

    def stop(self) -> None:
        """End it at once: it holds nothing that has to be put away."""
        os.kill(self._pid, signal.SIGKILL)


def _do(function: Callable[[Any], Any], piece: object, into: int, held: set[int]) -> None:
    """Do the work in the new process, which ends here: nothing that waits in its parent is done a second time."""
    status = 1
    try:
        for each in _ENDING:
            signal.signal(each, signal.SIG_DFL)  # both end it without a word
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
        try:
            said = (False, function(piece))
        except Exception as error:
            said = (True, error)
        octets = pickle.dumps(said, pickle.HIGHEST_PROTOCOL)
        with open(into, "wb") as stream:
            stream.write(octets)
        status = 0
    finally:
        os._exit(status)
