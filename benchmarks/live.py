"""`mailzone compare` against dnsperf with the very same questions: next door, and over a long road that loses some."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.environment import MAILZONE, PYTHON
from benchmarks.measuring import Command, Wrong, in_turn, ratio
from benchmarks.results import Row
from tests.live.servers import ADDRESS, program_of, running

DNSPERF = "dnsperf"
_AT_ONCE = 64
"""Questions that wait for their replies: our default, and dnsperf is given the same."""
_PATIENCE = 3
"""Seconds for one try: our default. dnsperf tries once."""
_SENT = re.compile(r"Queries sent:\s+([0-9]+)")
_LOST = re.compile(r"Queries lost:\s+([0-9]+)")
_SERVED = """\
$ORIGIN {zone}
$TTL 300
@ SOA ns1 host 7 2 3 4 60
@ NS ns1
@ MX 10 mx1.mail.example.net.
@ MX 20 mx2.mail.example.net.
@ TXT "v=spf1 include:_spf.mail.example.net ip4:192.0.2.{octet} -all"
@ TXT "token={octet}"
ns1 A 127.0.0.1
www A 192.0.2.80
_dmarc TXT "v=DMARC1; p=reject; rua=mailto:reports@example.com"
s1._domainkey CNAME s1.keys.example.net.
autodiscover CNAME autodiscover.example.net.
"""
_FILE = """\
'':
  - type: MX
    values:
      - {{preference: 10, exchange: mx1.mail.example.net.}}
      - {{preference: 20, exchange: mx2.mail.example.net.}}
  - type: TXT
    values: ['v=spf1 include:_spf.mail.example.net ip4:192.0.2.{octet} -all', token={octet}]
_dmarc: {{type: TXT, value: 'v=DMARC1\\; p=reject\\; rua=mailto:reports@example.com'}}
s1._domainkey: {{type: CNAME, value: s1.keys.example.net.}}
autodiscover: {{type: CNAME, value: autodiscover.example.net.}}
www: {{type: A, value: 192.0.2.80}}
ns1: {{type: A, value: 127.0.0.1}}
"""
_NOTING = """\
import sys
import linter.live.engine as engine
begin, questions = engine._Run.begin, open(sys.argv.pop(1), "w")
def noting(run, question, server):
    questions.write(f"{question.name} {question.kind}\\n")
    begin(run, question, server)
engine._Run.begin = noting
from linter.cli.main import entry
try:
    entry()
finally:
    questions.close()
"""
"""The command, with each of its questions written into a file as dnsperf reads them."""


class Road(NamedTuple):
    """How far the server is: seconds that a question takes on its way, and the share of them that is lost."""

    delay: float
    loss: float

    def __str__(self) -> str:
        return f"{self.delay * 1000:.0f} ms away" + (f", {self.loss:.0%} lost" if self.loss else "")


NEXT_DOOR = Road(0, 0)
ROADS = (Road(0.05, 0), Road(0.05, 0.05), Road(0.05, 0.3))


def missing() -> str:
    """Why nothing can be timed here; "" where all is there."""
    absent = [program for program in ("nsd", DNSPERF) if program_of(program) is None]
    return f"{' and '.join(absent)} not installed" if absent else ""


def rows(zones: int, roads: tuple[Road, ...], runs: int) -> Iterator[Row]:
    """The comparison of so many zones over each road."""
    with tempfile.TemporaryDirectory(prefix="mailzone-bench-") as folder, _served(Path(folder), zones) as port:
        place = Path(folder)
        _arguments(place, port)
        # So few questions at once are left to one process, which notes them all.
        noting = (PYTHON, "-c", _NOTING, str(place / "questions"), *_arguments(place, port), "--concurrency", "16")
        subprocess.run(noting, check=True, capture_output=True)
        asked = len((place / "questions").read_text(encoding="ascii").splitlines())
        for road in roads:
            with _along(road, port) as near:
                commands = {"ours": _ours(place, near, asked, road), DNSPERF: _theirs(place, near, asked, road)}
                taken = in_turn(commands, runs)
            work = f"compare, {zones:,} zones, {asked:,} questions"
            far = "" if road == NEXT_DOOR else f", {road}"
            yield Row("live", work + far, DNSPERF, "", ratio(taken["ours"], taken[DNSPERF]))


def _arguments(place: Path, port: int) -> tuple[str, ...]:
    return ("compare", str(place / "zones"), "--server", f"{ADDRESS}:{port}", "--per-second", "1000000")


def _ours(place: Path, port: int, asked: int, road: Road) -> Command:
    return Command(
        (MAILZONE, *_arguments(place, port), "-f", "json"),
        place,
        statuses=(0, 1, 2) if road.loss else (0,),
        check=lambda said: _is_as_declared(said, asked, road),
    )


def _is_as_declared(said: str, asked: int, road: Road) -> None:
    """Nothing differs; only what the road has lost time and again, one question in a hundred, may be without answer."""
    report = json.loads(said[said.index("{") : said.rindex("}") + 1])
    unanswered = [finding for finding in report["findings"] if finding["rule"] == "drift-lookup-failed"]
    unknown = report["summary"]["unknown"] + len(unanswered)
    if len(unanswered) < len(report["findings"]) or unknown > (asked / 100 if road.loss else 0):
        raise Wrong(f"{len(report['findings'])} findings and {unknown} unknown, although all is served as declared")


def _theirs(place: Path, port: int, asked: int, road: Road) -> Command:
    def check(said: str) -> None:
        sent, lost = _SENT.search(said), _LOST.search(said)
        if sent is None or lost is None or int(sent[1]) != asked or (int(lost[1]) > 0) != (road.loss > 0):
            raise Wrong(f"dnsperf did not ask what it should, or has lost what nobody lost:\n{said[-1000:]}")

    words = ("-s", ADDRESS, "-p", str(port), "-d", str(place / "questions"), "-n", "1")
    bounds = ("-q", str(_AT_ONCE), "-t", str(_PATIENCE))
    return Command((str(program_of(DNSPERF)), *words, *bounds), place, check=check)


@contextmanager
def _served(place: Path, zones: int) -> Iterator[int]:
    """Zones on disk, and the port of a server that serves them as they are declared, while the block runs."""
    served = {}
    (place / "zones").mkdir()
    for number in range(zones):
        name = f"z{number}.example"
        served[f"{name}."] = _SERVED.format(zone=f"{name}.", octet=number % 250)
        (place / "zones" / f"{name}.yaml").write_text(_FILE.format(octet=number % 250), encoding="utf-8")
    with running(served) as server:
        yield server.port


@contextmanager
def _along(road: Road, port: int) -> Iterator[int]:
    """The port where a server is reached over the road."""
    if road == NEXT_DOOR:
        yield port
        return
    script = str(Path(__file__).with_name("far_away.py"))
    words = (sys.executable, script, str(port), str(road.delay), str(road.loss), "20")
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.terminate()
