"""Work done in processes forked from this one: no module is loaded twice, and all that was read is there."""

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from linter.source.ending import ENDING, before_ending, signals_held
from linter.source.typed import Any, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")


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
        begun: list[Process] = []

        def stop() -> None:
            for process in begun:
                process.stop()

        # Whoever ends this process ends those it has begun.
        with before_ending(stop), running(function, others, begun):
            done = [function(first), *(process.result() for process in begun)]
            return done + [function(piece) for piece in others[len(begun) :]]


@contextmanager
def running(function: Callable[[Work], Result], work: Iterable[Work], begun: "list[Process]") -> Iterator[None]:
    """Begins a process for each piece of work, as far as the system allows that many; ends them behind the block."""
    try:
        with suppress(OSError):
            for piece in work:
                with signals_held() as held:  # none may come between the beginning of a process and its entry
                    begun.append(Process(function, piece, held))
        yield
    finally:
        for process in begun:
            process.end()


class Process:
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
        for each in ENDING:
            if signal.getsignal(each) is not signal.SIG_IGN:
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
