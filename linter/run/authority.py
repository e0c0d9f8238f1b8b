"""Who serves a zone: the servers that somebody names for it, or those that the zone above delegates it to."""

from collections.abc import Generator, Iterable, Sequence

from linter.live.engine import Question, Reply, Server
from linter.live.server import addresses_of, has_route
from linter.live.tsig_key import TsigKey
from linter.lookup.served import (
    FOUND,
    NO_NAME,
    NOT_DELEGATED,
    REFUSED,
    SEEN,
    SERVFAIL,
    UNASKED,
    UNREACHABLE,
    Delegation,
    Said,
    SaidStatus,
)
from linter.lookup.zone_index import ZoneIndex
from linter.records.text.name import dotless
from linter.source.frozen import Frozen
from linter.source.typed import TypeAlias
from linter.zone.model import Target

from .delegation import Glue, Parents

Asking: TypeAlias = Generator[Sequence[tuple[Question, Server]], Sequence[Reply], "Authorities"]
_KINDS = ("A", "AAAA")
_MOST_ADDRESSES = 12
"""Addresses of one server that are asked."""
_MOST_HOSTS = 32
"""Name servers of one zone that are asked."""


class Authority(Frozen):
    """One server of a zone by its name; `is_given` is whether somebody named it, whatever it is.

    `server` is its address, `others` are further ones, for when that one does not answer, `silent` those that did not.
    `shown` is what to call it instead of what it would be called.
    """

    host: str
    server: Server
    is_given: bool = False
    others: tuple[Server, ...] = ()
    silent: tuple[Server, ...] = ()
    shown: str = ""

    @property
    def label(self) -> str:
        """What to call it: as the command line does, or by the name and the address that was asked."""
        return self.shown or (self.host if self.is_given else f"{self.host} ({self.server.host})")

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
        return self.shown or (self.host if self.is_given else f"{self.host} ({addresses})")


class Authorities(Frozen):
    """The servers to ask, those that have no address, or say nothing, with why, and what the zone above says."""

    servers: tuple[Authority, ...]
    lost: tuple[tuple[str, Said], ...] = ()
    delegation: Delegation = Delegation()


class Whom(Frozen):
    """What is said of a zone's servers: which to ask, with which key, and whether the zone is not public."""

    servers: tuple[Server, ...] = ()
    key: TsigKey | None = None
    is_internal: bool = False


