"""One text that is not (or not yet) a file, judged as the file of a name."""

from linter.source.text import Source, SourceFault

from .claims import Claims
from .estate import Estate
from .outcome import Outcome
from .parts import part_of
from .policy import Policy
from .resolvers import Resolvers


def judged(name: str, source: Source, fault: SourceFault | None, policy: Policy, answers: list[str]) -> Outcome:
    """What is found in a text among the zones that lie where its name says it does. Raises Refused, Unreadable."""
    part = part_of(name, policy)
    resolvers = Resolvers(answers)
    estate = part.estate(resolvers.of(policy.settings, part.folder), resolvers.seen)
    estate.add(source, fault)
    checker = resolvers.checker(policy)
    checker.check([name], estate, Claims(frozenset([name])))
    checker.judge_recordings(set())
    return checker.outcome()


def judged_alone(name: str, source: Source, policy: Policy) -> Outcome:
    """What is found in a text as the whole of a zone; of other zones nothing is known but what is recorded."""
    resolvers = Resolvers([])
    estate = Estate([name], policy.settings.folder, resolvers.of(policy.settings, policy.settings.folder))
    estate.add(source, None)
    checker = resolvers.checker(policy)
    checker.check([name], estate, Claims(frozenset([name])))
    checker.judge_recordings(set())
    return checker.outcome()
