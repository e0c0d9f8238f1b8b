"""The files of an estate in shares, each judged by a process of its own where that is worth a process."""

import os
from collections.abc import Callable, Iterable, Mapping

from linter.source.frozen import Frozen
from linter.source.inputs import Inputs, note_all, noted_inputs
from linter.source.typed import Protocol, TypeAlias

from .outcome import Judged
from .parts import Part
from .policy import Policy
from .refused import Refused
from .resolvers import Resolvers
from .unchanged import note_code

Told: TypeAlias = "tuple[Judged, Inputs]"
"""What comes back from a process: its share judged, and what was read and looked for."""

WORTH_A_PROCESS = 128 * 1024
"""Octets of YAML that take longer to check than another process takes to start."""
_OF_A_ZONE = 1024
"""Octets that take as long as what is done once for every zone, however small."""


class Share(Frozen):
    """What a process needs to judge some files of a part as they would be judged among all of them."""

    files: list[str]
    part: Part
    policy: Policy
    answers: list[str]


def shares_of(part: Part, jobs: int) -> list[list[str]]:
    """The files in as many shares as there are jobs, about as large as each other and in their order.

    With `jobs` 0, as many as are worth a process each and the machine has processors for. All files of one zone are in
    one share.
    """
    files = part.files
    if jobs == 1 or len(files) < 2:
        return [files]
    costs = costs_of(files)
    count = jobs or min(processors(), sum(costs.values()) // WORTH_A_PROCESS)
    return [files] if count < 2 else cut(part, count, costs)


def cut(part: Part, count: int, costs: Mapping[str, int]) -> list[list[str]]:
    """The files of a part in so many shares, if there are as many zones; by what each file costs."""
    total = sum(costs.values())
    shares: list[list[str]] = []
    filled = 0
    for together in part.together():
        if not shares or (filled * count >= total * len(shares) and len(shares) < count):
            shares.append([])
        shares[-1] += together
        filled += sum(costs[path] for path in together)
    return shares


def in_processes(part: Part, shares: list[list[str]], policy: Policy, answers: list[str]) -> list[Judged]:
    """Judge each share in a process of its own; what they gave, in their order. Raises Refused."""
    work = [Share(files, part, policy, answers) for files in shares]
    if not hasattr(os, "fork"):
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(len(work)) as executor:
            return judged_by(executor, work)
    from .forked import DiedError, Forked

    try:
        return judged_by(Forked(), work)
    except DiedError:
        raise Refused("a process that judged a share of the files has died; `--jobs 1` does without") from None


class Executor(Protocol):
    """Whoever does the work: Forked, any executor of `concurrent.futures`, or one that reaches other machines."""

    def map(self, function: Callable[[Share], Told], work: Iterable[Share], /) -> Iterable[Told]:
        """What the function gives for each piece of work, in their order."""
        ...


def judged_by(executor: Executor, work: Iterable[Share]) -> list[Judged]:
    """The shares judged by any executor."""
    judged = []
    for each, inputs in executor.map(_judge, work):
        note_all(inputs)
        judged.append(each)
    return judged


def _judge(share: Share) -> Told:
    """One share judged, and what was read for it: files that are included are known to nobody else."""
    judged = judge(share)
    note_code()
    return judged, noted_inputs()


def judge(share: Share) -> Judged:
    """Judge one share. Raises Refused."""
    settings = share.policy.settings
    resolvers = Resolvers(share.answers)
    estate = share.part.estate(resolvers.of(settings, share.part.folder), resolvers.seen)
    return resolvers.checker(share.policy).judged(share.files, estate, share.part.claims)


def processors() -> int:
    """How many processes may run at once."""
    try:
        return len(os.sched_getaffinity(0))
    except (AttributeError, OSError):
        return os.cpu_count() or 1


def costs_of(files: Iterable[str]) -> dict[str, int]:
    """How long each file takes, in octets of a long one."""
    return {path: _cost(path) for path in files}


def _cost(path: str) -> int:
    """How long a file takes, in octets of a long one; what cannot be looked at has none."""
    try:
        return os.stat(path).st_size + _OF_A_ZONE
    except (OSError, ValueError):
        return 0
