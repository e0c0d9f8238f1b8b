"""`--today` and SOURCE_DATE_EPOCH: the day that is written down, and that nothing else depends on the day."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter import RELEASED
from linter.cli.clock import Clock, clock_of
from linter.cli.main import main
from linter.providers.files import policies_folder
from linter.run.refused import Refused
from tests.live.servers import Server, running

from .conftest import CHECKOUT, Run

DAYS = {"1999-12-31": 946_598_400, "2026-11-23": 1_795_392_000, "2071-02-28": 3_192_307_200}
EXPLAINED = """\
'':
  type: TXT
  value: v=spf1 -all exp=why.%{d}
why:
  type: TXT
  value: refused at %{t}
"""


@pytest.mark.parametrize(
    ("today", "environment", "seconds"),
    [
        ("2026-11-23", {}, 1_795_392_000),
        ("1970-01-01", {}, 0),
        ("9999-12-31", {}, 253_402_214_400),
        ("2024-02-29", {}, 1_709_164_800),
        (None, {"SOURCE_DATE_EPOCH": "1795435200"}, 1_795_435_200),
        (None, {"SOURCE_DATE_EPOCH": "0"}, 0),
        (None, {"SOURCE_DATE_EPOCH": "253402300799"}, 253_402_300_799),
        ("2026-11-23", {"SOURCE_DATE_EPOCH": "1"}, 1_795_392_000),
        ("2026-11-23", {"SOURCE_DATE_EPOCH": "nonsense"}, 1_795_392_000),
    ],
)
def test_what_the_clock_says(today: str | None, environment: dict[str, str], seconds: int) -> None:
    assert clock_of(today, environment) == Clock(seconds)


@pytest.mark.parametrize("environment", [{}, {"SOURCE_DATE_EPOCH": ""}])
def test_without_either_it_is_the_systems(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_795_392_000.9)

    assert clock_of(None, environment) == Clock(1_795_392_000)


@pytest.mark.parametrize(("day", "seconds"), [*DAYS.items(), ("9999-12-31", 253_402_300_799), ("1970-01-01", 0)])
def test_the_day_is_in_utc(monkeypatch: pytest.MonkeyPatch, day: str, seconds: int) -> None:
    for zone in ("Pacific/Kiritimati", "America/Los_Angeles"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert Clock(seconds).day == day
    monkeypatch.undo()
    time.tzset()


BAD_DAYS = [
    "",
    "today",
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-11-31",
    "2026-11-00",
    "2026-1-5",
    "20261123",
    "2026-W01-1",
    "23.11.2026",
    "2026-11-23T00:00:00",
    "1969-12-31",
    "0000-01-01",
    "-001-01-01",
    "+026-11-23",
    "2026-11-2³",
    "٢٠٢٦-١١-٢٣",
    " 2026-11-23",
    "2026-11-23\n",
    "10000-01-01",
]


@pytest.mark.parametrize("day", BAD_DAYS)
def test_a_bad_date_is_refused(day: str) -> None:
    with pytest.raises(Refused, match="is not a date; expected one from 1970 on, such as `2026-11-23`"):
        clock_of(day, {})


@pytest.mark.parametrize("epoch", ["-1", "1.5", "now", " 1", "1e9", "٣", "³", "253402300800", "9" * 5000, "0x10"])
def test_a_bad_epoch_is_refused(epoch: str) -> None:
    with pytest.raises(Refused, match=r"SOURCE_DATE_EPOCH is .*; expected seconds since 1970, such as `1795392000`"):
        clock_of(None, {"SOURCE_DATE_EPOCH": epoch})


COMMANDS = [
    ("check", "."),
    ("compare",),
    ("spf", "example.com"),
    ("lock",),
    ("senders",),
    ("records", "example.com"),
    ("rules",),
    ("explain", "spf-ptr"),
    ("schema", "zone"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_command_takes_the_day_and_refuses_a_bad_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    (tmp_path / "example.com.yaml").write_text("'': {type: TXT, value: v=spf1 -all}\n")
    monkeypatch.chdir(tmp_path)

    assert main([*command, "--today", "2026-02-30"]) == 2
    assert capsys.readouterr() == (
        "",
        "mailzone: --today: `2026-02-30` is not a date; expected one from 1970 on, such as `2026-11-23`\n",
    )
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert main(command) == 2
    assert "mailzone: SOURCE_DATE_EPOCH is `yesterday`" in capsys.readouterr().err


def test_what_evaluates_a_message_takes_its_time_from_the_clock(mailzone: Run, tmp_path: Path) -> None:
    (tmp_path / "example.com.yaml").write_text(EXPLAINED)
    asked = ("spf", "example.com", "--ip", "192.0.2.1", "-f", "json")

    for day, seconds in list(DAYS.items())[1:]:
        assert f"refused at {seconds}" in mailzone(*asked, "--today", day, env={"SOURCE_DATE_EPOCH": "7"}).out
    assert "refused at 7" in mailzone(*asked, env={"SOURCE_DATE_EPOCH": "7"}).out


@pytest.fixture(scope="module")
def vendor() -> Iterator[Server]:
    """A name server with the zone of this estate and a vendor's."""
    record = '@ IN TXT "v=spf1 -all"\n'
    soa = "$TTL 300\n@ IN SOA ns.example. host.example. 1 3600 600 86400 60\n@ IN NS ns.example.\n"
    with running({"example.": f"{soa}vendor{record[1:]}", "example.com.": soa + record}) as server:
        yield server


