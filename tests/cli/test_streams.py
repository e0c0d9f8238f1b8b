"""Closed, full and broken streams, folders that are gone, and an optimising interpreter: what a person expects."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import clean_environment

BAD = "a: {type: TXT, value: v=spf1 nclude:x.example -all}\n"
FULL = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a device that is always full")
CLOSED = "mailzone: cannot read standard input: it is closed\n"
GONE = "mailzone: the folder that this is run in has been deleted; run it in another one\n"
NO_SPACE = "mailzone: cannot write standard output: No space left on device\n"


def ran(script: str, folder: Path, **environment: str) -> tuple[int, str, str]:
    """(status, standard output, standard error) of a script of bash in which `mailzone` is this checkout's."""
    head = f'set -o pipefail; mailzone() {{ "{sys.executable}" $FLAGS -m linter "$@"; }}; '
    done = subprocess.run(
        ["bash", "-c", head + script],
        cwd=folder,
        env=clean_environment() | {"FLAGS": ""} | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def zones(tmp_path: Path) -> Path:
    """A folder with one zone that has one error."""
    (tmp_path / "example.com.yaml").write_text(BAD)
    return tmp_path


@pytest.mark.parametrize(
    ("script", "status", "error"),
    [
        ("mailzone check - <&-", 2, CLOSED),
        ("mailzone check - --stdin-filename example.com.yaml <&-", 2, CLOSED),
        ("mailzone spf example.com - <&-", 2, CLOSED),
        ("mailzone senders - <&-", 2, CLOSED),
        ("mailzone records example.com - <&-", 2, CLOSED),
        ("mailzone check . <&- >/dev/null", 1, ""),
        ("mailzone check --jobs 2 . <&- >/dev/null", 1, ""),
        ("mailzone check . <&- >&- 2>&-", 1, ""),
        ("mailzone check . <&- >&-", 1, ""),
        ("mailzone check . 2>&- >/dev/null", 1, ""),
        ("mailzone check --nonsense <&- 2>&-", 2, ""),
        ("mailzone check nowhere 2>&-", 2, ""),
        ("mailzone rules >&-", 0, ""),
        ("mailzone --help >&-", 0, ""),
        ("mailzone --help | head -1 >/dev/null", 0, ""),
        ("mailzone rules | head -1 >/dev/null", 0, ""),
        ("mailzone explain spf-ptr | head -1 >/dev/null", 0, ""),
        ("mailzone schema zone | head -1 >/dev/null", 0, ""),
        ("mailzone check -f json . | head -1 >/dev/null", 1, ""),
        ("mailzone check nowhere 2>&1 >/dev/null | true", 2, ""),
        ("mailzone spf a.example.com . | head -1 >/dev/null", 1, ""),
    ],
)
def test_streams_that_are_closed_or_break(zones: Path, script: str, status: int, error: str) -> None:
    assert (ran(script, zones)[0], ran(script, zones)[2]) == (status, error)


def test_a_file_is_not_taken_for_a_stream_that_was_closed(zones: Path) -> None:
    """The lowest free number goes to the next file that is opened: what is told must not land in it."""
    for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
        status, out, err = ran(f"mailzone check -f json=out.json -f text nowhere . {closed}", zones)

        assert (status, "Traceback" in out + err) == (2, False)
        assert (zones / "example.com.yaml").read_text() == BAD
        assert (zones / "out.json").read_text().startswith('{\n  "version": 1')
        assert (zones / "out.json").read_text().endswith("}\n")


@FULL
@pytest.mark.parametrize(
    ("script", "status", "error"),
    [
        ("mailzone --help >/dev/full", 2, NO_SPACE),
        ("mailzone --version >/dev/full", 2, NO_SPACE),
        ("mailzone check --help >/dev/full", 2, NO_SPACE),
        ("mailzone senders . >/dev/full", 2, "mailzone: nothing is declared"),
        ("mailzone check -f json . >/dev/full 2>&1", 2, ""),
        ("mailzone check . 2>/dev/full", 1, ""),  # there was nothing to say
        ("mailzone check nowhere 2>/dev/full", 2, ""),
        ("mailzone check --nonsense 2>/dev/full", 2, ""),
        ("mailzone check -f json=/dev/full .", 2, "mailzone: cannot write /dev/full: is not a regular file"),
    ],
)
def test_a_full_disk(zones: Path, script: str, status: int, error: str) -> None:
    found = ran(script, zones)

    assert found[0] == status
    assert found[2].startswith(error)
    assert bool(found[2]) == bool(error)


@FULL
def test_a_report_is_written_even_if_nobody_can_be_told_what_was_not_read(zones: Path) -> None:
    status, out, _ = ran("mailzone check nowhere . 2>/dev/full", zones)

    assert (status, "spf-unknown-mechanism" in out) == (2, True)


@pytest.mark.parametrize(
    ("command", "status", "error"),
    [
        ("check", 2, GONE),
        ("check .", 2, GONE),
        ("check - --stdin-filename a.yaml </dev/null", 2, GONE),
        ("compare", 2, GONE),
        ("lock", 2, GONE),
        ("spf example.com", 2, GONE),
        ("senders", 2, GONE),
        ("rules", 2, GONE),
        ("explain spf-ptr", 0, ""),
        ("explain 550 5.7.23", 0, ""),
        ("schema zone", 0, ""),
        ("--version", 0, ""),
    ],
)
def test_a_working_folder_that_was_deleted(tmp_path: Path, command: str, status: int, error: str) -> None:
    found = ran(f'mkdir gone && cd gone && rmdir "$PWD" && mailzone {command}', tmp_path)

    assert (found[0], found[2]) == (status, error)


@pytest.mark.parametrize(
    "command",
    [
        "check -f json --profile strict .",
        "check .",
        "check --jobs 2 -f json .",
        "rules",
        "rules -f json",
        "explain spf-ptr",
        "explain drift-missing",
        "explain mx-differs",
        "explain 550 5.7.23",
        "spf -f json example.com .",
        "schema config",
        "senders .",
        "records example.com .",
        "--help",
        "check --nonsense",
    ],
)
def test_an_optimising_interpreter_says_the_same(zones: Path, command: str) -> None:
    (zones / ".mailzone.yaml").write_text("mail: {example.com: {receives: nothing, sends: []}}\n")

    assert ran(f"mailzone {command}", zones, FLAGS="-OO") == ran(f"mailzone {command}", zones)
