"""The domains with mail of their own that are known here: declared names, zones, names with MX."""

from functools import cached_property

from linter.facts.facts import Facts
from linter.intent.model import Intent, is_glob


class Ours:
    """What one zone knows of its own names and of the other zones."""

    def __init__(self, facts: Facts, intent: Intent) -> None:
        self._facts = facts
        self._intent = intent

    def has(self, name: str) -> bool:
        """Whether an absolute name is one with mail of its own: declared, the name of a zone, or one with MX."""
        if name in self._intent.mail or self._facts.estate.index_of(name) is not None:
            return True
        answer = self._facts.resolver.lookup(name, "MX")
        return answer.owner == name and bool(answer.values) and self._facts.zone_at(name) is not None

    def spelled(self, text: str) -> str:
        """The absolute domain that is written with these letters and digits, "" where none is."""
        return self._by_letters.get(text, "")

    @cached_property
    def _by_letters(self) -> dict[str, str]:
        names = (*self._facts.estate.all_zones(), *(name for name in self._intent.mail if not is_glob(name)))
        return {letters(name): name for name in names}


def letters(text: str) -> str:
    """A name without dots and hyphens, as vendors may write it."""
    return text.replace("-", "").replace("_", "").replace(".", "")
