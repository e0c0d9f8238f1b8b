"""`mailzone compare` in several processes: told is what one process tells, and an interrupt ends them all."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from linter.live.limits import Limits
from linter.run import compare_shares
from linter.run.compare_shares import number_of_processes
from tests.live.misbehaving import misbehaving
from tests.live.servers import Server, running
from tests.live.worlds import DRIFTED, FILE

from .conftest import Run, clean_environment

ZONES = tuple(f"z{number}.example" for number in range(9))
PROGRAM = (
    "import signal as s; s.signal(s.SIGINT, s.default_int_handler)\n"
    "import linter.cli.compare as c; c.number_of_processes = lambda files, limits: 3\n"
    "from linter.cli.main import entry; entry()"
)
"""The command in three processes. Whoever runs the tests in the background has them ignore interrupts."""


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three processes, however few the zones and the processors are."""
    monkeypatch.setattr("linter.cli.compare.number_of_processes", lambda files, limits: 3)


@pytest.fixture(scope="module")
def drifting() -> Iterator[Server]:
    """A server that has all zones but the last, some of them not as they are declared."""
    zones = {f"{zone}.": DRIFTED.replace("example.com.", f"{zone}.") for zone in ZONES[:-1]}
    with running(zones, "nsd") as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with the zones."""
    (tmp_path / ".git").mkdir()
    for zone in ZONES:
        (tmp_path / f"{zone}.yaml").write_text(FILE.replace("example.com", zone))
    return tmp_path


def test_several_processes_tell_what_one_tells(
    folder: Path, mailzone: Run, drifting: Server, request: pytest.FixtureRequest
) -> None:
    (folder / "broken.yaml").write_text("a: [\n")
    arguments = ("compare", "--server", f"{drifting.address}:{drifting.port}", "--no-progress")

    one = [mailzone(*arguments, "-f", name) for name in ("json", "text")]
    request.getfixturevalue("several")
    many = [mailzone(*arguments, "-f", name) for name in ("json", "text")]

    assert many == one
    report = json.loads(many[0].out)
    assert {each["path"] for each in report["findings"]} >= {f"{zone}.yaml" for zone in ZONES}
    assert {each["zone"] for each in report["unknown"]} == {f"{ZONES[-1]}."}


@pytest.mark.usefixtures("several")
def test_a_recording_is_made_by_one_process(folder: Path, mailzone: Run, drifting: Server) -> None:
    mailzone("compare", "--server", f"{drifting.address}:{drifting.port}", "--record", "seen.answers")

    recorded = (folder / "seen.answers").read_text()
    assert [zone for zone in ZONES if f"  {zone}:\n" not in recorded] == []


def test_answers_of_any_process_count(folder: Path) -> None:
    # Where others share this process, as the server's thread does, it is not to be forked.
    silent = {f"{zone}.": "silent" for zone in ZONES[:-1]}
    with misbehaving({**silent, "*": "honest"}) as it:
        command = [sys.executable, "-c", PROGRAM, "compare", "--server", f"127.0.0.1:{it.port}"]
        command += ["--timeout", "0.1", "--tries", "1"]
        ran = subprocess.run(command, cwd=folder, env=clean_environment(), capture_output=True, check=False, timeout=60)

    assert ran.returncode == 1
    assert b"no answer to any question" not in ran.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_all_of_them(folder: Path, number: signal.Signals) -> None:
    with misbehaving({f"_dmarc.{zone}.": "silent" for zone in ZONES}) as it:
        command = [sys.executable, "-c", PROGRAM, "compare", "--server", f"127.0.0.1:{it.port}"]
        command += ["--timeout", "60", "-f", "json=report.json"]
        started = subprocess.Popen(
            command, cwd=folder, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        wanted = {("udp", f"_dmarc.{zone}.") for zone in ZONES}
        while not wanted <= set(it.asked) and started.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                started.wait(0.05)
        os.kill(started.pid, number)  # and nobody tells the others
        _, err = started.communicate(timeout=60)

    assert started.returncode == -number
    assert b"Traceback" not in err
    report = json.loads((folder / "report.json").read_text())
    unknown = {each["name"]: each["reason"] for each in report["unknown"]}
    assert all("interrupted" in unknown[f"_dmarc.{zone}."] for zone in ZONES)
    assert {each["path"] for each in report["findings"] if each["rule"] == "drift-missing"} >= {"z0.example.yaml"}


@pytest.mark.parametrize(
    ("files", "per_second", "concurrency", "processes"),
    [
        (10_000, 1_000_000, 64, 4),
        (10_000, 2_000, 64, 1),
        (10_000, 20_000, 64, 2),
        (10_000, 1_000_000, 31, 1),
        (299, 1_000_000, 64, 2),
        (1, 1_000_000, 64, 1),
        (0, 1, 1, 1),
    ],
)
def test_processes_are_begun_where_one_is_too_slow(
    monkeypatch: pytest.MonkeyPatch, files: int, per_second: int, concurrency: int, processes: int
) -> None:
    monkeypatch.setattr(compare_shares, "processors", lambda: 4)

    limits = Limits(concurrency=concurrency, per_second=per_second)

    assert number_of_processes(files, limits) == processes
