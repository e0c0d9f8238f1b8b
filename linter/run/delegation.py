"""What the zone above says of a zone: whom it delegates it to, asked of its own servers (RFC 1034 section 4.3.2)."""

from collections.abc import Callable, Generator, Sequence

from linter.live.engine import Question, Reply, Server
from linter.lookup.served import NO_NAME, NOT_DELEGATED, SEEN, UNSEEN, Delegation
from linter.records.text.name import is_under, parent, shown
from linter.source.frozen import Frozen
from linter.source.typed import TypeAlias

Steps: TypeAlias = Generator[Sequence[tuple[Question, Server]], Sequence[Reply], "Referred"]
Resolve: TypeAlias = Callable[..., Generator[Sequence[tuple[Question, Server]], Sequence[Reply], list[Reply]]]
Addresses: TypeAlias = Callable[
    [str], Generator[Sequence[tuple[Question, Server]], Sequence[Reply], tuple[tuple[Server, ...], str]]
]
Glue: TypeAlias = dict[str, tuple[str, ...]]

_MOST_STEPS = 8
"""Referrals from the zone above to the zone: each is a zone that no resolver told of."""
_MOST_SERVERS = 6
"""Servers of the zone above that are asked."""
_MOST_HOSTS = 32
"""Name servers that one zone may have."""


class Referred(Frozen):
    """A delegation, and the addresses that came with it, by host."""

    delegation: Delegation
    glue: Glue = {}  # noqa: RUF012 - Frozen makes it the default of a field


class _Above(Frozen):
    """The zone above: its name, and some of its servers."""

    zone: str
    servers: tuple[Server, ...]
    why: str = ""


class Parents:
    """Finds delegations; whom to ask for the zones below a name is found out once."""

    def __init__(self, resolve: Resolve, addresses: Addresses, port: int) -> None:
        self._resolve, self._addresses, self._port = resolve, addresses, port
        self._known: dict[str, _Above] = {}

    def of(self, zone: str) -> Steps:
        """What the servers of the zone above say."""
        if zone == ".":
            return Referred(Delegation())
        above = yield from self._above(parent(zone))
        for _ in range(_MOST_STEPS):
            if not above.servers:
                return Referred(Delegation(UNSEEN, detail=above.why))
            found = yield from self._ask(zone, above)
            if isinstance(found, Referred):
                return found
            above = found
        return Referred(Delegation(UNSEEN, detail=f"more than {_MOST_STEPS} zones lie between"))

    def _above(self, name: str) -> Generator[Sequence[tuple[Question, Server]], Sequence[Reply], _Above]:
        """The zone that a name lies in, as the resolver knows it, and its servers."""
        if name in self._known:
            return self._known[name]
        (reply,) = yield from self._resolve(Question(name, "NS"))
        if reply.failed:
            return _Above(name, (), f"the resolver does not say who serves {shown(name)} ({_told(reply)})")
        if reply.values and not reply.aliases:
            above = yield from self._servers(name, reply.values, {})
        elif name == ".":
            above = _Above(name, (), "the resolver knows no servers of the root")
        else:
            above = yield from self._above(parent(name))
        self._known[name] = above
        return above

    def _servers(
        self, zone: str, hosts: Sequence[str], glue: Glue
    ) -> Generator[Sequence[tuple[Question, Server]], Sequence[Reply], _Above]:
        servers: list[Server] = []
        why = ""
        for host in sorted(host.lower() for host in hosts)[:_MOST_SERVERS]:
            found, why = yield from self._addresses(host)
            servers += found[:1] or [Server(address, self._port) for address in glue.get(host, ())[:1]]
        told = why or "none of its servers has an address"
        return _Above(zone, tuple(servers), "" if servers else f"{shown(zone)}: {told}")

    def _ask(
        self, zone: str, above: _Above
    ) -> Generator[Sequence[tuple[Question, Server]], Sequence[Reply], "Referred | _Above"]:
        """One server of the zone above, and the others where it names nobody: what one lacks, another may have."""
        question = Question(zone, "NS", None, False)
        heard: list[Reply] = []
        for servers in (above.servers[:1], above.servers[1:]):
            replies = yield [(question, server) for server in servers]
            heard += replies
            for reply in replies:
                hosts = _named(reply, zone)
                if hosts:
                    return Referred(Delegation(SEEN, hosts[:_MOST_HOSTS], (), str(reply.server)), _glue(reply))
                if (
                    reply.cut
                    and reply.cut != above.zone
                    and is_under(reply.cut, above.zone)
                    and is_under(zone, reply.cut)
                ):
                    return (yield from self._servers(reply.cut, reply.delegated, _glue(reply)))
        nothing = next((reply for reply in heard if reply.authoritative and not reply.failed), None)
        if nothing is not None:
            said = "there is no such name" if nothing.status == NO_NAME else "there are no NS records"
            told = f"{nothing.server}, a server of {shown(above.zone)}, says that {said}"
            return Referred(Delegation(NOT_DELEGATED, detail=told))
        why = _told(heard[0]) if heard[0].failed else "they refer to others"
        return Referred(Delegation(UNSEEN, detail=f"the servers of {shown(above.zone)} do not say it ({why})"))


def _named(reply: Reply, zone: str) -> tuple[str, ...]:
    """The name servers of exactly that zone: a referral, or the word of a server that has the zone as well."""
    if reply.cut == zone:
        return tuple(sorted(reply.delegated))
    if reply.authoritative and reply.values and not reply.aliases:
        return tuple(sorted(value.lower() for value in reply.values))
    return ()


def _glue(reply: Reply) -> Glue:
    found: dict[str, tuple[str, ...]] = {}
    for host, address in reply.glue:
        found[host] = (*found.get(host, ()), address)
    return found


def _told(reply: Reply) -> str:
    return f"{reply.status}: {reply.detail}" if reply.detail else reply.status
