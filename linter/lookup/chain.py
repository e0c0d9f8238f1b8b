"""A row of resolvers as one: the first that knows answers, and an alias is followed from one into another."""

from collections.abc import Iterable

from linter.finding import Witness

from .answer import SERVFAIL, UNKNOWN, Answer, Resolver, Step, unknown
from .zones import MAX_STEPS


class Chain:
    """Asks its members in their order; the first answer that is not unknown wins.

    A member that knows an alias and not what the alias leads to has said where to go on: the target is then
    asked of all members. An alias that leads back to itself fails, as it does for every receiver's resolver. The
    answer's origin names everybody whose word was followed on the way.
    """

    def __init__(self, members: Iterable[Resolver]) -> None:
        self.members = tuple(members)

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute lower-case name and a record type, aliases followed."""
        steps: list[Step] = []
        witnesses: list[Witness] = []
        while True:
            answer = self._first(name, kind)
            if not steps and not (answer.steps and answer.status == UNKNOWN):
                return answer  # as nearly all are: nothing to put together
            steps += answer.steps
            witnesses += answer.witnesses
            if answer.status != UNKNOWN or not answer.steps:
                return answer._replace(steps=tuple(steps), witnesses=tuple(dict.fromkeys(witnesses)))
            name = steps[-1].target
            if len(steps) > MAX_STEPS or any(step.name == name for step in steps):
                return Answer(SERVFAIL, owner=name, steps=tuple(steps), witnesses=tuple(dict.fromkeys(witnesses)))

    def _first(self, name: str, kind: str) -> Answer:
        """The first answer that says anything, be it only where an alias leads; else unknown."""
        answer = None
        for member in self.members:
            answer = member.lookup(name, kind)
            if answer.status != UNKNOWN or answer.steps:
                return answer
        # What the last one did not know is said in the same words.
        return answer if answer is not None and answer.owner == name and not answer.witnesses else unknown(name)
