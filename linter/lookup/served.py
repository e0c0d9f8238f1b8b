"""What the servers of one zone said when they were asked: every answer of every server, with how it failed."""

from collections.abc import Callable, Iterable, Mapping

from linter.finding import LIVE, Witness
from linter.lookup.answer import FOUND, NO_DATA, NO_NAME, SERVFAIL, TIMEOUT, UNKNOWN, Answer, Data, Status, Step
from linter.lookup.answer import FOUND as KNOWN
from linter.lookup.recorded_value import read_value
from linter.records.text.fault import Fault
from linter.source.frozen import Frozen
from linter.source.typed import Final, Literal, TypeAlias, get_args

SaidStatus: TypeAlias = Status | Literal["alias", "referral", "refused", "malformed", "unreachable", "unasked"]
ALIAS: Final = "alias"
"""A CNAME stands at the name, and something else was asked for."""
REFERRAL: Final = "referral"
"""The name is delegated away: only its name servers were named."""
REFUSED: Final = "refused"
MALFORMED: Final = "malformed"
UNREACHABLE: Final = "unreachable"
UNASKED: Final = "unasked"
FAILURES: tuple[SaidStatus, ...] = (SERVFAIL, TIMEOUT, REFUSED, MALFORMED, UNREACHABLE, UNASKED)
"""Statuses that tell nothing about what is there (RFC 7208 section 4.4 has them for temporary errors)."""
FAILURE_WORDS: dict[str, SaidStatus] = {word: word for word in FAILURES}

TRANSFER = "AXFR"
"""What stands in the place of a record type where a server was asked for its whole zone and did not give it."""

Pair: TypeAlias = tuple[str, str]
"""A name, absolute and lower case, and a record type."""


class Said(Frozen):
    """What one server said to one question.

    `status` is "unknown" where a recording does not say. `values` are in presentation format: of "alias" the target,
    of "referral" the name servers. `ttl` is None where nobody said, or where it only counts down. `detail` says in
    words what went wrong.
    """

    status: SaidStatus
    values: tuple[str, ...] = ()
    ttl: int | None = None
    detail: str = ""

    @property
    def failed(self) -> bool:
        """Whether nothing was learned by asking."""
        return self.status in FAILURES

    @property
    def is_empty(self) -> bool:
        """Whether it is known that nothing is there."""
        return self.status in (NO_DATA, NO_NAME)


NOT_KNOWN = Said(UNKNOWN)
_NOTHING_LEARNED = frozenset((*FAILURES, UNKNOWN))

Seen: TypeAlias = Literal["seen", "unseen", "none"]
SEEN: Final = "seen"
UNSEEN: Final = "unseen"
NOT_DELEGATED: Final = "none"
DELEGATIONS: dict[str, Seen] = {word: word for word in get_args(Seen)}


class Delegation(Frozen):
    """What the zone above says of a zone: "seen", "unseen" where it could not be asked, "none" where it delegates
    nothing there, "" where nobody wanted to know.

    `parent` are the name servers that it names, `own` those that the zone itself names, absolute names; `detail` says
    in words whom was asked, or why nobody could be.
    """

    status: Seen | Literal[""] = ""
    parent: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    detail: str = ""

    @property
    def differs(self) -> bool:
        """Whether both are known, and name different servers."""
        return self.status == SEEN and bool(self.own) and set(self.own) != set(self.parent)


class Served(Frozen):
    """One zone as its servers have it.

    `servers` are those that were asked, in order, as a command line names them; `said` is what each of them said.
    `lost` are those that could not be asked for the zone at all, each with why. `probe` is the label that nobody has
    records at, by which wildcards show. `whole` tells that the zone was transferred, and every question has an answer;
    `every` that all sets are compared, and not those alone that mail depends on. `policies` are the MTA-STS policies
    that were fetched over HTTPS by their domains, `unfetched` the domains whose policy could not be had, each with why.
    `complete` is false where the run ended before all was asked.
    """

    zone: str
    servers: tuple[str, ...]
    said: Mapping[str, Mapping[Pair, Said]]
    probe: str
    lost: tuple[tuple[str, Said], ...] = ()
    whole: bool = False
    every: bool = False
    policies: tuple[tuple[str, str], ...] = ()
    unfetched: tuple[tuple[str, str], ...] = ()
    delegation: Delegation = Delegation()
    complete: bool = True
    names: tuple[str, ...] = ()

    def of(self, pair: Pair) -> tuple[tuple[str, Said], ...]:
        """What each server said to a question; nothing of servers that were not asked or are lost."""
        found = []
        for server in self.servers:
            held = self.said.get(server)
            if held is None:
                continue
            said = held.get(pair)
            if said is not None and said.status != UNKNOWN:
                found.append((server, said))
        return tuple(found)

    def first(self, pair: Pair) -> Said:
        """What the first server said that said anything."""
        for server in self.servers:
            held = self.said.get(server)
            said = held.get(pair) if held is not None else None
            if said is not None and said[0] not in _NOTHING_LEARNED:
                return said
        return NOT_KNOWN

    def only(self, is_wanted: Callable[[str], bool]) -> "Served":
        """What was said of some names, of those that show wildcards and of the zone's own servers."""

        def kept(pair: Pair) -> bool:
            return pair[1] == "SOA" or pair[0].startswith(f"{self.probe}.") or is_wanted(pair[0])

        said = {server: {pair: each for pair, each in held.items() if kept(pair)} for server, held in self.said.items()}
        return self._replace(said=said)

    @property
    def pairs(self) -> Iterable[Pair]:
        """All questions that were asked of anybody."""
        found: dict[Pair, None] = {}
        for held in self.said.values():
            found.update(dict.fromkeys(held))
        found.pop((self.zone, TRANSFER), None)
        return found

    @property
    def unanswered(self) -> frozenset[Pair]:
        """The questions to which some server gave no answer."""
        return frozenset(pair for held in self.said.values() for pair, said in held.items() if said[0] in FAILURES)

    @property
    def untransferred(self) -> tuple[tuple[str, Said], ...]:
        """The servers that did not give the whole zone though they were asked for it, each with why."""
        return tuple((server, said) for server, said in self.of((self.zone, TRANSFER)) if said.failed)


__all__ = ["ALIAS", "FAILURES", "FOUND", "NOT_KNOWN", "NO_DATA", "NO_NAME", "REFERRAL", "UNASKED", "Pair", "Said"]
__all__ += ["NOT_DELEGATED", "SEEN", "UNSEEN", "Delegation"]
__all__ += ["MALFORMED", "REFUSED", "SERVFAIL", "TIMEOUT", "TRANSFER", "UNKNOWN", "UNREACHABLE", "Served"]


class ServedResolver:
    """Answers with the values of the first server that said anything, without places."""

    def __init__(self, served: Served) -> None:
        self._served = served

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute lower-case name and a record type; of an alias, where it leads."""
        said = self._served.first((name, kind))
        witnesses = tuple(Witness(LIVE, server) for server in self._served.servers[:1])
        if said.status == ALIAS:
            return Answer(UNKNOWN, owner=name, steps=(Step(name, said.values[0].lower(), None),), witnesses=witnesses)
        if said.status == FOUND:
            read = (read_value(kind, value) for value in said.values)
            values: tuple[Data, ...] = tuple(value for value in read if not isinstance(value, Fault))
            return Answer(KNOWN, values, owner=name, witnesses=witnesses)
        if said.status == NO_DATA or said.status == NO_NAME:
            return Answer(said.status, owner=name, witnesses=witnesses)
        return Answer(UNKNOWN, owner=name, witnesses=witnesses)
