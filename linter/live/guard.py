"""When to stop asking: servers that have fallen silent, and runs that have taken long enough."""

import time
from collections.abc import Callable

from linter.lookup.answer import TIMEOUT
from linter.lookup.served import UNASKED, UNREACHABLE

from .engine import Question, Reply, Server

_NEVER_HEARD = 6
_HEARD_BEFORE = 30
"""Tries in a row without a sign of life, for servers that never gave one and for those that did."""


class Guard:
    """Remembers for the whole run which servers are dead, so that their silence is waited for once.

    The run may take `seconds`, until `end` on the monotonic clock; `is_stopped` is whether somebody ended it before,
    which `is_ended` tells. `answered` counts questions that had an answer.
    """

    def __init__(self, tries: int, seconds: float, is_ended: Callable[[], bool] = lambda: False) -> None:
        self._tries, self._is_ended = tries, is_ended
        self.seconds = seconds
        self.end = time.monotonic() + seconds
        self._silent: dict[Server, int] = {}
        self._alive: set[Server] = set()
        self._dead: dict[Server, Reply] = {}
        self.answered = 0
        self._stopped = ""
        self.is_stopped = False

    def over(self) -> str:
        """Why nothing more is asked; "" while it is."""
        if not self.is_stopped and self._is_ended():
            self.is_stopped = True
            self._stopped = self._stopped or "the run was interrupted"
        if not self._stopped and time.monotonic() > self.end:
            self._stopped = f"the run has taken its {self.seconds:g} s"
        return self._stopped

    def heard(self, reply: Reply) -> None:
        """Take note of a reply, or of none."""
        server = reply.server
        if reply.status not in (TIMEOUT, UNREACHABLE):
            self._silent.pop(server, None)
            self._alive.add(server)
            self._dead.pop(server, None)
            self.answered += not reply.failed
            return
        silent = self._silent[server] = self._silent.get(server, 0) + self._tries
        if silent >= (_HEARD_BEFORE if server in self._alive else _NEVER_HEARD):
            self._dead.setdefault(server, reply)

    def refusal(self, question: Question, server: Server) -> Reply | None:
        """The reply to a question that is not worth asking; None where it is."""
        dead = self._dead.get(server)
        if dead is not None:
            return dead._replace(question=question)
        over = self.over()
        return Reply(question, server, UNASKED, detail=over) if over else None
