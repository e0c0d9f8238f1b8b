"""`compare --executor`: workers ask the servers and send what these served; what it means is judged here."""

import argparse
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from functools import partial

from linter.lookup.served import Served
from linter.run.check import Checker
from linter.run.compare import Opened
from linter.run.compare_shares import work_of
from linter.run.crashes import Crash
from linter.run.loads import Load, loads
from linter.run.refused import Refused
from linter.run.resolvers import Resolvers
from linter.run.shares import Share
from linter.source.frozen import Frozen
from linter.source.typed import TypeAlias

from .asking import checker_of, comparison_of, finder_of, limits_of
from .elsewhere import cluster_at
from .whom import WhomOf

_WORTH_THE_WAY = 512 * 1024
"""Octets of YAML: their zones are asked for longer than the way to a worker takes."""
_ASKING = "asking"

Key: TypeAlias = tuple[str, tuple[str, ...]]
"""A zone by its name and its files: two views may each have one of that name."""


class Asked(Frozen):
    """What came of asking for a load: what was served of each zone, and how it went; `crashes` are by share."""

    heard: dict[Key, Served | None]
    crashes: tuple[tuple[Crash, ...], ...]
    unrouted: dict[str, int]
    answered: int
    over: str


class AskedElsewhere:
    """What the workers were told so far: `answered` counts answers, `over` is why not all was asked."""

    def __init__(self, options: argparse.Namespace, probe: str, shares: Sequence[tuple[Share, Checker]]) -> None:
        self._options, self._probe, self._shares = options, probe, shares
        self._heard: dict[Key, Served | None] = {}
        self._end = time.monotonic() + options.max_time
        self._is_interrupted: Callable[[], bool] = lambda: False
        self._begun: list[tuple[int, ...]] = []
        self.unrouted: dict[str, int] = {}
        self.answered = 0
        self.over = ""
        self._refuse_keys_in_clear()

    @contextmanager
    def answers(self, is_interrupted: Callable[[], bool]) -> Iterator[Callable[[Opened], tuple[Served | None] | None]]:
        """What was served of a zone, once workers have asked; None where they did not come to it. Raises Refused."""
        options, self._is_interrupted = self._options, is_interrupted
        with cluster_at(options.executor, "asking DNS", not options.no_progress) as cluster:
            if options.per_second < cluster.places:
                several = f"{cluster.places} workers, which ask at least once a second each"
                raise Refused(f"--per-second {options.per_second} cannot be divided among {several}")
            cluster.over = self._why_over
            cluster.steps.expect(sum(len(share.files) for share, _ in self._shares))
            asked = cluster.map(ask_all, self._loads(cluster.places))
            yield partial(self._heard_of, asked)

    def _heard_of(self, asked: "Iterator[Asked]", opened: Opened) -> tuple[Served | None] | None:
        key = _key(opened)
        while key not in self._heard:
            came = next(asked, None)
            if came is None:
                return None
            self._take(came)
        return (self._heard.pop(key),)

    def _take(self, came: Asked) -> None:
        self._heard |= came.heard
        for server, zones in came.unrouted.items():
            self.unrouted[server] = self.unrouted.get(server, 0) + zones
        self.answered += came.answered
        self.over = self.over or came.over
        for number, crashes in zip(self._begun.pop(0), came.crashes, strict=True):
            self._shares[number][1].crashes.add(crashes)

    def _why_over(self) -> str:
        if self._is_interrupted():
            self.over = "the run was interrupted"
        elif time.monotonic() > self._end:
            self.over = self.over or f"the run has taken its {self._options.max_time:g} s"
        return self.over if self._is_interrupted() or time.monotonic() > self._end else ""

    def _loads(self, places: int) -> Iterator[Load]:
        shares = [share for share, _ in self._shares]
        for load in loads(shares, places, _WORTH_THE_WAY, self._keys, is_alone=True):
            self._begun.append(load.numbers)
            options = copy(self._options)
            options.per_second //= places
            options.max_time = max(0.1, self._end - time.monotonic())
            yield load._replace(given=(options, self._probe))

    def _keys(self, share: Share) -> list[str]:
        """The files of all keys that questions about these zones are signed with."""
        settings = share.policy.settings
        keys = [os.path.join(settings.folder, path) for _, path in settings.keys]
        return [*keys, *([self._options.key] if self._options.key else ())]

    def _refuse_keys_in_clear(self) -> None:
        is_safe = self._options.executor.startswith("tls://")
        keys = [] if is_safe else [key for share, _ in self._shares for key in self._keys(share)]
        if keys:
            raise Refused(f"--executor: the key in {keys[0]} is sent to workers over tls:// only")


def ask_all(shares: Sequence[Share], given: tuple[argparse.Namespace, str]) -> Asked:
    """Ask for the zones of all shares; runs on a worker. Raises Refused."""
    from linter.live.conversation import Conversations
    from linter.live.guard import Guard

    options, probe = given
    whom = {share.policy.settings.path: WhomOf(share.policy.settings) for share in shares}
    comparison = comparison_of(
        options,
        probe,
        lambda opened: whom[opened.work.checker.settings.path].of(opened.facts.zone.name, opened.facts.is_inside),
    )
    guard = Guard(options.tries, options.max_time)
    resolvers = Resolvers([])
    checkers = [checker_of(share.policy) for share in shares]
    heard: dict[Key, Served | None] = {}

    def done(result: tuple[Opened, Served | None]) -> None:
        opened, served = result
        heard[_key(opened)] = served
        opened.let_go()

    works = (work_of(share, checker, resolvers) for share, checker in zip(shares, checkers, strict=True))
    finder = finder_of(options)()
    Conversations(limits_of(options), guard, done).run(comparison.talks(works, finder))
    # What fails in reading fails here and there: it is told by who judges.
    crashes = tuple(tuple(each for each in checker.crashes.all() if each.what == _ASKING) for checker in checkers)
    return Asked(heard, crashes, finder.unrouted, guard.answered, guard.over())


def _key(opened: Opened) -> Key:
    return opened.facts.zone.name, opened.zone.files
