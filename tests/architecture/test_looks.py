"""A run is repeated from the cache where all that it has looked at is as it was: so every look has to be noted."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

LINTER = Path(__file__).parents[2] / "linter"
LOOKS = frozenset(
    {"lexists", "exists", "isfile", "isdir", "islink", "listdir", "scandir", "stat", "lstat", "readlink", "access"}
    | {"open", "iterdir", "read_text", "read_bytes", "glob", "rglob"}
)
NOTES = frozenset({"looked_for", "listed", "of_the_package"})
AT_HOME = frozenset(
    {
        # The doors themselves, and what is written.
        *("source/inputs.py", "source/file.py", "source/replace.py", "source/holding.py", "run/forked.py"),
        # What `check` does not call, or calls only for a run that is not kept.
        *("run/plan_files.py", "run/laid_out.py", "run/starting.py", "run/reviewing.py", "run/revisions.py"),
        *("run/record_edits.py", "run/examples.py", "run/example_fixes.py", "run/parcel.py", "providers/files.py"),
        # The plug-ins that are installed belong to what must be alike.
        *("run/plugins.py", "run/plugging.py"),
    }
)
OPENED = "open(path, encoding='utf-8')"
ALIKE = {
    ("providers/catalogue.py", OPENED): "noted in the line before",
    ("providers/publishers.py", OPENED): "noted in the line before",
    ("rules/pages.py", OPENED): "noted in the line before",
    ("config/load.py", "os.lstat(short)"): "behind a look for the same path",
    ("config/load.py", "os.lstat(path)"): "the caller has looked for it",
    ("rules/pages.py", "os.listdir(_folder())"): "the package itself",
    ("run/files.py", "os.stat(path)"): "behind a look for the same path",
    ("run/git_process.py", "os.access(path, os.X_OK)"): "which git is asked; what it says is noted",
    ("run/git_process.py", "os.stat(path)"): "the same",
    ("run/assembly.py", "os.access(path, os.R_OK | os.X_OK)"): "behind a look for the same path",
    ("run/shares.py", "os.stat(path)"): "how the work is shared out, not what comes of it",
    ("source/repository.py", "os.lstat(path)"): "behind a look for the same path, where it is a link",
}


def looks() -> Iterator[tuple[str, str]]:
    """Every call below the commands that asks the system about a file and does not note it: module and text."""
    for path in sorted(LINTER.rglob("*.py")):
        name = path.relative_to(LINTER).as_posix()
        if name.startswith(("cli/", "live/", "review/", "plan/")) or name in AT_HOME:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _is_look(node.func) and not _is_noted(node):
                yield name, ast.unparse(node)


def _is_look(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id == "open"
    if not isinstance(called, ast.Attribute) or called.attr not in LOOKS:
        return False
    return ast.unparse(called.value) in ("os", "os.path") or called.attr in ("read_text", "read_bytes", "iterdir")


def _is_noted(node: ast.Call) -> bool:
    inside = (each.func for argument in node.args for each in ast.walk(argument) if isinstance(each, ast.Call))
    return any(isinstance(called, ast.Name) and called.id in NOTES for called in inside)


def test_every_look_is_noted() -> None:
    assert {each for each in looks() if each not in ALIKE} == set()


@pytest.mark.parametrize("look", ALIKE)
def test_every_exception_is_needed(look: tuple[str, str]) -> None:
    assert look in set(looks())
