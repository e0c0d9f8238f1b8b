"""A whole zone from its server (AXFR, RFC 5936), signed where there is a key (TSIG, RFC 8945)."""

import socket
import struct
import time

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.transaction
import dns.xfr

from linter.source.frozen import Frozen
from linter.source.typed import Any

from .lenient_message import parse, presented
from .server import Server
from .signed import key_of, refusal_of
from .tsig_key import TsigKey
from .wire_name import write_name

_FEW_LABELS = 40
"""Labels of a name that cost nothing extra, enough for `ip6.arpa`: each one more is a name that is there, too."""


class Bounds(Frozen):
    """What a transfer may take: seconds for each message, seconds, octets and records for all of it."""

    idle: float = 10.0
    total: float = 120.0
    octets: int = 64 << 20
    records: int = 1_000_000


class RecordSet(Frozen):
    """One record set of a zone: absolute lower-case name, mnemonic, seconds, and values in presentation format."""

    name: str
    kind: str
    ttl: int
    values: tuple[str, ...]


class NotTransferred(Exception):
    """There is no zone to be had; the text says why, in words."""


class NotConnected(NotTransferred):
    """Nobody listens there for those who want zones."""


def transfer(
    zone: str, server: Server, key: TsigKey | None = None, bounds: Bounds | None = None
) -> tuple[RecordSet, ...]:
    """All record sets of a zone, as the server sends them: the SOA first, DNSSEC's records too, glue below the zone.

    `zone` is absolute. With a key the query is signed, and so must be what comes back. The whole ends within
    `bounds`. Raises NotTransferred: a zone is had whole or not at all.
    """
    try:
        write_name(zone)
    except ValueError as error:
        raise NotTransferred(str(error)) from error
    gathered = _Gathered(dns.name.from_text(zone), bounds or Bounds())
    try:
        with _connected(server, gathered) as connection:
            _receive(connection, _query(gathered.zone, key), gathered)
    except TimeoutError as error:
        raise NotTransferred(gathered.late()) from error
    except EOFError as error:
        raise NotTransferred(gathered.closed()) from error
    except OSError as error:
        raise NotTransferred(f"the connection failed: {error.strerror or error}") from error
    except (dns.exception.DNSException, ValueError, IndexError, KeyError, struct.error) as error:
        raise NotTransferred(_in_words(error, key)) from error
    return gathered.sets()


def _query(zone: dns.name.Name, key: TsigKey | None) -> dns.message.QueryMessage:
    query = dns.message.make_query(zone, dns.rdatatype.AXFR)
    if key is not None:
        query.use_tsig(key_of(key))
    return query


def _connected(server: Server, gathered: "_Gathered") -> socket.socket:
    """A connection to the first address of the server that takes one. Raises NotConnected."""
    bounds = gathered.bounds
    try:
        socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise NotConnected(f"no address for {server.host} ({why})") from error
    try:
        return socket.create_connection((server.host, server.port), min(bounds.idle, bounds.total))
    except TimeoutError as error:
        if time.monotonic() >= gathered.end:
            raise
        raise NotConnected(f"no connection by TCP within {bounds.idle:g} s") from error
    except OSError as error:
        raise NotConnected(f"the connection failed: {error.strerror or error}") from error


def _receive(connection: socket.socket, query: dns.message.QueryMessage, gathered: "_Gathered") -> None:
    """Ask, and take in message after message until the zone is whole.

    Raises TimeoutError, EOFError, OSError, NotTransferred, and what dnspython raises for what it cannot read.
    """
    wire = query.to_wire()
    connection.sendall(struct.pack("!H", len(wire)) + wire)
    context = None
    with dns.xfr.Inbound(gathered, dns.rdatatype.AXFR) as inbound:
        is_whole = False
        while not is_whole:
            due = gathered.due()
            (length,) = struct.unpack("!H", _exactly(connection, 2, due))
            octets = _exactly(connection, length, due)
            gathered.count(len(octets))
            message = parse(
                octets, keyring=query.keyring, request_mac=query.mac, xfr=True, tsig_ctx=context, multi=True
            )
            if message.id != query.id or not message.flags & dns.flags.QR:
                raise NotTransferred("a reply to something else came")
            if gathered.records and not message.answer and not message.rcode():
                # Some servers send these without end where a record does not fit the messages that they make.
                raise NotTransferred(f"the server sends a message without records{gathered.so_far()}")
            is_first = not gathered.records
            gathered.records += sum(map(len, message.answer))
            gathered.levels += sum(max(0, len(each.name) - _FEW_LABELS) for each in message.answer)
            is_whole = inbound.process_message(message)
            # What comes between is covered by the next signature (RFC 8945 section 5.3.1). Not every release of
            # dnspython looks itself.
            if query.keyring and not message.had_tsig and (is_first or is_whole):
                raise NotTransferred("the server has not signed what it sent, though the question was signed")
            context = message.tsig_ctx


