"""An old lock is told once, by the day that the clock says, of answers that some verdict used."""

import json
from pathlib import Path

import pytest

from .conftest import Run

ZONE = """'': {type: TXT, value: 'v=spf1 include:spf.%s.test ip4:192.0.2.1 -all'}
_dmarc: {type: TXT, value: v=DMARC1; p=reject}
"""
RECORD = 'TXT: {ttl: 60, seen: %s, values: ["v=spf1 ip4:198.51.100.0/24 -all"]}'


def lock(**seen: str) -> str:
    entries = (f"  spf.{name}.test:\n    {RECORD % day}\n" for name, day in seen.items())
    return f"version: 1\nanswers:\n{''.join(entries)}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.example.yaml").write_text(ZONE % name)
    (tmp_path / ".git").mkdir()
    return tmp_path


def told(ran: tuple[int, str, str]) -> list[tuple[str, int, str, str]]:
    found = json.loads(ran[1])["findings"]
    return [
        (each["path"], each["line"], each["severity"], each["message"]) for each in found if each["rule"] == "lock-old"
    ]


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_an_old_lock_is_told_once(folder: Path, mailzone: Run, jobs: str) -> None:
    (folder / "mailzone.lock").write_text(lock(a="2026-01-05", b="2026-02-01", c="2026-11-01", d="2020-01-01"))

    ran = mailzone("check", "-f", "json", "-j", jobs, "--today", "2026-11-30")

    message = "what is recorded of `spf.a.test` and 1 more, which were used, are older than 90 days{}"
    message = message.format(" (mailzone.lock, seen 2026-01-05)")
    assert told(ran) == [("mailzone.lock", 3, "info", message)]
    assert ran.status == 0
    found = next(each for each in json.loads(ran.out)["findings"] if each["rule"] == "lock-old")
    assert found["evidence"] == [{"kind": "lock", "source": "mailzone.lock", "seen": "2026-01-05", "confirmed": True}]
    assert found["help"] == "run `mailzone lock`"


@pytest.mark.parametrize(("today", "is_old"), [("2026-11-30", False), ("2026-12-01", True), ("2020-01-01", False)])
def test_the_clock_is_an_argument(folder: Path, mailzone: Run, today: str, is_old: bool) -> None:
    (folder / "mailzone.lock").write_text(lock(a="2026-09-01"))

    assert bool(told(mailzone("check", "-f", "json", "--today", today))) == is_old


def test_strict_warns_and_options_give_another_age(folder: Path, mailzone: Run) -> None:
    (folder / "mailzone.lock").write_text(lock(a="2026-06-01"))
    day = ("-f", "json", "--today", "2026-11-30")

    assert [each[2] for each in told(mailzone("check", "--profile", "strict", *day))] == ["warning"]
    (folder / ".mailzone.yaml").write_text("rules: {lock-old: {options: {days: 365}}}\n")
    assert told(mailzone("check", *day)) == []
    (folder / ".mailzone.yaml").write_text("rules: {lock-old: off}\n")
    assert told(mailzone("check", *day)) == []


@pytest.mark.parametrize(
    "text",
    [
        lock(d="2020-01-01"),
        lock(a="2020-01-01").replace("seen: 2020-01-01, ", ""),
        "answers: {spf.a.test: nxdomain}\n",
    ],
    ids=["nothing used it", "undated values", "undated status"],
)
def test_what_has_no_age_or_no_use_is_not_told(folder: Path, mailzone: Run, text: str) -> None:
    (folder / "mailzone.lock").write_text(text)

    assert told(mailzone("check", "-f", "json", "--today", "2026-11-30")) == []


@pytest.mark.parametrize("is_complete", [True, False])
def test_of_other_recordings_a_complete_one_has_no_age(folder: Path, mailzone: Run, is_complete: bool) -> None:
    complete = "complete: true\n" if is_complete else ""
    (folder / "told.txt").write_text(complete + "answers: {spf.a.test: {status: nxdomain, seen: 2020-01-01}}\n")

    ran = mailzone("check", "-f", "json", "--answers", "told.txt", "--today", "2026-11-30")

    message = "what is recorded of `spf.a.test`, which was used, is older than 90 days (told.txt, seen 2020-01-01)"
    assert told(ran) == ([] if is_complete else [("told.txt", 1, "info", message)])


def test_a_lock_that_two_configurations_share_is_told_once(folder: Path, mailzone: Run) -> None:
    for name in ("one", "two"):
        (folder / name).mkdir()
        (folder / name / "a.example.yaml").write_text(ZONE % "a")
        (folder / name / ".mailzone.yaml").write_text("lock: ../mailzone.lock\n")
    (folder / "mailzone.lock").write_text(lock(a="2026-01-05"))

    assert len(told(mailzone("check", "one", "two", "-f", "json", "--today", "2026-11-30"))) == 1
