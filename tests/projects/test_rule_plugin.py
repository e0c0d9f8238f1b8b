"""The template of a plug-in, installed from its folder into another virtual environment, is one of the rules there."""

import json
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.cli.conftest import clean_environment

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "examples" / "rule-plugin"
ZONE = "'':\n  type: TXT\n  value: v=spf1 a:mail.acme.net -all\n"


class Environment:
    """Another virtual environment, which sees mailzone and its tools, and has the template installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / "venv" / "bin" / "python"
        self._run(sys.executable, "-m", "venv", "--without-pip", str(folder / "venv"))
        (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
        ours = f"{sysconfig.get_paths()['purelib']}\n{ROOT}\n"
        (site / "mailzone.pth").write_text(ours)
        shutil.copytree(TEMPLATE, folder / "rule-plugin")
        pip = (
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(self.python),
            "install",
            "--quiet",
            "--no-index",
            "--no-deps",
        )
        self._run(*pip, "--no-build-isolation", "--disable-pip-version-check", str(folder / "rule-plugin"))
        shutil.rmtree(folder / "rule-plugin")
        (folder / "zones").mkdir()
        (folder / "zones" / "acme.net.yaml").write_text(ZONE)

    def _run(self, *command: str) -> str:
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def mailzone(self, *arguments: str) -> tuple[int, str]:
        command = (str(self.python), "-m", "linter", *arguments)
        environment = {**clean_environment(), "PYTHONSAFEPATH": "1"}
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, env=environment)
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return Environment(tmp_path_factory.mktemp("other"))


def test_its_examples_are_run_as_its_page_says(other: Environment) -> None:
    shown = re.search(r"\$ mailzone test-rules acme\n(.*?)```", (TEMPLATE / "README.md").read_text(), re.DOTALL)
    assert shown is not None
    assert other.mailzone("test-rules", "acme") == (0, shown[1])
    assert other.mailzone("test-rules", "acme_rules") == (0, shown[1])


def test_it_is_listed_and_explained(other: Environment) -> None:
    status, listed = other.mailzone("rules", "-f", "json")
    assert status == 0
    assert [each["family"] for each in json.loads(listed)["rules"] if each["name"] == "acme-spf-host"] == ["acme"]
    assert "names a host where an address would do" in other.mailzone("explain", "acme-spf-host")[1]
    assert "did you mean `acme-spf-host`" in other.mailzone("explain", "acme-spf-hots")[1]


@pytest.mark.parametrize(
    ("arguments", "config", "is_found"),
    [
        ((), "", True),
        (("--select", "acme"), "", True),
        (("--ignore", "acme"), "", False),
        (("--ignore", "acme-spf-host"), "", False),
        ((), "rules: {acme-spf-host: off}", False),
        ((), "rules: {acme: off}", False),
        (("--select", "spf"), "", False),
    ],
)
def test_it_is_chosen_as_ours_are(other: Environment, arguments: tuple[str, ...], config: str, is_found: bool) -> None:
    (other.folder / ".mailzone.yaml").write_text(config)
    try:
        said = other.mailzone("check", *arguments, "zones")[1]
    finally:
        (other.folder / ".mailzone.yaml").unlink()
    assert ("acme-spf-host" in said) is is_found, said


def test_its_page_is_in_reports(other: Environment) -> None:
    said = json.loads(other.mailzone("check", "-f", "sarif", "zones")[1])
    rules = {rule["id"]: rule for rule in said["runs"][0]["tool"]["driver"]["rules"]}
    assert "Receivers look every host up" in rules["acme-spf-host"]["help"]["markdown"]


def test_the_template_tests_itself(other: Environment) -> None:
    shutil.copytree(TEMPLATE / "tests", other.folder / "tests", dirs_exist_ok=True)
    command = (str(other.python), "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")
    done = subprocess.run(command, cwd=other.folder, capture_output=True, text=True, check=False)
    assert "2 passed" in done.stdout, done.stdout + done.stderr
