"""Names, values and numbers of a review in words."""

from collections.abc import Iterable

from linter.plan.estate import RecordSet
from linter.records.text.fault import quoted

_LONGEST = 120


def bare(name: str) -> str:
    """A name as people write it, as code."""
    return quoted(name.rstrip(".") or ".", _LONGEST)


def shown_set(held: RecordSet | None) -> str:
    """The values of a set, "" for none."""
    return ", ".join(held.values) if held is not None else ""


def few(names: Iterable[str], most: int = 3) -> str:
    """The first of some names, and how many more there are."""
    held = list(names)
    more = f" and {len(held) - most} more" if len(held) > most else ""
    return ", ".join(map(bare, held[:most])) + more


def count(number: int, what: str) -> str:
    """A number with its noun."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
