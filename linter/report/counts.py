"""How much a run looked at."""

from typing import NamedTuple


class Counts(NamedTuple):
    """What was looked at."""

    files: int
    zones: int
    records: int
