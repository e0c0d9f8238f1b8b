"""What an SPF record costs, term by term and record by record: the values that the tree is made of."""

from collections.abc import Callable, Iterator

from linter.finding import Witness, in_words
from linter.lookup.answer import FOUND, NO_DATA, NO_NAME, SERVFAIL, TIMEOUT, UNKNOWN, Status
from linter.records.spf.record import Spf, Term
from linter.source.frozen import Frozen
from linter.source.text import Span
from linter.source.typed import Final, Literal, TypeAlias, TypeVar

from .limits import MAX_LOOKUPS

_T = TypeVar("_T")

TermState: TypeAlias = Literal["asks", "free", "dead", "off", "ignored", "loop", "varies"]
"""What a term is: it asks DNS; it asks nothing; it stands behind `all`; `all` switches it (redirect) off; it is an
unknown modifier; its record leads back to the one it stands in; which record it means depends on the message."""
ASKS: Final = "asks"
FREE: Final = "free"
DEAD: Final = "dead"
OFF: Final = "off"
IGNORED: Final = "ignored"
LOOP: Final = "loop"
VARIES: Final = "varies"

SEVERAL: Final = "several"
MALFORMED: Final = "malformed"
NOT_FOLLOWED: Final = "not followed"
"""Statuses of a record beside those of an answer: more than one, a name that can have none, one record too many."""

MISSING = {
    NO_DATA: "has no SPF record",
    NO_NAME: "does not exist",
    SEVERAL: "has more than one SPF record",
    MALFORMED: "is not a domain name that can have a record",
    SERVFAIL: "gives no answer (servfail)",
    TIMEOUT: "gives no answer (timeout)",
}
"""What a status other than "found" means for whoever includes the name; words that follow it."""

IP4, IP6 = 4, 6
VERSIONS = (IP4, IP6)
"""The IP versions of clients, and the word that `%{v}` stands for in their messages comes in the same order."""

MOST = 1_000_000
"""Where counting ends: records that include each other twice, and these again, double it at every level."""


class Lookups(Frozen):
    """How many lookups the worst case needs, at least and at most; a message may match before.

    The two differ where macros decide which record is included. One that nobody can name counts for anything up
    to what ends an evaluation: MAX_LOOKUPS more.
    """

    min: int
    max: int

    def plus(self, other: "Lookups") -> "Lookups":
        """The sum, at most MOST."""
        return Lookups(min(self.min + other.min, MOST), min(self.max + other.max, MOST))


NONE, ONE, ANY = Lookups(0, 0), Lookups(1, 1), Lookups(1, 1 + MAX_LOOKUPS)


class TreeTerm(Frozen):
    """One term with its cost.

    `text` is what is written, `state` what it is. `lookups` counts the term and all below it,
    `total` the record up to and including it. `targets` are the names it asks about, empty where the message
    decides; `voids4` and `voids6` those whose lookup finds nothing for an IPv4 or IPv6 client, `unknown` those that
    nobody here can answer. `matches` are the versions of the clients that the term itself may match. `hosts` is the
    number of mail hosts of an `mx`. `below` are the records of `include` and `redirect`; a record that stands in many
    places is the same object in all of them. `witnesses` say what its hosts answer.
    """

    term: Term
    text: str
    state: TermState
    lookups: Lookups = NONE
    total: Lookups = NONE
    targets: tuple[str, ...] = ()
    voids4: tuple[str, ...] = ()
    voids6: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    matches: tuple[int, ...] = ()
    hosts: int = 0
    below: "tuple[SpfTree, ...]" = ()
    witnesses: tuple[Witness, ...] = ()

    def voids(self, version: int) -> tuple[str, ...]:
        """The names whose lookup finds nothing for clients of an IP version."""
        return self.voids4 if version == IP4 else self.voids6

    def below_for(self, version: int) -> "SpfTree | None":
        """The record that the term leads clients of an IP version to; `%{v}` names one for each (section 7.2)."""
        return for_version(self.below, version)


