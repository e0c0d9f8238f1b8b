"""One question over TCP (RFC 7766): a small state machine for a socket that does not block."""

import socket
import struct


class Stream:
    """A connection that sends one query and gathers one reply; `octets` is the reply once it is whole.

    `feed` is called whenever the socket is ready. It raises OSError when the connection fails, and EOFError when
    the server closes it before the reply is whole.
    """

    def __init__(self, address: tuple[str, int], query: bytes) -> None:
        family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        self.socket.setblocking(False)
        self._unsent = struct.pack("!H", len(query)) + query
        self._read = bytearray()
        self.octets: bytes | None = None
        self.socket.connect_ex(address)

    @property
    def is_writing(self) -> bool:
        """Whether the query is still to be sent."""
        return bool(self._unsent)

    def feed(self) -> None:
        """Go on as far as the socket allows."""
        if self._unsent:
            error = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if error:
                raise OSError(error, "the connection failed")
            self._unsent = self._unsent[self.socket.send(self._unsent) :]
            return
        received = self.socket.recv(65_536)
        if not received:
            raise EOFError("the server closed the connection")
        self._read += received
        if len(self._read) >= 2:
            length = int.from_bytes(self._read[:2], "big")
            if len(self._read) >= 2 + length:
                self.octets = bytes(self._read[2 : 2 + length])

    def close(self) -> None:
        """Close the connection."""
        self.socket.close()
