"""How much a run looked at."""

from linter.source.frozen import Frozen


class Counts(Frozen):
    """What was looked at."""

    files: int
    zones: int
    records: int
