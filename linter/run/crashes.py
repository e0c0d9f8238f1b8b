"""What has failed in mailzone itself during a run: noted with its place, so that everything else is still said."""

from linter.source.file import Unreadable
from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING, Iterable

if TYPE_CHECKING:
    from types import TracebackType

_MOST_CHARACTERS = 200


class Ending(Exception):
    """Ends a command wherever it is raised, since its work cannot be done; no fault of mailzone's."""


class Crash(Frozen):
    """One fault of mailzone's: what failed and on what, the exception in words, and where in the code it was raised.

    `rule` is the name of the rule, "" where something else failed. `path` and `zone` are those of the first of the
    `times` that it did.
    """

    what: str
    rule: str
    path: str
    zone: str
    reason: str
    trace: str
    times: int = 1


class Crashes:
    """The faults of one run, each once; `unreadable` are (path, reason) of files that could not be read meanwhile."""

    def __init__(self) -> None:
        self.unreadable: list[tuple[str, str]] = []
        self._found: dict[tuple[str, str], Crash] = {}
        self._where: set[tuple[str, str, str]] = set()

    @property
    def is_any(self) -> bool:
        """Whether anything at all went wrong."""
        return bool(self._found or self.unreadable)

    def all(self) -> tuple[Crash, ...]:
        """All that were noted, in the order in which they came."""
        return tuple(self._found.values())

    def kept(self, what: str, path: str, zone: str = "", rule: str = "") -> "_Kept":
        """Whatever goes wrong inside is noted and ends there; but for what ends the command."""
        return _Kept(self, (what, path, zone, rule))

    def note(self, error: Exception, what: str, path: str, zone: str = "", rule: str = "") -> None:
        """Take note of what went wrong. Raises what ends the command."""
        if isinstance(error, Ending | MemoryError):
            raise error
        if isinstance(error, Unreadable):
            if (error.path, error.reason) not in self.unreadable:
                self.unreadable.append((error.path, error.reason))
            return
        crash = _crash(error, what, path, zone, rule)
        if (what, type(error).__name__, path) not in self._where:  # what is tried again is one fault
            self._where.add((what, type(error).__name__, path))
            self.add([crash])

    def add(self, crashes: Iterable[Crash]) -> None:
        """Take in what was noted elsewhere."""
        for crash in crashes:
            key = (crash.what, crash.reason.partition(":")[0])
            known = self._found.get(key)
            self._found[key] = crash if known is None else known._replace(times=known.times + crash.times)


class _Kept:
    """What `Crashes.kept` gives, at a fifth of what one of `contextmanager` costs: every zone enters a few."""

    __slots__ = ("_about", "_crashes")

    def __init__(self, crashes: Crashes, about: tuple[str, str, str, str]) -> None:
        self._crashes, self._about = crashes, about

    def __enter__(self) -> None:
        """Nothing is needed beforehand."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: "TracebackType | None"
    ) -> bool:
        """Take note of what went wrong."""
        if isinstance(error, Exception):
            self._crashes.note(error, *self._about)
            return True
        return False


def _crash(error: Exception, what: str, path: str, zone: str, rule: str) -> Crash:
    from traceback import format_exception

    told = str(error)
    told = told if len(told) <= _MOST_CHARACTERS else f"{told[:_MOST_CHARACTERS]}…"
    # Of an endless recursion the last steps say enough.
    trace = "".join(format_exception(type(error), error, error.__traceback__, limit=-20))
    return Crash(what, rule, path, zone, f"{type(error).__name__}: {told}", trace)
