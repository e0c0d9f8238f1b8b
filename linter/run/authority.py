"""Who serves a zone: the servers that a command line names, or those that the zone is delegated to."""

from collections.abc import Generator, Sequence
from typing import TypeAlias

from linter.live.engine import Question, Reply, Server
from linter.lookup.served import REFUSED, UNREACHABLE, Said
from linter.lookup.zone_index import ZoneIndex
from linter.source.frozen import Frozen
from linter.zone.model import Target

Asking: TypeAlias = Generator[Sequence[tuple[Question, Server]], Sequence[Reply], "Authorities"]


class Authority(Frozen):
    """One server of a zone and what to call it; `is_given` is whether somebody named it, whatever it is."""

    server: Server
    label: str
    is_given: bool = False


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
        self._given = tuple(Authority(server, str(server), True) for server in given)
        self._resolvers = tuple(resolvers)
        self._port = port
        self._addresses: dict[str, tuple[str, Said]] = {}

    def find(self, index: ZoneIndex) -> Asking:
        """The servers of one zone."""
        if self._given:
            return Authorities(self._given)
        zone = index.zone.name
        reply = yield from self._resolve(Question(zone, "NS"))
        hosts = sorted(value.lower() for value in reply.values) or _declared(index)
        if not hosts:
            why = f"{reply.status}: {reply.detail}" if reply.failed else f"`{reply.status}`"
            said = Said(UNREACHABLE, detail=f"the resolver names no servers for the zone ({why})")
            return Authorities((), ((str(reply.server), said),))
        found, lost = [], []
        for host in hosts:
            address, said = yield from self._address(host)
            label = host.rstrip(".")
            if address:
                found.append(Authority(Server(address, self._port), f"{label} ({address})"))
            else:
                lost.append((label, said))
        return Authorities(tuple(found), tuple(lost))

    def _resolve(self, question: Question) -> Generator[Sequence[tuple[Question, Server]], Sequence[Reply], Reply]:
        """The first resolver's answer that is one, else the last one's failure."""
        reply = Reply(question, Server("no resolver"), UNREACHABLE, detail="there is nobody to ask")
        for resolver in self._resolvers:
            (reply,) = yield [(question, resolver)]
            if not reply.failed:
                break
        return reply

    def _address(self, host: str) -> Generator[Sequence[tuple[Question, Server]], Sequence[Reply], tuple[str, Said]]:
        """An address of a name server, IPv4 before IPv6; "" and why where there is none."""
        if host not in self._addresses:
            found, why = "", ""
            for kind in ("A", "AAAA"):
                reply = yield from self._resolve(Question(host, kind))
                if reply.values:
                    found = sorted(reply.values)[0]
                    break
                why = why or (f"{reply.status}: {reply.detail}" if reply.failed else reply.status)
            self._addresses[host] = (found, Said(UNREACHABLE, detail=f"no address ({why})"))
        return self._addresses[host]


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
