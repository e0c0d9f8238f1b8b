"""`mailzone plan` as people run it: every format, the files of its steps, branches, drafts, and what servers serve."""

import json
import subprocess
from pathlib import Path
from typing import Any, NoReturn

import pytest

from linter.config.settings import ActiveRule
from linter.rules.rule import Check
from linter.run import work
from tests.live.servers import running

from .conftest import Run

ZONE = """---
'':
  - type: MX
    ttl: 7200
    value: {preference: 10, exchange: mx.web.test.}
  # who sends
  - type: TXT
    ttl: 600
    value: v=spf1 ip4:192.0.2.10 -all
"""
CONFIG = """
zones: [zones/*.yaml]
systems:
  web: {receives: [mx.web.test], spf: 'ip4:192.0.2.10'}
  new: {receives: [mx.new.test], spf: 'ip4:198.51.100.7'}
mail:
  example.com: {receives: web, sends: [web]}
"""
PLAN = """title: A <b>move</b> | of `mail`
start: 2027-02-01
window: {days: [mon, tue], from: "18:00", to: "22:00", tz: Europe/Vienna}
freeze: 2027-02-02/2027-02-05
stages:
  - name: move
    mail: {example.com: {receives: new, sends: [new]}}
"""
MASTER = """$TTL 600
@ IN SOA ns.example.com. host.example.com. 1 3600 600 86400 300
@ IN NS ns.example.com.
ns IN A 127.0.0.1
@ 7200 IN MX 10 mx.web.test.
@ IN TXT "v=spf1 ip4:192.0.2.10 -all"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one zone and a plan; the command runs in it."""
    (tmp_path / "zones").mkdir()
    (tmp_path / "zones" / "example.com.yaml").write_text(ZONE)
    (tmp_path / ".mailzone.yaml").write_text(CONFIG)
    (tmp_path / "PLAN.yaml").write_text(PLAN)
    (tmp_path / ".git").mkdir()
    return tmp_path


def ran(mailzone: Run, folder: Path, *words: str) -> tuple[int, str, str]:
    done = mailzone("plan", str(folder / "PLAN.yaml"), *words)
    return done.status, done.out, done.err


def test_the_json_has_the_shape_of_the_contract(folder: Path, mailzone: Run) -> None:
    status, out, _ = ran(mailzone, folder, "-f", "json")
    document = json.loads(out)
    step = document["stages"][0]["steps"][0]

    assert status == 0
    assert set(document) >= {"version", "title", "stages", "totals", "refusals"}
    assert set(step) >= {
        "id",
        "title",
        "laws",
        "reason",
        "due",
        "changes",
        "files",
        "gates",
        "missing",
        "wait",
        "verify",
    }
    assert set(step["wait"]) == {"seconds", "cautious_seconds", "because"}
    assert set(step["changes"][0]) == {"zone", "name", "type", "before", "after"}
    assert step["wait"]["seconds"] == 7200 + 300
    assert document["stages"][0]["point_of_no_return"] == "1.5"
    assert document["totals"]["seconds"] == sum(each["wait"]["seconds"] for each in document["stages"][0]["steps"])


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("text", "1.1  Lower TTLs"),
        ("markdown", "- [ ] "),
        ("mermaid", "gantt"),
        ("html", "A &lt;b&gt;move&lt;/b&gt;"),
        ("ics", "BEGIN:VEVENT\r"),
    ],
)
def test_every_format_is_written(folder: Path, mailzone: Run, form: str, words: str) -> None:
    status, out, err = ran(mailzone, folder, "-f", form)
    assert (status, err) == (0, "")
    assert words in out
    assert "<b>" not in out or form == "text"


def test_the_calendar_keeps_to_windows_and_freezes(folder: Path, mailzone: Run) -> None:
    out = ran(mailzone, folder, "-f", "ics")[1]
    begins = [line.removeprefix("DTSTART:").strip() for line in out.splitlines() if line.startswith("DTSTART")]
    assert begins[0] == "20270201T170000Z"  # six in the evening in Vienna
    assert begins[1] == "20270201T190500Z"
    assert begins[2] == "20270201T192000Z"
    assert begins[4] == "20270208T193000Z"  # seven days without the old sender
    assert all(len(line.encode()) <= 76 for line in out.split("\n"))


