"""The files of an estate in shares, each judged by a process of its own where that is worth a process."""

import os
from collections.abc import Callable, Iterable
from typing import Protocol

from linter.config.settings import Settings
from linter.run.check import Checker, Judged
from linter.run.estate import Estate, repository_root
from linter.source.frozen import Frozen
from linter.zone.document import zone_name_of

from .beyond import Beyond
from .policy import Policy, Refused

WORTH_A_PROCESS = 256 * 1024
"""Octets of YAML that take longer to check than another process takes to start."""


class Part(Frozen):
    """Files that share an estate: the paths of all its zones, and the folder where these lie."""

    files: list[str]
    paths: list[str]
    folder: str


class Share(Frozen):
    """What a process needs to judge some files of a part as they would be judged among all of them."""

    files: list[str]
    part: Part
    policy: Policy
    answers: list[str]


def estate_of(part: Part, settings: Settings, beyond: Beyond) -> Estate:
    """The estate of a part. Raises Refused."""
    return Estate(part.paths, repository_root(part.files[0]), beyond.of(settings, part.folder))


def shares_of(files: list[str], jobs: int) -> list[list[str]]:
    """The files in as many shares as there are jobs, about as large as each other and in their order.

    With `jobs` 0, as many as are worth a process each and the machine has processors for. All files that are named
    after one zone stay together, because they may be parts of it.
    """
    if jobs == 1 or len(files) < 2:
        return [files]
    sizes = {path: _size(path) for path in files}
    total = sum(sizes.values())
    count = jobs or min(_processors(), total // WORTH_A_PROCESS)
    if count < 2:
        return [files]
    zones: dict[str, list[str]] = {}
    for path in files:
        zones.setdefault(zone_name_of(path), []).append(path)
    shares: list[list[str]] = []
    filled = 0
    for together in zones.values():
        if not shares or (filled * count >= total * len(shares) and len(shares) < count):
            shares.append([])
        shares[-1] += together
        filled += sum(sizes[path] for path in together)
    return shares


def in_processes(part: Part, shares: list[list[str]], policy: Policy, answers: list[str]) -> list[Judged]:
    """Judge each share in a process of its own; what they gave, in their order. Raises Refused."""
    work = [Share(files, part, policy, answers) for files in shares]
    if not hasattr(os, "fork"):
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(len(work)) as executor:
            return judged_by(executor, work)
    from linter.run.forked import DiedError, Forked

    try:
        return judged_by(Forked(), work)
    except DiedError:
        raise Refused("a process that judged a share of the files has died; `--jobs 1` does without") from None


class Executor(Protocol):
    """Whoever does the work: Forked, any executor of `concurrent.futures`, or one that reaches other machines."""

    def map(self, function: Callable[[Share], Judged], work: Iterable[Share], /) -> Iterable[Judged]:
        """What the function gives for each piece of work, in their order."""
        ...


def judged_by(executor: Executor, work: Iterable[Share]) -> list[Judged]:
    """The shares judged by any executor."""
    return list(executor.map(judge, work))


def judge(share: Share) -> Judged:
    """Judge one share. Raises Refused."""
    settings = share.policy.settings
    estate = estate_of(share.part, settings, Beyond(share.answers))
    return Checker(share.policy.rules, settings).judged(share.files, estate)


def _processors() -> int:
    """How many processes may run at once."""
    try:
        return len(os.sched_getaffinity(0))
    except (AttributeError, OSError):
        return os.cpu_count() or 1


def _size(path: str) -> int:
    """The octets of a file; what cannot be looked at has none."""
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):
        return 0
