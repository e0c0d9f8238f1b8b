"""Recorded answers that verdicts have used: how old they are, file by file."""

from linter.finding import Witness
from linter.source.days import days_between
from linter.source.frozen import Frozen
from linter.source.text import Source, Span


class UsedAnswers(Frozen):
    """What was used of one recording: the names that answers were about, by the day that these were seen on.

    `today` is the day to judge by, as "2026-11-23".
    """

    witness: Witness
    source: Source
    names: dict[str, frozenset[str]]
    today: str

    def before(self, days: int) -> dict[str, frozenset[str]]:
        """The names by day, of answers that are older than a number of days."""
        ages = ((day, days_between(day, self.today)) for day in self.names)
        return {day: self.names[day] for day, age in ages if age is not None and age > days}

    def place(self, name: str) -> Span:
        """The line of a name in the file; its beginning where none is found."""
        bare = name.removesuffix(".")
        for key in (bare, f'"{bare}"', f"'{bare}'"):
            at = self.source.text.find(f"\n  {key}:") + 3
            if at > 2:
                return Span(self.source, at, at + len(key))
        return Span(self.source, 0, 0)
