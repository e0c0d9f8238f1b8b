"""`python -m benchmarks`: what mailzone costs in units of its peers, as a table, a plot, and lines for README."""

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import environment, live, offline, quoting, workloads
from benchmarks.measuring import Command, Ratio, Wrong, exponent, in_turn, spread
from benchmarks.offline import AUTO, BARE, LINT, LOADER, ONE, VALIDATE, Estate
from benchmarks.plot import svg
from benchmarks.results import FOLDER, Growth, Results, Row, from_json, to_json
from benchmarks.table import markdown
from benchmarks.workloads import Workload


class Bench:
    """One run of everything: how often, and what came of it so far."""

    def __init__(self, runs: int, few: int, scratch: Path) -> None:
        self.runs, self.few = runs, few
        self.rows: list[Row] = []
        self.growth: list[Growth] = []
        self.digests: dict[str, str] = {}
        self._scratch = scratch

    def estate(self, name: str, workload: Workload) -> Estate:
        """A workload, on disk."""
        self.digests[name] = workload.digest
        return Estate(self._scratch / str(len(self.digests)), workload)

    def told(self, rows: Iterator[Row] | list[Row]) -> None:
        """Take rows, and show them as they come."""
        for row in rows:
            self.rows.append(row)
            jobs = f" -j {row.jobs}" if row.jobs else ""
            print(f"{row.work}{jobs}: {row.ratio.cpu.median:.2f} x {row.against}", flush=True)

    def grown(self, work: str, of: str, sizes: tuple[int, ...], made: Callable[[int], Workload]) -> None:
        """What a work costs at several sizes, each a run in turn with the others."""
        estates = {size: self.estate(f"{work}, {size:,}", made(size)) for size in sizes}
        for found in estates.values():
            found.answer()
        taken = in_turn({str(size): found.check(ONE) for size, found in estates.items()}, self.few)
        costs = {size: spread([run.cpu for run in taken[str(size)]]).median for size in sizes}
        relative = {size: cost / costs[sizes[0]] for size, cost in costs.items()}
        self.growth.append(Growth(work, of, relative, exponent(relative)))
        print(f"{work}: exponent {self.growth[-1].exponent:.2f}", flush=True)


def one_file(bench: Bench) -> None:
    """One zone with mail, cold, and the commands that read none."""
    found = bench.estate("one zone", workloads.one_with_mail())
    bench.told(offline.rows("cold", "one zone file", found, (BARE, LINT), bench.runs, (ONE, AUTO)))
    works = {
        "explain": found.ours("explain", "spf-pass-all", says="spf-pass-all"),
        "rules": found.ours("rules", says="spf-pass-all"),
        "schema": found.ours("schema", "config", says="json-schema.org"),
    }
    bench.told(offline.against("cold", works, (BARE, found.peer(BARE)), "", bench.runs))


def estates(bench: Bench) -> None:
    """Whole estates against whatever reads them."""
    both = (ONE, AUTO)
    of_405 = bench.estate("405 zones", workloads.snapshots(405))
    peers = (LOADER, VALIDATE, LINT)
    bench.told(offline.rows("estates", "405 zones as in real repositories", of_405, peers, bench.runs, both))
    rerun = {"unchanged rerun of 405 zones": of_405.rerun(ONE)}
    bench.told(offline.against("again", rerun, ("the first run", of_405.check(ONE)), ONE, bench.runs))
    dense = bench.estate("200 zones of mail", workloads.mail_dense(200))
    work = "200 zones of 50 sets of mail, 12 findings each"
    bench.told(offline.rows("estates", work, dense, (LOADER, VALIDATE), bench.runs, both))
    clean = bench.estate("200 clean zones", workloads.clean(200))
    bench.told(offline.rows("estates", "200 clean zones of 50 sets", clean, (LOADER, VALIDATE), bench.runs, both))
    large = bench.estate("one zone of 20,000", workloads.clean(1, 20_000))
    bench.told(offline.rows("estates", "one zone of 20,000 sets", large, (LOADER,), bench.runs, both))
    of_10_000 = bench.estate("10,000 zones", workloads.snapshots(10_000))
    work = "10,000 zones as in real repositories"
    bench.told(offline.rows("estates", work, of_10_000, (LOADER,), bench.few, both))
    changed(bench, of_405, of_10_000)


