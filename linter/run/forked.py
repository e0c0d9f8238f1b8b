"""Work done in processes forked from this one: no module is loaded twice, and all that was read is there."""

import os
import pickle
import signal
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")


class DiedError(Exception):
    """A process ended before it had said what its work gave."""


class Forked:
    """As far as it goes an executor of `concurrent.futures`, whose own takes longer to load than the work mostly does.

    There must be no other thread in this process.
    """

    def map(self, function: Callable[[Work], Result], work: Iterable[Work]) -> list[Result]:
        """The results in the order of the work; its first piece is done here. Raises what they raise, and DiedError."""
        first, *others = work
        begun: list[_Process] = []
        try:
            for piece in others:
                begun.append(_Process(function, piece))
            return [function(first), *(process.result() for process in begun)]
        finally:
            for process in begun:
                process.end()


class _Process:
    """One piece of work on its way."""

    def __init__(self, function: Callable[[Any], Any], piece: object) -> None:
        self._out, into = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._out)
            _do(function, piece, into)
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
        os.kill(self._pid, signal.SIGTERM)
        os.waitpid(self._pid, 0)


def _do(function: Callable[[Any], Any], piece: object, into: int) -> None:
    """Do the work in the new process, which ends here: nothing that waits in its parent is done a second time."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interrupt ends it without a word
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
