"""How hard to try, and one question to one server on its way."""

from typing import TYPE_CHECKING

from linter.source.frozen import Frozen

from .message import Question
from .server import Server

if TYPE_CHECKING:
    from .peer import Peer, Socket
    from .stream import Stream


class Limits(Frozen):
    """How hard to try: seconds for each try, tries for each question, questions under way at once, and how many may
    go to one address in a second.

    A server that has answered is asked again sooner, and a few times more, within the same time.
    """

    timeout: float = 3.0
    tries: int = 3
    concurrency: int = 64
    per_second: int = 2_000


class Asked:
    """One question to one server on its way."""

    __slots__ = (
        "begun",
        "code",
        "due",
        "has_edns",
        "identifier",
        "is_over",
        "peer",
        "question",
        "rests",
        "section",
        "sent",
        "server",
        "stream",
        "tries",
        "udp",
    )

    def __init__(self, question: Question, server: Server, section: bytes, peer: "Peer") -> None:
        self.question, self.server, self.section, self.peer = question, server, section, peer
        self.tries, self.due, self.identifier = 0, 0.0, 0
        self.begun = self.sent = 0.0
        self.has_edns = True
        self.code = b""
        self.rests = self.is_over = False
        self.stream: Stream | None = None
        self.udp: Socket | None = None
