"""A baseline: old findings do not count, new ones do, wherever lines and files move."""

import json
import re
from pathlib import Path
from textwrap import indent

import pytest
import yaml

from .conftest import Run
from .test_changed import commit, git, write

A, B = "zones/a.example.yaml", "zones/b.example.yaml"
OLD = """\
www:
  - {type: TXT, value: v=spf1 foo -all}
  - {type: A, value: 192.0.2.1}
mail: {type: TXT, value: v=spf1 bar -all}
"""
TWICE = "www: [{type: TXT, value: v=spf1 foo -all}, {type: SPF, value: v=spf1 foo -all}]\n"
BASELINE = ".mailzone-baseline.yaml"


@pytest.fixture
def repository(tmp_path: Path, mailzone: Run) -> Path:
    """Two zones with old faults, which a baseline has."""
    git(tmp_path, "init", "--quiet")
    write(tmp_path, {A: OLD, B: OLD, ".mailzone.yaml": f"baseline: {BASELINE}\nignore: [mx]\n"})
    ran = mailzone("check", "--create-baseline")
    assert ran.status == 0
    assert "4 in the baseline" in ran.out
    commit(tmp_path)
    return tmp_path


def found(mailzone: Run, *arguments: str, status: int = 1) -> list[str]:
    ran = mailzone("check", "-f", "json", *arguments)
    assert ran.status == status, ran
    return [f"{each['path']}:{each['line']} {each['rule']}" for each in json.loads(ran.out)["findings"]]


def test_the_file_can_be_read_by_people_and_by_yaml(repository: Path) -> None:
    text = (repository / BASELINE).read_text()
    held = yaml.safe_load(text)

    assert len(held) == 4
    assert all(re.fullmatch("[0-9a-f]{16}", mark) for mark in held)
    assert f"spf-unknown-mechanism {A} www.a.example. TXT" in held.values()
    head, *lines = text.splitlines()
    assert head.startswith("# ")
    assert lines == sorted(lines)
    assert sum(line.endswith("  # foo") for line in lines) == 2


def test_old_findings_do_not_count_and_new_ones_do(repository: Path, mailzone: Run) -> None:
    assert found(mailzone, status=0) == []
    write(repository, {A: OLD + "new: {type: TXT, value: v=spf1 nclude:x.example -all}\n"})

    assert found(mailzone) == [f"{A}:5 spf-unknown-mechanism"]


@pytest.mark.parametrize(
    "files",
    [
        {A: "# a line\n\n" + OLD},
        {A: "mail: {type: TXT, value: v=spf1 bar -all}\nwww: {type: TXT, value: v=spf1 foo -all}\n"},
        {A: OLD.replace("192.0.2.1", "192.0.2.99")},
        {A: OLD.replace("foo -all", "foo   -all")},
        {A: "", "zones/a.example./www.yaml": OLD, "zones/a.example./x.yaml": "x: {type: A, value: 192.0.2.1}\n"},
        {A: None, B: None, "dns/a.example.yaml": OLD, "dns/b.example.yaml": OLD},
        {A: None, "zones/renamed.yaml": "zone: a.example\nrecords:\n  " + OLD.replace("\n", "\n  ")},
    ],
)
def test_what_moves_stays_known(repository: Path, mailzone: Run, files: dict[str, str | None]) -> None:
    for path, text in files.items():
        if text is None:
            (repository / path).unlink()
    write(repository, {path: text for path, text in files.items() if text})

    if files.get(A) == "":
        (repository / A).unlink()
    assert found(mailzone, status=0) == []


def test_equal_ones_are_counted(tmp_path: Path, mailzone: Run) -> None:
    value = "v=spf1 nclude:x.example nclude:x.example -all"
    write(tmp_path, {"a.example.yaml": f"www: {{type: TXT, value: {value}}}\n"})
    mailzone("check", ".", "--create-baseline", "--baseline", "b.yaml")
    write(tmp_path, {"a.example.yaml": f"www: {{type: TXT, value: {value.replace(' -', ' nclude:x.example -')}}}\n"})

    assert found(mailzone, ".", "--baseline", "b.yaml") == ["a.example.yaml:1 spf-unknown-mechanism"]


def test_pruning_takes_out_what_is_fixed_and_nothing_else(repository: Path, mailzone: Run) -> None:
    write(repository, {A: OLD.replace("foo ", ""), B: OLD.replace("bar ", "")})

    ran = mailzone("check", "--prune-baseline", A)
    assert (ran.status, len(yaml.safe_load((repository / BASELINE).read_text()))) == (0, 3)
    assert "1 fixed finding taken out" in ran.err
    assert mailzone("check", "--prune-baseline").status == 0
    held = sorted(yaml.safe_load((repository / BASELINE).read_text()).values())
    assert [each.split()[2] for each in held] == ["mail.a.example.", "www.b.example."]
    before = (repository / BASELINE).read_text()
    mailzone("check", "--prune-baseline")
    assert (repository / BASELINE).read_text() == before


def test_an_entry_of_a_file_that_is_gone_is_pruned(repository: Path, mailzone: Run) -> None:
    (repository / B).unlink()
    mailzone("check", "--prune-baseline", A)

    assert len(yaml.safe_load((repository / BASELINE).read_text())) == 2


