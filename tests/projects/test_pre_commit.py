"""The pre-commit hook works in a real repository: it blocks a fault and lets a clean zone pass."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CLEAN = """\
'':
  - type: MX
    value: {preference: 0, exchange: .}
  - type: TXT
    value: v=spf1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
"""


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This working tree as a repository of its own that pre-commit can clone."""
    folder = tmp_path_factory.mktemp("tool")
    for name in (
        "docs",
        "linter",
        "mailzone",
        "policies",
        "pyproject.toml",
        "README.md",
        "LICENSE",
        ".pre-commit-hooks.yaml",
    ):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "tool")
    return folder


def hook(folder: Path, tool: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """`pre-commit try-repo` with an environment of its own.

    It installs the hook as it would anywhere, except that nothing comes from the network: what the hook depends
    on, and what builds it, is taken from where these tests run.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {
        "PRE_COMMIT_HOME": str(home),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # to pip, this is the value of build isolation itself
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    return subprocess.run(
        ["pre-commit", "try-repo", str(tool), "mailzone-all", "--all-files", "--color", "never", "--verbose"],
        cwd=folder,
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


def test_the_hook_judges_what_is_committed(tool: Path, tmp_path: Path) -> None:
    repository = tmp_path / "dns"
    (repository / "zones").mkdir(parents=True)
    zone = repository / "zones" / "example.com.yaml"
    zone.write_text(CLEAN)
    (repository / "compose.yaml").write_text("services:\n  web:\n    image: nginx\n")
    git(repository, "init", "--quiet")
    git(repository, "add", "--all")

    clean = hook(repository, tool, tmp_path / "home")
    zone.write_text(CLEAN.replace("-all", "nclude:spf.ssmx.net -all"))
    git(repository, "add", "--all")
    bad = hook(repository, tool, tmp_path / "home")

    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert "Passed" in clean.stdout
    assert bad.returncode == 1
    assert "zones/example.com.yaml:5:19: error[spf-unknown-mechanism]" in bad.stdout
