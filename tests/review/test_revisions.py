"""Which revisions a review compares, and that nothing in a repository is run, followed or trusted for it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run, clean_environment
from tests.cli.conftest import mailzone as mailzone
from tests.report.readers import elements, markdown_html

from .pull_requests import ZONE, zone
from .repositories import Repository

MOVED = zone(mx="10, exchange: mx.other.example.")
STRICT = zone(dmarc="v=DMARC1\\; p=reject\\; rua=mailto:dmarc@acme.example")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    found = Repository(tmp_path)
    found.commit({ZONE: zone()})
    return found


def names(ran: Ran) -> list[str]:
    found: list[str] = json.loads(ran.out)["names"]
    return found


def test_the_base_is_where_the_head_has_left_it(repository: Repository, mailzone: Run) -> None:
    repository.git("switch", "-q", "-c", "topic")
    repository.commit({"zones/b.example.yaml": zone()})
    repository.git("switch", "-q", "main")
    repository.commit({ZONE: STRICT})
    assert names(mailzone("review", "main", "topic", "-f", "json")) == ["b.example."]
    both = ["acme.example.", "b.example."]
    assert sorted(names(mailzone("review", "--exact", "main", "topic", "-f", "json"))) == both
    repository.git("switch", "-q", "topic")
    assert names(mailzone("review", "main", "-f", "json")) == ["b.example."]


def test_the_work_tree_counts_with_untracked_and_without_ignored_files(repository: Repository, mailzone: Run) -> None:
    repository.commit({".gitignore": "zones/ignored*\n"})
    repository.put({"zones/new.example.yaml": zone(), "zones/ignored.example.yaml": zone()})
    out = mailzone("review", "HEAD").out
    assert "new.example" in out
    assert "ignored.example" not in out
    assert repository.git("status", "--porcelain") == "?? zones/new.example.yaml\n"


def test_the_work_tree_stays_as_it_is(repository: Repository, mailzone: Run) -> None:
    repository.commit({ZONE: MOVED})
    (repository.folder / ZONE).write_text("x: y\n")
    before = sorted((path, path.stat().st_mtime_ns) for path in repository.folder.rglob("*") if path.is_file())
    assert mailzone("review", "HEAD~1", "HEAD").status == 1
    assert sorted((path, path.stat().st_mtime_ns) for path in repository.folder.rglob("*") if path.is_file()) == before


def alone(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command in a process and a folder of its own."""
    command = [sys.executable, "-m", "linter", *words]
    environment = clean_environment()
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


def test_paths_are_those_of_the_working_folder(repository: Repository) -> None:
    repository.commit({ZONE: MOVED})
    for words in (("HEAD~1", "HEAD"), ("HEAD~1",)):
        done = alone(repository.folder / "zones", "review", *words)
        assert done.returncode == 1
        assert " acme.example.yaml:" in done.stdout
        assert "/tmp" not in done.stdout


@pytest.mark.parametrize("words", [("nowhere",), ("HEAD", "nowhere"), ("--exact", "nowhere"), ("--output=x",), ("",)])
def test_a_revision_that_is_not_there(repository: Repository, mailzone: Run, words: tuple[str, ...]) -> None:
    ran = mailzone("review", *words)
    assert ran.status == 2
    assert ran.out == ""
    assert not (repository.folder / "x").exists()


def test_a_shallow_clone_says_what_to_do(repository: Repository, mailzone: Run, tmp_path: Path) -> None:
    first = repository.git("rev-parse", "HEAD").strip()
    repository.commit({ZONE: MOVED})
    clone = tmp_path / "clone"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{tmp_path}", str(clone)], check=True, capture_output=True
    )
    ran = alone(clone, "review", first)
    assert ran.returncode == 2
    assert "fetch-depth" in ran.stderr


