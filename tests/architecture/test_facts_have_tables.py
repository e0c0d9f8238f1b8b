"""Every module of facts has a table of cases of its own, at the same path below the tests."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FACTS = ROOT / "linter" / "facts"
MODULES = sorted(path for path in FACTS.rglob("*.py") if path.name != "__init__.py")

TOGETHER = {
    "demands.py": "mail/test_required.py",
    "spf/limits.py": "spf/test_tree.py",
    "spf/trace.py": "spf/test_check.py",
}
"""Values that have no cases without what makes them."""


def table_of(module: str) -> str:
    """The file of a module's cases, below tests/facts."""
    folder, _, name = module.rpartition("/")
    return TOGETHER.get(module, f"{folder}/test_{name}" if folder else f"test_{name}")


@pytest.mark.parametrize("module", [path.relative_to(FACTS).as_posix() for path in MODULES])
def test_a_module_has_a_table(module: str) -> None:
    table = ROOT / "tests" / "facts" / table_of(module)

    assert table.is_file()
    dotted = "linter.facts." + module.removesuffix(".py").replace("/", ".")
    assert module in TOGETHER or f"from {dotted} import" in table.read_text() or imported_by_name(table, dotted)


def imported_by_name(table: Path, dotted: str) -> bool:
    """Whether a table imports a module itself, or looks at it through what declares mail."""
    package, _, name = dotted.rpartition(".")
    text = table.read_text()
    return f"from {package} import {name}" in text or "from .test_senders import" in text


def test_what_is_tested_together_is_there() -> None:
    assert all((FACTS / module).is_file() for module in TOGETHER)
