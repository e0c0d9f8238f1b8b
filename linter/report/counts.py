"""How much a run looked at, and by which rules."""

from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING

from .suppressed import Tally

if TYPE_CHECKING:
    from linter.facts.drift.lines import ZoneDrift


class Gate(Frozen):
    """By what was judged: the paths of the configurations, the profiles, and the rules about errors that let them pass.

    `off` are the names of error rules that are switched off, `lowered` those that tell less than errors.
    """

    configurations: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    off: frozenset[str] = frozenset()
    lowered: frozenset[str] = frozenset()

    def beside(self, other: "Gate") -> "Gate":
        """Both as one, where some files were judged by this and some by the other."""
        return Gate(
            tuple(dict.fromkeys((*self.configurations, *other.configurations))),
            tuple(dict.fromkeys((*self.profiles, *other.profiles))),
            self.off | other.off,
            self.lowered | other.lowered,
        )


class Problem(Frozen):
    """Why a part of the work could not be done: a file that cannot be read, or a fault of mailzone's in a rule."""

    message: str
    path: str
    zone: str = ""
    rule: str = ""


class UnknownSet(Frozen):
    """A declared record set of which a comparison learned nothing, by its names, and why.

    With the type "AXFR" it is the whole zone; with no name, all of a file that was not come to.
    """

    path: str
    zone: str
    name: str
    type: str
    reason: str


class Seen(Frozen):
    """How much a comparison learned: how many declared sets stayed unknown, those of them that are listed, and of how
    many zones the delegation could not be seen. `drift` are the zones in which something differs, line by line.
    """

    unknown: int = 0
    listed: tuple[UnknownSet, ...] = ()
    undelegated: int = 0
    drift: "tuple[ZoneDrift, ...]" = ()


class Fixes(Frozen):
    """How many findings were fixed, None where that was not asked for; how many can be, safely and otherwise."""

    fixed: int | None = None
    safe: int = 0
    unsafe: int = 0

    def words(self) -> str:
        """What to say of them; "" where there is nothing to say."""
        told = [] if self.fixed is None else [f"{self.fixed:,} fixed"]
        if self.safe:
            told.append(f"{self.safe:,} fixable with --fix")
        if self.unsafe:
            told.append(f"{self.unsafe:,}{' more' if self.safe else ' fixable'} with --fix --unsafe-fixes")
        return ", ".join(told)


class Counts(Frozen):
    """What was looked at, by what, and what went wrong.

    `skipped` are the paths of YAML files that are not zones; `seen` is how much a comparison learned;
    `suppressed` counts findings that do not count, `fixes` those that are or can be fixed.
    """

    files: int
    zones: int
    records: int
    gate: Gate = Gate()
    problems: tuple[Problem, ...] = ()
    skipped: tuple[str, ...] = ()
    seen: Seen | None = None
    suppressed: Tally = Tally()
    fixes: Fixes = Fixes()
