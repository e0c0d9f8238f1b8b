"""One server as the engine knows it: its sockets, how fast it answers, when it may be asked next; and each question."""

import os
import socket
import struct
from array import array
from collections.abc import Callable, Container

from linter.source.typed import TYPE_CHECKING

from .message import Question
from .server import Server

if TYPE_CHECKING:
    from .stream import Stream

_SOCKETS = 8
"""Sockets for each server: so many ports has whoever wants to forge a reply to guess among, with the identifier."""
_POOL = 1024
_MOST_FAILURES = 64
"""Times that a server may say SERVFAIL and is asked the same again; with many zones it would take minutes."""
_SHORT, _ROOM, _ROOM_FOR_EACH = 4096, 512 << 10, 1024
"""Octets of a reply that is always read; how much longer ones may have in all, and how much more for each reply."""
_OF_A_RECORD = 32
"""Octets that take as long to read as what has to be done for each record, however short: for one of an alias 20 us."""
_NEVER_LONG = 1024
"""Octets of a reply that is short whatever it holds: a record has at least eleven."""
_COUNTS = struct.Struct("!3H")
"""How many records a message says that it has, in each of its sections."""
_SHORTEST_WAIT = 0.05
"""Seconds before a question is repeated to a server that answers at once: this process may be busy, too."""


class Socket:
    """A UDP socket connected to one server: the system drops what comes from anybody else. Raises OSError."""

    def __init__(self, address: tuple[str, int]) -> None:
        family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        try:
            self.socket.connect(address)
        except OSError:
            self.socket.close()
            raise
        self.waiting: dict[int, Asked] = {}


class Identifiers:
    """Random numbers of 16 bits that nobody can guess, fetched from the system a thousand at a time."""

    def __init__(self) -> None:
        self._pool = array("H")

    def fresh(self, taken: Container[int]) -> int:
        """One that is not taken."""
        while True:
            if not self._pool:
                self._pool.frombytes(os.urandom(2 * _POOL))
            identifier = self._pool.pop()
            if identifier not in taken:
                return identifier


class Pace:
    """When an address may be asked next; all that is known by this address shares it."""

    __slots__ = ("free_at", "gap")

    def __init__(self, per_second: int) -> None:
        self.gap = 1.0 / per_second
        self.free_at = 0.0


class Peer:
    """What is known about one server."""

    def __init__(self, server: Server, paces: dict[tuple[str, int], Pace], per_second: int) -> None:
        self.sockets: list[Socket] = []
        self.turn = 0
        self.failure = ""
        self.address = ("", 0)
        self.wait = 0.0
        """Seconds after which an answer is likely lost (RFC 6298 section 2); 0 while none has come."""
        self._usual = self._spread = 0.0
        self._failures = 0
        self._room = _ROOM
        try:
            found = socket.getaddrinfo(server.host, server.port, type=socket.SOCK_DGRAM)[0]
            self.address = (str(found[4][0]), int(found[4][1]))
        except (OSError, UnicodeError) as error:
            self.failure = f"no address for {server.host} ({getattr(error, 'strerror', None) or error})"
        self.pace = paces.setdefault(self.address, Pace(per_second))

    def took(self, seconds: float) -> None:
        """An answer has come so long after the only question it can belong to."""
        if not self.wait:
            self._usual, self._spread = seconds, seconds / 2
        else:
            self._spread += (abs(seconds - self._usual) - self._spread) / 4
            self._usual += (seconds - self._usual) / 8
        self.wait = max(_SHORTEST_WAIT, self._usual + 4 * self._spread)

    def may_recover(self) -> bool:
        """Whether to put a question again that the server has failed at; one that does nothing but fail is let be."""
        self._failures += 1
        return self._failures <= _MOST_FAILURES

    def has_room(self, octets: bytes) -> bool:
        """Whether a reply is read; who sends little else than long ones is not listened to for ever.

        To compare sets of 64 kB takes a second for a dozen of them.
        """
        self._room += _ROOM_FOR_EACH
        if len(octets) <= _NEVER_LONG:
            return True
        weight = len(octets) + _OF_A_RECORD * sum(_COUNTS.unpack_from(octets, 6))
        if weight <= _SHORT:
            return True
        if weight > self._room:
            return False
        self._room -= weight
        return True

    def forget_sockets(self) -> None:
        """They are closed; what is asked next opens others."""
        self.sockets.clear()
        self.turn = 0

    def next_socket(self, register: Callable[[Socket], None]) -> Socket:
        """The sockets in turn, opened as they are needed. Raises OSError."""
        self.turn = (self.turn + 1) % _SOCKETS
        if self.turn < len(self.sockets):
            return self.sockets[self.turn]
        fresh = Socket(self.address)
        register(fresh)
        self.sockets.append(fresh)
        return fresh


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