def _exactly(connection: socket.socket, count: int, due: float) -> bytes:
    """So many octets. Raises TimeoutError, EOFError and OSError."""
    octets = bytearray()
    while len(octets) < count:
        left = due - time.monotonic()
        if left <= 0:
            raise TimeoutError
        connection.settimeout(left)
        received = connection.recv(count - len(octets))
        if not received:
            raise EOFError
        octets += received
    return bytes(octets)


def _in_words(error: Exception, key: TsigKey | None) -> str:
    """What an error of dnspython says to somebody who wants a zone."""
    signature = refusal_of(error, key)
    if signature:
        return signature
    if isinstance(error, dns.xfr.TransferError):
        code = dns.rcode.to_text(error.rcode)
        if error.rcode not in (dns.rcode.REFUSED, dns.rcode.NOTAUTH):
            return f"the server says {code}"
        why = "does not give it to this key" if key else "gives it only to other addresses or to who has a key"
        return f"the server refuses the transfer ({code}): it does not have the zone, or {why}"
    return f"what the server sends is not a zone transfer ({type(error).__name__})"


class _Gathered(dns.transaction.TransactionManager):
    """The record sets as they come in, and whether they stay within bounds.

    It is what dnspython's state machine for transfers writes to: the manager of one transaction, and that as well.
    """

    def __init__(self, zone: dns.name.Name, bounds: Bounds) -> None:
        self.zone, self.bounds = zone, bounds
        self.end = time.monotonic() + bounds.total
        self.found: dict[tuple[Any, Any], tuple[int, dict[str, None]]] = {}
        self.octets = self.records = self.levels = 0

    def origin_information(self) -> tuple[dns.name.Name, bool, dns.name.Name]:
        """The zone; names stay absolute."""
        return self.zone, False, self.zone

    def get_class(self) -> dns.rdataclass.RdataClass:
        """The Internet's."""
        return dns.rdataclass.IN

    def writer(self, replacement: bool = False) -> Any:
        """Where record sets are written."""
        return self

    def add(self, name: Any, rdataset: Any) -> None:
        """One record set, or some of its values."""
        ttl, values = self.found.get((name, rdataset.rdtype), (rdataset.ttl, {}))
        values.update(dict.fromkeys(map(presented, rdataset)))
        self.found[name, rdataset.rdtype] = (min(ttl, rdataset.ttl), values)

    def replace(self, name: Any, rdataset: Any) -> None:
        """The SOA, which comes last as it came first; here it stands first."""
        self.found = {(name, rdataset.rdtype): (rdataset.ttl, dict.fromkeys(map(presented, rdataset))), **self.found}

    def commit(self) -> None:
        """The zone is whole."""

    def rollback(self) -> None:
        """It will never be."""

    def count(self, octets: int) -> None:
        """So many octets have come. Raises NotTransferred where they are more than may."""
        self.octets += octets
        if self.octets > self.bounds.octets:
            raise NotTransferred(f"the zone has more than {self.bounds.octets} bytes, the most that is read")
        if self.records > self.bounds.records:
            raise NotTransferred(f"the zone has more than {self.bounds.records} records, the most that is read")
        if self.levels > self.bounds.records:
            raise NotTransferred("the zone has too many names of very many labels")

    def due(self) -> float:
        """When the next message has to be there."""
        return min(self.end, time.monotonic() + self.bounds.idle)

    def sets(self) -> tuple[RecordSet, ...]:
        """All sets, in the order in which they came."""
        return tuple(
            RecordSet(name.to_text().lower(), dns.rdatatype.to_text(kind), ttl, tuple(values))
            for (name, kind), (ttl, values) in self.found.items()
        )

    def late(self) -> str:
        """Why it ended, where time ran out."""
        if time.monotonic() >= self.end:
            return f"the zone was not whole within {self.bounds.total:g} s{self.so_far()}"
        what = "sent no whole message" if self.octets == 0 else "sent no more"
        return f"the server {what} within {self.bounds.idle:g} s{self.so_far()}"

    def closed(self) -> str:
        """Why it ended, where the server closed the connection."""
        return f"the server closed the connection before the zone was whole{self.so_far()}"

    def so_far(self) -> str:
        """How much had come."""
        return f", after {self.records} records" if self.records else ""
