"""What people install works: the wheel holds the policies, and a fresh environment runs the command."""

import subprocess
import sys
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

    done = subprocess.run(
        [sys.executable, "-m", "linter", "check", "--profile", "minimal", "example.com.yaml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(target), "PATH": ""},
        check=False,
    )

    assert (done.returncode, done.stderr) == (1, "")
    assert "error[spf-pass-all]" in done.stdout

    explained = subprocess.run(
        [sys.executable, "-m", "mailzone", "explain", "spf-pass-all"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(target), "PATH": ""},
        check=False,
    )

    assert (explained.returncode, explained.stderr) == (0, "")
    assert "## Bad" in explained.stdout
