"""Files that commands write: whole, never through links or over what is read, and no two in one."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.cli.outputs import STANDARD_OUTPUT, Output, outputs
from linter.run.refused import Refused
from tests.live.servers import Server, free_port, running
from tests.live.worlds import FILE, SERVED

from .conftest import JUDGED, Run

BAD = "a: {type: TXT, value: v=spf1 nclude:x.example -all}\n"
ANSWERS = "version: 1\nanswers:\n  x.example:\n    TXT: ['v=spf1 -all']\n"
READ = "is a file that this command reads, and is not written over"
FORMATS = ("text", "json")


@pytest.mark.parametrize(
    ("given", "other", "expected"),
    [
        (None, None, [("text", "")]),
        (["json"], None, [("json", "")]),
        (["json=-"], None, [("json", "")]),
        (["json=out", "text=-"], None, [("json", "out"), ("text", "")]),
        (["json=./-"], None, [("json", "./-")]),
        (["json=a=b"], None, [("json", "a=b")]),
        (["json=out"], STANDARD_OUTPUT, [("json", "out")]),
        (["json=out", "text"], "other", [("json", "out"), ("text", "")]),
    ],
)
def test_where_output_goes(given: list[str] | None, other: str | None, expected: list[tuple[str, str]]) -> None:
    assert outputs(given, FORMATS, other) == tuple(Output(*each) for each in expected)


@pytest.mark.parametrize(
    ("given", "other", "words"),
    [
        (["json", "text"], None, "two formats for standard output"),
        (["json=-", "text"], None, "two formats for standard output"),
        (["json=-", "json=-"], None, "two formats for standard output"),
        (["json"], STANDARD_OUTPUT, "two outputs for standard output"),
        (["json="], None, "`-f json=` names no file; `-f json=-` is standard output"),
        (["xml=out"], None, "there is no format `xml`"),
        (["json=out", "text=out"], None, "two outputs for one file, out"),
        (["json=out", "text=./out"], None, "two outputs for one file"),
        (["json=out", "text=folder/../out"], None, "two outputs for one file"),
        (["json=out", "text=linked/../../out"], None, "two outputs for one file"),
        (["json=folder/out", "text=linked/out"], None, "two outputs for one file"),
        (["json=one", "text=hard"], None, "two outputs for one file"),
        (["json=one", "text=soft"], None, "two outputs for one file"),
        (["json=out"], "./out", "two outputs for one file"),
    ],
)
def test_what_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[str], other: str | None, words: str
) -> None:
    base = tmp_path / "base"
    (base / "folder" / "deep").mkdir(parents=True)
    (base / "linked").symlink_to("folder/deep" if "linked/../../" in str(given) else "folder")
    (base / "one").write_text("")
    (base / "hard").hardlink_to(base / "one")
    (base / "soft").symlink_to("one")
    monkeypatch.chdir(base)

    with pytest.raises(Refused, match=words):
        outputs(given, FORMATS, other)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository in which everything is there that a run can read, and other names of it."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "zones").mkdir()
    files = {
        "zones/a.example.yaml": BAD + "b: !include part.inc\n",
        "zones/part.inc": "{type: A, value: 192.0.2.1}\n",
        "zones/other.example.yaml": "www: {type: A, value: 192.0.2.1}\n",
        "config/production.yaml": "providers:\n  config: {class: octodns.provider.yaml.YamlProvider, "
        "directory: zones}\nzones:\n  a.example.: {sources: [config], targets: []}\n",
        ".mailzone.yaml": "zones: [zones/*.yaml]\nprofile: house.yaml\nmta-sts: {a.example: policy.txt}\n",
        "house.yaml": "extends: below.yaml\nrules: {}\n",
        "below.yaml": "rules: {}\n",
        "policy.txt": "version: STSv1\nmode: none\nmax_age: 86400\n",
        "mailzone.lock": ANSWERS,
        "known.answers": ANSWERS,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


INPUTS = [
    "zones/a.example.yaml",
    "./zones/../zones/a.example.yaml",
    "zones/part.inc",
    "zones/other.example.yaml",
    "config/production.yaml",
    ".mailzone.yaml",
    "house.yaml",
    "below.yaml",
    "policy.txt",
    "mailzone.lock",
    "known.answers",
]


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("name", INPUTS)
def test_no_report_takes_the_place_of_what_was_read(mailzone: Run, repository: Path, name: str, jobs: str) -> None:
    before = (repository / name).read_text()
    (repository / "hard").hardlink_to(repository / name)

    for spelled in (name, str(repository / name), "hard"):
        ran = mailzone("check", "--answers", "known.answers", "--jobs", jobs, "-f", "text", "-f", f"json={spelled}")

        assert (ran.status, ran.err) == (2, f"mailzone: cannot write {spelled}: {READ}\n")
        assert "spf-unknown-mechanism" in ran.out
        assert (repository / name).read_text() == before


@pytest.mark.parametrize(
    "command", [("spf", "a.example"), ("senders",), ("records", "a.example"), ("check", "zones/a.example.yaml")]
)
@pytest.mark.parametrize("name", ["zones/other.example.yaml", ".mailzone.yaml"])
def test_every_command_leaves_its_zones_alone(
    mailzone: Run, repository: Path, command: tuple[str, ...], name: str
) -> None:
    (repository / ".mailzone.yaml").write_text("mail: {a.example: {receives: nothing, sends: []}}\n")
    before = (repository / name).read_text()
    paths = () if command[0] == "check" else ("zones",)

    ran = mailzone(*command, *paths, "-f", f"json={name}")

    assert (ran.status, READ in ran.err) == (2, True)
    assert (repository / name).read_text() == before


def test_standard_input_is_what_is_read_too(mailzone: Run, repository: Path) -> None:
    ran = mailzone(
        "check", "-", "--stdin-filename", "zones/a.example.yaml", "-f", "json=zones/a.example.yaml", stdin=BAD
    )

    assert (ran.status, READ in ran.err) == (2, True)
    assert "include" in (repository / "zones/a.example.yaml").read_text()


def test_other_files_are_written_over(mailzone: Run, repository: Path) -> None:
    (repository / "report.json").write_text("x" * 100_000)
    (repository / "report.json").chmod(0o640)

    ran = mailzone("check", "-f", "json=report.json")

    assert (ran.status, ran.out, ran.err) == (1, "", "")
    assert json.loads((repository / "report.json").read_text())["summary"]["error"] == 1
    assert (repository / "report.json").stat().st_mode & 0o777 == 0o640
    assert [name for name in os.listdir(repository) if name.startswith(".mailzone-")] == []


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("link", "is a link, and nothing is written through one; `-` is standard output"),
        ("dangling", "is a link"),
        ("pipe", "is not a regular file; `-` is standard output"),
        ("/dev/null", "is not a regular file"),
        ("/dev/stdout", "is a link"),
        ("zones", "is a directory"),
        ("nowhere/out", "no such file or directory"),
        ("away/out", "is behind a link that points out of the repository, and is not written"),
        ("zones/../away/out", "is behind a link that points out of the repository"),
        ("away/../out", "is behind a link that points out of the repository"),
        ("a\x1bb/out", "no such file or directory"),
    ],
)
def test_places_that_nothing_is_written_to(
    mailzone: Run, repository: Path, tmp_path_factory: pytest.TempPathFactory, file: str, words: str
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (repository / "aim").write_text("old")
    (repository / "link").symlink_to("aim")
    (repository / "dangling").symlink_to(outside / "new")
    (repository / "away").symlink_to(outside)
    os.mkfifo(repository / "pipe")
    device = os.stat("/dev/null")

    ran = mailzone("check", "-f", "text", "-f", f"json={file}")

    assert (ran.status, words in ran.err, "\x1b" in ran.err) == (2, True, False)
    assert "spf-unknown-mechanism" in ran.out
    assert (repository / "aim").read_text() == "old"
    assert os.listdir(outside) == []
    assert os.path.samestat(os.stat("/dev/null"), device)


def test_a_link_within_the_repository_is_a_way_like_any_other(mailzone: Run, repository: Path) -> None:
    (repository / "reports").mkdir()
    (repository / "way").symlink_to("reports")

    assert mailzone("check", "-f", "json=way/out").err == ""
    assert (repository / "reports" / "out").exists()


def test_a_path_outside_is_the_users_own(
    mailzone: Run, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (tmp_path / "a.example.yaml").write_text(BAD)
    place = tmp_path_factory.mktemp("outside") / "out"

    assert mailzone("check", "-f", f"json={place}").err == ""
    assert place.exists()


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    """A server that somebody answers at."""
    with running({"example.com.": SERVED}) as server:
        yield server


@pytest.fixture
def zone(tmp_path: Path) -> Path:
    """A repository with one zone."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "example.com.yaml").write_text(FILE)
    return tmp_path


