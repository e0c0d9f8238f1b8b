"""Write what is generated: the index of rules and the JSON Schemas; `--check` only says whether they are fresh."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

FAMILIES = ("source", "zone", "spf", "mx", "dmarc", "dkim")


def rule_index() -> str:
    """The text of linter/rules/index.py."""
    entries = []
    for family in FAMILIES:
        rules = import_module(f"linter.rules.{family}").RULES
        entries += [(rule.name, family, rule.severity, rule.summary) for rule in rules]
    rows = "\n".join(f"    {entry!r}," for entry in entries)
    text = (
        '"""Every rule\'s name, family, severity and summary, so that a run loads only what it needs; generated."""\n\n'
        "ENTRIES: tuple[tuple[str, str, str, str], ...] = (\n"
        f"{rows}\n)\n\nNAMES = frozenset(entry[0] for entry in ENTRIES)\n"
    )
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", "index.py", "-"]
    return subprocess.run(command, input=text, text=True, capture_output=True, check=True, cwd=ROOT).stdout


def schemas() -> dict[str, str]:
    """The schema files by their paths."""
    module = import_module("linter.config.schemas")
    return {
        f"policies/schemas/{kind}.schema.json": json.dumps(module.schema_of(kind), indent=2) + "\n"
        for kind in module.KINDS
    }


def stale(files: dict[str, str]) -> list[str]:
    """The generated files that do not hold what they should."""
    return [name for name, text in files.items() if not (ROOT / name).is_file() or (ROOT / name).read_text() != text]


def main() -> int:
    """Write the files, or with --check name those that are stale; the exit status."""
    check = "--check" in sys.argv[1:]
    index = {"linter/rules/index.py": rule_index()}
    if not check:
        for name, text in index.items():
            (ROOT / name).write_text(text)
        sys.modules.pop("linter.rules.index", None)
        sys.modules.pop("linter.rules.registry", None)
    files = {**index, **schemas()}
    old = stale(files)
    for name in old:
        if not check:
            (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / name).write_text(files[name])
        sys.stdout.write(f"{'stale' if check else 'written'}: {name}\n")
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main())