def changed(bench: Bench, of_405: Estate, of_10_000: Estate) -> None:
    """One file of many zones, and one that all others include."""
    alone = bench.estate("the first of them alone", workloads.snapshots(1))
    name = f"zones/{workloads.file_name(0)}"

    def one(found: Estate) -> Command:
        return found.ours("check", "--changed", name, jobs=ONE, says=" of 1 zone checked")

    works = {"one changed file of 405 zones": one(of_405), "one changed file of 10,000 zones": one(of_10_000)}
    bench.told(offline.against("again", works, ("the same file alone", one(alone)), ONE, bench.runs))
    sharing = bench.estate("2,000 zones that include one", workloads.sharing(2_000))
    sharing.answer()
    named = sharing.ours("check", name, jobs="2", says=" of 1 zone checked")
    works = {"the SPF record that 2,000 zones include": named}
    bench.told(offline.against("again", works, ("the full run", sharing.check("2")), "2", bench.few))


def growing(bench: Bench) -> None:
    """What grows, and how fast."""
    bench.grown("zones as in real repositories", "zones", (10, 100, 1_000, 10_000), workloads.snapshots)
    bench.grown("one zone", "record sets", (1_250, 2_500, 5_000, 10_000, 20_000), lambda size: workloads.clean(1, size))
    bench.grown("one SPF record", "includes", (1_000, 2_000, 4_000, 8_000, 16_000), workloads.wide)
    bench.grown("SPF records in one another", "levels", (1_000, 2_000, 4_000, 8_000), workloads.deep)


def grammars(bench: Bench) -> None:
    """The grammars alone, over texts that all differ."""
    script = Path(__file__).with_name("grammars.py")
    words = [environment.PYTHON, "-I", str(script), str(bench.runs)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Wrong(done.stderr[-2000:])
    for name, pairs in json.loads(done.stdout).items():
        work, _, peer = name.partition("|")
        ratios = spread([ours / theirs for ours, theirs in pairs])
        bench.told([Row("grammars", work, peer, "", Ratio(ratios, ratios.median, 0, 0, len(pairs)))])


def questions(bench: Bench) -> list[str]:
    """Live comparison; what cannot be run here, and why."""
    if reason := live.missing():
        return [f"compare against dnsperf: {reason}"]
    for zones in (1_000, 10_000):
        bench.told(live.rows(zones, (live.NEXT_DOOR,), bench.few))
    bench.told(live.rows(50, live.ROADS, bench.few))
    return []


def run(runs: int, few: int) -> Results:
    """Everything, each a few times."""
    versions = environment.make()
    commit = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=True)
    with tempfile.TemporaryDirectory(prefix="mailzone-bench-") as scratch:
        bench = Bench(runs, few, Path(scratch))
        for part in (one_file, grammars, estates, growing):
            part(bench)
        left_out = questions(bench)
    names = {requirement.partition("==")[0] for requirement in environment.wanted()}
    return Results(
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        commit=commit.stdout.strip(),
        machine={"python": platform.python_version(), "system": platform.system(), "cores": str(os.cpu_count())},
        versions={name: version for name, version in sorted(versions.items()) if name in names},
        digests=bench.digests,
        rows=bench.rows,
        growth=bench.growth,
        left_out=left_out,
    )


def main() -> int:
    """Run all, and write what was found; 1 where an answer was wrong, and then nothing is written."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=11, help="counted runs of each command (default: 11)")
    parser.add_argument("--few", type=int, default=3, help="counted runs of what takes long (default: 3)")
    options = parser.parse_args()
    try:
        results = from_json(to_json(run(options.runs, options.few)))  # as rounded there, so that all show the same
    except Wrong as wrong:
        print(f"the answer is wrong: {wrong}", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "results.json").write_text(to_json(results), encoding="utf-8")
    (FOLDER / "results.md").write_text(markdown(results), encoding="utf-8")
    (FOLDER / "results.svg").write_text(svg(results), encoding="utf-8")
    quoting.renew(environment.ROOT / "README.md", results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
