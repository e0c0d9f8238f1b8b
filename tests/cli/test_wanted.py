"""Which files a command means when it is given no path: the same in every command."""

from pathlib import Path

import pytest

from .conftest import Run

COMMANDS = (
    ("check",),
    ("compare", "--server", "127.0.0.1:9"),
    ("spf", "example.com"),
    ("lock", "--server", "127.0.0.1:9"),
    ("senders",),
    ("records", "example.com"),
)
ZONE = "'': {type: TXT, value: v=spf1 -all}\n"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_zones_that_match_nothing_are_refused(command: tuple[str, ...], mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / ".mailzone.yaml").write_text("zones: [zonse/*.yaml]\n")
    (tmp_path / "example.com.yaml").write_text(ZONE)

    done = mailzone(*command)

    assert (done.status, done.out) == (2, "")
    assert done.err == "mailzone: `zones` of .mailzone.yaml matches no file\n"
    assert not (tmp_path / "mailzone.lock").exists()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_path_that_is_not_there_is_refused(command: tuple[str, ...], mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "example.com.yaml").write_text(ZONE)

    done = mailzone(*command, "exmaple.com.yaml")

    assert done.status == 2
    assert "cannot read exmaple.com.yaml" in done.err