def at(server: Server) -> tuple[str, str]:
    return ("--server", f"{server.address}:{server.port}")


def nobody() -> tuple[str, ...]:
    return ("--server", f"127.0.0.1:{free_port()}", "--timeout", "1", "--tries", "3")


def test_a_recording_on_standard_output(mailzone: Run, zone: Path, served: Server) -> None:
    ran = mailzone("compare", *at(served), "--record", "-")

    assert (ran.status, ran.err) == (
        0,
        JUDGED + "nothing to report: 7 records of 1 zone compared\n",
    )
    (zone / "seen.answers").write_text(ran.out)
    assert mailzone("compare", "--answers", "seen.answers").status == 0
    both = mailzone("compare", *at(served), "--record", "-", "-f", "json=report.json")
    assert (both.status, both.err, both.out.startswith("# What the name servers")) == (0, "", True)
    assert json.loads((zone / "report.json").read_text())["findings"] == []
    refused = mailzone("compare", *at(served), "--record", "-", "-f", "json")
    assert (refused.status, refused.out, "two outputs for standard output" in refused.err) == (2, "", True)
    assert sorted(os.listdir(zone)) == [".git", "example.com.yaml", "report.json", "seen.answers"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--record", "example.com.yaml"), READ),
        (("--record", "./example.com.yaml", "."), READ),
        (("-f", "json=example.com.yaml"), READ),
        (("--record", "/dev/null"), "is not a regular file"),
        (("--record", ""), "`--record` names no file; `--record -` is standard output"),
        (("--record", "out", "-f", "json=./out"), "two outputs for one file"),
        (("--record", "config.yaml", "-c", "config.yaml"), READ),
    ],
)
def test_no_recording_takes_the_place_of_anything_else(
    mailzone: Run, zone: Path, served: Server, arguments: tuple[str, ...], words: str
) -> None:
    (zone / "config.yaml").write_text("profile: strict\n")
    ran = mailzone("compare", *at(served), *arguments)

    assert (ran.status, words in ran.err) == (2, True), ran.err
    assert (zone / "example.com.yaml").read_text() == FILE
    assert sorted(os.listdir(zone)) == [".git", "config.yaml", "example.com.yaml"]