def test_what_is_written_down_is_dated_by_the_clock(mailzone: Run, tmp_path: Path, vendor: Server) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "example.com.yaml").write_text("'': {type: TXT, value: v=spf1 include:vendor.example -all}\n")
    at = ("--server", f"{vendor.address}:{vendor.port}")
    written = {}
    for day in DAYS:
        (tmp_path / "mailzone.lock").unlink(missing_ok=True)
        mailzone("lock", *at, "--today", day)
        mailzone("compare", *at, "--today", day, "--record", "seen.answers")
        texts = [(tmp_path / name).read_text() for name in ("mailzone.lock", "seen.answers")]
        assert [set(re.findall(r"seen: (\S+),", text)) for text in texts] == [{day}, {day}]
        written[day] = [re.sub(r"mailzone-[0-9a-f]{16}", "probe", text.replace(day, "DAY")) for text in texts]

    assert len({str(texts) for texts in written.values()}) == 1
    # What has not changed keeps the day that it was first seen on.
    assert "nothing moved" in mailzone("lock", *at, "--today", "2031-01-01").out
    assert "2071-02-28" in (tmp_path / "mailzone.lock").read_text()


def on_every_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Three days, years apart, each of which the system's clock shows meanwhile."""
    for day, seconds in DAYS.items():
        monkeypatch.setattr(time, "time", lambda seconds=seconds: float(seconds))
        yield day


@pytest.mark.parametrize(
    "command",
    [
        ("check", "-f", "json", "--profile", "strict", "."),
        ("senders", "-f", "json", "."),
        ("rules",),
        ("explain", "550", "5.7.23"),
    ],
    ids=lambda command: command[0],
)
def test_no_output_depends_on_the_day(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(Path(CHECKOUT) / "examples")
    said = []
    for day in on_every_day(monkeypatch):
        said.append((main(command), capsys.readouterr()))
        if day != "1999-12-31":
            said.append((main([*command, "--today", day]), capsys.readouterr()))

    assert said[0][1].out
    assert all(each == said[0] for each in said)


def test_facts_are_older_than_the_version_that_holds_them() -> None:
    dates = [
        date
        for path in Path(policies_folder()).rglob("*.yaml")
        for date in re.findall(r"\b(?:seen|since): *['\"]?(\d{4}(?:-\d\d){0,2})", path.read_text())
    ]

    assert len(dates) > 400
    assert max(date for date in dates if len(date) == len(RELEASED)) <= RELEASED
    assert all(date <= RELEASED[: len(date)] for date in dates)


def test_the_day_of_the_version_is_not_after_the_day_it_was_checked_in() -> None:
    done = subprocess.run(
        ["git", "-C", CHECKOUT, "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False
    )
    if done.returncode or not os.path.exists(os.path.join(CHECKOUT, ".git")):
        pytest.skip("no repository here that knows when this version was checked in")

    assert clock_of(RELEASED, {}).seconds <= int(done.stdout)
