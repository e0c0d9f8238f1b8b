"""Whether two versions find the same: `same_findings.py OLD NEW [PATH…]`, each a checkout with its `.venv`.

Runs `mailzone check --format json` of both over the examples, over every Bad and Good block of the manuals of OLD, and
over the zones that are named, and prints the lines by which the reports differ. Exit status 0 where none does.
"""

import difflib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SHOWN = 40
"""Lines of one difference that are printed."""

MANUALS = """
import sys
from pathlib import Path
try:
    from linter.rules.registry import all_rules
    from linter.rules.pages import manual
    texts = {rule.name: manual(rule.name) for rule in all_rules()}
except ImportError:
    from linter.rules.registry import entries, load
    texts = {entry.name: load(entry).manual or "" for entry in entries()}
from linter.rules.manual import as_written, sections
for name, text in texts.items():
    for number, section in enumerate(sections(text)):
        folder = Path(sys.argv[1]) / f"{name}-{number}"
        for block in section.blocks:
            files = block.files() if block.language == "yaml" else {}
            if block.language == "config":
                files = {".mailzone.yaml": block.text}
            if block.language == "dns":
                files = {"mailzone.lock": block.text}
            for file, content in files.items():
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).write_text(as_written(file, content))
"""


def report(checkout: Path, place: Path) -> list[str]:
    """What a version says of a file or a folder, under the strictest profile."""
    command = [str(checkout / ".venv" / "bin" / "mailzone"), "check", "--format", "json", "--profile", "strict", "."]
    where = place if place.is_dir() else place.parent
    if place.is_file():
        command[-1] = place.name
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, env=environment(checkout), check=False)
    return [f"exit {done.returncode}", *done.stdout.splitlines(), *done.stderr.splitlines()]


def environment(checkout: Path) -> dict[str, str]:
    """The environment, with the checkout's own package before an installed one."""
    return {**os.environ, "PYTHONPATH": str(checkout), "NO_COLOR": "1"}


def write_manuals(checkout: Path, folder: Path) -> None:
    """Write the examples of every manual, each as a repository of its own."""
    command = [str(checkout / ".venv" / "bin" / "python"), "-c", MANUALS, str(folder)]
    subprocess.run(command, env=environment(checkout), check=True)
    for each in folder.iterdir():
        (each / ".git").mkdir()  # so that nothing above it is looked for


def places(old: Path, folder: Path, named: list[str]) -> list[Path]:
    """All that is checked; every manual and every example is an estate of its own, wherever the command stands."""
    write_manuals(old, folder)
    return [old / "examples", folder, *(Path(name).resolve() for name in named)]


def main(arguments: list[str]) -> int:
    """Compare, and print what differs; the exit status."""
    if len(arguments) < 2:
        sys.stderr.write(f"{__doc__}")
        return 2
    old, new = (Path(each).resolve() for each in arguments[:2])
    differing = 0
    with tempfile.TemporaryDirectory() as folder:
        found = places(old, Path(folder), arguments[2:])
        for place in found:
            before, after = report(old, place), report(new, place)
            if before != after:
                differing += 1
                lines = list(difflib.unified_diff(before, after, f"old {place}", f"new {place}", lineterm=""))
                sys.stdout.write("\n".join([*lines[:SHOWN], ""]))
    sys.stdout.write(f"{len(found)} compared, {differing} differ\n")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
