"""Who serves a zone: the servers that a command line names, or those that the zone is delegated to."""

from collections.abc import Generator, Sequence
from typing import TypeAlias

from linter.live.engine import Question, Reply, Server
from linter.live.server import addresses_of
from linter.lookup.served import REFUSED, UNREACHABLE, Said
from linter.lookup.zone_index import ZoneIndex
from linter.source.frozen import Frozen
from linter.zone.model import Target

Asking: TypeAlias = Generator[Sequence[tuple[Question, Server]], Sequence[Reply], "Authorities"]
_KINDS = ("A", "AAAA")
_MOST_ADDRESSES = 6
"""Addresses of one server that are tried until one answers."""


class Authority(Frozen):
    """One server of a zone by its name; `is_given` is whether somebody named it, whatever it is.

    `server` is its address, `others` are further ones, for when that one does not answer, `silent` those that did not.
    """

    host: str
    server: Server
    is_given: bool = False
    others: tuple[Server, ...] = ()
    silent: tuple[Server, ...] = ()

    @property
    def label(self) -> str:
        """What to call it: as the command line does, or by the name and the address that was asked."""
        return self.host if self.is_given else f"{self.host} ({self.server.host})"

    @property
    def next(self) -> "Authority | None":
        """The same server by its next address; None where there is none."""
        if not self.others:
            return None
        return self._replace(server=self.others[0], others=self.others[1:], silent=(*self.silent, self.server))

    @property
    def tried(self) -> str:
        """What to call it where it does not answer: with every address at which it does not."""
        addresses = ", ".join(each.host for each in (*self.silent, self.server))
        return self.host if self.is_given else f"{self.host} ({addresses})"


class Authorities(Frozen):
    """The servers to ask, and those that have no address, or say nothing, with why."""

    servers: tuple[Authority, ...]
    lost: tuple[tuple[str, Said], ...] = ()


class Finder:
    """Finds the servers of zones; the addresses of a host are looked up once.

    `given` are asked for every zone. Without them, `resolvers` say whom a zone is delegated to, one after the other
    until one answers; where none knows, the zone's own NS records do. `port` is where such servers listen.
    """

    def __init__(self, given: Sequence[Server], resolvers: Sequence[Server], port: int = 53) -> None:
        self._given = tuple(_given(server) for server in given)
        self._resolvers = tuple(address for resolver in resolvers for address in addresses_of(resolver))
        self._port = port
        self._addresses: dict[str, tuple[tuple[Server, ...], Said]] = {}

    def find(self, index: ZoneIndex) -> Asking:
        """The servers of one zone."""
        if self._given:
            return Authorities(self._given)
        zone = index.zone.name
        (reply,) = yield from self._resolve(Question(zone, "NS"))
        hosts = sorted(value.lower() for value in reply.values) or _declared(index)
        if not hosts:
            why = f"{reply.status}: {reply.detail}" if reply.failed else f"`{reply.status}`"
            said = Said(UNREACHABLE, detail=f"the resolver names no servers for the zone ({why})")
            return Authorities((), ((str(reply.server), said),))
        found, lost = [], []
        for host in hosts:
            addresses, said = yield from self._addresses_of(host)
            label = host.rstrip(".")
            if addresses:
                found.append(Authority(label, addresses[0], others=addresses[1:]))
            else:
                lost.append((label, said))
        return Authorities(tuple(found), tuple(lost))

    def _resolve(
        self, *questions: Question
    ) -> Generator[Sequence[tuple[Question, Server]], Sequence[Reply], list[Reply]]:
        """To each question the first resolver's answer that is one, else the last one's failure."""
        nobody = Server("no resolver")
        replies = [Reply(each, nobody, UNREACHABLE, detail="there is nobody to ask") for each in questions]
        for resolver in self._resolvers:
            left = [place for place, reply in enumerate(replies) if reply.failed]
            if not left:
                break
            heard = yield [(questions[place], resolver) for place in left]
            for place, reply in zip(left, heard, strict=True):
                replies[place] = reply
        return replies

    def _addresses_of(
        self, host: str
    ) -> Generator[Sequence[tuple[Question, Server]], Sequence[Reply], tuple[tuple[Server, ...], Said]]:
        """The addresses of a name server, IPv4 before IPv6; none and why where there are none."""
        if host not in self._addresses:
            replies = yield from self._resolve(*(Question(host, kind) for kind in _KINDS))
            found = [Server(address, self._port) for reply in replies for address in sorted(reply.values)]
            first = next((reply for reply in replies if reply.failed), replies[0])
            why = f"{first.status}: {first.detail}" if first.failed else f"`{first.status}`"
            said = Said(UNREACHABLE, detail=f"no address ({why})")
            self._addresses[host] = (tuple(found[:_MOST_ADDRESSES]), said)
        return self._addresses[host]


def _given(server: Server) -> Authority:
    """A server that somebody named, perhaps by a name with several addresses."""
    first, *others = addresses_of(server)
    return Authority(str(server), first, True, tuple(others))


def _declared(index: ZoneIndex) -> list[str]:
    """The name servers that the zone itself declares."""
    records = index.records(index.zone.name, "NS")
    return [value.name for record in records for value in record.values if isinstance(value, Target)]


def unfit(authority: Authority, reply: Reply) -> Said | None:
    """Why a server is not to be asked about a zone, by its answer for the zone's SOA; None where it is."""
    if reply.failed:
        return Said(reply.status, detail=reply.detail)
    if reply.delegated:
        return Said(REFUSED, detail=f"it does not serve the zone, and names {reply.delegated[0].rstrip('.')}")
    if not reply.authoritative and not authority.is_given:
        return Said(REFUSED, detail="it is not authoritative for the zone, which is delegated to it")
    return None
