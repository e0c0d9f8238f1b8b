"""Commands that are run in turn, A B A B ..., by CPU time with all their children, and the ratios of that.

A machine whose speed drifts, or that others use too, changes a time; it changes the ratio of two that follow one
another far less. So no time leaves this file: a ratio is taken round by round, and its median and its spread are told.
"""

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_STOPWATCH = Path(__file__).with_name("stopwatch.py")
_HIDDEN = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "COLUMNS", "NO_COLOR", "CI", "GITHUB_ACTIONS")
"""What changes how the command works: an installed one has its bytecode, and nobody in particular looks on."""


class Wrong(Exception):
    """A command did not give the answer that it is timed for; the text says what it gave."""


class Taken(NamedTuple):
    """What one run has cost: CPU seconds (user and system), wall seconds, KiB at the peak of its largest process."""

    cpu: float
    wall: float
    kib: int


class Command(NamedTuple):
    """A command in a folder, and the exit statuses with which it has done its work.

    `prepare` is called before each run; what it does is not counted. `check` is shown what the first run has written.
    """

    words: Sequence[str]
    folder: Path
    statuses: tuple[int, ...] = (0,)
    environment: Mapping[str, str] = {}
    prepare: Callable[[], object] = lambda: None
    check: Callable[[str], object] = lambda _: None

    def run(self, is_checked: bool = False) -> Taken:
        """One run. Raises Wrong when it did not do its work."""
        self.prepare()
        environment = {name: value for name, value in os.environ.items() if name not in _HIDDEN}
        with tempfile.NamedTemporaryFile(prefix="mailzone-bench-") as output:
            watch = [sys.executable, "-I", "-S", str(_STOPWATCH), output.name, *self.words]
            environment |= self.environment
            done = subprocess.run(watch, cwd=self.folder, env=environment, capture_output=True, text=True, check=True)
            said = output.read().decode(errors="replace")
        taken = json.loads(done.stdout)
        if taken.pop("status") not in self.statuses:
            raise Wrong(f"{' '.join(self.words)}:\n{said[-2000:]}")
        if is_checked:
            self.check(said)
        return Taken(**taken)


class Spread(NamedTuple):
    """The median of some numbers, the least and the greatest."""

    median: float
    least: float
    greatest: float


def spread(numbers: Sequence[float]) -> Spread:
    """Median, least and greatest."""
    return Spread(statistics.median(numbers), min(numbers), max(numbers))


class Ratio(NamedTuple):
    """What one command costs in units of another: CPU with its spread, wall, peak memory; and MB of the first."""

    cpu: Spread
    wall: float
    memory: float
    megabytes: float
    runs: int


def in_turn(commands: Mapping[str, Command], runs: int) -> dict[str, list[Taken]]:
    """So many runs of each, in turn, after one of each that is not counted and whose answer is looked at."""
    for command in commands.values():
        command.run(is_checked=True)
    taken: dict[str, list[Taken]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            taken[name].append(command.run())
    return taken


def ratio(ours: Sequence[Taken], theirs: Sequence[Taken]) -> Ratio:
    """Ours in units of theirs, run by run."""
    pairs = list(zip(ours, theirs, strict=True))
    return Ratio(
        cpu=spread([mine.cpu / other.cpu for mine, other in pairs]),
        wall=statistics.median(mine.wall / other.wall for mine, other in pairs),
        memory=statistics.median(mine.kib / other.kib for mine, other in pairs),
        megabytes=statistics.median(mine.kib for mine in ours) * 1024 / 1e6,
        runs=len(pairs),
    )


def exponent(costs: Mapping[int, float]) -> float:
    """The e of cost = a + b * size ** e, of the three largest sizes, each the same multiple of the one before.

    What every size costs alike, such as the start of a process, falls out of the differences.
    """
    (small, low), (middle, mean), (large, high) = sorted(costs.items())[-3:]
    if middle * middle != small * large:
        raise ValueError(f"{small}, {middle} and {large} are not in one proportion")
    return math.log((high - mean) / (mean - low)) / math.log(large / middle)
