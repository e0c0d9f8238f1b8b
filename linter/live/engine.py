"""Many questions at once: sent, matched with their replies, repeated, and given up within bounds."""

import math
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from heapq import heappop, heappush

from linter.lookup.answer import TIMEOUT
from linter.lookup.served import MALFORMED, UNASKED, UNREACHABLE, SaidStatus

from .expected import expect
from .limits import Limits
from .message import (
    Question,
    Reply,
    is_reply,
    is_servfail,
    is_truncated,
    knows_no_edns,
    query,
    question_section,
    reply_of,
)
from .peer import Asked, Identifiers, Pace, Peer, Socket
from .server import Server
from .stream import Stream

__all__ = ["Limits", "Question", "Reply", "Server", "ask", "expect"]

_DATAGRAM = 65_535
_OVER = "over"
_LONGEST_WAIT = 0.5
"""Seconds: a signal that arrives just before the wait begins is noticed when it ends."""
_MOST_SOCKETS = 400
"""Sockets open at once, as long as some of them are idle: many systems allow a process 1024 files."""
_AT_ONCE = 512
"""Datagrams taken from one socket before the others and the clock have their turn, whoever floods it."""
_FIRST_WAIT = 1.0
"""Seconds before a question is repeated to a server that has not answered anything yet (RFC 6298 section 2.1)."""
_PAUSE = 0.1
"""Seconds before a server that says SERVFAIL is asked again, times the tries that it has had."""
_MORE_TRIES = 4
"""Beyond those that were wanted, where a server is known to answer fast, so that waiting so long is no use."""


def ask(
    asked: Iterable[tuple[Question, Server] | None],
    limits: Limits,
    on_reply: Callable[[Reply], None],
    wake: socket.socket | None = None,
    stop: Callable[[], str] = lambda: "",
    peers: dict[Server, Peer] | None = None,
) -> None:
    """Ask each question of its server; `on_reply` gets one reply for each, in the order in which they come.

    `asked` is read as there is room, so that it may be long and lazily made. A None in it says that there is nothing
    to ask until the next reply has come, so that questions may follow from replies; or until `wake` can be read from,
    where questions follow from something else, too. Whoever made `wake` reads and closes it. The whole ends by
    itself: no question takes longer than `limits.timeout` times `limits.tries`, and as long again by TCP for each
    truncated reply. Once `stop` gives a reason, nothing more is waited for: what is under way ends as unasked. `peers`
    keeps what is learned about the servers for the next call.
    """
    run = _Run(limits, on_reply, wake, stop, peers)
    try:
        run.all(iter(asked))
    finally:
        run.close()


