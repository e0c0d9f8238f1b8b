"""The pull requests of docs/review.md have the output shown there: run with MAILZONE_UPDATE=1 to write it anew."""

import os
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.conftest import mailzone as mailzone

from .pull_requests import PULL_REQUESTS, PullRequest
from .repositories import Repository

MANUAL = Path(__file__).parents[2] / "docs" / "review.md"
COMMIT = re.compile(r"\([0-9a-f]{10}\)")


def shown(case: PullRequest, folder: Path, mailzone: Run) -> tuple[str, str, int]:
    """The diff of a pull request, and what the review says of it."""
    repository = Repository(folder)
    repository.commit(case.before)
    repository.put(case.after)
    repository.git("add", "-A", "-N")
    lines = repository.git("diff", "--no-renames", "-U0").splitlines()
    diff = [line for line in lines if not line.startswith(("diff ", "index ", "@@", "new file", "deleted file"))]
    ran = mailzone("review", "main", env={"COLUMNS": "100"})
    assert ran.err == ""
    return "\n".join(diff), COMMIT.sub("(1f0c2d9b7e)", ran.out), ran.status


@pytest.mark.parametrize("case", PULL_REQUESTS, ids=lambda case: case.title)
def test_the_manual_says_what_the_command_says(case: PullRequest, tmp_path: Path, mailzone: Run) -> None:
    diff, out, status = shown(case, tmp_path, mailzone)
    if os.environ.get("MAILZONE_UPDATE"):
        head, title, rest = MANUAL.read_text().partition(f"### {case.title}\n")
        before, _, after = rest.partition("```text\n")
        MANUAL.write_text(f"{head}{title}{before}```text\n{out}```{after.partition('```')[2]}")
    section = MANUAL.read_text().partition(f"### {case.title}\n")[2].partition("\n### ")[0]
    blocks = re.findall(r"```(diff|text)\n(.*?)```", section, re.DOTALL)

    assert blocks == [("diff", f"{diff}\n"), ("text", out)]
    assert status == case.status
    assert f"Exit status {status}" in section