class Finder:
    """Finds the servers of zones; the addresses of a host are looked up once.

    `given` are asked for every zone. Without them, the zone above is asked whom it delegates a zone to, and where that
    cannot be, `resolvers` say it, one after the other until one answers. `port` is where such servers listen. With
    `is_one_address`, of a server's addresses the first that answers is asked, else each of them. `unrouted` are the
    addresses that this machine has no way to, with how many zones they are left out of.
    """

    def __init__(
        self, given: Sequence[Server], resolvers: Sequence[Server], port: int = 53, is_one_address: bool = False
    ) -> None:
        self._is_one = is_one_address
        self._resolvers = tuple(address for resolver in resolvers for address in addresses_of(resolver))
        self._port = port
        self._addresses: dict[str, tuple[tuple[Server, ...], str]] = {}
        self._routes: dict[str, bool] = {}
        self.unrouted: dict[str, int] = {}
        self._parents = Parents(self._resolve, self._addresses_of, port)
        self._given = self._named(given)
        self._of_zones: dict[tuple[Server, ...], tuple[Authority, ...]] = {}

    def find(self, index: ZoneIndex, whom: Whom = Whom()) -> Asking:  # noqa: B008 - a frozen value
        """The servers of one zone."""
        if self._given:
            return Authorities(_signed(self._given, whom.key))
        if whom.servers:
            if whom.servers not in self._of_zones:
                self._of_zones[whom.servers] = self._named(whom.servers)
            return Authorities(_signed(self._of_zones[whom.servers], whom.key))
        if whom.is_internal:
            return (yield from self._internal(index, whom))
        zone = index.zone.name
        delegation, glue = yield from self._parents.of(zone)
        if delegation.status == NOT_DELEGATED:
            return Authorities((), (), delegation)
        reply: Reply | None = None
        hosts = list(delegation.parent)
        if delegation.status != SEEN:
            hosts, reply = yield from self._resolved(index)
        if not hosts and reply is not None:
            return _nobody(reply, delegation)
        found = yield from self.at(hosts, glue, whom)
        return found._replace(delegation=delegation)

    def _internal(self, index: ZoneIndex, whom: Whom) -> Asking:
        """Of a zone that nobody delegates: whom the resolver names, else the zone's files."""
        hosts, reply = yield from self._resolved(index)
        found = yield from self.at(hosts or _declared(index), {}, whom)
        return found if found.servers or found.lost else _nobody(reply, Delegation())

    def at(self, hosts: Iterable[str], glue: Glue, whom: Whom) -> Asking:
        """The servers with these names."""
        found: list[Authority] = []
        lost: list[tuple[str, Said]] = []
        for host in list(dict.fromkeys(hosts))[:_MOST_HOSTS]:
            addresses, why = yield from self._addresses_of(host)
            addresses = addresses or tuple(Server(each, self._port) for each in glue.get(host, ()))[:_MOST_ADDRESSES]
            label = dotless(host)
            if not addresses:
                lost.append((label, Said(UNREACHABLE, detail=why)))
            found += self._each(Authority(label, Server(""), False), addresses)
        if not found and not lost and hosts:
            lost.append((label, Said(UNASKED, detail="this machine has no route to any of its addresses")))
        return Authorities(_signed(tuple(found), whom.key), tuple(lost))

    def _each(self, authority: Authority, addresses: Sequence[Server]) -> list[Authority]:
        """A server by each of its addresses that there is a way to, or by the first with the others behind it."""
        routed = [server for server in addresses if self._has_route(server)]
        if not routed:
            return []
        if self._is_one or len(addresses) == 1:
            return [authority._replace(server=routed[0], others=tuple(routed[1:]))]
        shown = authority.host
        return [
            authority._replace(server=each, shown=f"{shown} ({each.host})" if authority.is_given else "")
            for each in routed
        ]

    def _has_route(self, server: Server) -> bool:
        host = server.host
        if host not in self._routes:
            self._routes[host] = has_route(server)
        if not self._routes[host]:
            self.unrouted[host] = self.unrouted.get(host, 0) + 1
        return self._routes[host]

    def _named(self, servers: Sequence[Server]) -> tuple[Authority, ...]:
        """Servers that somebody named, perhaps by names with several addresses."""
        found: list[Authority] = []
        for server in servers:
            addresses = addresses_of(server)[:_MOST_ADDRESSES]
            authority = Authority(str(server), addresses[0], True)
            found += self._each(authority, addresses) or [authority]
        return tuple(found)

    def _resolved(
        self, index: ZoneIndex
    ) -> Generator[Sequence[tuple[Question, Server]], Sequence[Reply], tuple[list[str], Reply]]:
        """The name servers of a zone as the resolver knows them, and its reply."""
        (reply,) = yield from self._resolve(Question(index.zone.name, "NS"))
        return sorted(value.lower() for value in reply.values), reply

    def _resolve(
        self, *questions: Question
    ) -> Generator[Sequence[tuple[Question, Server]], Sequence[Reply], list[Reply]]:
        """To each question the first resolver's answer that is one, else the last one's failure."""
        nobody = Server("no resolver")
        replies = [Reply(each, nobody, UNREACHABLE, detail="there is no server to ask") for each in questions]
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
    ) -> Generator[Sequence[tuple[Question, Server]], Sequence[Reply], tuple[tuple[Server, ...], str]]:
        """The addresses of a name server, IPv4 before IPv6; none and why where there are none."""
        if host not in self._addresses:
            replies = yield from self._resolve(*(Question(host, kind) for kind in _KINDS))
            found = [Server(address, self._port) for reply in replies for address in sorted(reply.values)]
            first = next((reply for reply in replies if reply.failed), replies[0])
            why = f"{first.status}: {first.detail}" if first.failed else f"`{first.status}`"
            self._addresses[host] = (tuple(found[:_MOST_ADDRESSES]), f"no address ({why})")
        return self._addresses[host]


def _nobody(reply: Reply, delegation: Delegation) -> Authorities:
    """Nobody is known to serve the zone."""
    why = f"{reply.status}: {reply.detail}" if reply.failed else f"`{reply.status}`"
    # A resolver that is silent or refuses says nothing about the zone's servers.
    status: SaidStatus = UNASKED if reply.failed and reply.status != SERVFAIL else UNREACHABLE
    said = Said(status, detail=f"the resolver names no servers for the zone ({why})")
    return Authorities((), ((str(reply.server), said),), delegation)


def _signed(authorities: tuple[Authority, ...], key: TsigKey | None) -> tuple[Authority, ...]:
    """The servers, questions to which are signed with a key."""
    if key is None:
        return authorities
    return tuple(each._replace(server=each.server._replace(key=key)) for each in authorities)


def _declared(index: ZoneIndex) -> list[str]:
    """The name servers that the zone itself declares."""
    records = index.records(index.zone.name, "NS")
    return [value.name for record in records for value in record.values if isinstance(value, Target)]


def unfit(authority: Authority, reply: Reply) -> Said | None:
    """Why a server is not to be asked about a zone, by its answer for the zone's SOA; None where it is."""
    if reply.failed:
        return Said(reply.status, detail=reply.detail)
    if reply.delegated:
        whom = reply.delegated[0].rstrip(".") or "the root"
        return Said(REFUSED, detail=f"it does not have the zone, and refers to {whom}")
    if reply.status == NO_NAME:
        return Said(REFUSED, detail="it does not have the zone, and says that there is no such name")
    if reply.status != FOUND or reply.aliases:
        return Said(REFUSED, detail="it does not have the zone, and answers without its SOA")
    if not reply.authoritative and not authority.is_given:
        return Said(REFUSED, detail="it is not authoritative for the zone, which is delegated to it")
    return None
