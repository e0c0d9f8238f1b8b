"""Forked work: results in their order, what was raised there is raised here, and who dies is missed."""

import os
import signal
import subprocess
import sys

import pytest

PROGRAM = """
import os, signal, sys
from linter.run.forked import DiedError, Forked

def work(piece):
    if piece == "raise":
        raise LookupError("from there")
    if piece == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if piece == "leave":
        os._exit(0)
    if piece == "unpicklable":
        return lambda: None
    return piece * 100_000

try:
    print([given[:3] for given in Forked().map(work, sys.argv[1:])])
except (DiedError, LookupError) as error:
    print(type(error).__name__, error)
try:
    os.waitpid(-1, os.WNOHANG)
    print("somebody is left")
except ChildProcessError:
    pass
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork; a pool of processes does the work there")
@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        (["abc"], "['abc']"),
        (["a", "b", "c", "d"], "['aaa', 'bbb', 'ccc', 'ddd']"),
        (["a", "raise", "c"], "LookupError from there"),
        (["raise", "a", "c"], "LookupError from there"),
        (["a", "b", "die", "c"], "DiedError "),
        (["a", "leave"], "DiedError "),
        (["a", "unpicklable"], "DiedError "),
    ],
)
def test_what_comes_back(pieces: list[str], said: str) -> None:
    # A process of its own: a test runner has threads, and whoever has threads must not fork.
    program = [sys.executable, "-c", PROGRAM, *pieces]
    done = subprocess.run(program, capture_output=True, text=True, timeout=60, check=True)

    assert done.stdout == f"{said}\n"
    assert done.stderr == ""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork; a pool of processes does the work there")
def test_what_the_system_has_no_process_for_is_done_here() -> None:
    refusing = """
forks = [os.fork]
def fork():
    if not forks:
        raise BlockingIOError("Resource temporarily unavailable")
    return forks.pop()()
os.fork = fork
"""
    program = PROGRAM.replace("def work", f"{refusing}\ndef work", 1)
    done = subprocess.run(
        [sys.executable, "-c", program, "a", "b", "c", "d"], capture_output=True, text=True, timeout=60, check=True
    )

    assert (done.stdout, done.stderr) == ("['aaa', 'bbb', 'ccc', 'ddd']\n", "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork; a pool of processes does the work there")
def test_who_is_ended_takes_the_others_along() -> None:
    program = """
import os, signal, sys
from linter.run.forked import Forked

def work(piece):
    signal.alarm(60)  # whoever is forgotten ends by itself
    os.write(1, f"{piece}\\n".encode())
    signal.pause()

Forked().map(work, sys.argv[1:])
"""
    with subprocess.Popen([sys.executable, "-c", program, "a", "b", "c"], stdout=subprocess.PIPE, text=True) as begun:
        assert begun.stdout is not None
        assert {begun.stdout.readline() for _ in range(3)} == {"a\n", "b\n", "c\n"}
        begun.terminate()
        rest, _ = begun.communicate(timeout=60)  # ends when the last of them has let go of the pipe

    assert (rest, begun.returncode) == ("", -signal.SIGTERM)
