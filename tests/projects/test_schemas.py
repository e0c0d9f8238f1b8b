"""The schemas that are checked in say where they are published: editors find them there by a line in a file."""

import json
import tomllib
from pathlib import Path

import pytest

from linter import HOMEPAGE

ROOT = Path(__file__).parents[2]
SCHEMAS = sorted((ROOT / "policies" / "schemas").glob("*.json"))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_a_schema_has_the_address_of_its_own_file_below_the_projects(path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert project["urls"]["Homepage"] == HOMEPAGE
    assert json.loads(path.read_text())["$id"] == f"{HOMEPAGE}/raw/main/policies/schemas/{path.name}"


def test_pages_name_no_other_schema() -> None:
    known = {json.loads(path.read_text())["$id"] for path in SCHEMAS}
    named = [
        line.partition("$schema=")[2].strip().rstrip("`.")
        for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
        for line in page.read_text().splitlines()
        if "yaml-language-server:" in line and "$schema=" in line
    ]

    assert named
    assert set(named) <= known
