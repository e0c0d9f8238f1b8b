"""A resolver over a few names, for facts that hold over any resolver."""

from collections.abc import Mapping

from linter.lookup.answer import FOUND, NO_DATA, NO_NAME, UNKNOWN, Answer, Step

SUFFIXES = ("com.", "uk.", "co.uk.", "gov.uk.")


class World:
    """Answers from a mapping of absolute names to the values of their TXT records.

    A value of None is a name about which nobody here knows anything; an empty one exists without TXT records; a
    string is the target of a CNAME. Every other name does not exist, unless one of these lies below it. `questions`
    are the (name, type) pairs asked so far.
    """

    def __init__(self, names: Mapping[str, tuple[str, ...] | str | None]) -> None:
        self.names = names
        self.questions: list[tuple[str, str]] = []

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer, as Resolver has it."""
        self.questions.append((name, kind))
        values = self.names.get(name, ())
        if values is None:
            return Answer(UNKNOWN, owner=name)
        if isinstance(values, str):
            return self.lookup(values, kind)._replace(steps=(Step(name, values, None),))
        if values and kind == "TXT":
            return Answer(FOUND, values, owner=name)
        exists = name in self.names or any(known.endswith(f".{name}") for known in self.names)
        return Answer(NO_DATA if exists else NO_NAME, owner=name)


def public_suffix(name: str) -> str:
    """The longest of SUFFIXES that a name lies under, or its top level."""
    labels = name.split(".")
    for start in range(len(labels)):
        rest = ".".join(labels[start:])
        if rest in SUFFIXES:
            return rest
    return f"{labels[-2]}." if len(labels) > 1 else name
