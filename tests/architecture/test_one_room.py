"""What has one room stays there: the clock, the writing of files, and the words of annotations."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "linter").rglob("*.py"), *(ROOT / "scripts").rglob("*.py")])
CLOCK = "linter/cli/clock.py"
WRITERS = {
    "linter/run/examples.py",  # the repository of an example, in a folder of whoever tests it
    "linter/source/replace.py",  # files
    "linter/run/forked.py",  # pipes
    "linter/run/afar.py",  # the same
    "linter/run/laid_out.py",  # a folder of its own, which nobody else has
    "linter/cli/main.py",  # closed streams
    "linter/cli/streams.py",  # streams that take nothing more
    "scripts/generate.py",  # no part of the command
    "scripts/action.py",  # what a runner reads
}

THROUGH_THE_WRITER = {
    "linter/cli/cache.py": {"replace_file(path, octets, _OWN)"},
    "linter/cli/outputs.py": {"replace_file(path, text)"},
    "linter/run/plan_files.py": {"replace_file(target, _octets(path, step.texts))"},
}
AGES = {
    "linter/cli/cache.py",  # which entry was used last
    "linter/source/inputs.py",  # which version of a part of the package is installed
}
"""Where files have an age, and nothing has a date."""
PLANNERS = ("linter/plan/", "linter/cli/plan.py")
"""Where days and hours are values, given by a plan or by the clock."""

_DATES = {f"datetime.{word}" for word in ("UTC", "combine", "date", "datetime", "min", "time", "timedelta", "tzinfo")}
_TELLING = {"time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime"}
_CLOCKS = {"st_mtime", "st_ctime", "st_mtime_ns", "st_ctime_ns", "getmtime", "getctime"}
_CALLED = {"now", "utcnow", "today"}
_WRITING = {"write_text", "write_bytes", "mkstemp", "NamedTemporaryFile", "rename", "replace_file", "fdopen"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def names_of(node: ast.AST) -> Iterator[str]:
    """The dotted names that a node uses or imports."""
    if isinstance(node, ast.Attribute):
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        yield f"{owner}.{node.attr}"
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield f"{node.module}.{alias.name}"
    elif isinstance(node, ast.Import):
        yield from (f"{alias.name}." for alias in node.names)


def imports(node: ast.AST) -> set[str | None]:
    """The modules that a statement imports, or imports from."""
    if isinstance(node, ast.ImportFrom):
        return {node.module}
    return {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()


def clocks(tree: ast.AST) -> set[str]:
    """What in a program tells the day or the time of day."""
    found = set()
    for name in (name for node in ast.walk(tree) for name in names_of(node)):
        module, _, word = name.rpartition(".")
        if (module == "time" and word in _TELLING) or word in _CLOCKS or module.partition(".")[0] == "datetime":
            found.add(name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CALLED:
            found.add(ast.unparse(node))
    return found


def writes(tree: ast.AST) -> set[str]:
    """What in a program opens a file to be written, or puts one in the place of another."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            word = (
                called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
            )
            modes = [text_of(each) for each in [*node.args, *(key.value for key in node.keywords)]]
            os_call = (
                isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "os"
            )
            if word == "open" and not os_call and any(set("wax+") & set(mode) for mode in modes if len(mode) < 4):
                found.add(ast.unparse(node))
            if word in _WRITING or (os_call and word in ("replace", "link", "symlink", "truncate")):
                found.add(ast.unparse(node))
        if isinstance(node, ast.Attribute) and node.attr in ("O_WRONLY", "O_RDWR", "O_CREAT"):
            found.add(ast.unparse(node))
    return found


def text_of(node: ast.AST) -> str:
    """The text of a constant; "" for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_only_the_clock_tells_the_time(path: Path) -> None:
    found = clocks(ast.parse(path.read_text()))
    if relative(path).startswith(PLANNERS):
        found -= _DATES
    if relative(path) in AGES:
        assert {name.rpartition(".")[2] for name in found} == {"st_mtime_ns"}
        return

    assert bool(found) == (relative(path) == CLOCK), found


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_only_one_room_writes_files(path: Path) -> None:
    found = writes(ast.parse(path.read_text())) if relative(path) not in WRITERS else set()

    assert found == THROUGH_THE_WRITER.get(relative(path), set())


def test_annotations_have_their_words_from_one_room() -> None:
    trees = {relative(path): ast.parse(path.read_text()) for path in FILES if "linter" in path.parts}

    # What only type checkers look at is below an `if`; the room's own is.
    assert [path for path, tree in trees.items() if any("typing" in imports(node) for node in tree.body)] == []


@pytest.mark.parametrize(
    "program",
    [
        "import time; time.time()",
        "from time import gmtime",
        "from datetime import date",
        "import datetime",
        "import datetime as d",
        "x.today()",
        "os.stat(p).st_mtime",
        "os.path.getmtime(p)",
    ],
)
def test_a_clock_is_found(program: str) -> None:
    assert clocks(ast.parse(program))


@pytest.mark.parametrize(
    "program",
    ["open(p, 'w')", "p.open(mode='xb')", "p.write_text(t)", "os.open(p, os.O_WRONLY)", "os.replace(a, b)"],
)
def test_a_writer_is_found(program: str) -> None:
    assert writes(ast.parse(program))
