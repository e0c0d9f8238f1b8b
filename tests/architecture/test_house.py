"""The house stands as ARCHITECTURE.md says: imports run down, files and functions stay small, names say what."""

import ast
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "linter").rglob("*.py"))
WITH_FULL_STOPS = {"linter/live/policy_fetch.py", "linter/records/text/name.py"}
"""Where a sentence of others loses its full stop, and where written names get one dot."""
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_run_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_a_file_is_small_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text()
    tree = ast.parse(text)

    assert ast.get_docstring(tree), "no docstring"
    assert len(text.splitlines()) <= 400
    assert path.stem not in EMPTY_NAMES
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 40, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_every_public_name_has_a_docstring(path: Path) -> None:
    tree = ast.parse(path.read_text())
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has none"


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_messages_show_names_in_one_way(path: Path) -> None:
    """By `dotless` and `shown` of linter/records/text/name.py, which know the root and what does not print."""
    inside = (
        node
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
    )
    cut = [
        ast.unparse(node)
        for node in inside
        if isinstance(node, ast.Call) and ast.unparse(node).endswith(".rstrip('.')")
    ]

    assert cut == [] or relative(path) in WITH_FULL_STOPS


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_who_walks_up_a_name_walks_over_its_ancestors(path: Path) -> None:
    """A loop of its own that waits for the zone's name goes on for ever at the root when the name lies elsewhere."""
    loops = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.While))
    called = {
        node.func.id
        for loop in loops
        for node in ast.walk(loop)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }

    assert "parent" not in called or relative(path) == "linter/records/text/name.py"
