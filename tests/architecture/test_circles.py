"""No file of the house imports itself over others, whenever and for whatever purpose it imports them."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
Graph = Mapping[str, frozenset[str]]


def module_of(path: Path) -> str:
    """The dotted name of a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(name: str, path: Path, known: frozenset[str]) -> Iterator[str]:
    """The modules that a file imports anywhere in it: within functions, and for types alone."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                yield f"{origin}.{alias.name}" if f"{origin}.{alias.name}" in known else origin


def graph() -> Graph:
    """Which module imports which."""
    files = {module_of(path): path for top in ("linter", "mailzone") for path in (ROOT / top).rglob("*.py")}
    known = frozenset(files)
    return {name: frozenset(imported(name, path, known)) & known - {name} for name, path in files.items()}


def without_circles(found: Graph) -> Graph:
    """What is left when all that imports nothing left is taken away, again and again: circles, and what uses them."""
    left = dict(found)
    while ends := {name for name, targets in left.items() if targets.isdisjoint(left)}:
        left = {name: targets for name, targets in left.items() if name not in ends}
    return left


def circle(left: Graph) -> list[str]:
    """One way round."""
    way = [min(left)]
    while way[-1] not in way[:-1]:
        way.append(min(left[way[-1]] & left.keys()))
    return way[way.index(way[-1]) :]


def test_a_circle_is_found() -> None:
    assert circle(without_circles({"a": frozenset("b"), "b": frozenset("cd"), "c": frozenset("b"), "d": frozenset()}))


def test_no_file_imports_itself_over_others() -> None:
    left = without_circles(graph())

    assert not left, " -> ".join(circle(left))
