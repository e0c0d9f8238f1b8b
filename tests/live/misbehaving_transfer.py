"""A server that begins to send a zone and does not do it well: one trick for all who ask, by TCP alone."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

Sends = Callable[[dns.message.Message], Iterator[bytes]]
"""From the query, what is sent; an empty piece is nothing more to come, on an open connection."""


def framed(message: dns.message.Message) -> bytes:
    """A message as TCP carries it."""
    wire = message.to_wire()
    return len(wire).to_bytes(2, "big") + wire


def answering(query: dns.message.Message, *sets: dns.rrset.RRset) -> dns.message.Message:
    """A reply with these record sets."""
    reply = dns.message.QueryMessage(query.id)
    reply.flags |= dns.flags.QR | dns.flags.AA
    reply.question = query.question
    reply.answer.extend(sets)
    return reply


def soa(query: dns.message.Message, serial: int = 1) -> dns.rrset.RRset:
    """The zone's SOA."""
    return dns.rrset.from_text(query.question[0].name, 60, "IN", "SOA", f"ns. host. {serial} 60 60 60 60")


def text(query: dns.message.Message, number: int = 0) -> dns.rrset.RRset:
    """One record set of the zone."""
    return dns.rrset.from_text(f"t{number}.{query.question[0].name}", 60, "IN", "TXT", '"text"')


def honest(query: dns.message.Message) -> Iterator[bytes]:
    yield framed(answering(query, soa(query), text(query), soa(query)))


def in_octets(query: dns.message.Message) -> Iterator[bytes]:
    for piece in honest(query):
        yield from (bytes((octet,)) for octet in piece)


def in_messages(query: dns.message.Message) -> Iterator[bytes]:
    yield framed(answering(query, soa(query)))
    yield framed(answering(query, text(query)))
    yield framed(answering(query, text(query, 1), soa(query)))


def closed(query: dns.message.Message) -> Iterator[bytes]:
    yield from ()


def cut(query: dns.message.Message) -> Iterator[bytes]:
    yield framed(answering(query, soa(query), text(query)))


def half(query: dns.message.Message) -> Iterator[bytes]:
    yield from (piece[: len(piece) // 2] for piece in honest(query))


def silent(query: dns.message.Message) -> Iterator[bytes]:
    yield b""


def stuck(query: dns.message.Message) -> Iterator[bytes]:
    yield from cut(query)
    yield b""


def garbage(query: dns.message.Message) -> Iterator[bytes]:
    yield b"\0\x32" + b"\xff" * 50


def short(query: dns.message.Message) -> Iterator[bytes]:
    yield b"\0\x01x"


def http(query: dns.message.Message) -> Iterator[bytes]:
    yield b"HTTP/1.1 400 Bad Request\r\n\r\n"


def endless(query: dns.message.Message) -> Iterator[bytes]:
    yield framed(answering(query, soa(query)))
    for number in count():
        yield framed(answering(query, text(query, number)))


def deep(query: dns.message.Message) -> Iterator[bytes]:
    """Names of a hundred labels, without end: each of them makes a hundred names exist."""
    yield framed(answering(query, soa(query)))
    for number in count():
        name = f"{'a.' * 100}n{number}.{query.question[0].name}"
        yield framed(answering(query, dns.rrset.from_text(name, 60, "IN", "TXT", '"text"')))


def large(query: dns.message.Message) -> Iterator[bytes]:
    """Sets of 50 kB, without end."""
    yield framed(answering(query, soa(query)))
    for number in count():
        values = [f'"{each:03d}{"x" * 240}"' for each in range(200)]
        yield framed(answering(query, dns.rrset.from_text_list(f"t{number}.example.com.", 60, "IN", "TXT", values)))


def no_soa(query: dns.message.Message) -> Iterator[bytes]:
    yield framed(answering(query, text(query)))


def empty(query: dns.message.Message) -> Iterator[bytes]:
    yield framed(answering(query))


def endlessly_empty(query: dns.message.Message) -> Iterator[bytes]:
    """A beginning, and then messages without records, without end."""
    yield framed(answering(query, soa(query), text(query)))
    while True:
        yield framed(answering(query))


def other_serial(query: dns.message.Message) -> Iterator[bytes]:
    yield framed(answering(query, soa(query), text(query)))
    yield framed(answering(query, soa(query, 2)))


def other_zone(query: dns.message.Message) -> Iterator[bytes]:
    other = dns.message.make_query("other.example.", "AXFR", id=query.id)
    yield framed(answering(other, soa(other), soa(other)))


def wrong_id(query: dns.message.Message) -> Iterator[bytes]:
    query.id ^= 0x5555
    yield from honest(query)


def servfail(query: dns.message.Message) -> Iterator[bytes]:
    reply = answering(query)
    reply.set_rcode(dns.rcode.SERVFAIL)
    yield framed(reply)


def foreign(query: dns.message.Message) -> Iterator[bytes]:
    strange = dns.rrset.from_text("www.other.example.", 60, "IN", "A", "192.0.2.1")
    yield framed(answering(query, soa(query), strange, text(query), soa(query)))


def send_all(connection: socket.socket, sends: Sends) -> None:
    """One query, and what is sent to it. Raises OSError."""
    connection.settimeout(5)
    length = int.from_bytes(connection.recv(2, socket.MSG_WAITALL), "big")
    octets = connection.recv(length, socket.MSG_WAITALL)
    for piece in sends(dns.message.from_wire(octets, keyring=False)):
        if not piece:
            return
        connection.sendall(piece)
    connection.close()


@contextmanager
def sending(sends: Sends) -> Iterator[int]:
    """The port of 127.0.0.1 where this is sent to everybody, while the block runs."""
    listener = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def serve() -> None:
        with suppress(OSError):  # the listener is closed
            while True:
                held.append(listener.accept()[0])
                with suppress(OSError):  # whoever asked has gone
                    send_all(held[-1], sends)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
        for each in held:
            each.close()
