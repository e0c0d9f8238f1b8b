"""How much a piece of work does, in calls of functions: a number that no busy machine changes."""

import sys
from collections.abc import Callable


def calls(work: Callable[[], object]) -> int:
    """The calls and returns under a profile hook."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
