"""`check --changed`: what a hook passes are changed paths, and what they mean is checked."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run, clean_environment

USER = """\
'':
  - {type: MX, value: {preference: 10, exchange: mx.mail.example.net.}}
  - {type: TXT, value: v=spf1 nclude:spf.mail.example.net include:spf.b.example -all}
"""
OTHER = """\
spf: {type: TXT, value: 'v=spf1 ip4:192.0.2.1 nclude:x.example -all'}
"""
OCTODNS = """\
providers:
  config: {class: octodns.provider.yaml.YamlProvider, directory: ./zones}
  published: {class: octodns_cloudflare.CloudflareProvider, token: env/T}
zones:
  a.example.: {sources: [config], targets: [published]}
  b.example.: {sources: [config], targets: [published]}
"""
A, B = "zones/a.example.yaml", "zones/b.example.yaml"


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two zones, of which the first depends on the second, all of it committed."""
    git(tmp_path, "init", "--quiet")
    write(tmp_path, {A: USER, B: OTHER, "README.md": "zones\n", "app.yaml": "kind: Service\n"})
    commit(tmp_path)
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "zones")


def checked(mailzone: Run, *paths: str) -> Any:
    ran = mailzone("check", "--changed", "-f", "json", "--fail-on", "never", *paths)
    assert (ran.status, ran.err) == (0, "")
    return json.loads(ran.out)


def with_errors(mailzone: Run, *paths: str) -> set[str]:
    return {each["path"] for each in checked(mailzone, *paths)["findings"] if each["severity"] == "error"}


@pytest.mark.parametrize(
    "paths",
    [
        ["README.md"],
        ["app.yaml"],
        ["gone.txt"],
        ["gone.yaml"],
        ["README.md", "app.yaml", ".github/workflows/ci.yaml"],
        [".git/config"],
    ],
)
def test_it_is_0_where_nothing_of_ours_has_changed(mailzone: Run, repository: Path, paths: list[str]) -> None:
    report = checked(mailzone, *paths)

    assert (report["findings"], report["summary"]["zones"], report["summary"]["skipped"]) == ([], 0, 0)
    ran = mailzone("check", "--changed", *paths)
    assert (ran.status, "skipped" in ran.out) == (0, False)


def test_a_broken_file_of_another_program_is_skipped_and_a_broken_zone_is_not(mailzone: Run, repository: Path) -> None:
    template = "name: {{ .Values.name }}-x\n"
    write(repository, {"charts/x.yaml": template, "c.example.yaml": template})

    assert with_errors(mailzone, "charts/x.yaml") == set()
    assert with_errors(mailzone, "charts/x.yaml", "c.example.yaml") == {"c.example.yaml"}


def test_the_zones_among_the_changed_files_are_checked(mailzone: Run, repository: Path) -> None:
    assert with_errors(mailzone, B, "README.md") == {B}


def test_without_paths_it_is_what_git_has_staged(mailzone: Run, repository: Path) -> None:
    assert checked(mailzone)["summary"]["zones"] == 0
    write(repository, {A: f"{USER}www: {{type: A, value: 192.0.2.1}}\n", B: f"{OTHER}# not staged\n"})
    git(repository, "add", A)

    assert with_errors(mailzone) == {A}


def test_what_is_staged_in_a_new_repository_counts(mailzone: Run, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, {A: USER})
    git(tmp_path, "add", "--all")

    assert with_errors(mailzone) == {A}


def test_a_hook_in_a_folder_of_the_repository_has_its_own_paths(repository: Path, mailzone: Run) -> None:
    write(repository, {A: f"{USER}# changed\n"})
    git(repository, "add", A)

    done = subprocess.run(
        [sys.executable, "-m", "linter", "check", "--changed", "-f", "json"],
        cwd=repository / "zones",
        capture_output=True,
        env=clean_environment(),
        check=False,
    )
    assert {each["path"] for each in json.loads(done.stdout)["findings"]} == {"a.example.yaml"}


def test_without_git_the_changed_files_have_to_be_named(mailzone: Run, tmp_path: Path) -> None:
    write(tmp_path, {A: USER})
    ran = mailzone("check", "--changed")

    assert (ran.status, ran.out) == (2, "")
    assert "name the changed files" in ran.err
    assert mailzone("check", "--changed", A, env={"PATH": ""}).status == 1


def test_what_depends_on_a_deleted_zone_is_checked(mailzone: Run, repository: Path) -> None:
    git(repository, "rm", "--quiet", B)

    assert with_errors(mailzone) == {A}
    assert with_errors(mailzone, B) == {A}


