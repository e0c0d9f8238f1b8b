"""An interrupt ends the process by its signal: no traceback, no child and no file left behind."""

import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from .conftest import clean_environment

HEAD = (
    # Whoever runs the tests in the background has them ignore interrupts, and what they start.
    "import os, signal, sys\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "def stop():\n"
    "    os.write(1, b'here\\n')\n"
    "    os.read(0, 1)\n"  # until the signal comes
)
LATE = "sys.argv = ['mailzone', *sys.argv[1:]]\nimport runpy\nrunpy.run_module('linter', run_name='__main__')\n"
IN_IMPORT = """
class Stopping:
    def find_spec(self, name, path=None, target=None):
        if name == WHERE:
            stop()
sys.meta_path.insert(0, Stopping())
"""
IN_CHILD = """
import linter.run.shares as shares
judge, first = shares.judge, os.getpid()
def stuck(share):
    if os.getpid() != first:
        os.write(1, b'%d\\n' % os.getpid())
    os.read(0, 1)
shares.judge = stuck
"""
IN_WRITING = """
import linter.source.replace as replace
def fsync(handle):
    stop()
os.fsync = fsync
"""


@pytest.fixture
def zones(tmp_path: Path) -> Path:
    """A folder with two zones."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.example.yaml").write_text("'': {type: TXT, value: v=spf1 nclude:x.example -all}\n")
    return tmp_path


class Started:
    """A program that is on its way and waits somewhere."""

    def __init__(self, program: str, arguments: list[str], folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            cwd=folder,
            env=clean_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def line(self) -> bytes:
        """The next line that it writes."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def ended(self, number: int) -> tuple[int, bytes, bytes]:
        """Send it a signal; its status, and what it wrote besides."""
        os.kill(self.process.pid, number)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


EARLY = ["linter.cli.main", "linter.cli.options", "linter.cli.check", "linter.run.check", "linter.config.load"]
LATER = ["linter.rules.spf.grammar", "linter.report.json_format", "linter.cli.outputs"]


@pytest.mark.parametrize("where", [*EARLY, *LATER])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_while_modules_are_imported(zones: Path, where: str, number: signal.Signals) -> None:
    program = f"WHERE = {where!r}\n{HEAD}{IN_IMPORT}{LATE}"
    started = Started(program, ["check", "-f", "json", "."], zones)

    assert started.line() == b"here\n"
    assert started.ended(number) == (-number, b"", b"")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_while_standard_input_is_waited_for(zones: Path, number: signal.Signals) -> None:
    watched = (
        "import linter.run.standard_input as c; read = c.standard_input\n"
        "def told():\n"
        "    os.write(1, b'here\\n'); return read()\n"
    )
    started = Started(f"{HEAD}{watched}c.standard_input = told\n{LATE}", ["check", "-"], zones)

    assert started.line() == b"here\n"
    assert started.ended(number) == (-number, b"", b"")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_children_end_as_well(zones: Path, number: signal.Signals) -> None:
    started = Started(f"{HEAD}{IN_CHILD}{LATE}", ["check", "--jobs", "2", "."], zones)
    child = int(started.line())

    # The child holds the other end of the pipe: `ended` has its end only when both are gone.
    assert started.ended(number) == (-number, b"", b"")
    assert is_gone(child)


def is_gone(pid: int) -> bool:
    """Whether a process has ended, though nobody may have asked how; it is given time to."""
    try:
        if hasattr(os, "pidfd_open"):
            watched = os.pidfd_open(pid)
            try:
                return bool(select.select([watched], [], [], 60)[0])
            finally:
                os.close(watched)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state in "ZX"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_while_a_file_is_written(zones: Path, number: signal.Signals) -> None:
    """The file is whole, or the one before, and nothing lies beside it."""
    (zones / "report.json").write_text("before")
    started = Started(f"{HEAD}{IN_WRITING}{LATE}", ["check", "-f", "json=report.json", "."], zones)

    assert started.line() == b"here\n"
    os.kill(started.process.pid, number)
    _, err = started.process.communicate(b"x", timeout=60)

    assert (started.process.returncode, err) == (-number, b"")
    assert sorted(os.listdir(zones)) == ["a.example.yaml", "b.example.yaml", "report.json"]
    assert (zones / "report.json").read_text().endswith("}\n")


def test_who_ignores_interrupts_goes_on(zones: Path) -> None:
    """`nohup`, and what a script puts in the background."""
    head = HEAD.replace("signal.default_int_handler", "signal.SIG_IGN")
    started = Started(f"WHERE = 'linter.run.check'\n{head}{IN_IMPORT}{LATE}", ["check", "-q", "."], zones)
    assert started.line() == b"here\n"
    os.kill(started.process.pid, signal.SIGINT)
    out, err = started.process.communicate(b"x", timeout=60)

    assert (started.process.returncode, err) == (1, b"")
    assert b"spf-unknown-mechanism" in out


ON_TERMINAL = """
import linter.cli.progress as progress
progress.PATIENCE = 0.0
with progress.Progress("asking", sys.stderr, True, {"TERM": "xterm", "COLUMNS": "60"}):
    os.read(0, 1)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_bar_that_was_begun_is_cleared(number: signal.Signals) -> None:
    main, terminal = os.openpty()
    end = "from linter.source.interrupt import end_by_interrupt; end_by_interrupt()\n"
    with subprocess.Popen(
        [sys.executable, "-c", f"{HEAD}{end}{ON_TERMINAL}"],
        env=clean_environment(),
        stdin=subprocess.PIPE,
        stderr=terminal,
    ) as started:
        os.close(terminal)
        drawn = b""
        while b"asking [" not in drawn:
            drawn += os.read(main, 1000)
        os.kill(started.pid, number)
        with suppress(OSError):  # how a terminal says that its other end is gone
            while more := os.read(main, 1000):
                drawn += more
        assert started.wait(60) == -number
    os.close(main)

    assert drawn.endswith(b"\r\x1b[K")
    assert b"Traceback" not in drawn


SCRIPTS = {
    "module": LATE,
    "script": "from linter.__main__ import entry\nsys.exit(entry())\n",
    "old script": "from linter.cli.main import entry\nsys.exit(entry())\n",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_however_it_is_begun(zones: Path, script: str) -> None:
    program = f"WHERE = 'linter.cli.check'\n{HEAD}{IN_IMPORT}{script}"
    started = Started(program, ["check", "."], zones)

    assert started.line() == b"here\n"
    assert started.ended(signal.SIGINT) == (-signal.SIGINT, b"", b"")
