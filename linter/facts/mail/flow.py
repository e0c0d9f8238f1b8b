"""Where mail for a name goes: the hosts that its MX names, the systems behind them, and the splits between these."""

from collections.abc import Mapping

from linter.intent.model import Mail, Split, Word
from linter.lookup.answer import FOUND, Answer, Exchange, Resolver
from linter.records.text.name import dotless
from linter.source.frozen import Frozen
from linter.source.text import Span
from linter.source.typed import Final, Literal, TypeAlias

from .system_needs import SystemNeeds
from .vendor_view import vendor_of_mx

RouteState: TypeAlias = Literal["open", "no route", "nowhere", "loop", "elsewhere", "unknown"]
"""How a split's route ends: at its system; it names none; nothing receives there; back; at another; not known."""
OPEN: Final = "open"
NO_ROUTE: Final = "no route"
NO_WAY: Final = "nowhere"
LOOPS: Final = "loop"
ELSEWHERE: Final = "elsewhere"
NOT_KNOWN: Final = "unknown"


class Host(Frozen):
    """One mail host that answers for a name, and its place where a file holds it."""

    name: str
    span: Span | None


class Route(Frozen):
    """The way of a split: its `state`, the systems that mail passes, and what is said of it in a few words."""

    split: Split
    state: RouteState
    hops: tuple[str, ...] = ()
    why: str = ""


class Flow(Frozen):
    """Who receives for a name: declared hops, the hosts that DNS names, and those of them that are not the edge's.

    `answer` is what DNS says to MX; `strangers` are hosts of other systems than `edge`.
    """

    mail: Mail
    edge: SystemNeeds | None
    hops: tuple[str, ...]
    answer: Answer
    hosts: tuple[Host, ...] = ()
    strangers: tuple[Host, ...] = ()
    routes: tuple[Route, ...] = ()


class MailFlows:
    """Computes flows over one resolver; `systems` are the declared ones by name."""

    def __init__(self, resolver: Resolver, systems: Mapping[str, SystemNeeds]) -> None:
        self._resolver = resolver
        self._systems = systems

    def flow(self, mail: Mail) -> Flow:
        """The way of mail for one name."""
        edge = self._system(mail.edge)
        hops = tuple(word.text for word in (mail.behind, mail.receives) if word is not None)
        answer = self._resolver.lookup(mail.name.text, "MX")
        hosts = hosts_of(answer)
        strangers = tuple(host for host in hosts if edge is not None and edge.takes(host.name) is False)
        routes = tuple(self._route(mail, split) for split in mail.splits)
        return Flow(mail, edge, hops, answer, hosts, strangers, routes)

    def whose(self, host: str) -> str:
        """Who a mail host belongs to, in words: a declared system, a vendor of the catalogue, or ""."""
        for needs in self._systems.values():
            if host in needs.hosts or (needs.vendor is not None and needs.takes(host)):
                return needs.label
        vendor = vendor_of_mx(host)
        return vendor.name if vendor is not None else ""

    def _system(self, word: Word | None) -> SystemNeeds | None:
        return self._systems.get(word.text) if word is not None else None

    def _route(self, mail: Mail, split: Split) -> Route:
        """How mail for the mailboxes of a split gets to them."""
        to, first = self._system(split.to), tuple(word.text for word in (mail.behind, mail.receives) if word)
        if split.through is None:
            return Route(split, NO_ROUTE, first)
        through = split.through.text
        if to is not None and (through in to.hosts or (to.vendor is not None and to.vendor.takes(through))):
            # A smart host is connected to directly and needs no MX.
            return Route(split, OPEN, (*first, split.to.text))
        answer = self._resolver.lookup(through, "MX")
        if answer.is_empty and not answer.steps:
            return self._without_mx(split, first)
        hosts = hosts_of(answer)
        if answer.status != FOUND or not hosts:
            return Route(split, NOT_KNOWN, first)
        if any(host.name == "." for host in hosts):
            return Route(split, NO_WAY, first, "it has a null MX")
        if to is not None and all(to.takes(host.name) for host in hosts):
            return Route(split, OPEN, (*first, split.to.text))
        back = self._back(mail, hosts)
        if back:
            return Route(split, LOOPS, (*first, back), f"its MX points to `{back}`, which sent the mail there")
        foreign = [host for host in hosts if to is not None and to.takes(host.name) is False]
        if foreign:
            return Route(split, ELSEWHERE, first, f"its MX is {dotless(foreign[0].name)}")
        return Route(split, OPEN, (*first, split.to.text))

    def _without_mx(self, split: Split, first: tuple[str, ...]) -> Route:
        """A route to a name without MX: a host can be connected to all the same (RFC 5321 section 5.1)."""
        through = split.through.text if split.through else ""
        answers = [self._resolver.lookup(through, kind) for kind in ("A", "AAAA")]
        if any(answer.status == FOUND for answer in answers):
            return Route(split, OPEN, (*first, split.to.text))
        if any(not answer.is_empty for answer in answers):
            return Route(split, NOT_KNOWN, first)
        return Route(split, NO_WAY, first, "it has neither MX nor address")

    def _back(self, mail: Mail, hosts: tuple[Host, ...]) -> str:
        """The system of this mail that one of the hosts belongs to, "" for none."""
        for word in (mail.receives, mail.behind):
            needs = self._system(word)
            if needs is not None and any(needs.takes(host.name) for host in hosts):
                return needs.name
        return ""


def hosts_of(answer: Answer) -> tuple[Host, ...]:
    """The mail hosts of an answer with their places."""
    spans = answer.spans or (None,) * len(answer.values)
    pairs = zip(answer.values, spans, strict=True)
    return tuple(Host(value.host, span) for value, span in pairs if isinstance(value, Exchange))