def test_what_a_zone_includes_counts(repository: Repository, mailzone: Run) -> None:
    text = "---\n'': !include parts/mail.yaml\n"
    record = "{type: MX, ttl: 300, value: {preference: 1, exchange: %s.}}\n"
    repository.commit({"zones/c.example.yaml": text, "zones/parts/mail.yaml": record % "smtp.google.com"})
    second = repository.commit({"zones/parts/mail.yaml": record % "mx.other.example"})
    for words in (("HEAD~1", "HEAD"), ("HEAD~1",), (second, "HEAD~1", "--exact")):
        assert names(mailzone("review", *words, "-f", "json")) == ["c.example."]


def test_a_lock_that_changes_is_part_of_it(repository: Repository, mailzone: Run) -> None:
    lock = "version: 1\nanswers:\n  _spf.webhost.example:\n    TXT: {ttl: 60, seen: 2026-11-02, values: ['%s']}\n"
    repository.commit({"mailzone.lock": lock % "v=spf1 ip4:192.0.2.1 -all"})
    repository.put({"mailzone.lock": lock % "v=spf1 ip4:192.0.2.0/31 -all"})
    found = json.loads(mailzone("review", "HEAD", "-f", "json").out)["addresses"]["acme.example."]
    assert found["added"] == ["192.0.2.0"]
    assert found["removed"] == []


HOOK = """#!/bin/sh
while read -r old new ref; do
    [ "$ref" = refs/heads/main ] || continue
    case "$old$new" in *0000000000000000000000000000000000000000*) continue ;; esac
    mailzone review --exact "$old" "$new" || exit 1
done
"""


def test_the_hook_of_the_manual_refuses_a_push(repository: Repository, tmp_path: Path) -> None:
    assert HOOK in (Path(__file__).parents[2] / "docs" / "review.md").read_text()
    server = tmp_path / "server.git"
    repository.git("clone", "-q", "--bare", ".", str(server))
    command = f"{sys.executable} -m linter review"
    path = str(Path(__file__).parents[2])
    hook = server / "hooks" / "pre-receive"
    hook.write_text(HOOK.replace("mailzone review", f"PYTHONPATH='{path}' {command}"))
    hook.chmod(0o700)
    good = repository.commit({ZONE: zone(more="www: {type: A, value: 192.0.2.1}\n")})
    repository.git("push", "-q", str(server), "main")
    repository.commit({ZONE: MOVED})
    with pytest.raises(subprocess.CalledProcessError) as refused:
        repository.git("push", "-q", str(server), "main")
    assert "must not be merged" in refused.value.stderr.lower()
    assert repository.git("--git-dir", str(server), "rev-parse", "main").strip() == good
    assert alone(server, "review", "main").returncode == 2


def test_outside_of_a_repository(mailzone: Run) -> None:
    ran = mailzone("review", "main")
    assert (ran.status, ran.out) == (2, "")
    assert "git knows no repository" in ran.err


def test_nothing_that_a_repository_configures_is_run(repository: Repository, mailzone: Run) -> None:
    proof = repository.folder / "run"
    program = repository.folder / "program"
    program.write_text(f"#!/bin/sh\ntouch {proof}\ncat\n")
    program.chmod(0o700)
    for name in ("core.fsmonitor", "diff.external", "diff.x.textconv", "filter.x.smudge", "filter.x.clean"):
        repository.git("config", name, str(program))
    (repository.folder / ".git" / "hooks" / "post-checkout").write_text(f"#!/bin/sh\ntouch {proof}\n")
    (repository.folder / ".git" / "hooks" / "post-checkout").chmod(0o700)
    repository.put({".gitattributes": "* filter=x diff=x\n", ZONE: MOVED})
    assert mailzone("review", "HEAD").status == 1
    assert not proof.exists()


def test_replaced_objects_do_not_count(repository: Repository, mailzone: Run) -> None:
    first = repository.git("rev-parse", "HEAD").strip()
    second = repository.commit({ZONE: MOVED})
    repository.git("replace", first, second)
    assert mailzone("review", first, second).status == 1


