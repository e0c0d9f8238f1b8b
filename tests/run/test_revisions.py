"""Revisions of a repository: read from git's objects as they were committed, by no program that it names."""

import os
import subprocess
from pathlib import Path

import pytest

from linter.cli.options import CheckOptions
from linter.run.refused import Refused
from linter.run.revisions import resolved, revision
from linter.run.wanted import wanted_files

ZONE = 'www: {type: CNAME, value: a.example.net.}\n"": {type: TXT, value: v=spf1 -all}\n'


def git(folder: Path, *arguments: str) -> str:
    names = ("-c", "user.name=a", "-c", "user.email=a@a.example", "-c", "init.defaultBranch=main")
    ran = subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def made(*arguments: str, given: bytes = b"") -> str:
    """The name of an object that git makes."""
    return subprocess.run(["git", *arguments], input=given, capture_output=True, check=True).stdout.decode().strip()


def commit(folder: Path, **files: str | None) -> str:
    """Commit files given by path, `__` for `/`; None deletes one."""
    for name, text in files.items():
        path = folder / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "a commit", "--allow-empty")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q")
    monkeypatch.chdir(folder)
    return folder


def test_files_are_those_of_the_commit_whatever_the_working_tree_holds(repository: Path) -> None:
    first = commit(repository, **{"zones/a.example.yaml": ZONE, "zones/b.example.yaml": ZONE})
    (repository / "zones/a.example.yaml").write_text("changed", encoding="utf-8")
    (repository / "zones/b.example.yaml").unlink()
    with revision("HEAD") as at:
        assert at.commit == first
        assert Path(at.placed("zones/a.example.yaml")).read_text(encoding="utf-8") == ZONE
        options = at.options(CheckOptions())
        found = wanted_files(options, options.paths)
        assert sorted(at.path_of(path) for path in found.files) == ["zones/a.example.yaml", "zones/b.example.yaml"]
        place = at.place
    assert not os.path.lexists(place)


def test_the_configuration_is_that_of_the_commit_and_none_above_is_looked_for(repository: Path, tmp_path: Path) -> None:
    commit(repository, **{".mailzone.yaml": "zones: [z/*.yaml]\n", "z/a.example.yaml": ZONE, "b.example.yaml": ZONE})
    (repository / ".mailzone.yaml").write_text("zones: [b.example.yaml]\n", encoding="utf-8")
    with revision("HEAD") as at:
        options = at.options(CheckOptions())
        assert [at.path_of(path) for path in wanted_files(options, []).files] == ["z/a.example.yaml"]
    commit(repository, **{".mailzone.yaml": None})
    with revision("HEAD") as at:
        Path(at.place).parent.joinpath(".mailzone.yaml").write_text("nonsense: 1\n", encoding="utf-8")
        options = at.options(CheckOptions())
        assert len(wanted_files(options, []).files) == 2
    (tmp_path / ".mailzone.yaml").write_text("zones: ['*.yaml']\n", encoding="utf-8")
    with revision("HEAD") as at, pytest.raises(Refused, match="lie outside the repository"):
        at.options(CheckOptions())


def test_paths_that_the_revision_does_not_have_are_left_out(repository: Path) -> None:
    commit(repository, **{"z/a.example.yaml": ZONE})
    (repository / "z/b.example.yaml").write_text(ZONE, encoding="utf-8")
    options = CheckOptions()
    options.paths = ["z/a.example.yaml", str(repository / "z" / "b.example.yaml"), "z/../z/a.example.yaml"]
    with revision("HEAD") as at:
        assert {at.path_of(path) for path in at.options(options).paths} == {"z/a.example.yaml"}
        assert at.has("z/a.example.yaml")
        assert not at.has("z/b.example.yaml")


def test_policies_locks_and_included_files_are_laid_out_and_other_files_are_not(repository: Path) -> None:
    files = {
        ".mailzone.yaml": "mta-sts: {a.example: policies/one.txt}\n",
        "policies/one.txt": "version: STSv1\n",
        "mailzone.lock": "version: 1\n",
        "a.example.yaml": 'www: !include "parts/www.part"\n',
        "parts/www.part": "{type: A, value: 192.0.2.1}\n",
        "program.py": "print()\n",
    }
    commit(repository, **files)
    with revision("HEAD") as at:
        assert {name for name in files if at.has(name)} == files.keys() - {"program.py"}


def test_a_merge_base_is_where_two_lines_parted(repository: Path) -> None:
    first = commit(repository, **{"a.example.yaml": ZONE})
    git(repository, "checkout", "-q", "-b", "work")
    commit(repository, **{"b.example.yaml": ZONE})
    git(repository, "checkout", "-q", "main")
    last = commit(repository, **{"c.example.yaml": ZONE})
    git(repository, "checkout", "-q", "work")
    assert resolved("merge-base:main") == first
    assert resolved("main") == last


@pytest.mark.parametrize("word", ["mian", "", "merge-base:", "--help", "a\0b", "HEAD:a.example.yaml", "-"])
def test_what_is_no_commit_is_refused(repository: Path, word: str) -> None:
    commit(repository, **{"a.example.yaml": ZONE})
    with pytest.raises(Refused, match="is not a revision that git has here"):
        resolved(word)


def test_a_shallow_clone_says_how_to_have_all_of_it(repository: Path, tmp_path: Path) -> None:
    commit(repository, **{"a.example.yaml": ZONE})
    commit(repository, **{"b.example.yaml": ZONE})
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "shallow")
    for word in ("other", "merge-base:other", "HEAD~1"):
        with pytest.raises(Refused, match="fetch-depth: 0"):
            resolved(word, str(tmp_path / "shallow"))


def test_nothing_that_the_repository_names_is_run_or_replaces_a_file(repository: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {trace}\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    first = commit(repository, **{"a.example.yaml": ZONE, ".gitattributes": "*.yaml filter=f diff=f\n"})
    other = made("hash-object", "-w", "--stdin", given=b"other")
    for name in (
        "filter.f.smudge",
        "diff.f.textconv",
        "diff.f.command",
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
    ):
        git(repository, "config", name, str(program))
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "post-checkout").symlink_to(program)
    git(repository, "config", "core.hooksPath", str(hooks))
    blob = git(repository, "rev-parse", f"{first}:a.example.yaml")
    git(repository, "replace", blob, other)
    trace.unlink(missing_ok=True)
    with revision(first) as at:
        assert Path(at.placed("a.example.yaml")).read_text(encoding="utf-8") == ZONE
    assert not trace.exists()


def test_a_link_is_a_link_and_leads_nowhere_outside(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(ZONE, encoding="utf-8")
    (repository / "b.example.yaml").symlink_to(tmp_path / "secret.yaml")
    commit(repository, **{"a.example.yaml": ZONE})
    with revision("HEAD") as at:
        options = at.options(CheckOptions())
        found = wanted_files(options, [])
        assert [at.path_of(path) for path in found.files] == ["a.example.yaml"]


def test_a_path_out_of_the_folder_is_refused(repository: Path) -> None:
    first = commit(repository, **{"a.example.yaml": ZONE})
    blob = git(repository, "rev-parse", f"{first}:a.example.yaml")
    tree = made("hash-object", "-w", "-t", "tree", "--literally", "--stdin", given=b"100644 ..\0" + bytes.fromhex(blob))
    bad = made("-c", "user.name=a", "-c", "user.email=a@a.example", "commit-tree", "-m", "a", tree)
    with pytest.raises(Refused, match="cannot be laid out"), revision(bad):
        pass
