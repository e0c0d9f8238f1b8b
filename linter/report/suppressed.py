"""Findings that do not count: by what, and how many of each, so that no silence goes unseen."""

from collections import Counter
from collections.abc import Iterable

from linter.finding import Finding
from linter.source.frozen import Frozen

IGNORED, OVERRIDDEN, BASELINE, SINCE = "ignored", "overridden", "baseline", "since"
"""By a comment beside it; by `overrides` of the configuration; by the baseline; because a revision had it already."""
_WORDS = {BASELINE: "in the baseline", IGNORED: "ignored", OVERRIDDEN: "overridden", SINCE: "known before"}


class Suppressed(Frozen):
    """A finding that does not count: by which of these, and why, as far as somebody said."""

    finding: Finding
    means: str
    reason: str = ""

    @property
    def words(self) -> str:
        """By what it is held back, such as "in the baseline"."""
        return _WORDS[self.means]

    @property
    def kind(self) -> str:
        """As SARIF has it: whether what holds it back lies in the file itself."""
        return "inSource" if self.means == IGNORED else "external"


class Tally(Frozen):
    """How many findings do not count, by each of these; `since` is None where no revision was asked about."""

    baseline: int = 0
    ignored: int = 0
    overridden: int = 0
    since: int | None = None

    def words(self) -> str:
        """The numbers in words, such as "41 in the baseline, 2 ignored"; "" where there are none."""
        held = ((getattr(self, means), word) for means, word in _WORDS.items())
        return ", ".join(f"{number:,} {word}" for number, word in held if number)


def tally(held: Iterable[Suppressed], is_since: bool = False) -> Tally:
    """The numbers."""
    count = Counter(each.means for each in held)
    since = count[SINCE] if is_since else None
    return Tally(count[BASELINE], count[IGNORED], count[OVERRIDDEN], since)