def test_a_deleted_zone_in_a_file_of_any_name_is_known_by_what_was_committed(mailzone: Run, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    records = "\n".join(f"  {line}" for line in OTHER.splitlines())
    write(tmp_path, {A: USER, "zones/web.yaml": f"zone: b.example\nrecords:\n{records}\n"})
    commit(tmp_path)
    git(tmp_path, "rm", "--quiet", "zones/web.yaml")

    assert with_errors(mailzone) == {A}


def test_the_last_zone_of_a_folder_may_be_deleted(mailzone: Run, repository: Path) -> None:
    git(repository, "rm", "--quiet", "-r", "zones")

    assert checked(mailzone)["summary"]["zones"] == 0


def test_a_zone_that_octodns_reads_and_that_is_deleted_is_told(mailzone: Run, repository: Path) -> None:
    write(repository, {"config.yaml": OCTODNS})
    commit(repository)
    git(repository, "rm", "--quiet", B)

    report = checked(mailzone)

    assert ("config.yaml", 6) in {(each["path"], each["line"]) for each in report["findings"]}


@pytest.mark.parametrize("path", ["config/production.yaml", "my.octodns.yaml"])
def test_the_zones_of_a_deleted_octodns_configuration_are_checked(mailzone: Run, repository: Path, path: str) -> None:
    write(repository, {path: OCTODNS})
    commit(repository)
    git(repository, "rm", "--quiet", path)

    assert with_errors(mailzone) == {A, B}


GOVERNS = [
    (".mailzone.yaml", "profile: recommended\n", ".mailzone.yaml"),
    (".mailzone.yaml", "zones: [zones/*]\n", ".mailzone.yaml"),
    (".mailzone.yaml", "lock: locks/zones.lock\n", "locks/zones.lock"),
    (".mailzone.yaml", "mta-sts: {a.example: sts/policy.txt}\n", "sts/policy.txt"),
    (".mailzone.yaml", "profile: ./own/profile.yaml\n", "own/profile.yaml"),
    (".mailzone.yaml", "profile: ./own/profile.yaml\n", "own/extended.yaml"),
    ("zones/.mailzone.yaml", "lock: ../locks/zones.lock\n", "locks/zones.lock"),
    ("config.yaml", OCTODNS, "config.yaml"),
    ("my.octodns.yaml", OCTODNS, "my.octodns.yaml"),
]


@pytest.mark.parametrize(("path", "text", "changed"), GOVERNS)
def test_what_governs_zones_means_all_of_them(
    mailzone: Run, repository: Path, path: str, text: str, changed: str
) -> None:
    write(repository, {path: text, "locks/zones.lock": "version: 1\nanswers: {}\n"})
    write(repository, {"own/profile.yaml": "extends: ./extended.yaml\nrules: {}\n", "own/extended.yaml": "rules: {}\n"})
    write(repository, {"sts/policy.txt": "version: STSv1\nmode: none\nmax_age: 86400\n"})
    commit(repository)

    assert with_errors(mailzone, changed) == {A, B}
    assert with_errors(mailzone, "README.md") == set()


def test_a_lock_beside_the_zones_governs_them(mailzone: Run, repository: Path) -> None:
    write(repository, {"zones/mailzone.lock": "version: 1\nanswers: {}\n"})

    assert with_errors(mailzone, "zones/mailzone.lock") == {A, B}
    (repository / "zones" / "mailzone.lock").unlink()
    assert with_errors(mailzone, "zones/mailzone.lock") == {A, B}


def test_a_policy_that_is_gone_is_told_by_the_configuration_that_names_it(mailzone: Run, repository: Path) -> None:
    write(repository, {".mailzone.yaml": "mta-sts: {a.example: sts/policy.txt}\n"})

    ran = mailzone("check", "--changed", "sts/policy.txt")

    assert ran.status == 2
    assert "sts/policy.txt" in ran.err


def test_a_configuration_that_cannot_be_used_is_told_if_it_has_changed(mailzone: Run, repository: Path) -> None:
    write(repository, {".mailzone.yaml": "profil: strict\n"})

    assert mailzone("check", "--changed", ".mailzone.yaml").status == 2
    assert mailzone("check", "--changed", "README.md").status == 0


def test_what_is_excluded_is_left_out_though_it_has_changed(mailzone: Run, repository: Path) -> None:
    write(repository, {".mailzone.yaml": "exclude: [zones/b.*]\n"})

    assert with_errors(mailzone, A, B) == {A}
    assert mailzone("check", B).status == 1


def test_a_part_that_zones_include_means_these_zones(mailzone: Run, repository: Path) -> None:
    write(repository, {"zones/part.yaml": "[v=spf1 nclude:x.example -all]\n"})
    write(repository, {"zones/c.example.yaml": "'': {type: TXT, values: !include part.yaml}\n"})

    assert checked(mailzone, "zones/part.yaml")["summary"]["zones"] == 1


def test_standard_input_is_no_changed_file(mailzone: Run) -> None:
    assert mailzone("check", "--changed", "-").status == 2
