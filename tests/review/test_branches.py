"""The examples of plans as branches: each commit passes review alone, two in one do not where a law lies between."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.conftest import mailzone as mailzone

from .repositories import Repository

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("plan-*"))
APART = {("Authorise", "Switch"), ("Switch", "Retire")}
"""Beginnings of the titles of steps that must not be one."""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_every_commit_of_a_plan_passes_alone(example: Path, tmp_path: Path, mailzone: Run) -> None:
    shutil.copytree(example, tmp_path, dirs_exist_ok=True)
    repository = Repository(tmp_path)
    repository.git("config", "user.name", "a")
    repository.git("config", "user.email", "a@a.test")
    repository.commit()
    assert mailzone("plan", "--branches").status == 0
    branch = repository.git("branch", "--format=%(refname:short)", "--list", "plan/*").strip()
    commits = repository.git("rev-list", "--reverse", branch).split()
    titles = [repository.git("log", "-1", "--format=%s", commit).split()[0] for commit in commits]
    assert len(commits) > 3

    alone = [mailzone("review", old, new) for old, new in pairwise(commits)]
    assert [ran.out for ran in alone if ran.status] == []
    for place, pair in enumerate(pairwise(titles[1:])):
        ran = mailzone("review", commits[place], commits[place + 2])
        assert ran.status == (pair in APART), (pair, ran.out)
