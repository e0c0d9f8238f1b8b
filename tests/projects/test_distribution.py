"""What people install works: the wheel holds the policies, and a fresh environment runs the command."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_package_and_its_policies_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert {"linter/policies/profiles/recommended.yaml", "linter/policies/schemas/zone.schema.json"} <= set(names)
    assert {"linter/policies/providers/microsoft-365.yaml", "linter/policies/bounces.yaml"} <= set(names)
    assert "linter/policies/publishers.yaml" in names
    assert {"linter/providers/catalogue.json", "linter/providers/publishers.json", "linter/py.typed"} <= set(names)
    pages = {f"linter/docs/rules/{page.name}" for page in (ROOT / "docs" / "rules").glob("*.md")}
    assert pages == {name for name in names if name.startswith("linter/docs/")}
    assert {"mailzone/testing.py", "mailzone/__main__.py"} <= set(names)
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"linter", "mailzone"}


def test_the_installed_command_runs_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(command, check=True, capture_output=True)
    (tmp_path / "example.com.yaml").write_text("'':\n  type: TXT\n  value: v=spf1 +all\n")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {"PYTHONPATH": str(target), "PATH": ""}
        command = [sys.executable, *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment, check=False)

    done = run("-m", "linter", "check", "--profile", "minimal", "example.com.yaml")
    explained = run("-m", "mailzone", "explain", "spf-pass-all")
    printed = run("-X", "importtime", "-m", "mailzone", "schema", "config")

    assert (done.returncode, done.stderr) == (1, "")
    assert "error[spf-pass-all]" in done.stdout
    assert (explained.returncode, explained.stderr) == (0, "")
    assert "## Bad" in explained.stdout
    assert printed.stdout == (ROOT / "policies" / "schemas" / "config.schema.json").read_text()
    assert "linter.config.schemas" not in printed.stderr  # which makes it, of all rules


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is checked in, in a folder of its own, with what lies about in the folder of somebody at work."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("no repository here that knows what is checked in")
    folder = tmp_path_factory.mktemp("checkout")
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    for stray in STRAYS:
        (folder / stray).parent.mkdir(parents=True, exist_ok=True)
        (folder / stray).write_text("stray")
    return folder


STRAYS = (
    ".env", "notes.txt", ".venv/lib/x.py", "linter/__pycache__/x.pyc", "tests/__pycache__/y.pyc", ".coverage",
    ".hypothesis/z", "build/lib/x.py", "dist/mailzone-0.0.tar.gz", ".mypy_cache/m.json", "shared/FACTS.md",
)  # fmt: skip


def test_the_source_distribution_holds_what_is_checked_in_and_no_strays(checkout: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", str(tmp_path), str(checkout)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(built) as archive:
        held = {member.name.partition("/")[2] for member in archive if member.isfile()}

    files = (path.relative_to(checkout).as_posix() for path in checkout.rglob("*") if path.is_file())
    assert held == {*files, "PKG-INFO"} - set(STRAYS)
    assert "tests/projects/test_distribution.py" in held
