"""How hard to try."""

from linter.source.frozen import Frozen


class Limits(Frozen):
    """How hard to try: seconds for each try, tries for each question, questions under way at once, and how many may
    go to one address in a second.

    A server that has answered is asked again sooner, and a few times more, within the same time.
    """

    timeout: float = 3.0
    tries: int = 3
    concurrency: int = 64
    per_second: int = 2_000
