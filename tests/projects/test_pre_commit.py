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


def environment(home: Path) -> dict[str, str]:
    """One in which a hook is installed as it would be anywhere, except that nothing comes from the network.

    What the hook depends on, and what builds it, is taken from where these tests run.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "PRE_COMMIT_HOME": str(home),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # to pip, this is the value of build isolation itself
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps what it installs: once for all tests."""
    return tmp_path_factory.mktemp("home")


class Repository:
    """A repository of zones with the hooks in it."""

    def __init__(self, folder: Path, tool: Path, home: Path) -> None:
        self.folder, self._home = folder, home
        revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=tool, check=True, capture_output=True, text=True)
        hooks = "[{id: mailzone}, {id: mailzone-all}, {id: mailzone-compare}]"
        entry = f"{{repo: 'file://{tool}', rev: {revision.stdout.strip()}, hooks: {hooks}}}"
        folder.mkdir()
        git(folder, "init", "--quiet")
        self.write({".pre-commit-config.yaml": f"repos: [{entry}]\n"})

    def write(self, files: dict[str, str | None]) -> None:
        """Write files, or delete them where there is no text, and stage that."""
        for path, text in files.items():
            if text is None:
                (self.folder / path).unlink()
            else:
                (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / path).write_text(text)
        git(self.folder, "add", "--all")

    def commit(self) -> None:
        """Commit what is staged, whatever the hooks would say."""
        git(self.folder, "commit", "--quiet", "--no-verify", "--message", "zones")

    def run(self, hook: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one hook as a commit would."""
        return subprocess.run(
            ["pre-commit", "run", hook, "--color", "never", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            env=environment(self._home),
            check=False,
        )


@pytest.fixture
def repository(tool: Path, home: Path, tmp_path: Path) -> Repository:
    return Repository(tmp_path / "dns", tool, home)


FAULTY = CLEAN.replace("-all", "nclude:spf.ssmx.net -all")
PLACE = "zones/example.com.yaml:5:19: error[spf-unknown-mechanism]"


def test_the_hook_judges_what_is_staged(repository: Repository) -> None:
    repository.write({"zones/example.com.yaml": CLEAN, "compose.yaml": "services:\n  web:\n    image: nginx\n"})
    clean = repository.run("mailzone")
    repository.write({"zones/example.com.yaml": FAULTY})
    bad = repository.run("mailzone")
    repository.commit()
    repository.write({"README.md": "a word\n", "app/values.yaml": "a: 1\n"})
    other = repository.run("mailzone")
    everything = repository.run("mailzone-all")

    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert (bad.returncode, PLACE in bad.stdout) == (1, True)
    assert other.returncode == 0, other.stdout
    assert "spf-unknown-mechanism" not in other.stdout
    assert (everything.returncode, PLACE in everything.stdout) == (1, True)


def test_a_warning_lets_a_commit_pass_and_is_seen(repository: Repository) -> None:
    repository.write({"zones/example.com.yaml": CLEAN.replace("-all", "?all").replace("''", "www")})
    ran = repository.run("mailzone")

    assert ran.returncode == 0
    assert "warning[" in ran.stdout


SHARED = "spf: {type: TXT, value: v=spf1 ip4:192.0.2.1 -all}\n"
USER = CLEAN.replace("-all", "include:spf.example.net -all")
POLICY = "version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 604800\n"
STS = """\
'': {type: MX, value: {preference: 10, exchange: mx.example.com.}}
_mta-sts: {type: TXT, value: v=STSv1; id=20261130}
mx: {type: A, value: 192.0.2.1}
mta-sts: {type: A, value: 192.0.2.1}
"""
OCTODNS = """\
providers: {config: {class: octodns.provider.yaml.YamlProvider, directory: zones}}
zones: {example.com.: {sources: [config], targets: []}}
"""


@pytest.mark.parametrize(
    ("before", "staged", "rule"),
    [
        # A zone that another one needs is deleted, or renamed.
        (
            {"zones/example.com.yaml": USER, "zones/example.net.yaml": SHARED, ".mailzone.yaml": "zones: [zones/*]\n"},
            {"zones/example.net.yaml": SHARED.replace("spf:", "fps:")},
            "spf-include-without-record",
        ),
        # The configuration turns to another profile, or to another rule.
        (
            {"zones/example.com.yaml": FAULTY, ".mailzone.yaml": "rules: {spf-unknown-mechanism: off}\n"},
            {".mailzone.yaml": "rules: {}\n"},
            "spf-unknown-mechanism",
        ),
        (
            {"zones/example.com.yaml": FAULTY, ".mailzone.yaml": "rules: {spf-unknown-mechanism: off}\n"},
            {".mailzone.yaml": None},
            "spf-unknown-mechanism",
        ),
        # What is locked of others changes.
        (
            {
                "zones/example.com.yaml": CLEAN.replace("-all", "include:spf.other.example -all"),
                "mailzone.lock": "version: 1\nanswers:\n  spf.other.example:\n    TXT: [v=spf1 -all]\n",
            },
            {"mailzone.lock": "version: 1\nanswers:\n  spf.other.example: nxdomain\n"},
            "spf-include-without-record",
        ),
        # A policy of MTA-STS is edited.
        (
            {
                "zones/example.com.yaml": STS,
                ".mailzone.yaml": "mta-sts: {example.com: policies/example.com.txt}\n",
                "policies/example.com.txt": POLICY,
            },
            {"policies/example.com.txt": POLICY.replace("mx: mx.", "mx: mail.")},
            "mta-sts-policy",
        ),
        # octoDNS's configuration gets a zone that is not there; a baseline loses what it had.
        (
            {"zones/example.com.yaml": CLEAN, "config.yaml": OCTODNS},
            {
                "config.yaml": OCTODNS.replace(
                    "{example.com.", "{example.org.: {sources: [gone], targets: []}, example.com."
                )
            },
            "error[",
        ),
        (
            {
                "zones/example.com.yaml": FAULTY,
                ".mailzone.yaml": "baseline: known.yaml\n",
                "known.yaml": "",
            },
            {"known.yaml": "# emptied\n"},
            "spf-unknown-mechanism",
        ),
    ],
)
def test_what_governs_zones_is_judged_with_them(
    repository: Repository, before: dict[str, str | None], staged: dict[str, str | None], rule: str
) -> None:
    repository.write(before)
    repository.commit()
    repository.write(staged)
    ran = repository.run("mailzone")

    assert (ran.returncode, rule in ran.stdout) == (1, True), ran.stdout + ran.stderr


def test_a_deleted_zone_that_another_needs_fails_the_commit(repository: Repository) -> None:
    config = "zones: [zones/*]\nrules: {spf-include-without-record: error}\nfail-on: info\n"
    files = {"zones/example.com.yaml": USER, "zones/example.net.yaml": SHARED, ".mailzone.yaml": config}
    repository.write({**files})
    repository.commit()
    assert repository.run("mailzone").returncode == 0
    repository.write({"zones/example.net.yaml": None})
    ran = repository.run("mailzone")

    assert "zones/example.com.yaml" in ran.stdout, ran.stdout + ran.stderr


def test_the_comparison_runs_only_when_it_is_asked_for(repository: Repository) -> None:
    repository.write({"zones/example.com.yaml": CLEAN})

    assert "mailzone-compare" not in repository.run("mailzone", "--verbose").stdout
    ran = repository.run("mailzone-compare", "--hook-stage", "manual")
    assert "hook id: mailzone-compare" in ran.stdout
