"""MTA-STS policies as their hosts serve them over HTTPS (RFC 8461 section 3.3), fetched as a careful sender does."""

import http.client
import io
import re
import socket
import ssl
import time
from collections.abc import Callable
from functools import lru_cache

from linter.records.text.fault import quoted
from linter.source.frozen import Frozen
from linter.source.typed import Any, cast

from .server import Server

PATH = "/.well-known/mta-sts.txt"
PORT = 443
MEDIA_TYPE = "text/plain"
LARGEST = 65_536
"""Octets that a policy may have."""

_MOST_OCTETS = 4 * LARGEST
"""Octets that may come in all, what HTTP adds included."""
_DOMAIN = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_MOST_NAME = 253
_CUT_SHORT = "the host closed the connection before the policy was whole"
_REQUEST = (
    f"GET {PATH} HTTP/1.1\r\nHost: %s\r\nUser-Agent: mailzone\r\nAccept: {MEDIA_TYPE}\r\nConnection: close\r\n\r\n"
)


class FetchBounds(Frozen):
    """Seconds for each connection, and for all of it; senders give up after about a minute (RFC 8461 section 3.3)."""

    connect: float = 10.0
    total: float = 60.0


class FetchedPolicy(Frozen):
    """What the host serves: the text, not judged, and its media type in lower case, "" where the host names none.

    Bytes that are not UTF-8 are U+FFFD in the text.
    """

    text: str
    media_type: str


class NotFetched(Exception):
    """There is no policy to be had; the text says why, in words."""


def host_of(domain: str) -> str:
    """The host that serves a domain's policy, without a final dot. Raises NotFetched for what is not a domain."""
    plain = domain.lower().removesuffix(".")
    host = f"mta-sts.{plain}"
    if not _DOMAIN.fullmatch(plain) or len(host) > _MOST_NAME:
        raise NotFetched(f"{quoted(domain)} is not a domain that can have a policy host")
    return host


def fetch_policy(
    domain: str,
    bounds: FetchBounds | None = None,
    context: ssl.SSLContext | None = None,
    server: Server | None = None,
    resolve: Callable[[str], list[str]] | None = None,
) -> FetchedPolicy:
    """The policy of a domain, an absolute name in A-labels, from `https://mta-sts.DOMAIN/.well-known/mta-sts.txt`.

    As RFC 8461 section 3.3 has it: the certificate has to be for that host and from an authority that the system
    trusts (or `context` does), redirects are not followed, and nothing but status 200 counts. No proxy is asked and
    no cookie kept. `server` is where to connect instead of the host's addresses, `resolve` finds these, else the
    system does. Raises NotFetched; all of it ends
    within `bounds`, once the system has found the host's addresses.
    """
    host = host_of(domain)
    bounds = bounds or FetchBounds()
    addresses = _addresses(server or Server(host, PORT)) if server or not resolve else _resolved(host, resolve)
    end = time.monotonic() + bounds.total
    try:
        with _connected(addresses, bounds.connect, end) as plain:
            plain.settimeout(_left(end))
            with (context or _system_context()).wrap_socket(plain, server_hostname=host) as connection:
                connection.settimeout(_left(end))
                connection.sendall((_REQUEST % host).encode())
                return _answer(connection, end)
    except ssl.SSLCertVerificationError as error:
        raise NotFetched(f"the certificate is not accepted: {error.verify_message.rstrip('.')}") from error
    except TimeoutError as error:
        raise NotFetched(_late(end, bounds)) from error
    except ssl.SSLError as error:
        raise NotFetched(f"no TLS connection: {(error.reason or 'it failed').replace('_', ' ').lower()}") from error
    except (http.client.RemoteDisconnected, http.client.IncompleteRead) as error:
        raise NotFetched(_CUT_SHORT) from error
    except http.client.HTTPException as error:
        raise NotFetched(f"what the host sends is not HTTP ({type(error).__name__})") from error
    except (OSError, ValueError) as error:
        raise NotFetched(f"the connection failed: {getattr(error, 'strerror', None) or error}") from error


@lru_cache(maxsize=1)
def _system_context() -> ssl.SSLContext:
    """The authorities that the system trusts: a hundred, read once."""
    return ssl.create_default_context()


def _addresses(server: Server) -> list[tuple[Any, ...]]:
    """(family, socket address) of a host, in the order that the system prefers. Raises NotFetched."""
    try:
        found = socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise NotFetched(f"no address for {server.host} ({why})") from error
    return [(each[0], each[4]) for each in found]


def _resolved(host: str, resolve: Callable[[str], list[str]]) -> list[tuple[Any, ...]]:
    """The same, as somebody else resolves the host. Raises NotFetched."""
    found = [each for address in resolve(host) for each in _addresses(Server(address, PORT))]
    if not found:
        raise NotFetched(f"no address for {host}")
    return found


def _connected(addresses: list[tuple[Any, ...]], seconds: float, end: float) -> socket.socket:
    """A connection to the first address that takes one. Raises OSError: that of the last address."""
    failure = OSError("the host has no address")
    for family, address in addresses:
        opened = socket.socket(family, socket.SOCK_STREAM)
        try:
            opened.settimeout(min(seconds, _left(end)))
            opened.connect(address)
            return opened
        except OSError as error:
            opened.close()
            failure = error
    raise failure


def _left(end: float) -> float:
    """The seconds that are left. Raises TimeoutError where none are."""
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _late(end: float, bounds: FetchBounds) -> str:
    if time.monotonic() >= end:
        return f"the policy was not there within {bounds.total:g} s"
    return f"no connection within {bounds.connect:g} s"


def _answer(connection: ssl.SSLSocket, end: float) -> FetchedPolicy:
    """What the host answers. Raises NotFetched, HTTPException and OSError."""
    response = http.client.HTTPResponse(cast(socket.socket, _Incoming(connection, end)))
    response.begin()
    _judge(response)
    octets = response.read(LARGEST + 1)
    if len(octets) > LARGEST:
        raise NotFetched(f"the policy has more than {LARGEST} bytes, the most that senders read")
    if response.length:
        raise NotFetched(_CUT_SHORT)
    media_type = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    return FetchedPolicy(octets.decode("utf-8", "replace"), media_type)


def _judge(response: http.client.HTTPResponse) -> None:
    """Raises NotFetched for all but a plain answer with status 200."""
    status = response.status
    if 300 <= status < 400:
        target = response.getheader("Location")
        where = f" to {quoted(target, 80)}" if target else ""
        raise NotFetched(f"the host redirects{where} (status {status}), and senders do not follow")
    if status != http.client.OK:
        raise NotFetched(f"the host answers with status {status}, and for senders only 200 counts")
    encoding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding != "identity":
        raise NotFetched(f"the policy is compressed ({quoted(encoding)}), though that was not requested")


class _Incoming(io.RawIOBase):
    """What comes from a connection until its time is over: HTTP's reader knows bounds for one piece alone."""

    def __init__(self, connection: ssl.SSLSocket, end: float) -> None:
        self._connection, self._end = connection, end
        self._octets = 0

    def makefile(self, mode: str) -> io.BufferedReader:
        """What HTTPResponse asks a socket for."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next piece. Raises TimeoutError, OSError, and NotFetched where too much has come."""
        self._connection.settimeout(_left(self._end))
        count = self._connection.recv_into(buffer)
        self._octets += count
        if self._octets > _MOST_OCTETS:
            raise NotFetched(f"the host sends more than {_MOST_OCTETS} bytes, more than any policy")
        return count
