"""No command fails on any repository, and all that it prints is whole: MAILZONE_FUZZ=20000 tries as many at random."""

import contextlib
import io
import json
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.cli.main import main

from .repositories import repository

EXAMPLES = int(os.environ.get("MAILZONE_FUZZ", "60"))
HANGS = 120
"""Seconds; a command takes a tenth of one."""

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("check", "-f", "json", "-j", "1", "."),
    ("check", "--profile", "strict", "-j", "1", "."),
    ("senders", "-f", "json", "."),
    ("senders", "."),
    ("records", "example.com", "."),
    ("records", "example.com", "-f", "yaml", "."),
    ("records", "example.com", "--diff", "."),
    ("spf", "example.com", "."),
    ("spf", "example.com", "--ip", "192.0.2.25", "--sender", "a@sub.example.com", "-f", "json", "."),
    ("spf", "example.com", "--ip", "2001:db8::25", "."),
    ("compare", "--answers", "mailzone.lock", "-f", "json", "."),
)


def run(folder: str, arguments: tuple[str, ...]) -> tuple[int, str, str]:
    """A command in a folder: its status and what it wrote."""
    out, err, here = io.StringIO(), io.StringIO(), os.getcwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(arguments)
    finally:
        os.chdir(here)
    return status, out.getvalue(), err.getvalue()


def assert_whole(report: dict[str, Any], files: dict[str, str]) -> None:
    """Every finding is one line at a place that its file has, and the summary counts what is listed."""
    for finding in report["findings"]:
        texts = [finding["message"], finding["help"], *(each["message"] for each in finding["related"])]
        assert all(text.isprintable() for text in texts), finding
        assert texts[0], finding
        lines = files[os.path.normpath(finding["path"])].count("\n") + 1
        ends = finding["end_line"], finding["end_column"]
        assert 1 <= finding["line"] <= lines + files[os.path.normpath(finding["path"])].count("\r")
        assert (finding["line"], finding["column"]) <= ends
    for severity in ("error", "warning", "info"):
        assert report["summary"][severity] == sum(each["severity"] == severity for each in report["findings"])


@contextlib.contextmanager
def watched() -> Iterator[None]:
    """What hangs fails here, with the repository that it hangs on."""

    def give_up(*_: object) -> None:
        raise AssertionError(f"no end after {HANGS} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(HANGS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def laid(files: dict[str, str]) -> Iterator[str]:
    """A folder with these files."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            place = Path(folder, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="")
        yield folder


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(repository(), st.sampled_from(COMMANDS))
def test_no_command_fails_on_any_repository(files: dict[str, str], command: tuple[str, ...]) -> None:
    with laid(files) as folder, watched():
        for arguments in dict.fromkeys((COMMANDS[0], command)):
            status, out, err = run(folder, arguments)
            assert status in (0, 1, 2), (arguments, status)
            assert "report this fault" not in err, (arguments, err)
            assert all(line.startswith("mailzone: ") for line in err.splitlines()), (arguments, err)
            assert status != 2 or err, (arguments, out)
            if out and "check" in arguments and "json" in arguments:
                assert_whole(json.loads(out), files)


def test_most_repositories_get_as_far_as_the_rules() -> None:
    judged: list[bool] = []

    @settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    @given(repository())
    def tried(files: dict[str, str]) -> None:
        with laid(files) as folder:
            _, out, _ = run(folder, COMMANDS[0])
        judged.append(bool(out) and json.loads(out)["summary"]["zones"] > 0)

    tried()
    assert sum(judged) > len(judged) / 2