def test_pruning_some_files_leaves_what_has_moved_to_others(repository: Path, mailzone: Run) -> None:
    (repository / B).rename(repository / "zones" / "moved.yaml")
    (repository / "zones" / "moved.yaml").write_text(f"zone: b.example\nrecords:\n{indent(OLD, '  ')}")
    write(repository, {A: OLD.replace("foo ", "")})
    mailzone("check", "--prune-baseline", A)

    assert len(yaml.safe_load((repository / BASELINE).read_text())) == 3
    assert found(mailzone, status=0) == []


def test_pruning_some_files_changes_no_other_line(repository: Path, mailzone: Run) -> None:
    before = (repository / BASELINE).read_text().splitlines()
    write(repository, {A: OLD.replace("foo ", ""), B: OLD.replace("bar ", "")})
    mailzone("check", "--prune-baseline", A)

    after = (repository / BASELINE).read_text().splitlines()
    assert [line for line in before if line not in after] == [line for line in before if " www.a.example. " in line]
    assert [line for line in after if line not in before] == []


def test_a_file_that_cannot_be_read_is_never_known(tmp_path: Path, mailzone: Run) -> None:
    write(tmp_path, {"a.example.yaml": "www: [\n"})
    ran = mailzone("check", ".", "--create-baseline")

    assert ran.status == 1
    assert "yaml-syntax" in ran.out
    assert yaml.safe_load((tmp_path / BASELINE).read_text()) is None
    assert mailzone("check", ".", "--baseline", BASELINE).status == 1


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("<<<<<<< HEAD\n0123456789abcdef: a b c d\n=======\n", ":1:1: a conflict of git is left here"),
        ("0123456789abcdef: a\n>>>>>>> other\n", ":2:1: a conflict"),
        ("- a\n", ":1:1: this is not a baseline"),
        ("text\n", ":1:1: this is not a baseline"),
        ("rules: {}\n", ":1:1: `rules` is not a fingerprint"),
        ("0123456789abcdef: a b c d\n0123456789ABCDEF: a\n", ":2:1: `0123456789ABCDEF` is not a fingerprint"),
        ("0123456789abcdef: [a]\n", ":1:19: expected `RULE PATH NAME TYPE`"),
        ("0123456789abcdef: {\n", ":2:1: "),
        ("0123456789abcdef: !include x\n", ":1:19: "),
        ("\0", ":1:1: a null byte"),
        ("[" * 70, ": more than 64 levels deep"),
    ],
)
def test_what_is_no_baseline_is_refused_with_its_place(repository: Path, mailzone: Run, text: str, place: str) -> None:
    (repository / BASELINE).write_text(text)
    ran = mailzone("check")

    assert (ran.status, ran.out) == (2, "")
    assert f"{BASELINE}{place}" in ran.err.replace(":1:65", "")


def test_both_sides_of_a_merge_may_hold_an_entry(repository: Path, mailzone: Run) -> None:
    text = (repository / BASELINE).read_text()
    (repository / BASELINE).write_text(text + text)

    assert found(mailzone, status=0) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--create-baseline", "--select", "spf"),
        ("--prune-baseline", "--ignore", "spf"),
        ("--create-baseline", "--changed"),
        ("--prune-baseline", "--since", "HEAD"),
        ("--create-baseline", "--prune-baseline"),
        ("--create-baseline", "-"),
        ("--baseline", "nowhere.yaml"),
        ("--baseline", ""),
        ("--baseline", "zones"),
        ("--no-config", "--prune-baseline"),
    ],
)
def test_what_cannot_be_meant_is_refused(repository: Path, mailzone: Run, arguments: tuple[str, ...]) -> None:
    ran = mailzone("check", *arguments, stdin=OLD)

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("mailzone: ")


def test_nothing_is_written_through_a_link_or_over_a_zone(repository: Path, mailzone: Run) -> None:
    (repository / "link.yaml").symlink_to(repository / A)

    for path in ("link.yaml", A, "zones"):
        assert mailzone("check", "--create-baseline", "--baseline", path).status == 2
    assert (repository / A).read_text() == OLD


def test_hostile_values_stay_in_their_line(tmp_path: Path, mailzone: Run) -> None:
    value = '"v=spf1 x\\n0123456789abcdef: \\u202e # \\e[31m ::error \\"q\\" -all"'
    (tmp_path / 'a: # "b".example.yaml').write_text(f"www: {{type: TXT, value: {value}}}\n")
    name = 'a: # "b".example.yaml'
    ran = mailzone("check", name, "--create-baseline", "--baseline", "b.yaml")
    text = (tmp_path / "b.yaml").read_text()

    assert ran.status == 0
    assert text.replace("\n", "").isprintable()
    assert all(len(mark) == 16 for mark in yaml.safe_load(text))
    assert mailzone("check", name, "--baseline", "b.yaml").status == 0


def test_standard_input_has_the_baseline_of_its_configuration(repository: Path, mailzone: Run) -> None:
    assert mailzone("check", "-", "--stdin-filename", A, stdin=OLD).status == 0
    assert mailzone("check", "-", "--stdin-filename", A, stdin=OLD.replace("foo", "fooo")).status == 1