def test_check_says_only_what_must_not_be_done(folder: Path, mailzone: Run) -> None:
    assert ran(mailzone, folder, "--check") == (0, "", "")
    (folder / "PLAN.yaml").write_text(PLAN + "    done: [mailboxes-nwe]\n")
    status, out, _ = ran(mailzone, folder, "--check")
    assert status == 1
    assert "did you mean `mailboxes-new`" in out


def test_a_faulty_plan_is_told_with_places(folder: Path, mailzone: Run) -> None:
    (folder / "PLAN.yaml").write_text("stages: [{name: x, mial: {}}]\n")
    status, _, err = ran(mailzone, folder)
    assert status == 2
    assert "PLAN.yaml:1:20" in err
    assert "did you mean `mail`" in err


def test_steps_are_written_as_files(folder: Path, mailzone: Run) -> None:
    target = folder / "steps"
    status, _, _ = ran(mailzone, folder, "--write", str(target))
    names = sorted(path.name for path in target.iterdir())
    last = (target / names[-1] / "zones" / "example.com.yaml").read_text()

    assert status == 0
    assert [name[:2] for name in names] == ["01", "02", "03", "04", "05", "06"]
    assert last == ZONE.replace("mx.web.test", "mx.new.test").replace("192.0.2.10", "198.51.100.7")
    assert (folder / "zones" / "example.com.yaml").read_text() == ZONE
    assert ran(mailzone, folder, "--write", str(target))[0] == 2


def test_write_stops_before_what_is_to_be_looked_up(folder: Path, mailzone: Run) -> None:
    (folder / ".mailzone.yaml").write_text(
        CONFIG.replace("receives: [mx.new.test], spf: 'ip4:198.51.100.7'", "provider: microsoft-365")
    )
    (folder / "zones" / "example.com.yaml").write_text(
        ZONE.replace("value: v=spf1", "values: [MS=ms1, v=spf1").replace("-all", "-all]")
    )
    status, _, err = ran(mailzone, folder, "--write", str(folder / "steps"))
    assert status == 0
    assert "lacks CNAME at selector1._domainkey.example.com" in err


def test_branches_hold_a_commit_for_each_step(folder: Path, mailzone: Run) -> None:
    def git(*words: str) -> str:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@a.test", *words]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout

    (folder / ".git").rmdir()
    git("init", "-q")
    git("config", "user.name", "a")
    git("config", "user.email", "a@a.test")
    git("add", "-A")
    git("commit", "-qm", "start")
    status, out, _ = ran(mailzone, folder, "--branches")

    assert status == 0
    assert len(out.splitlines()) == 5
    log = git("log", "--format=%s", "plan/a-b-move-b-of-mail").splitlines()
    assert [line.partition(":")[0] for line in log[:2]] == ["Raise TTLs again", "Retire what is no longer used"]
    assert git("status", "--porcelain") == ""
    assert "Declare with it, in `mail:` of" in git("log", "--format=%b", "plan/a-b-move-b-of-mail")
    assert "198.51.100.7" in git("show", "plan/a-b-move-b-of-mail:zones/example.com.yaml")
    assert ran(mailzone, folder, "--branches")[0] == 2


@pytest.mark.parametrize(
    ("form", "before"), [("text", "declare: "), ("markdown", "- [ ] Declare "), ("html", "<li>Declare ")]
)
def test_a_step_says_what_to_declare_with_it(folder: Path, mailzone: Run, form: str, before: str) -> None:
    path, out = folder / ".mailzone.yaml", ran(mailzone, folder, "-f", form)[1]
    said = [line for line in out.splitlines() if before in line]
    assert len(said) == 1
    assert f"in `mail:` of {path}: `example.com` with `receives: new`, `sends: [new]`" in said[0].replace("\\_", "_")


def test_what_to_declare_comes_with_the_step_that_moves_mail_else_with_the_last(folder: Path, mailzone: Run) -> None:
    def declared() -> dict[str, list[str]]:
        stages = json.loads(ran(mailzone, folder, "-f", "json")[1])["stages"]
        return {step["title"]: step["declare"] for stage in stages for step in stage["steps"] if step["declare"]}

    path = folder / ".mailzone.yaml"
    assert declared() == {
        "Switch mail: example.com": [f"in `mail:` of {path}: `example.com` with `receives: new`, `sends: [new]`"]
    }
    add = "systems: {r: {spf: 'ip4:198.51.100.9'}}\n    mail: {example.com: {sends: [web, r]}}"
    (folder / "PLAN.yaml").write_text(f"stages:\n  - name: x\n    {add}\n")
    assert list(declared().values()) == [
        [f"in `systems:` of {path}: `r` as in the plan", f"in `mail:` of {path}: `example.com` with `sends: [web, r]`"]
    ]
    path.write_text("zones: [zones/*.yaml]\n")  # where nothing is declared, nothing is left behind
    (folder / "PLAN.yaml").write_text(PLAN.replace("mail: {", "systems: {new: {receives: [mx.new.test]}}\n    mail: {"))
    assert declared() == {}


