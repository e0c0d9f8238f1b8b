"""The mail hosts of a zone of which something is known: most are other people's, and nobody here knows them."""

from linter.lookup.answer import UNKNOWN, Answer
from linter.source.frozen import Frozen
from linter.zone.model import Record, Target

from .facts import Facts, once
from .targets import mail_hosts, readings


class Addresses(Frozen):
    """What is known of the addresses of one name."""

    a: Answer
    aaaa: Answer


class KnownHost(Frozen):
    """A host that an MX names, and for each name that it can stand for what is known, its own name first."""

    record: Record
    target: Target
    readings: tuple[Addresses, ...]

    @property
    def own(self) -> Addresses:
        """What is known of the likelier name."""
        return self.readings[0]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All that is known."""
        return tuple(answer for reading in self.readings for answer in reading)


@once
def known_hosts(facts: Facts) -> tuple[KnownHost, ...]:
    """Those of which not every answer is unknown, in the order of the files."""
    found = []
    lookup, origin = facts.resolver.lookup, facts.zone.name
    for record, target in mail_hosts(facts.targets):
        answers = [(lookup(name, "A"), lookup(name, "AAAA")) for name in readings(target, origin)]
        for a, aaaa in answers:
            if a.status != UNKNOWN or aaaa.status != UNKNOWN or a.steps or aaaa.steps:
                found.append(KnownHost(record, target, tuple(Addresses(*each) for each in answers)))
                break
    return tuple(found)
