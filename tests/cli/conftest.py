"""`mailzone` run in a folder, with an environment that says nothing: in this process, or in one of its own."""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest

from linter.cli import main
from tests.live.servers import Server, running
from tests.live.worlds import DRIFTED

CHECKOUT = str(Path(__file__).parents[2])
SCRUBBED = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM", "CI", "MAILZONE_DEBUG", "FORCE_HYPERLINK")

GATE = {
    "skipped": 0,
    "suppressed": {"baseline": 0, "ignored": 0, "overridden": 0},
    "configurations": [],
    "profile": "recommended",
    "errors_off": 0,
    "errors_lowered": 0,
}
"""What a summary says of the gate where nothing is configured."""
JUDGED = "judged without a configuration, by profile recommended\n"


class Ran(NamedTuple):
    """What a run left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


def clean_environment() -> dict[str, str]:
    """The environment without what changes output; the program is that of this checkout, whatever is installed.

    Nothing is kept in a cache.
    """
    kept = {name: value for name, value in os.environ.items() if name not in SCRUBBED and "GITHUB" not in name}
    return kept | {"PYTHONPATH": CHECKOUT, "MAILZONE_CACHE_DIR": os.devnull}


def run_program(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in Python, in a process of its own and a folder."""
    command, environment = [sys.executable, "-c", program], clean_environment()
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, timeout=60, check=False)


@pytest.fixture
def process(tmp_path: Path) -> Run:
    """Run the command in tmp_path as people run it, in a process of its own."""

    def run(*arguments: str, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Ran:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "linter", *arguments],
            cwd=tmp_path,
            input=given or b"",
            capture_output=True,
            env=clean_environment() | (env or {}),
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def mailzone(tmp_path: Path) -> Run:
    """Run the command in tmp_path, in this process: what no test of processes, signals and interpreters needs."""

    def run(*arguments: str, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Ran:
        given = stdin.encode() if isinstance(stdin, str) else stdin or b""
        out, err = io.BytesIO(), io.BytesIO()
        with ExitStack() as changed:
            changed.enter_context(contextlib.chdir(tmp_path))
            changed.enter_context(mock.patch.dict(os.environ, clean_environment() | (env or {}), clear=True))
            changed.enter_context(mock.patch("sys.stdin", io.TextIOWrapper(io.BytesIO(given), "utf-8")))
            changed.enter_context(mock.patch("sys.stdout", io.TextIOWrapper(out, "utf-8", write_through=True)))
            changed.enter_context(mock.patch("sys.stderr", io.TextIOWrapper(err, "utf-8", write_through=True)))
            status = main.run(arguments)
            return Ran(status, out.getvalue().decode(), err.getvalue().decode())

    return run


@pytest.fixture(scope="module")
def drifted() -> Iterator[Server]:
    """A server whose zone was changed by hand."""
    with running({"example.com.": DRIFTED}, "knot") as server:
        yield server
