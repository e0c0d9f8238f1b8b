"""Many questions at once: sent, matched with their replies, repeated, and given up within bounds."""

import math
import os
import selectors
import socket
import time
from array import array
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress

from linter.source.frozen import Frozen

from .expected import expect
from .message import TIMEOUT, UNREACHABLE, Question, Reply, is_reply, is_truncated, query, question_section, reply_of
from .server import Server
from .stream import Stream

__all__ = ["Limits", "Question", "Reply", "Server", "ask", "expect"]

_DATAGRAM = 65_535
_OVER = "over"
_LONGEST_WAIT = 0.5
"""Seconds: a signal that arrives just before the wait begins is noticed when it ends."""
_SOCKETS = 8
"""Sockets for each server: so many ports has whoever wants to forge a reply to guess among, with the identifier."""
_MOST_SOCKETS = 400
"""Sockets open at once, as long as some of them are idle: many systems allow a process 1024 files."""
_AT_ONCE = 512
"""Datagrams taken from one socket before the others and the clock have their turn, whoever floods it."""
_POOL = 1024


class Limits(Frozen):
    """How hard to try: seconds for each try, tries for each question, questions under way at once, and how many may
    go to one server in a second."""

    timeout: float = 3.0
    tries: int = 3
    concurrency: int = 64
    per_second: int = 2_000


class _Asked:
    """One question to one server on its way."""

    __slots__ = ("due", "identifier", "peer", "question", "section", "server", "stream", "tries", "udp")

    def __init__(self, question: Question, server: Server, section: bytes, peer: "_Peer") -> None:
        self.question, self.server, self.section, self.peer = question, server, section, peer
        self.tries, self.due, self.identifier = 0, 0.0, 0
        self.stream: Stream | None = None
        self.udp: _Socket | None = None


class _Socket:
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
        self.waiting: dict[int, _Asked] = {}


class _Identifiers:
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


class _Peer:
    """What is known about one server: its address, its sockets, and when it may be asked next."""

    def __init__(self, server: Server, per_second: int) -> None:
        self.gap = 1.0 / per_second
        self.free_at = 0.0
        self.sockets: list[_Socket] = []
        self.turn = 0
        self.failure = ""
        self.address = ("", 0)
        try:
            found = socket.getaddrinfo(server.host, server.port, type=socket.SOCK_DGRAM)[0]
            self.address = (str(found[4][0]), int(found[4][1]))
        except (OSError, UnicodeError) as error:
            self.failure = f"no address for {server.host} ({getattr(error, 'strerror', None) or error})"

    def next_socket(self, register: Callable[[_Socket], None]) -> _Socket:
        """The sockets in turn, opened as they are needed. Raises OSError."""
        self.turn = (self.turn + 1) % _SOCKETS
        if self.turn < len(self.sockets):
            return self.sockets[self.turn]
        fresh = _Socket(self.address)
        register(fresh)
        self.sockets.append(fresh)
        return fresh


def ask(
    asked: Iterable[tuple[Question, Server] | None],
    limits: Limits,
    on_reply: Callable[[Reply], None],
    wake: socket.socket | None = None,
) -> None:
    """Ask each question of its server; `on_reply` gets one reply for each, in the order in which they come.

    `asked` is read as there is room, so that it may be long and lazily made. A None in it says that there is nothing
    to ask until the next reply has come, so that questions may follow from replies; or until `wake` can be read from,
    where questions follow from something else, too. Whoever made `wake` reads and closes it. The whole ends by
    itself: no question takes longer than `limits.timeout` times `limits.tries`, and as long again by TCP for each
    truncated reply.
    """
    run = _Run(limits, on_reply, wake)
    try:
        run.all(iter(asked))
    finally:
        run.close()