def test_silence_does_not_take_the_place_of_a_recording(mailzone: Run, zone: Path, served: Server) -> None:
    assert mailzone("compare", *at(served), "--record", "seen.answers").status == 0
    before = (zone / "seen.answers").read_text()

    ran = mailzone("compare", *nobody(), "--record", "seen.answers")

    assert (ran.status, (zone / "seen.answers").read_text() == before) == (2, True)
    assert "mailzone: seen.answers stays as it is, since there was no answer\n" in ran.err
    assert mailzone("compare", *at(served), "--record", "seen.answers").err == ""


@pytest.mark.parametrize(
    ("prepare", "arguments", "words"),
    [
        ("link", (), "mailzone.lock: is a link"),
        ("pipe", (), "mailzone.lock"),
        ("file", ("--answers", "mailzone.lock"), "mailzone.lock is named by `--answers`"),
        ("file", ("--answers", "./mailzone.lock"), "mailzone.lock is named by `--answers`"),
    ],
)
def test_a_lock_is_written_in_its_own_place_alone(
    mailzone: Run, zone: Path, served: Server, prepare: str, arguments: tuple[str, ...], words: str
) -> None:
    (zone / "aim").write_text(ANSWERS)
    if prepare == "link":
        (zone / "mailzone.lock").symlink_to("aim")
    elif prepare == "pipe":
        os.mkfifo(zone / "mailzone.lock")
    else:
        (zone / "mailzone.lock").write_text(ANSWERS)
    before = (zone / "mailzone.lock").lstat().st_ino

    ran = mailzone("lock", *at(served), *arguments)

    assert (ran.status, words in ran.err) == (2, True), ran.err
    assert ((zone / "mailzone.lock").lstat().st_ino, (zone / "aim").read_text()) == (before, ANSWERS)


def test_a_lock_that_was_read_is_written(mailzone: Run, zone: Path, served: Server) -> None:
    (zone / "example.com.yaml").unlink()
    (zone / "example.net.yaml").write_text("'': {type: TXT, value: v=spf1 include:example.com -all}\n")
    (zone / "mailzone.lock").write_text(ANSWERS)
    (zone / "mailzone.lock").chmod(0o600)

    ran = mailzone("lock", *at(served))

    assert "dropped" in ran.out
    assert (zone / "mailzone.lock").stat().st_mode & 0o777 == 0o600
