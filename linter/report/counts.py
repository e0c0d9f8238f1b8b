"""How much a run looked at, and by which rules."""

from linter.source.frozen import Frozen


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


class Counts(Frozen):
    """What was looked at, by what, and what went wrong; `skipped` are the paths of YAML files that are not zones."""

    files: int
    zones: int
    records: int
    gate: Gate = Gate()
    problems: tuple[Problem, ...] = ()
    skipped: tuple[str, ...] = ()
