"""The zones of a comparison in shares, each asked about by a process of its own where servers may be asked so fast."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager

from linter.source.ending import ENDING, endings_noted
from linter.source.frozen import Frozen
from linter.source.inputs import Inputs, note_all, noted_inputs
from linter.source.typed import TYPE_CHECKING

from .check import Checker
from .compare import Work
from .compared import Compared
from .outcome import Judged
from .parts import Group, parts
from .policy import Policy
from .refused import Refused
from .resolvers import Resolvers
from .shares import Share, processors, shares_of

if TYPE_CHECKING:
    from linter.live.limits import Limits
    from linter.live.together import Together

    from .forked import Process

_FILES_OF_ONE = 100
"""Files that are worth a process of their own."""
_A_SECOND, _AT_ONCE = 10_000, 16
"""Questions a second, and under way at once, without which one process has nothing to wait for but servers: it asks
20,000 a second."""


class Piece(Frozen):
    """The part of one estate's files that one process compares, and the number of the group that they are of."""

    group: int
    share: Share


class Told(Frozen):
    """What comes back from a process: what came of its share, and what was judged, by the number of the group."""

    compared: Compared
    judged: dict[int, Judged]
    inputs: Inputs = Inputs()


def number_of_processes(files: int, limits: "Limits") -> int:
    """How many processes are worth while."""
    if not hasattr(os, "fork"):
        return 1
    worth = min(files // _FILES_OF_ONE, limits.per_second // _A_SECOND, limits.concurrency // _AT_ONCE)
    return max(1, min(worth, processors()))


def planned(groups: Sequence[Group], number: int) -> list[list[Piece]]:
    """What each of so many processes is to compare: all files of one zone in one of them."""
    plan: list[list[Piece]] = [[] for _ in range(number)]
    for place, group in enumerate(groups):
        for part in parts(group):
            for pieces, files in zip(plan, shares_of(part, number), strict=False):
                pieces.append(Piece(place, Share(files, part, group.policy, [])))
    return plan


class Judging:
    """The checkers of some pieces, one for each group of files."""

    def __init__(self, checker_of: Callable[[Policy], Checker]) -> None:
        self._checker_of = checker_of
        self.checkers: dict[int, Checker] = {}

    def of(self, group: int, policy: Policy) -> Checker:
        """The checker of a group, made when it is asked for first."""
        if group not in self.checkers:
            self.checkers[group] = self._checker_of(policy)
        return self.checkers[group]

    def works(self, pieces: Sequence[Piece]) -> Iterator[Work]:
        """The estates, each made when it is its turn."""
        resolvers = Resolvers([])
        return (work_of(each.share, self.of(each.group, each.share.policy), resolvers) for each in pieces)

    def told(self, compared: Compared) -> Told:
        """What came of it all."""
        return Told(compared, {group: checker.told() for group, checker in self.checkers.items()})


def work_of(share: Share, checker: Checker, resolvers: Resolvers) -> Work:
    """The files of a share with the zones that belong to them. Raises Refused."""
    part, settings = share.part, share.policy.settings
    return Work(share.files, part.estate(resolvers.of(settings, part.folder)), checker, part.claims)


def in_processes(
    ask: Callable[[int, Callable[[], bool]], Told],
    number: int,
    together: "Together",
    meanwhile: AbstractContextManager[object],
) -> list[Told]:
    """What `ask` tells of each share, by its number; the first is asked about here. Raises Refused.

    `ask` is told how to see that it is over. Once the processes have begun, `meanwhile` is entered.
    """
    if number == 1:
        with meanwhile:
            return [ask(0, together.is_ended)]
    from .forked import DiedError, running

    parent = os.getpid()

    def asked(place: int) -> Told:
        with endings_noted(lambda _: together.end()):
            # Whoever has begun this process may have been killed.
            told = ask(place, lambda: together.is_ended() or os.getppid() != parent)
        for each in ENDING:
            signal.signal(each, signal.SIG_IGN)  # what was learned is handed over
        return told._replace(inputs=noted_inputs())

    begun: list[Process] = []
    try:
        with running(asked, range(1, number), begun), meanwhile:
            told = [ask(0, together.is_ended), *(process.result() for process in begun)]
            told += [ask(place, together.is_ended) for place in range(1 + len(begun), number)]
    except DiedError:
        raise Refused(
            "a process that compared a share of the zones has died; a lower `--per-second` needs one"
        ) from None
    for each in told:
        note_all(each.inputs)
    return told
