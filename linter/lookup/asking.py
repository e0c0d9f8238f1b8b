"""A resolver that notes what it is asked: what it could answer, and what somebody has to be asked for."""

from linter.source.pattern import Pattern

from .answer import UNKNOWN, Answer, Resolver
from .lock_document import Pair

_ASKABLE = Pattern(r"(?=.{1,254}\Z)(?:[a-z0-9_-]{1,63}\.)+")


def can_be_asked(name: str) -> bool:
    """Whether an absolute lower-case name is one that DNS is asked for: letters, digits, hyphens, underscores.

    Templates, and what has blanks or quotes in it, are somebody's mistake and nobody's name.
    """
    return bool(_ASKABLE.fullmatch(name))


class Asking:
    """Answers as `known` does, which may be exchanged at any time.

    `used` are the pairs whose recorded answers were given since `begin`, those of aliases on the way with them;
    `unanswered` are the pairs that nobody knew.
    """

    def __init__(self, known: Resolver) -> None:
        self.known = known
        self.used: set[Pair] = set()
        self.unanswered: dict[Pair, None] = {}

    def begin(self) -> None:
        """Forget what was noted."""
        self.used = set()
        self.unanswered = {}

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute lower-case name and a record type, aliases followed."""
        answer = self.known.lookup(name, kind)
        self.used.update((step.name, "CNAME") for step in answer.steps)
        if answer.status != UNKNOWN:
            self.used.add((answer.owner, kind))
        elif not answer.steps and can_be_asked(name):
            # Where an alias leads may be declared: whoever asked here asks everybody for it.
            self.unanswered[name, kind] = None
        return answer
