"""Time whole commands and parts against what people know: yamllint, PyYAML, parsers, dnsperf; prints ratios.

Every pair is run in turn, A B A B …, and the ratio is taken pair by pair, so that a machine whose speed drifts
does not matter. The answer of a command is checked before its time is taken.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import live
import whole
from parsers import against_checkdmarc, against_checkdmarc_once, against_pyspf, against_pyspf_terms

BIN = Path(sys.executable).parent
# An installed command has its bytecode; a checkout gets it from the first run, unless the environment forbids that.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_FEW_RUNS = 3
LOAD_ALL = """
import glob, yaml
for path in sorted(glob.glob("*.yaml")):
    with open(path) as stream:
        yaml.load(stream, Loader=yaml.CSafeLoader)
"""


def zone(number: int, records: int) -> str:
    """A clean octoDNS zone: mail for the apex, then hosts."""
    lines = [
        "---",
        "'':",
        "  - type: MX",
        "    values:",
        "      - exchange: mx1.mail.example.net.",
        "        preference: 10",
        "      - exchange: mx2.mail.example.net.",
        "        preference: 20",
        "  - type: TXT",
        "    value: v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.0/24 -all",
        "_dmarc:",
        "  type: TXT",
        f"  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@zone{number}.example",
        "s1._domainkey: {type: CNAME, value: s1.keys.mail.example.net.}",
    ]
    for host in range(records - 5):
        lines += [f"host{host}:", "  ttl: 300", "  type: A", f"  value: 198.51.100.{host % 256}"]
    return "\n".join(lines) + "\n"


def seconds(command: Sequence[str], folder: Path) -> float:
    """The wall time of one run."""
    begin = time.perf_counter()
    subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, check=True)
    return time.perf_counter() - begin


def pairs(ours: Sequence[str], theirs: Sequence[str], folder: Path, runs: int) -> tuple[float, float, float]:
    """(median of ours, median of theirs, median of the ratios), after one run of each that is not counted."""
    seconds(ours, folder), seconds(theirs, folder)
    taken = [(seconds(ours, folder), seconds(theirs, folder)) for _ in range(runs)]
    return (
        statistics.median(mine for mine, _ in taken),
        statistics.median(other for _, other in taken),
        statistics.median(mine / other for mine, other in taken),
    )


def report(label: str, bound: float, figures: tuple[float, float, float]) -> bool:
    """Print one line; whether the ratio keeps its bound."""
    mine, other, ratio = figures
    kept = ratio <= bound
    verdict = "" if kept else "  ABOVE ITS BOUND"
    print(f"{label}: {mine * 1e3:.0f} ms against {other * 1e3:.0f} ms, ratio {ratio:.2f} (at most {bound}){verdict}")
    return kept


def checked(folder: Path, command: Sequence[str], zones: int, records: int) -> None:
    """The command sees all that it is timed for, and finds nothing."""
    run = subprocess.run([*command, "-f", "json"], cwd=folder, capture_output=True, text=True, check=True)
    summary = json.loads(run.stdout)["summary"]
    expected = {"files": zones, "zones": zones, "records": records, "error": 0, "warning": 0, "info": 0}
    if summary != expected:
        raise SystemExit(f"the answer is wrong: {summary} instead of {expected}")


def commands(runs: int) -> bool:
    """Whole commands; whether all bounds are kept."""
    mailzone, yamllint = str(BIN / "mailzone"), str(BIN / "yamllint")
    with tempfile.TemporaryDirectory() as place:
        one, many = Path(place) / "one", Path(place) / "many"
        one.mkdir()
        many.mkdir()
        (one / "zone0.example.yaml").write_text(zone(0, 50))
        for number in range(200):
            (many / f"zone{number}.example.yaml").write_text(zone(number, 50))
        check = [mailzone, "check", "zone0.example.yaml"]
        checked(one, check, 1, 50)
        lint = [yamllint, "-d", "relaxed", "zone0.example.yaml"]
        small = report("one file of 50 records, against yamllint", 0.6, pairs(check, lint, one, runs))
        check = [mailzone, "check", "."]
        checked(many, check, 200, 10_000)
        load = [sys.executable, "-c", LOAD_ALL]
        large = report("200 files of 50 records, against yaml.CSafeLoader", 1.0, pairs(check, load, many, runs))
    return small and large


def questions(runs: int) -> bool:
    """Live DNS; whether all bounds are kept, or nothing can be timed here."""
    reason = live.missing()
    if reason:
        print(f"10,000 questions to a real server: skipped, {reason}")
        return True
    with live.served() as served:
        served.check()
        fast = report("10,000 record sets compared with a server's, against dnsperf", 12, served.against_dnsperf(runs))
        slow = report("2,000 of them, against dns.asyncresolver", 0.2, served.against_asyncresolver())
    return fast and slow and whole_estates()


def whole_estates() -> bool:
    """The whole of `mailzone compare`, a thousand zones and ten times as many."""
    kept = []
    for zones in (1_000, 10_000):
        with whole.estate(zones) as estate:
            told = f"compare, {zones:,} zones and {estate.number:,} questions, against dnsperf"
            kept.append(report(told, 12, live.compared(estate.ours, estate.theirs, _FEW_RUNS)))
    return all(kept)


def main() -> int:
    """Run all; the exit status is 1 when a bound is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=21, help="counted runs of each command (default: 21)")
    options = parser.parse_args()
    parsers = [
        report("SPF records, against pyspf", 0.2, against_pyspf(options.runs)),
        report("SPF records, against pyspf's reading of terms alone", 0.2, against_pyspf_terms(options.runs)),
        report("DMARC records, against checkdmarc's grammar", 0.1, against_checkdmarc(options.runs)),
        report("DMARC records that all differ, against the same", 0.12, against_checkdmarc_once(options.runs)),
    ]
    kept = [*parsers, commands(options.runs), questions(options.runs)]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
