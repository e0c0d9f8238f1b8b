"""One question's answer: found, no data, no such name, a failure, or unknown to everybody here."""

from collections.abc import Iterable

from linter.finding import Witness, in_words
from linter.source.frozen import Frozen
from linter.source.text import Span
from linter.source.typed import Final, Literal, Protocol, TypeAlias, get_args

Status: TypeAlias = Literal["found", "nodata", "nxdomain", "unknown", "servfail", "timeout"]
FOUND: Final = "found"
NO_DATA: Final = "nodata"
NO_NAME: Final = "nxdomain"
UNKNOWN: Final = "unknown"
SERVFAIL: Final = "servfail"
TIMEOUT: Final = "timeout"
"""The two failures: somebody was asked, and did not say what is there."""
STATUSES: dict[str, Status] = {word: word for word in get_args(Status)}
"""Each as it is written, where one is read."""


class Exchange(Frozen):
    """One MX value as an answer holds it: a host name, absolute and lower case."""

    preference: int
    host: str


class Step(Frozen):
    """One CNAME or DNAME that was followed: from which name to which, and where it is written."""

    name: str
    target: str
    span: Span | None


Data: TypeAlias = str | Exchange
"""TXT: the joined text. A, AAAA: the address. CNAME, NS, PTR: the absolute name. MX: an Exchange."""


class Answer(Frozen):
    """What a resolver says to (name, type).

    `values` and `spans` go together; `spans` is empty where the answer does not come from a file. `steps` are
    the aliases followed, `owner` the name whose data it is: the wildcard's, where one answers. `witnesses` are
    whose word it is when no declared zone's; also for a status without values, and for an alias that only leads on.
    """

    status: Status
    values: tuple[Data, ...] = ()
    spans: tuple[Span, ...] = ()
    owner: str = ""
    steps: tuple[Step, ...] = ()
    witnesses: tuple[Witness, ...] = ()

    @property
    def origin(self) -> str:
        """The witnesses in words, as in "mailzone.lock, seen 2026-11-02"."""
        return in_words(self.witnesses)

    @property
    def is_empty(self) -> bool:
        """Whether it is known that nothing is there."""
        return self.status in (NO_DATA, NO_NAME)

    @property
    def is_failure(self) -> bool:
        """Whether DNS itself failed, so that the same question may have an answer later."""
        return self.status in (SERVFAIL, TIMEOUT)


def unknown(name: str) -> Answer:
    """What is said of a name that is not known; most questions about other people's names end so."""
    return tuple.__new__(Answer, (UNKNOWN, (), (), name, (), ()))


def joined(origins: Iterable[str]) -> str:
    """Several origins in words as one phrase: each once, in their order."""
    return " and ".join(dict.fromkeys(origin for origin in origins if origin))


class Resolver(Protocol):
    """Anything that answers questions: zones, a lock file, live DNS, or a chain of them."""

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute lower-case name and a record type, aliases followed."""
        ...
