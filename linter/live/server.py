"""Name servers: an address and a port, as `--server HOST[:PORT]` gives them and as the system's configuration does."""

import errno
import ipaddress
import socket

from linter.records.text.fault import quoted
from linter.source.frozen import Frozen

from .tsig_key import TsigKey

PORT = 53
RESOLV_CONF = "/etc/resolv.conf"
_NO_ROUTE = (errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


class Server(Frozen):
    """One name server: an IP address or a host name, and a port; with a key, questions to it are signed."""

    host: str
    port: int = PORT
    key: TsigKey | None = None

    def __str__(self) -> str:
        """As `--server` takes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORT else f"{host}:{self.port}"


def parse_server(text: str) -> Server:
    """Read `HOST`, `HOST:PORT`, an IPv6 address, or `[IPV6]:PORT`. Raises ValueError that says what is wrong."""
    written = text.strip()
    if written.startswith("["):
        host, bracket, rest = written[1:].partition("]")
        if not bracket or not _is_ip6(host) or (rest and not rest.startswith(":")):
            raise ValueError(f"{quoted(text)} is not a server; expected `HOST`, `HOST:PORT` or `[IPV6]:PORT`")
        return Server(host, _port(text, rest[1:]) if rest else PORT)
    if _is_ip6(written):
        return Server(written)
    host, colon, port = written.partition(":")
    if not host or any(each.isspace() or each in "/@[]" or not each.isprintable() for each in host):
        raise ValueError(f"{quoted(text)} is not a server; expected `HOST`, `HOST:PORT` or `[IPV6]:PORT`")
    return Server(host, _port(text, port) if colon else PORT)


def _port(text: str, port: str) -> int:
    if not (port.isascii() and port.isdigit() and len(port) < 6 and 0 < int(port) < 65536):
        raise ValueError(f"{quoted(port)} in {quoted(text)} is not a port; expected a number from 1 to 65535")
    return int(port)


def _is_ip6(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).version == 6
    except ValueError:
        return False


def system_servers(path: str = RESOLV_CONF) -> tuple[Server, ...]:
    """The resolvers that the system is configured to ask; none where there is no such file."""
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            lines = stream.read(65_536).splitlines()
    except OSError:
        return ()
    words = [line.split() for line in lines]
    return tuple(Server(row[1].partition("%")[0]) for row in words if len(row) > 1 and row[0] == "nameserver")


def addresses_of(server: Server) -> tuple[Server, ...]:
    """A server by each of its addresses, in the order that the system prefers; as it is where it has none."""
    try:
        ipaddress.ip_address(server.host)
    except ValueError:
        try:
            found = socket.getaddrinfo(server.host, server.port, type=socket.SOCK_DGRAM)
        except (OSError, UnicodeError):
            return (server,)
        return tuple(dict.fromkeys(Server(str(each[4][0]), server.port) for each in found))
    return (server,)


def has_route(server: Server) -> bool:
    """Whether this machine has a way to an address at all; one without IPv6 has none to such. Nothing is sent."""
    family = socket.AF_INET6 if ":" in server.host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((server.host, server.port))
    except OSError as error:
        return error.errno not in _NO_ROUTE
    return True