class SpfTree(Frozen):
    """One record and all that it leads to.

    `status` is "found", or says why there is no record: "nodata", "nxdomain", "servfail", "timeout", "unknown" or
    one of the constants above. `terms` stand in the order of evaluation, redirect last. `voids4` and `voids6` count the
    lookups that find nothing for an IPv4 and an IPv6 client, as often as a receiver makes them. `is_looped` is
    whether an include in it leads back. `witnesses` are
    the answer's: whose word it is, where no declared zone's, also that there is no record.

    Of the record and all below it: `is_open` is whether one of them is not known, `is_broken` whether one that
    is included is known not to be there, or cannot be read, `most_hosts` the mail hosts of the `mx` with most.
    """

    name: str
    status: Status | Literal["several", "malformed", "not followed"]
    spf: Spf | None = None
    span: Span | None = None
    terms: tuple[TreeTerm, ...] = ()
    lookups: Lookups = NONE
    voids4: int = 0
    voids6: int = 0
    is_looped: bool = False
    witnesses: tuple[Witness, ...] = ()
    is_open: bool = False
    is_broken: bool = False
    most_hosts: int = 0

    @property
    def origin(self) -> str:
        """Whose word the record is, in words, where no declared zone's; "" where there is none."""
        return in_words(self.witnesses) if self.status == FOUND else ""

    def voids(self, version: int) -> int:
        """The lookups that find nothing for clients of an IP version."""
        return self.voids4 if version == IP4 else self.voids6

    @property
    def most_voids(self) -> int:
        """The lookups that find nothing for the clients for which most do."""
        return max(self.voids4, self.voids6)

    @property
    def is_absent(self) -> bool:
        """Whether it is known that receivers find no record here, or several, which is as bad."""
        return self.status in (NO_DATA, NO_NAME, SEVERAL, MALFORMED)

    @property
    def is_unreadable(self) -> bool:
        """Whether the record is there and does not parse, so that whoever includes it fails (RFC 7208 section 5.2)."""
        return self.spf is not None and not self.spf.is_valid


def for_version(alternatives: tuple[_T, ...], version: int) -> _T | None:
    """What is there for clients of an IP version: the one alternative, or of two the first for IPv4; None for none."""
    return None if not alternatives else alternatives[0] if version == IP4 else alternatives[-1]


def counted(tree: SpfTree, known: dict[int, _T], count: Callable[[SpfTree], _T]) -> _T:
    """What `count` gives for a record, asked first for all below it; `known` keeps that by the identity of records.

    Without recursion, since chains may be long.
    """
    pending = [(tree, _records_below(tree))]
    while pending:
        current, below = pending[-1]
        for record in below:  # goes on where it was left, so that a record with many below it is walked once
            if id(record) not in known:
                pending.append((record, _records_below(record)))
                break
        else:
            pending.pop()
            known[id(current)] = count(current)
    return known[id(tree)]


def _records_below(tree: SpfTree) -> Iterator[SpfTree]:
    return (below for term in tree.terms for below in term.below)


def records_in(tree: SpfTree) -> Iterator[SpfTree]:
    """The record itself and each below it, once, in the order in which receivers first meet them."""
    met = {id(tree)}
    pending = [tree]
    while pending:
        current = pending.pop()
        yield current
        below = [record for term in current.terms for record in term.below if id(record) not in met]
        for record in reversed(below):
            if id(record) not in met:
                met.add(id(record))
                pending.append(record)


def witnesses_in(tree: SpfTree) -> tuple[Witness, ...]:
    """Whose word a record and all below it are, where no declared zone's, each once."""
    found: dict[Witness, None] = {}
    for record in records_in(tree):
        found.update(dict.fromkeys(record.witnesses))
        for term in record.terms:
            found.update(dict.fromkeys(term.witnesses))
    return tuple(found)


class Row(Frozen):
    """One term in the order of evaluation: in which record, how deep, and the running total up to and including it.

    `is_repeated` is whether a record that the term leads to has stood in an earlier row, or lies too deep.
    """

    record: SpfTree
    term: TreeTerm
    depth: int
    total: Lookups
    is_repeated: bool


def rows(tree: SpfTree, most_levels: int = 32) -> Iterator[Row]:
    """The terms of a record and of those below it in the order of evaluation; each record comes once."""
    met = {id(tree)}
    pending: list[tuple[SpfTree, int, Lookups, TreeTerm]] = [(tree, 0, NONE, term) for term in reversed(tree.terms)]
    while pending:
        holder, depth, base, term = pending.pop()
        below = [record for record in term.below if record.terms]
        fresh = [record for record in below if id(record) not in met and depth < most_levels]
        yield Row(holder, term, depth, base.plus(term.total), len(fresh) < len(below))
        # The records of an include are read after the lookup that it costs itself.
        start = base.plus(Lookups(term.total.min - term.lookups.min, term.total.max - term.lookups.max)).plus(ONE)
        for record in reversed(fresh):
            met.add(id(record))
            pending.extend((record, depth + 1, start, inner) for inner in reversed(record.terms))


def uncounted(tree: SpfTree) -> tuple[str, ...]:
    """The names whose records are not known, so that what they cost is not in `lookups`."""
    return tuple(dict.fromkeys(record.name for record in records_in(tree) if record.status == UNKNOWN))
