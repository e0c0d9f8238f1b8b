"""What a zone's servers said, as a resolver; what they were not asked is unknown."""

from linter.finding import LIVE, Witness
from linter.records.text.fault import Fault

from .answer import FOUND as KNOWN
from .answer import UNKNOWN, Answer, Data, Step
from .recorded_value import read_value
from .served import ALIAS, FOUND, Served


class ServedResolver:
    """Answers with the values of the first server that said anything, without places."""

    def __init__(self, served: Served) -> None:
        self._served = served

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute lower-case name and a record type; of an alias, where it leads."""
        said = self._served.first((name, kind))
        witnesses = tuple(Witness(LIVE, server) for server in self._served.servers[:1])
        if said.status == ALIAS:
            return Answer(UNKNOWN, owner=name, steps=(Step(name, said.values[0].lower(), None),), witnesses=witnesses)
        if said.status == FOUND:
            read = (read_value(kind, value) for value in said.values)
            values: tuple[Data, ...] = tuple(value for value in read if not isinstance(value, Fault))
            return Answer(KNOWN, values, owner=name, witnesses=witnesses)
        return Answer(said.status if said.is_empty else UNKNOWN, owner=name, witnesses=witnesses)
