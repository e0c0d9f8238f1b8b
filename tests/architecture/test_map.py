"""ARCHITECTURE.md is the true map: every path that it names is there, and every floor is in it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAP = (ROOT / "ARCHITECTURE.md").read_text()
TOPS = "linter|mailzone|docs|policies|tests|scripts|benchmarks|examples"
PATHS = sorted({path for path in re.findall(rf"`((?:{TOPS})/[\w./-]*)`", MAP) if "NAME" not in path})
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
DOORS = ("spf", "dmarc", "dkim", "transport", "hosts", "mail", "drift")


def test_every_path_on_the_map_is_there() -> None:
    assert len(PATHS) > 50
    assert [path for path in PATHS if not (ROOT / path).exists()] == []


def test_every_floor_is_on_the_map() -> None:
    floors = [path.parent.name for path in (ROOT / "linter").glob("*/__init__.py")]

    assert [floor for floor in floors if f"`linter/{floor}/`" not in MAP] == []


@pytest.mark.parametrize("floor", ["facts", "rules"])
def test_every_door_is_on_its_floor(floor: str) -> None:
    assert [door for door in DOORS if not (ROOT / "linter" / floor / door / "__init__.py").is_file()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s#]+)[^)]*\)", document.read_text())

    assert [link for link in links if "://" not in link and not (document.parent / link).exists()] == []
