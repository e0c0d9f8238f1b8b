"""Commands that need no network: what is run of ours and of the peers, over which workload, and with which answer."""

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.environment import BIN, MAILZONE, PYTHON
from benchmarks.measuring import Command, Taken, Wrong, in_turn, ratio
from benchmarks.results import Row
from benchmarks.workloads import Workload

_LOAD_ALL = """\
import sys, yaml
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as stream:
        yaml.load(stream, Loader=yaml.CSafeLoader)
print(len(sys.argv) - 1)
"""
LOADER, BARE, VALIDATE, LINT = "CSafeLoader", "bare Python", "octodns-validate", "yamllint"
ONE, AUTO = "1", "auto"


class Estate:
    """A workload on disk, and the commands over it."""

    def __init__(self, place: Path, workload: Workload) -> None:
        self.place, self.workload = place, workload
        workload.write(place)

    def ours(self, *words: str, jobs: str = "", says: str = "", is_rerun: bool = False) -> Command:
        """One of our commands, as if for the first time, or as a rerun with what an earlier run may have left.

        `says` is what its output must hold.
        """
        cache = self.place.with_name(f"{self.place.name}.cache")  # in a repository none is kept
        return Command(
            (MAILZONE, *words, *(("-j", jobs) if jobs else ())),
            self.place,
            statuses=(0, 1),
            environment={"MAILZONE_CACHE_DIR": str(cache)},
            prepare=lambda: None if is_rerun else shutil.rmtree(cache, ignore_errors=True),
            check=lambda said: _holds(said, says),
        )

    def check(self, jobs: str) -> Command:
        """The check of all zones."""
        zones = len(self.workload.files)
        records = f"{self.workload.records:,} records of {zones:,} zone{'' if zones == 1 else 's'} checked"
        return self.ours("check", "zones", jobs=jobs, says=records)

    def rerun(self, jobs: str) -> Command:
        """The same check once more; it must say the same."""
        return self.ours("check", "zones", jobs=jobs, says=self.check(jobs).run_for_output(), is_rerun=True)

    def peer(self, name: str) -> Command:
        """What one of the peers does with the same zones."""
        folder = self.place / "zones"
        files = sorted(self.workload.files)
        match name:
            case "CSafeLoader":
                loaded = f"{len(files)}\n"
                return Command((PYTHON, "-c", _LOAD_ALL, *files), folder, check=lambda said: _is(said, loaded))
            case "octodns-validate":
                words = (str(BIN / "octodns-validate"), "--config-file", "octodns.config", "--all", "--quiet")
                return Command(words, self.place, statuses=(0, 1), check=_is_no_crash)
            case "yamllint":
                return Command((str(BIN / "yamllint"), "-d", "relaxed", "."), folder)
            case _:
                return Command((PYTHON, "-c", "pass"), self.place)

    def answer(self, *words: str) -> None:
        """Look at what we find. Raises Wrong where that is not what was put in."""
        command = (MAILZONE, "check", *(words or ("zones",)), "-f", "json")
        environment = os.environ | {"MAILZONE_CACHE_DIR": str(self.place.with_name(f"{self.place.name}.first"))}
        done = subprocess.run(command, cwd=self.place, env=environment, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            raise Wrong(f"{' '.join(command)}:\n{done.stderr[-2000:]}")
        compare(self.workload, done.stdout)


def compare(workload: Workload, report: str) -> None:
    """Raise Wrong where a report in JSON is not what the workload must yield."""
    found = json.loads(report)
    seen = found["summary"]["zones"], found["summary"]["records"]
    rules = Counter(finding["rule"] for finding in found["findings"])
    if seen != (len(workload.files), workload.records):
        raise Wrong(f"{seen} zones and records instead of {(len(workload.files), workload.records)}")
    if rules != workload.expected:
        raise Wrong(f"missing {workload.expected - rules}, too many {rules - workload.expected}")


def rows(group: str, work: str, estate: Estate, peers: Sequence[str], runs: int, jobs: Sequence[str]) -> list[Row]:
    """The check of a workload against each of its peers, with one process and as many as save time."""
    estate.answer()
    commands = {name: estate.peer(name) for name in peers} | {f"-j {count}": estate.check(count) for count in jobs}
    taken = in_turn(commands, runs)
    return [Row(group, work, peer, count, ratio(taken[f"-j {count}"], taken[peer])) for count in jobs for peer in peers]


def against(group: str, works: Mapping[str, Command], base: tuple[str, Command], jobs: str, runs: int) -> list[Row]:
    """Several commands of ours, each against the one that is the base."""
    name, command = base
    taken: dict[str, list[Taken]] = in_turn({name: command, **works}, runs)
    return [Row(group, work, name, jobs, ratio(taken[work], taken[name])) for work in works]


def _is(said: str, expected: str) -> None:
    if said != expected:
        raise Wrong(f"{said[-500:]!r} instead of {expected!r}")


def _holds(said: str, expected: str) -> None:
    if expected not in said:
        raise Wrong(f"{expected[-500:]!r} is not in {said[-500:]!r}")


def _is_no_crash(said: str) -> None:
    if "Traceback" in said:
        raise Wrong(said[-2000:])
