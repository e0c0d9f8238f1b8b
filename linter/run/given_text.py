"""One text that is not (or not yet) a file, judged as the file of a name."""

from collections.abc import Iterator

from linter.facts.facts import Facts
from linter.facts.texts import Parsers
from linter.source.text import Source, SourceFault

from .claims import Claims
from .estate import Estate
from .estate_facts import facts_of
from .outcome import Outcome
from .parts import Group, part_of, parts
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


def judged_as_found(
    name: str, source: Source, fault: SourceFault | None, policy: Policy, answers: list[str]
) -> Outcome:
    """The same for a file that nobody says is a zone, as for one that a search has found. Raises as `judged`."""
    resolvers = Resolvers(answers)
    checker = resolvers.checker(policy)
    if not policy.settings.excludes(name):
        part = next(parts(Group(policy, [name], are_changes=True)))
        estate = part.estate(resolvers.of(policy.settings, part.folder), resolvers.seen)
        estate.add(source, fault)
        checker.check([name], estate, part.claims)
        checker.judge_recordings(set())
    return checker.outcome()


def facts_in(
    name: str, source: Source, fault: SourceFault | None, policy: Policy, answers: list[str]
) -> Iterator[Facts]:
    """The facts of the zones that a text holds or takes part in, among those beside it. Raises as `judged`."""
    part, resolvers = part_of(name, policy), Resolvers(answers)
    estate = part.estate(resolvers.of(policy.settings, part.folder), resolvers.seen)
    estate.add(source, fault)
    parsers = Parsers()
    for index in map(estate.index, estate.zones_of(name)):
        if index is not None:
            yield facts_of(index, estate, policy.settings, parsers)


def judged_alone(name: str, source: Source, policy: Policy) -> Outcome:
    """What is found in a text as the whole of a zone; of other zones nothing is known but what is recorded."""
    resolvers = Resolvers([])
    estate = Estate([name], policy.settings.folder, resolvers.of(policy.settings, policy.settings.folder))
    estate.add(source, None)
    checker = resolvers.checker(policy)
    checker.check([name], estate, Claims(frozenset([name])))
    checker.judge_recordings(set())
    return checker.outcome()
