"""An HTTPS server on loopback with certificates of a throw-away authority: it answers whoever asks with one trick."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count

import trustme

Sends = Callable[[], Iterator[bytes]]
"""What is sent once the request has come; an empty piece is nothing more to come, on an open connection."""
POLICY = "version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 604800\n"


def page(body: bytes = POLICY.encode(), status: str = "200 OK", headers: str = "Content-Type: text/plain\r\n") -> bytes:
    """A whole answer."""
    return f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body


def sends(*pieces: bytes) -> Sends:
    """These pieces, one after the other."""
    return lambda: iter(pieces)


def in_octets() -> Iterator[bytes]:
    """The policy, octet by octet."""
    return (bytes((octet,)) for octet in page())


def dripping() -> Iterator[bytes]:
    """The policy at fifty octets a second."""
    for piece in in_octets():
        time.sleep(0.02)
        yield piece


def endless(piece: bytes, first: bytes = b"") -> Sends:
    """One piece again and again."""

    def pieces() -> Iterator[bytes]:
        yield first or piece
        for _ in count():
            yield piece

    return pieces


class Authority:
    """The throw-away authority, and contexts that trust it or that show a certificate of it."""

    def __init__(self) -> None:
        self.authority = trustme.CA()

    def trusting(self) -> ssl.SSLContext:
        """What a client has that trusts this authority."""
        context = ssl.create_default_context()
        self.authority.configure_trust(context)
        return context

    def showing(self, *names: str) -> ssl.SSLContext:
        """What a server has whose certificate is for these names."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(*names).configure_cert(context)
        return context


class Serving:
    """A running server: its port on 127.0.0.1, and the requests that have come, headers and all."""

    def __init__(self, answer: Sends, context: ssl.SSLContext | None) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.requests: list[bytes] = []
        self.names: list[str | None] = []
        self._answer, self._context = answer, context
        self.held: list[socket.socket] = []
        if context is not None:
            context.sni_callback = lambda _, name, __: self.names.append(name)

    def serve(self) -> None:
        """Answer until the listener is closed."""
        with suppress(OSError):
            while True:
                self.held.append(self.listener.accept()[0])
                self.held[-1].settimeout(5)
                with suppress(OSError):  # whoever asked has gone, or never meant it
                    self._one(self.held[-1])

    def _one(self, plain: socket.socket) -> None:
        if self._context is None:
            plain.recv(1000)
            self._send(plain)
            return
        connection = self._context.wrap_socket(plain, server_side=True)
        self.held[-1] = connection
        request = b""
        while not request.endswith(b"\r\n\r\n"):
            piece = connection.recv(1000)
            if not piece:
                raise ConnectionError("the request is not whole")
            request += piece
        self.requests.append(request)
        self._send(connection)

    def _send(self, connection: socket.socket) -> None:
        for piece in self._answer():
            if not piece:
                return
            connection.sendall(piece)
        connection.close()


@contextmanager
def serving(answer: Sends, context: ssl.SSLContext | None) -> Iterator[Serving]:
    """A server that sends this to everybody while the block runs; without a context it speaks no TLS."""
    server = Serving(answer, context)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.listener.shutdown(socket.SHUT_RDWR)
        server.listener.close()
        for each in server.held:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        thread.join()
        for each in server.held:
            each.close()