class _Run:
    """The state of one call of `ask`."""

    def __init__(self, limits: Limits, on_reply: Callable[[Reply], None], wake: socket.socket | None = None) -> None:
        self.limits, self.on_reply, self.wake = limits, on_reply, wake
        self.selector = selectors.DefaultSelector()
        if wake is not None:
            self.selector.register(wake, selectors.EVENT_READ)
        self.peers: dict[Server, _Peer] = {}
        self.again: deque[_Asked] = deque()
        # All tries have the same time, so that the first to be sent is the first to end.
        self.deadlines: deque[tuple[float, _Asked]] = deque()
        self.identifiers = _Identifiers()
        self.sockets = 0
        self.looked = 0.0
        self.under_way = 0

    def close(self) -> None:
        """Close all sockets of its own."""
        if self.wake is not None:
            self.selector.unregister(self.wake)
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self.selector.close()

    def all(self, asked: Iterator[tuple[Question, Server] | None]) -> None:
        """Until every question has its reply."""
        is_over = False
        while True:
            while not is_over and self.under_way + len(self.again) < self.limits.concurrency:
                pair = next(asked, _OVER)
                if pair is None:
                    break
                if isinstance(pair, str):
                    is_over = True
                else:
                    self.begin(*pair)
            wait = self.send_waiting()
            if is_over and not self.under_way and not self.again:
                return
            self.receive(wait)
            self.expire()

    def begin(self, question: Question, server: Server) -> None:
        """Take in a question; one that cannot be asked has its reply at once."""
        peer = self.peers.get(server)
        if peer is None:
            peer = self.peers[server] = _Peer(server, self.limits.per_second)
        if peer.failure:
            self.on_reply(Reply(question, server, UNREACHABLE, detail=peer.failure))
            return
        try:
            self.again.append(_Asked(question, server, question_section(question), peer))
        except ValueError as error:
            self.on_reply(Reply(question, server, UNREACHABLE, detail=str(error)))

    def send_waiting(self) -> float:
        """Send what may be sent now; the seconds until something else is due."""
        now = time.monotonic()
        held: list[_Asked] = []
        soonest = self.limits.timeout
        while self.again:
            each = self.again.popleft()
            peer = each.peer
            # A burst of a twentieth of a second may go out at once; the rest waits for its turn.
            if peer.free_at > now + 0.05:
                held.append(each)
                soonest = min(soonest, peer.free_at - now - 0.05)
                continue
            peer.free_at = max(peer.free_at, now) + peer.gap
            self.send(each, now)
        self.again.extend(held)
        return max(0.0, min(soonest, self.next_deadline() - now))

    def next_deadline(self) -> float:
        """When the first of the tries under way ends."""
        deadlines = self.deadlines
        while deadlines and deadlines[0][1].due != deadlines[0][0]:  # answered long ago
            deadlines.popleft()
        return deadlines[0][0] if deadlines else math.inf

    def send(self, each: _Asked, now: float) -> None:
        """One try by UDP."""
        each.tries += 1
        try:
            udp = each.peer.next_socket(self.register)
        except OSError as error:
            self.on_reply(Reply(each.question, each.server, UNREACHABLE, detail=str(error.strerror or error)))
            return
        each.udp, each.identifier = udp, self.identifiers.fresh(udp.waiting)
        udp.waiting[each.identifier] = each
        self.under_way += 1
        self.watch(each, now + self.limits.timeout)
        # Where sending fails the try is lost; its time runs out, and the next one follows.
        with suppress(OSError):
            udp.socket.send(query(each.identifier, each.section))

    def register(self, udp: _Socket) -> None:
        """Listen to a new socket; where many are open, those that wait for nothing are closed."""
        if self.sockets >= _MOST_SOCKETS:
            for peer in self.peers.values():
                self.close_idle(peer)
        self.selector.register(udp.socket, selectors.EVENT_READ, udp)
        self.sockets += 1

    def close_idle(self, peer: _Peer) -> None:
        """Close the sockets of a server that owes no reply."""
        if not any(udp.waiting for udp in peer.sockets):
            for udp in peer.sockets:
                self.selector.unregister(udp.socket)
                udp.socket.close()
            self.sockets -= len(peer.sockets)
            peer.sockets.clear()
            peer.turn = 0

    def watch(self, each: _Asked, due: float) -> None:
        """Give a try its end."""
        each.due = due
        self.deadlines.append((due, each))

    def receive(self, wait: float) -> None:
        """Take in what has arrived, or arrives within some seconds."""
        self.looked = time.monotonic()
        for key, _ in self.selector.select(min(wait, _LONGEST_WAIT)):
            if isinstance(key.data, _Socket):
                self.drain(key.data)
            elif key.data is not None:
                self.go_on(key.data)

    def drain(self, udp: _Socket) -> None:
        """The datagrams of a socket; what answers no question of it is dropped, and waiting goes on."""
        receive, waiting = udp.socket.recv, udp.waiting
        for _ in range(_AT_ONCE):
            try:
                octets = receive(_DATAGRAM)
            except BlockingIOError:
                return
            except OSError:  # nobody listens there now; the tries that are left may find somebody
                continue
            each = waiting.get(int.from_bytes(octets[:2], "big"))
            if each is None or not is_reply(octets, each.identifier, each.section):
                continue
            self.leave(each)
            if is_truncated(octets):
                self.go_to_tcp(each)
            else:
                self.on_reply(reply_of(octets, each.section, each.question, each.server))

    def leave(self, each: _Asked) -> None:
        """A try has ended, one way or the other."""
        self.under_way -= 1
        each.due = 0.0
        if each.udp is not None:
            each.udp.waiting.pop(each.identifier, None)
            each.udp = None
        if each.stream is not None:
            self.selector.unregister(each.stream.socket)
            each.stream.close()
            each.stream = None

    def go_to_tcp(self, each: _Asked) -> None:
        """Ask once more where a long reply fits."""
        each.identifier = self.identifiers.fresh(())
        try:
            each.stream = Stream(each.peer.address, query(each.identifier, each.section))
        except OSError as error:
            self.on_reply(Reply(each.question, each.server, UNREACHABLE, detail=str(error.strerror or error)))
            return
        self.under_way += 1
        self.selector.register(each.stream.socket, selectors.EVENT_WRITE, each)
        self.watch(each, time.monotonic() + self.limits.timeout)

    def go_on(self, each: _Asked) -> None:
        """A TCP connection is ready for its next step."""
        stream = each.stream
        if stream is None:
            return
        try:
            stream.feed()
        except BlockingIOError:
            return
        except (OSError, EOFError) as error:
            self.failed(each, UNREACHABLE, f"TCP: {getattr(error, 'strerror', None) or error}")
            return
        if stream.octets is not None:
            octets = stream.octets
            if is_reply(octets, each.identifier, each.section):
                self.leave(each)
                self.on_reply(reply_of(octets, each.section, each.question, each.server))
            else:
                self.failed(each, UNREACHABLE, "TCP: a reply to something else")
        elif not stream.is_writing:
            self.selector.modify(stream.socket, selectors.EVENT_READ, each)

    def failed(self, each: _Asked, status: str, detail: str) -> None:
        """A try has failed: the next one, or the reply that says so."""
        self.leave(each)
        if each.tries < self.limits.tries:
            self.again.append(each)
        else:
            self.on_reply(Reply(each.question, each.server, status, detail=detail))

    def expire(self) -> None:
        """End the tries whose time was over when the sockets were last looked at.

        Not those whose time has run out since: while somebody took their time over a reply, others may have come.
        """
        while self.next_deadline() <= self.looked:
            _, each = self.deadlines.popleft()
            how = "TCP: " if each.stream is not None else ""
            waited = self.limits.timeout * each.tries
            tries = "1 try" if each.tries == 1 else f"{each.tries} tries"
            self.failed(each, TIMEOUT, f"{how}no answer within {waited:g} s and {tries}")
