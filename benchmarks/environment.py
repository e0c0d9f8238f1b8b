"""The benchmark's own environment: mailzone as people install it, and its peers, exact versions of each."""

import subprocess
import sys
import tomllib
from pathlib import Path

from benchmarks.measuring import Wrong

ROOT = Path(__file__).parents[1]
PLACE = ROOT / ".venv" / "peers"
BIN = PLACE / "bin"
PYTHON = str(BIN / "python")
MAILZONE = str(BIN / "mailzone")


def wanted() -> list[str]:
    """The peers with their versions: the group `bench`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[str] = project["dependency-groups"]["bench"]
    return found


def make() -> dict[str, str]:
    """Make it, or renew what changed, and give the versions of all that is in it."""
    if not BIN.exists():
        _run(sys.executable, "-m", "venv", str(PLACE))
    _pip("install", "--upgrade", "pip")
    with_dependencies = [*wanted(), str(ROOT)]
    _pip("install", *with_dependencies)
    _pip("install", "--no-deps", "--force-reinstall", str(ROOT))  # the version is the same, what is in it is not
    listed = _run(PYTHON, "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check")
    return dict(line.split("==") for line in listed.split() if "==" in line)


def _pip(*words: str) -> None:
    _run(PYTHON, "-m", "pip", *words, "--quiet", "--disable-pip-version-check")


def _run(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Wrong(f"{' '.join(words)}:\n{done.stderr[-2000:]}")
    return done.stdout
