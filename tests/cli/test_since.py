"""`check --since`: what a revision had already does not count, and what a change means elsewhere does."""

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run
from .test_changed import commit, git, write

A, B = "zones/a.example.yaml", "zones/b.example.yaml"
USER = """\
"": {type: TXT, value: "v=spf1 include:spf.b.example nclude:x.example -all"}
"""
SHARED = "spf: {type: TXT, value: v=spf1 ip4:192.0.2.1 -all}\n"
MANY = "".join(f"i{row}: {{type: TXT, value: v=spf1 ip4:192.0.2.{row} -all}}\n" for row in range(12))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, {A: USER, B: SHARED + MANY, ".mailzone.yaml": "rules: {dmarc-missing: off}\n"})
    commit(tmp_path)
    return tmp_path


def new(mailzone: Run, *arguments: str, since: str = "HEAD") -> list[str]:
    return [
        f"{each['path']}:{each['line']} {each['rule']}" for each in told(mailzone, *arguments, since=since)["findings"]
    ]


def told(mailzone: Run, *arguments: str, since: str = "HEAD") -> Any:
    ran = mailzone("check", "--since", since, "-f", "json", "--fail-on", "never", *arguments)
    assert (ran.status, ran.err) == (0, "")
    return json.loads(ran.out)


def test_what_the_revision_had_does_not_count(repository: Path, mailzone: Run) -> None:
    assert mailzone("check").status == 1
    assert new(mailzone) == []
    assert told(mailzone)["summary"]["suppressed"] == {"baseline": 0, "ignored": 0, "overridden": 0, "since": 1}
    assert "1 known before" in mailzone("check", "--since", "HEAD").out


def test_a_new_fault_counts_with_its_place(repository: Path, mailzone: Run) -> None:
    write(repository, {A: f"# moved\n{USER}www: {{type: TXT, value: v=spf1 nclude:x.example -all}}\n"})

    assert new(mailzone) == [f"{A}:3 spf-unknown-mechanism"]
    assert mailzone("check", "--since", "HEAD").status == 1
    assert mailzone("check", "--since", "HEAD", "zones", "--jobs", "2").status == 1


def test_a_change_in_an_included_record_counts_where_it_is_included(repository: Path, mailzone: Run) -> None:
    includes = " ".join(f"include:i{row}.b.example" for row in range(11))
    write(repository, {A: USER.replace("nclude:x.example ", "")})
    commit(repository)
    write(repository, {B: f"spf: {{type: TXT, value: v=spf1 {includes} -all}}\n{MANY}"})

    for paths in ((), (A,), ("zones",), (str(repository / A),)):
        assert any("a.example.yaml" in each or "spf-too-many-lookups" in each for each in new(mailzone, *paths))
    assert f"{A}:1 spf-too-many-lookups" in new(mailzone) or f"{B}:1 spf-too-many-lookups" in new(mailzone)


@pytest.mark.parametrize(
    "files",
    [
        {A: "# a line\n" + USER},
        {A: "x: {type: A, value: 192.0.2.1}\n" + USER},
        {A: None, "dns/a.example.yaml": USER},
        {A: None, "zones/a.example./all.yaml": USER},
    ],
)
@pytest.mark.parametrize("is_named", [False, True])
def test_what_moves_is_not_new(repository: Path, mailzone: Run, files: dict[str, str | None], is_named: bool) -> None:
    for path, text in files.items():
        if text is None:
            (repository / path).unlink()
    write(repository, {path: text for path, text in files.items() if text})

    assert new(mailzone, *([path for path, text in files.items() if text] if is_named else [])) == []


def test_one_more_of_the_same_is_new_and_it_is_the_one_in_the_other_file(repository: Path, mailzone: Run) -> None:
    write(repository, {"other/a.example.yaml": USER})

    assert new(mailzone) == ["other/a.example.yaml:1 spf-unknown-mechanism"]
    assert new(mailzone, "other") == ["other/a.example.yaml:1 spf-unknown-mechanism"]
    assert new(mailzone, A) == []


def test_a_merge_base_leaves_out_what_the_other_branch_has_done(repository: Path, mailzone: Run) -> None:
    git(repository, "checkout", "--quiet", "-b", "work")
    write(repository, {"zones/c.example.yaml": "www: {type: TXT, value: v=spf1 new -all}\n"})
    commit(repository)
    git(repository, "checkout", "--quiet", "main")
    write(repository, {A: USER.replace("nclude:x.example ", "")})
    commit(repository)
    git(repository, "checkout", "--quiet", "work")

    assert new(mailzone, since="merge-base:main") == ["zones/c.example.yaml:1 spf-unknown-mechanism"]
    assert len(new(mailzone, since="main")) == 2


def test_what_a_comment_held_back_there_is_new_without_it(repository: Path, mailzone: Run) -> None:
    write(repository, {A: f"{USER.rstrip()}  # mailzone: ignore[spf] for now\n"})
    commit(repository)
    write(repository, {A: USER})

    assert new(mailzone) == [f"{A}:1 spf-unknown-mechanism"]


def test_a_file_that_cannot_be_read_is_always_new(repository: Path, mailzone: Run) -> None:
    write(repository, {A: "www: [\n"})
    commit(repository)

    assert mailzone("check", "--since", "HEAD").status == 1


def test_a_revision_whose_configuration_is_broken_has_nothing(repository: Path, mailzone: Run) -> None:
    write(repository, {".mailzone.yaml": "rulse: {}\n"})
    commit(repository)
    write(repository, {".mailzone.yaml": "rules: {}\n"})
    ran = mailzone("check", "--since", "HEAD", "-f", "concise")

    assert ran.status == 1
    assert "HEAD cannot be judged, so nothing counts as known before: .mailzone.yaml:1:1: `rulse`" in ran.err
    assert f"{A}:1" in ran.out


@pytest.mark.parametrize("word", ["nowhere", "", "--all", "merge-base:nowhere", "HEAD:zones"])
def test_what_is_no_revision_is_refused(repository: Path, mailzone: Run, word: str) -> None:
    ran = mailzone("check", f"--since={word}")

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("mailzone: ")


def test_a_shallow_clone_says_what_to_fetch(repository: Path, mailzone: Run) -> None:
    write(repository, {"x.yaml": "a: b\n"})
    commit(repository)
    git(repository, "clone", "--quiet", "--depth", "1", f"file://{repository}", "shallow")
    for word in ("HEAD~1", "merge-base:other"):
        ran = mailzone("check", "shallow", "--since", word)
        assert (ran.status, ran.out) == (2, "")
        assert "`fetch-depth: 0` of actions/checkout" in ran.err


def test_outside_of_a_repository_nothing_is_known(tmp_path: Path, mailzone: Run) -> None:
    write(tmp_path, {A: USER})
    ran = mailzone("check", "--since", "HEAD")

    assert (ran.status, ran.out) == (2, "")


def test_staged_changes_are_told_by_what_they_add(repository: Path, mailzone: Run) -> None:
    write(repository, {B: f"{SHARED}{MANY}www: {{type: TXT, value: v=spf1 what -all}}\n"})
    git(repository, "add", "--all")

    assert new(mailzone, "--changed") == [f"{B}:14 spf-unknown-mechanism"]


def test_standard_input_is_in_no_revision(repository: Path, mailzone: Run) -> None:
    ran = mailzone("check", "-", "--since", "HEAD", stdin=USER)

    assert (ran.status, ran.out) == (2, "")
