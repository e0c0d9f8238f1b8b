"""What follows from an SPF record alone, found once for each: many zones hold the same few records."""

from collections.abc import Callable
from functools import wraps

from linter.records.spf.record import Spf
from linter.source.typed import TypeVar

T = TypeVar("T")

MOST_KEPT = 2048
"""Records of which a function keeps what it found; as many as are kept parsed."""
LONGEST_KEPT = 1024
"""Characters of a record that is kept: longer ones are rarely met again."""


def of_record(fact: Callable[[Spf], T]) -> Callable[[Spf], T]:
    """A function of a record that is computed once for it, as long as the record is kept; what it gives is frozen."""
    known: dict[int, tuple[Spf, T]] = {}

    @wraps(fact)
    def kept(spf: Spf) -> T:
        held = known.get(id(spf))  # of a record that is held here, no other has the identity
        if held is not None:
            return held[1]
        found = fact(spf)
        if len(spf.text) <= LONGEST_KEPT:
            if len(known) >= MOST_KEPT:
                known.clear()
            known[id(spf)] = (spf, found)
        return found

    return kept