class _Run:
    """The state of one call of `ask`."""

    def __init__(
        self,
        limits: Limits,
        on_reply: Callable[[Reply], None],
        wake: socket.socket | None = None,
        stop: Callable[[], str] = lambda: "",
        peers: dict[Server, Peer] | None = None,
    ) -> None:
        self.limits, self.on_reply, self.wake, self.stop = limits, on_reply, wake, stop
        self.selector = selectors.DefaultSelector()
        if wake is not None:
            self.selector.register(wake, selectors.EVENT_READ)
        self.peers: dict[Server, Peer] = {} if peers is None else peers
        self.paces: dict[tuple[str, int], Pace] = {}
        self.again: deque[Asked] = deque()
        self.deadlines: list[tuple[float, int, Asked]] = []
        self.watched = self.sockets = 0
        self.identifiers = Identifiers()
        self.looked = 0.0
        self.under_way: set[Asked] = set()

    def close(self) -> None:
        """Close all sockets of its own."""
        if self.wake is not None:
            self.selector.unregister(self.wake)
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self.selector.close()
        for peer in self.peers.values():
            peer.forget_sockets()

    def all(self, asked: Iterator[tuple[Question, Server] | None]) -> None:
        """Until every question has its reply."""
        is_over = False
        while True:
            while not is_over and len(self.under_way) + len(self.again) < self.limits.concurrency:
                pair = next(asked, _OVER)
                if pair is None:
                    break
                if isinstance(pair, str):
                    is_over = True
                else:
                    self.begin(*pair)
            why = self.stop()
            if why:
                self.drop(why)
            wait = self.send_waiting()
            if is_over and not self.under_way and not self.again:
                return
            self.receive(wait)
            self.expire()

    def begin(self, question: Question, server: Server) -> None:
        """Take in a question; one that cannot be asked has its reply at once."""
        peer = self.peers.get(server)
        if peer is None:
            peer = self.peers[server] = Peer(server, self.paces, self.limits.per_second)
        if peer.failure:
            self.on_reply(Reply(question, server, UNREACHABLE, detail=peer.failure))
            return
        try:
            self.again.append(Asked(question, server, question_section(question), peer))
        except ValueError as error:
            self.on_reply(Reply(question, server, UNREACHABLE, detail=str(error)))

    def drop(self, why: str) -> None:
        """Wait for nothing more."""
        held = [*self.under_way, *self.again]
        self.again.clear()
        for each in held:
            if not each.is_over:
                self.end(each, UNASKED, why)

    def end(self, each: Asked, status: SaidStatus, detail: str) -> None:
        """Give up a question."""
        self.leave(each)
        each.is_over = True
        self.on_reply(Reply(each.question, each.server, status, detail=detail))

    def hear(self, each: Asked, octets: bytes) -> None:
        """A question has its reply."""
        self.leave(each)
        each.is_over = True
        if not each.peer.has_room(octets):
            self.on_reply(Reply(each.question, each.server, MALFORMED, detail="too many long replies, not read"))
        elif each.code:
            from .signed import signed_reply

            self.on_reply(signed_reply(octets, each.code, each.question, each.server))
        else:
            self.on_reply(reply_of(octets, each.section, each.question, each.server))

    def query(self, each: Asked) -> bytes:
        """The octets to send, signed where the server has a key."""
        octets = query(each.identifier, each.section, each.question.is_recursive, each.has_edns)
        if each.server.key is None:
            return octets
        from .signed import sign

        octets, each.code = sign(octets, each.server.key)
        return octets

    def send_waiting(self) -> float:
        """Send what may be sent now; the seconds until something else is due."""
        if self.again:
            now = time.monotonic()
            held: list[Asked] = []
            soonest = self.limits.timeout
            while self.again:
                each = self.again.popleft()
                if each.is_over:  # an answer to the try before has come after all
                    continue
                pace = each.peer.pace
                # A burst of a twentieth of a second may go out at once; the rest waits for its turn.
                if pace.free_at > now + 0.05:
                    held.append(each)
                    soonest = min(soonest, pace.free_at - now - 0.05)
                    continue
                pace.free_at = max(pace.free_at, now) + pace.gap
                self.send(each, now)
            self.again.extend(held)
            return max(0.0, min(soonest, self.next_deadline() - now))
        return max(0.0, self.next_deadline() - time.monotonic())

    def next_deadline(self) -> float:
        """When the first of the tries under way ends."""
        deadlines = self.deadlines
        while deadlines and deadlines[0][2].due != deadlines[0][0]:  # answered long ago
            heappop(deadlines)
        return deadlines[0][0] if deadlines else math.inf

    def send(self, each: Asked, now: float) -> None:
        """One try by UDP; a further one looks like the first, so that a late answer to that is one, too."""
        each.tries += 1
        each.sent = now
        if each.udp is None:
            try:
                each.udp = each.peer.next_socket(self.register)
            except OSError as error:
                self.end(each, UNREACHABLE, str(error.strerror or error))
                return
            each.identifier = self.identifiers.fresh(each.udp.waiting)
            each.udp.waiting[each.identifier] = each
            each.begun = each.begun or now
        self.under_way.add(each)
        self.watch(each, self.due(each, now))
        # Where sending fails the try is lost; its time runs out, and the next one follows.
        with suppress(OSError):
            each.udp.socket.send(self.query(each))

    def due(self, each: Asked, now: float) -> float:
        """When a try that is made now has failed."""
        limits, wait = self.limits, each.peer.wait or _FIRST_WAIT
        if limits.tries == 1:
            return now + limits.timeout
        end = each.begun + limits.timeout * limits.tries
        if each.tries >= limits.tries + (_MORE_TRIES if each.peer.wait else 0):
            return max(end, now + min(limits.timeout, wait))
        return now + min(limits.timeout, wait * 2.0 ** (each.tries - 1))

    def register(self, udp: Socket) -> None:
        """Listen to a new socket; where many are open, those that wait for nothing are closed."""
        if self.sockets >= _MOST_SOCKETS:
            for peer in self.peers.values():
                self.close_idle(peer)
        self.selector.register(udp.socket, selectors.EVENT_READ, udp)
        self.sockets += 1

    def close_idle(self, peer: Peer) -> None:
        """Close the sockets of a server that owes no reply."""
        if not any(udp.waiting for udp in peer.sockets):
            for udp in peer.sockets:
                self.selector.unregister(udp.socket)
                udp.socket.close()
            self.sockets -= len(peer.sockets)
            peer.forget_sockets()

    def watch(self, each: Asked, due: float) -> None:
        """Give a try its end."""
        each.due = due
        self.watched += 1
        heappush(self.deadlines, (due, self.watched, each))

    def receive(self, wait: float) -> None:
        """Take in what has arrived, or arrives within some seconds."""
        self.looked = time.monotonic()
        for key, _ in self.selector.select(min(wait, _LONGEST_WAIT)):
            if isinstance(key.data, Socket):
                self.drain(key.data)
            elif key.data is not None:
                self.go_on(key.data)

    def drain(self, udp: Socket) -> None:
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
            if each.tries == 1:
                self.took(each)
            if octets[3] & 0x0F and self.is_asked_again(each, octets):
                continue
            if is_truncated(octets):
                self.leave(each)
                self.go_to_tcp(each)
            else:
                self.hear(each, octets)

    def took(self, each: Asked) -> None:
        """Learn from the time of an answer; the first one says of what was sent before it when that is lost."""
        peer, is_first = each.peer, not each.peer.wait
        peer.took(time.monotonic() - each.sent)
        if is_first and self.limits.tries > 1:
            for other in self.under_way:
                if other.peer is peer and other.udp is not None and not other.rests:
                    self.watch(other, self.due(other, other.sent))

    def is_asked_again(self, each: Asked, octets: bytes) -> bool:
        """Whether a reply is none to be content with, and the question is put once more."""
        if each.has_edns and knows_no_edns(octets):
            each.has_edns = False
            self.leave(each)
            self.again.append(each)
            return True
        if is_servfail(octets) and each.tries < self.limits.tries and each.peer.may_recover():
            # Not at once: whoever failed has something to get over.
            self.leave(each)
            self.under_way.add(each)
            each.rests = True
            self.watch(each, time.monotonic() + min(self.limits.timeout, _PAUSE * each.tries))
            return True
        return False

    def leave(self, each: Asked) -> None:
        """The tries by UDP, or one by TCP, have ended, one way or the other."""
        self.under_way.discard(each)
        each.due = 0.0
        if each.udp is not None:
            each.udp.waiting.pop(each.identifier, None)
            each.udp = None
        if each.stream is not None:
            self.selector.unregister(each.stream.socket)
            each.stream.close()
            each.stream = None

    def go_to_tcp(self, each: Asked) -> None:
        """Ask once more where a long reply fits."""
        each.identifier = self.identifiers.fresh(())
        try:
            each.stream = Stream(each.peer.address, self.query(each))
        except OSError as error:
            self.end(each, UNREACHABLE, str(error.strerror or error))
            return
        self.under_way.add(each)
        self.selector.register(each.stream.socket, selectors.EVENT_WRITE, each)
        self.watch(each, time.monotonic() + self.limits.timeout)

    def go_on(self, each: Asked) -> None:
        """A TCP connection is ready for its next step."""
        if (stream := each.stream) is None:
            return
        try:
            stream.feed()
        except BlockingIOError:
            return
        except (OSError, EOFError) as error:
            self.failed(each, UNREACHABLE, f"TCP: {getattr(error, 'strerror', None) or error}")
            return
        if stream.octets is not None:
            self.answered(each, stream.octets)
        elif not stream.is_writing:
            self.selector.modify(stream.socket, selectors.EVENT_READ, each)

    def answered(self, each: Asked, octets: bytes) -> None:
        """A whole message has come by TCP."""
        if not is_reply(octets, each.identifier, each.section):
            self.failed(each, UNREACHABLE, "TCP: a reply to something else")
        elif is_truncated(octets):
            # What is left out may be all that matters.
            self.failed(each, MALFORMED, "TCP: a reply that says of itself that it is cut short")
        else:
            self.hear(each, octets)

    def failed(self, each: Asked, status: SaidStatus, detail: str) -> None:
        """A try has failed: the next one, or the reply that says so."""
        if each.stream is not None:
            self.leave(each)
        if self.is_worth_more(each):
            self.under_way.discard(each)
            self.again.append(each)
            return
        self.end(each, status, detail)

    def is_worth_more(self, each: Asked) -> bool:
        """Whether a question that has failed is to be asked again."""
        if each.tries < self.limits.tries:
            return True
        end = each.begun + self.limits.timeout * self.limits.tries
        return bool(each.peer.wait) and each.tries < self.limits.tries + _MORE_TRIES and self.looked < end

    def expire(self) -> None:
        """End the tries whose time was over when the sockets were last looked at.

        Not those whose time has run out since: while somebody took their time over a reply, others may have come.
        """
        while self.next_deadline() <= self.looked:
            _, _, each = heappop(self.deadlines)
            each.due = 0.0
            if each.rests:
                each.rests = False
                self.under_way.discard(each)
                self.again.append(each)
                continue
            how = "TCP: " if each.stream is not None else ""
            waited = self.limits.timeout * min(each.tries, self.limits.tries)
            tries = "1 try" if each.tries == 1 else f"{each.tries} tries"
            self.failed(each, TIMEOUT, f"{how}no answer within {waited:g} s and {tries}")
