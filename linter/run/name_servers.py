"""The servers that a command line names, asked one after the other for what the ones before them did not answer."""

from collections.abc import Iterable, Sequence

from linter.lookup.answer import FOUND, NO_DATA, NO_NAME, TIMEOUT
from linter.lookup.lock_document import Pair
from linter.source.typed import TYPE_CHECKING, Protocol

from .refresh import Ask, Heard
from .refused import Refused

if TYPE_CHECKING:
    from linter.live.engine import Reply, Server
    from linter.live.peer import Peer
    from linter.live.pulse import Pulse


class AskingOptions(Protocol):
    """What a command line says of asking: whom, for how many seconds, how often, how much at once."""

    server: list[str]
    timeout: float
    tries: int
    concurrency: int


class Progress(Protocol):
    """Whoever is told how much there is to do, and of each thing that is done."""

    def expect(self, number: int) -> None:
        """So many more steps will come."""
        ...

    def step(self) -> None:
        """One more has been done."""
        ...


class Servers:
    """What --server, --timeout, --tries and --concurrency say. Raises Refused where there is no server to ask."""

    def __init__(self, options: AskingOptions) -> None:
        from linter.live.engine import Limits
        from linter.live.pulse import Pulse

        self._limits = Limits(timeout=options.timeout, tries=options.tries, concurrency=options.concurrency)
        servers = dict.fromkeys(servers_of(options.server, "--server"))
        self._pulses = [Pulse(server, options.tries) for server in servers]
        self._peers: dict[Server, Peer] = {}

    def asker(self, bar: Progress) -> Ask:
        """Asks all questions of the first server, what it could not say of the next, and so on."""

        def ask(pairs: Sequence[Pair]) -> Iterable[Heard]:
            heard: dict[Pair, Heard] = {}
            for pulse in self._pulses:
                left = [pair for pair in pairs if pair not in heard or not _is_answer(heard[pair])]
                if not left:
                    break
                bar.expect(len(left))
                self._ask(left, pulse, heard, bar)
            return heard.values()

        return ask

    def _ask(self, pairs: Sequence[Pair], pulse: "Pulse", heard: dict[Pair, Heard], bar: Progress) -> None:
        from linter.live.engine import Question, ask

        left = dict.fromkeys(pairs)

        def take(reply: "Reply") -> None:
            if pulse.heard(reply):
                pair = (reply.question.name, reply.question.kind)
                del left[pair]
                heard[pair] = _heard(pair, reply)
                bar.step()

        questions = (Question(name, kind) for name, kind in pairs)
        ask(pulse.items(questions), self._limits, take, peers=self._peers)
        for pair in left:  # the server has died
            heard[pair] = Heard(pair, TIMEOUT, detail=f"{pulse.server} answers nothing")
            bar.step()


def _heard(pair: Pair, reply: "Reply") -> Heard:
    if reply.status == NO_DATA and reply.delegated:
        detail = f"{reply.server} only names the servers of {pair[0]}; use one that resolves names"
        return Heard(pair, "referral", detail=detail)
    # What is left of the time in somebody's cache is another number at every run, and a conflict in git for nothing.
    ttl = None if reply.is_cached else reply.ttl
    aliases = tuple((owner, None if reply.is_cached else seconds, led) for owner, seconds, led in reply.aliases)
    return Heard(pair, reply.status, reply.values, ttl, aliases, reply.detail)


def _is_answer(heard: Heard) -> bool:
    return bool(heard.aliases) or heard.status in (FOUND, NO_DATA, NO_NAME)


def servers_of(given: Sequence[str], option: str) -> "tuple[Server, ...]":
    """The servers that an option names, else the system's. Raises Refused where there is none."""
    from linter.live.server import RESOLV_CONF, parse_server, system_servers

    try:
        servers = tuple(parse_server(each) for each in given) or system_servers()
    except ValueError as error:
        raise Refused(f"{option}: {error}") from error
    if not servers:
        raise Refused(f"{RESOLV_CONF} names no server; name one with `{option}`")
    return servers