def test_letters_are_for_users_and_hosts(folder: Path, mailzone: Run) -> None:
    out = ran(mailzone, folder, "--letters")[1]
    assert "To the users" in out
    assert "To the old host" in out


def test_a_draft_is_a_plan(folder: Path, mailzone: Run) -> None:
    (folder / ".mailzone.yaml").write_text("zones: [zones/*.yaml]\n")
    (folder / "PLAN.yaml").unlink()
    words = ("--init", "example.com", "--to", "microsoft-365", "--on", "o365.example.com", "--people", "10")
    assert ran(mailzone, folder, *words)[0] == 0
    text = (folder / "PLAN.yaml").read_text()
    assert "mx.web.test" in text
    status, out, _ = ran(mailzone, folder)
    assert status == 0
    assert "Switch mail: o365.example.com" in out
    assert ran(mailzone, folder, *words)[0] == 2
    (folder / "PLAN.yaml").unlink()
    assert ran(mailzone, folder, "--init", "example.com", "--to", "Office 365")[0] == 0
    assert "receives: microsoft-365" in (folder / "PLAN.yaml").read_text()
    assert "`mailzone providers` lists them" in mailzone("plan", str(folder / "N.yaml"), "--init", "example.com").err
    assert (
        "did you mean `microsoft-365`"
        in mailzone("plan", str(folder / "N.yaml"), "--init", "example.com", "--to", "microsoft-356").err
    )


def test_status_tells_which_step_is_served(folder: Path, mailzone: Run) -> None:
    with running({"example.com.": MASTER}) as server:
        status, out, _ = ran(mailzone, folder, "--status", "--server", f"{server.address}:{server.port}")
    assert status == 0
    assert "example.com: before the plan is served by 1 of 1 servers" in out
    assert "next is 1.1" in out
    lowered = MASTER.replace("@ 7200 IN MX", "@ 300 IN MX")
    with running({"example.com.": lowered}) as server:
        _, out, err = ran(mailzone, folder, "--status", "--server", f"{server.address}:{server.port}")
    assert err == ""
    assert "example.com: step 1.1 (Lower TTLs: example.com) is served by 1 of 1" in out
    assert "due after 2 h 5 min from now on" in out
    with running({"example.com.": MASTER.replace("192.0.2.10", "192.0.2.11")}) as server:
        status, out, _ = ran(mailzone, folder, "--status", "--server", f"{server.address}:{server.port}")
    assert status == 1
    assert "none of the plan's steps" in out


def test_status_is_told_from_recordings(folder: Path, mailzone: Run) -> None:
    answers = folder / "seen.answers"
    answers.write_text(
        "version: 1\nanswers:\n  example.com:\n"
        '    MX: {ttl: 7200, seen: 2027-01-30, values: ["10 mx.web.test."]}\n'
        '    TXT: {ttl: 600, seen: 2027-01-30, values: ["\\"v=spf1 ip4:192.0.2.10 -all\\""]}\n'
    )
    status, out, _ = ran(mailzone, folder, "--status", "--answers", str(answers))
    assert status == 0
    assert "since 2027-01-30 at the latest" in out


def test_the_schema_of_plans_is_printed(mailzone: Run) -> None:
    assert json.loads(mailzone("schema", "plan").out)["required"] == ["stages"]


def test_a_plan_that_cannot_be_judged_whole_is_refused(
    folder: Path, mailzone: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(active: ActiveRule) -> Check:
        def check(_: Any) -> NoReturn:
            raise ZeroDivisionError(active.rule.name)

        return check

    monkeypatch.setattr(work, "_called", failing)
    status, out, err = ran(mailzone, folder, "--check")

    assert (status, out) == (2, "")
    assert "ZeroDivisionError" in err
    assert "the plan cannot be judged without it" in err