def test_links_and_binary_files_and_submodules(repository: Repository, mailzone: Run) -> None:
    repository.put({"zones/junk.example.yaml": bytes(range(256)) * 10})
    (repository.folder / "zones" / "link.example.yaml").symlink_to("/etc/passwd")
    repository.git("add", "-A")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},zones/module")
    repository.git("commit", "-q", "-m", "x")
    ran = mailzone("review", "HEAD~1", "HEAD", "-f", "json")
    assert ran.status in (1, 2)
    assert "root:" not in ran.out + ran.err
    back = mailzone("review", "--exact", "HEAD", "HEAD~1")
    assert back.status == 0


def test_a_merge_is_reviewed_against_either_parent(repository: Repository, mailzone: Run) -> None:
    repository.git("switch", "-q", "-c", "topic")
    repository.commit({"zones/b.example.yaml": zone()})
    repository.git("switch", "-q", "main")
    repository.commit({ZONE: STRICT})
    repository.git("merge", "-q", "--no-edit", "topic")
    assert "b.example" in mailzone("review", "HEAD^", "HEAD").out
    assert "acme.example" in mailzone("review", "--exact", "HEAD^2", "HEAD").out


def test_a_base_whose_configuration_is_broken(repository: Repository, mailzone: Run) -> None:
    repository.commit({".mailzone.yaml": "profile: [\n"})
    ran = mailzone("review", "HEAD", "-f", "json")
    assert ran.status == 2
    repository.put({".mailzone.yaml": "profile: recommended\n"})
    ran = mailzone("review", "HEAD", "-f", "json")
    assert ran.status == 0
    assert "without a configuration" in json.loads(ran.out)["problems"][0]["message"]


LOCK = "version: 1\nanswers: {}\n"


@pytest.mark.parametrize(
    ("path", "broken", "whole"),
    [
        ("mailzone.lock", f"<<<<<<< x\n{LOCK}", LOCK),
        ("known.yaml", "x: y\n", "# nothing\n"),
        ("known.yaml", None, "# nothing\n"),
    ],
    ids=["lock", "baseline", "no baseline"],
)
def test_a_base_whose_lock_or_baseline_is_broken(
    repository: Repository, mailzone: Run, path: str, broken: str | None, whole: str
) -> None:
    config = {".mailzone.yaml": f"{'baseline: known.yaml' if path == 'known.yaml' else 'profile: recommended'}\n"}
    repository.commit({**config, **({path: broken} if broken else {})})
    repository.commit({path: whole})
    ran = mailzone("review", "HEAD~1", "HEAD", "-f", "json")
    assert (ran.status, ran.err) == (0, "")
    [problem] = json.loads(ran.out)["problems"]
    assert problem["message"].endswith("its zones are read without lock and baseline")
    assert "/tmp" not in ran.out

    back = mailzone("review", "--exact", "HEAD", "HEAD~1")
    assert (back.status, back.out) == (2, "")
    assert path in back.err
    assert "/tmp" not in back.err


def test_nothing_is_a_zone(tmp_path: Path, mailzone: Run) -> None:
    repository = Repository(tmp_path)
    repository.commit({"README.md": "x\n"})
    ran = mailzone("review", "HEAD")
    assert ran.status == 2
    assert "no zone file" in ran.err


def test_hostile_values_stay_text(repository: Repository, mailzone: Run) -> None:
    nasty = '"v=spf1 include:<img/src=x>.example \\e[31m\\u202e `x` @team ]]> ::error::x -all"'
    repository.put({ZONE: zone().replace("v=spf1 include:_spf.webhost.example -all", nasty)})
    for form in ("text", "markdown", "json", "html"):
        out = mailzone("review", "HEAD", "-f", form).out
        assert "\x1b" not in out
        assert "\u202e" not in out
    out = mailzone("review", "HEAD", "-f", "markdown").out
    assert {"img", "a", "script"}.isdisjoint(tag for tag, _ in elements(markdown_html(out)).found)
    assert len(out.encode()) < 65_000
