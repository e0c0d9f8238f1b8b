"""A name server that does what none should: for each name it is told how to answer, by UDP and by TCP."""

import selectors
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


def answer(octets: bytes, text: str = "honest") -> dns.message.Message:
    """The honest reply to a query: one TXT value, and the SOA of every zone."""
    query = dns.message.from_wire(octets)
    reply = dns.message.make_response(query)
    question = query.question[0]
    if question.rdtype.name == "TXT":
        reply.answer.append(dns.rrset.from_text(question.name, 300, "IN", "TXT", f'"{text}"'))
    elif question.rdtype.name == "SOA":
        reply.answer.append(dns.rrset.from_text(question.name, 300, "IN", "SOA", "ns. host. 1 2 3 4 60"))
    return reply


def _bound() -> tuple[socket.socket, socket.socket]:
    """Sockets for UDP and TCP at one port; where the port of the first is in use by TCP, another one is tried."""
    for _ in range(100):
        udp, tcp = socket.socket(type=socket.SOCK_DGRAM), socket.socket()
        try:
            udp.bind(("127.0.0.1", 0))
            tcp.bind(udp.getsockname())
        except OSError:
            udp.close()
            tcp.close()
        else:
            return udp, tcp
    raise OSError("no port is free for both UDP and TCP")


class Misbehaving:
    """A running server; `port` is its port on 127.0.0.1, `asked` the names it was asked for, by UDP and by TCP."""

    def __init__(self, udp: Mapping[str, str], tcp: Mapping[str, str]) -> None:
        self.udp_tricks, self.tcp_tricks = udp, tcp
        self.asked: list[tuple[str, str]] = []
        self.udp, self.tcp = _bound()
        self.port: int = self.udp.getsockname()[1]
        self.tcp.listen()
        self.held: list[socket.socket] = []
        self.stop, self.stopped = socket.socketpair()
        self.times: dict[str, int] = {}

    def serve(self) -> None:
        """Answer until told to stop."""
        with selectors.DefaultSelector() as selector:
            for each in (self.udp, self.tcp, self.stopped):
                selector.register(each, selectors.EVENT_READ)
            while True:
                ready = [key.fileobj for key, _ in selector.select()]
                if self.stopped in ready:
                    return
                with suppress(OSError):
                    if self.udp in ready:
                        self.datagram(*self.udp.recvfrom(4096))
                    if self.tcp in ready:
                        self.stream(self.tcp.accept()[0])

    def datagram(self, octets: bytes, peer: tuple[str, int]) -> None:
        """One query by UDP."""
        query = dns.message.from_wire(octets)
        name = query.question[0].name.to_text()
        self.asked.append(("udp", name))
        self.times[name] = self.times.get(name, 0) + 1
        trick = self.udp_tricks.get(name, self.udp_tricks.get("*", "honest"))
        honest = answer(octets)
        if trick == "silent" or (trick == "silent-once" and self.times[name] == 1):
            return
        if trick == "wrong-id":
            forged = answer(octets, "forged")
            forged.id ^= 0x5555
            self.udp.sendto(forged.to_wire(), peer)
        elif trick == "wrong-name":
            forged = dns.message.make_response(dns.message.make_query("other.example.", "TXT", id=honest.id))
            self.udp.sendto(forged.to_wire(), peer)
        elif trick == "wrong-source":
            with socket.socket(type=socket.SOCK_DGRAM) as other:
                other.sendto(answer(octets, "forged").to_wire(), peer)
        elif trick == "garbage":
            self.udp.sendto(b"\xff" * 50, peer)
            self.udp.sendto(b"", peer)
        elif trick == "unreadable":
            self.udp.sendto(honest.to_wire()[:-6] + b"\xff" * 3, peer)
            return
        elif trick == "no-edns" and query.edns >= 0:
            refusal = dns.message.make_response(query)
            refusal.set_rcode(dns.rcode.FORMERR)
            self.udp.sendto(refusal.to_wire()[:2] + b"\x80\x01" + bytes(8), peer)  # the header alone
            return
        elif trick == "header":
            self.udp.sendto(octets[:2] + b"\x84\x00" + bytes(8), peer)
            return
        elif trick == "header-refused":
            self.udp.sendto(octets[:2] + b"\x80\x05" + bytes(8), peer)
            return
        elif trick == "servfail" or (trick == "servfail-once" and self.times[name] == 1):
            honest = dns.message.make_response(query)
            honest.set_rcode(dns.rcode.SERVFAIL)
        elif trick == "upward":
            honest = dns.message.make_response(query)
            honest.authority.append(dns.rrset.from_text(".", 300, "IN", "NS", "a.root-servers.net."))
        elif trick.startswith("no-name"):
            honest = dns.message.make_response(dns.message.from_wire(octets))
            honest.set_rcode(dns.rcode.NXDOMAIN)
            honest.flags |= dns.flags.AA if trick == "no-name" else 0
        elif trick == "truncated":
            cut = dns.message.make_response(dns.message.from_wire(octets))
            cut.flags |= dns.flags.TC
            self.udp.sendto(cut.to_wire(), peer)
            return
        self.udp.sendto(honest.to_wire(), peer)

    def stream(self, connection: socket.socket) -> None:
        """One query by TCP."""
        connection.settimeout(5)
        length = int.from_bytes(connection.recv(2, socket.MSG_WAITALL), "big")
        octets = connection.recv(length, socket.MSG_WAITALL)
        name = dns.message.from_wire(octets).question[0].name.to_text()
        self.asked.append(("tcp", name))
        trick = self.tcp_tricks.get(name, self.tcp_tricks.get("*", "honest"))
        reply = answer(octets, "by tcp")
        if trick == "truncated":
            reply.answer.clear()
            reply.flags |= dns.flags.TC
        elif trick == "long":
            values = [f'"{number:03d}{"x" * 200}"' for number in range(200)]
            reply.answer = [dns.rrset.from_text_list(name, 300, "IN", "TXT", values)]
        wire = reply.to_wire(max_size=65_535)
        whole = len(wire).to_bytes(2, "big") + wire
        if trick == "close":
            connection.close()
        elif trick == "half":
            connection.sendall(whole[: len(whole) // 2])
            connection.close()
        elif trick == "drip":
            connection.sendall(whole[:5])
            self.held.append(connection)
        elif trick == "wrong-id":
            connection.sendall(whole[:2] + bytes([wire[0] ^ 0x55]) + whole[3:])
            self.held.append(connection)
        elif trick == "long":
            connection.sendall(whole)
            connection.close()
        else:
            for octet in whole:  # in as many pieces as it has octets
                connection.sendall(bytes([octet]))
            connection.close()


@contextmanager
def misbehaving(udp: Mapping[str, str], tcp: Mapping[str, str] | None = None) -> Iterator[Misbehaving]:
    """A server with the given tricks, by name, while the block runs."""
    server = Misbehaving(udp, tcp or {})
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.stop.send(b"x")
        thread.join()
        for each in (server.udp, server.tcp, server.stop, server.stopped, *server.held):
            each.close()
