"""Whether a resolver lives: after some silence it is asked what every server knows, and given up if it is silent again.

Single names may well have servers that are dead, for which no resolver has an answer in time.
"""

from collections.abc import Iterable, Iterator

from linter.lookup.answer import TIMEOUT
from linter.lookup.served import UNREACHABLE

from .engine import Question, Reply, Server

_DOUBTFUL = 6
"""Tries in a row without a sign of life."""
_PROBE = Question(".", "NS")


class Pulse:
    """Stands between the questions to one server and its replies; `is_dead` holds for the rest of the run."""

    def __init__(self, server: Server, tries: int) -> None:
        self.server = server
        self.is_dead = False
        self._tries = tries
        self._silent = 0

    def items(self, questions: Iterable[Question]) -> Iterator[tuple[Question, Server] | None]:
        """The questions as `engine.ask` takes them, as long as the server lives."""
        for question in questions:
            if self._silent >= _DOUBTFUL and not self.is_dead:
                yield _PROBE, self.server
                while self._silent >= _DOUBTFUL and not self.is_dead:
                    yield None
            if self.is_dead:
                return
            yield question, self.server

    def heard(self, reply: Reply) -> bool:
        """Take note of a reply, or of none; whether it is to one of the questions."""
        is_probe = reply.question == _PROBE
        if reply.status not in (TIMEOUT, UNREACHABLE):
            self._silent = 0
        elif not is_probe:
            self._silent += self._tries
        elif self._silent:
            self.is_dead = True
        return not is_probe
