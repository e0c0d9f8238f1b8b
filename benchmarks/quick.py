"""The short form, for every run of continuous integration: right answers, memory in bounds, work that grows straight.

It never fails on a time: growth is of counted calls, whose exponent a busy machine does not change.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from benchmarks import workloads
from benchmarks.counted import calls
from benchmarks.measuring import Command, Wrong, exponent
from benchmarks.offline import compare
from benchmarks.workloads import Workload

_T = TypeVar("_T")
MOST_EXPONENT = 1.15
_WORDS = ("check", "zones", "-j", "1", "--no-progress")


class Growing(NamedTuple):
    """A workload of several sizes, and the greatest exponent with which the work on it may grow."""

    made: Callable[[int], Workload]
    sizes: tuple[int, int, int]
    most: float = MOST_EXPONENT


ANSWERS: Mapping[str, Callable[[], Workload]] = {
    "405 zones as in real repositories": lambda: workloads.snapshots(405),
    "100 zones of mail with twelve findings each": lambda: workloads.mail_dense(100),
    "100 clean zones": lambda: workloads.clean(100),
    "500 zones that include one record": lambda: workloads.sharing(500),
    "an SPF record with 1,000 includes": lambda: workloads.wide(1_000),
    "an SPF record with 1,000 includes, each in the one before": lambda: workloads.deep(1_000),
}
MEMORY: Mapping[str, tuple[Callable[[], Workload], str, int]] = {
    "one zone of 20,000 record sets": (lambda: workloads.clean(1, 20_000), "text", 110),
    "1,000 zones as in real repositories": (lambda: workloads.snapshots(1_000), "text", 60),
    "1,000 zones of mail with twelve findings each, as JSON": (lambda: workloads.mail_dense(1_000), "json", 90),
}
"""Workloads, the format of the report, and the megabytes that the largest process may need for both."""
GROWTH: Mapping[str, Growing] = {
    "zones as in real repositories": Growing(workloads.snapshots, (400, 800, 1_600)),
    "zones of mail with twelve findings each": Growing(workloads.mail_dense, (10, 20, 40)),
    "record sets in one zone": Growing(lambda sets: workloads.clean(1, sets), (1_000, 2_000, 4_000)),
    "zones that include one record": Growing(workloads.sharing, (100, 200, 400)),
    "includes of one SPF record": Growing(workloads.wide, (4_000, 8_000, 16_000), 1.1),
    "SPF records, each included by the one before": Growing(workloads.deep, (500, 1_000, 2_000), 1.1),
}
MOST_CALLS = {"one changed file": (("--changed", "zones/z0.example.yaml"), 60), "all files": (("zones",), 6_200)}
"""What `check` is given, and the calls that it may make for each further zone as in real repositories."""


def main() -> int:
    """Run all; the exit status is 1 where anything does not hold."""
    kept = [held for part in (_answers, _memory, _growth, _calls) for held in part()]
    print(f"{kept.count(True)} of {len(kept)} hold")
    return 0 if all(kept) else 1


def _answers() -> list[bool]:
    return [_tried(name, lambda made: _answer(made()), made) for name, made in ANSWERS.items()]


def _memory() -> list[bool]:
    return [_tried(name, lambda bound: _peak(bound[0](), *bound[1:]), bound) for name, bound in MEMORY.items()]


def _growth() -> list[bool]:
    return [_tried(name, grown, growing) for name, growing in GROWTH.items()]


def _calls() -> list[bool]:
    return [
        _tried(f"calls for a further zone, {name}", lambda work: _further(*work), work)
        for name, work in MOST_CALLS.items()
    ]


def _further(words: tuple[str, ...], most: int) -> str:
    """What one more zone costs."""
    few, many = 400, 800
    counts = []
    for size in (few, many):
        with tempfile.TemporaryDirectory(prefix="mailzone-bench-") as folder:
            workloads.snapshots(size).write(Path(folder))
            counts.append(calls(Path(folder), "check", *words, "-j", "1", "--no-progress"))
    found = (counts[1] - counts[0]) / (many - few)
    if found > most:
        raise Wrong(f"{found:.0f}, more than {most}")
    return f"{found:.0f}, at most {most}"


def _tried(name: str, what: Callable[[_T], str], case: _T) -> bool:
    """Print how it went; whether it held."""
    try:
        print(f"{name}: {what(case)}", flush=True)
    except Wrong as wrong:
        print(f"{name}: FAILED, {wrong}", flush=True)
        return False
    return True


def _answer(workload: Workload) -> str:
    with tempfile.TemporaryDirectory(prefix="mailzone-bench-") as folder:
        workload.write(Path(folder))
        words = [sys.executable, "-m", "linter", *_WORDS, "-f", "json"]
        done = subprocess.run(words, cwd=folder, env=_environment(folder), capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            raise Wrong(done.stderr[-2000:])
        compare(workload, done.stdout)
    return f"{workload.expected.total()} findings, as they were put in"


def _peak(workload: Workload, form: str, most: int) -> str:
    with tempfile.TemporaryDirectory(prefix="mailzone-bench-") as folder:
        workload.write(Path(folder))
        words = (sys.executable, "-m", "linter", *_WORDS, "-f", form)
        command = Command(words, Path(folder), (0, 1), _environment(folder))
        megabytes = command.run().kib * 1024 / 1e6
    if megabytes > most:
        raise Wrong(f"{megabytes:.0f} MB at the peak, more than {most}")
    return f"{megabytes:.0f} MB at the peak, at most {most}"


def grown(growing: Growing) -> str:
    """The exponent of counted calls over three sizes, in words. Raises Wrong where it is too great."""
    counts: dict[int, float] = {}
    for size in growing.sizes:
        with tempfile.TemporaryDirectory(prefix="mailzone-bench-") as folder:
            growing.made(size).write(Path(folder))
            counts[size] = calls(Path(folder), *_WORDS)
    found = exponent(counts)
    if found > growing.most:
        raise Wrong(f"calls grow with exponent {found:.2f}, more than {growing.most}: {counts}")
    return f"calls grow with exponent {found:.2f}, at most {growing.most}"


def _environment(folder: str) -> dict[str, str]:
    root = str(Path(__file__).parents[1])
    return os.environ | {"PYTHONPATH": root, "MAILZONE_CACHE_DIR": str(Path(folder) / "cache")}


if __name__ == "__main__":
    sys.exit(main())
