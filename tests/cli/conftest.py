"""`mailzone` run as people run it: a process of its own in a folder, with an environment that says nothing."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

CHECKOUT = str(Path(__file__).parents[2])
SCRUBBED = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM", "CI", "MAILZONE_DEBUG")


class Ran(NamedTuple):
    """What a run left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


def clean_environment() -> dict[str, str]:
    """The environment without what changes output; the program is that of this checkout, whatever is installed."""
    kept = {name: value for name, value in os.environ.items() if name not in SCRUBBED and "GITHUB" not in name}
    return kept | {"PYTHONPATH": CHECKOUT}


@pytest.fixture
def mailzone(tmp_path: Path) -> Run:
    """Run the command in tmp_path."""

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
