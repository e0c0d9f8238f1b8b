"""A repository with old faults adopts mailzone as the README says: green on the first day, and red for what is new."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from linter.report.formats import FORMATS
from tests.cli.conftest import clean_environment

ROOT = Path(__file__).parents[2]
NEW = "spf-unknown-mechanism"


def section() -> str:
    found = re.search(
        r"^## Adopt it in an existing repository\n\n(.*?)^## ", (ROOT / "README.md").read_text(), re.M | re.S
    )
    assert found is not None
    return found[1]


def shell(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    """A line as people type it; `mailzone` is that of this checkout."""
    identity = {f"GIT_{who}_{what}": "t@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    path = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    environment = clean_environment() | identity | path
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, capture_output=True, text=True, env=environment, check=False
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The zones of all examples, some of them with faults, after the steps of the README."""
    for place in sorted((ROOT / "examples").glob("*/zones")):
        shutil.copytree(place, tmp_path / "zones" / place.parent.name)
    shell(tmp_path, "git init -q -b main && git add -A && git commit -q -m zones")
    assert shell(tmp_path, "mailzone check").returncode == 1
    steps = re.findall(r"^\$ (.*?)(?:  #.*)?$", section(), re.MULTILINE)
    ran = [shell(tmp_path, step) for step in steps]
    assert [each.returncode for each in ran] == [0] * len(steps), ran
    told = ran[[step.strip() for step in steps].index("mailzone check")].stdout
    assert re.search(r"nothing to report: .*; [1-9]\d* in the baseline\n", told), told
    shell(tmp_path, "git commit -q -m 'Adopt mailzone'")
    return tmp_path


def changed(folder: Path, *formats: str) -> subprocess.CompletedProcess[str]:
    """What the hook says of what is staged."""
    shell(folder, "git add -A")
    return shell(folder, f"mailzone check --changed --no-progress {' '.join(formats)}")


def test_it_is_ten_lines() -> None:
    assert len(section().strip().splitlines()) <= 10


def test_an_unrelated_edit_passes_without_a_word(repository: Path) -> None:
    for path in sorted(repository.glob("zones/first-look/*.yaml")):
        path.write_text(path.read_text().rstrip("\n") + "\nunrelated: {type: A, value: 192.0.2.77}\n")
    ran = changed(repository, "-f concise")

    assert (ran.returncode, ran.stdout) == (0, ""), ran.stdout
    assert re.fullmatch(r"mailzone: \d+ in the baseline\n", ran.stderr)


def test_a_moved_block_stays_green(repository: Path) -> None:
    path = repository / "zones" / "first-look" / "example.com.yaml"
    blocks = re.split(r"\n(?=\S)", path.read_text().rstrip("\n"))
    head = [block for block in blocks if block.startswith(("#", "---"))]
    path.write_text("\n".join([*head, *sorted((each for each in blocks if each not in head), reverse=True)]) + "\n")
    assert path.read_text() != (ROOT / "examples/first-look/zones/example.com.yaml").read_text()
    split = path.with_name("example.com.")
    split.mkdir()
    assert changed(repository).returncode == 0
    path.rename(split / "all.yaml")
    assert changed(repository).returncode == 0, changed(repository).stdout


@pytest.fixture
def faulty(repository: Path) -> tuple[Path, Path, int]:
    """The repository with one new fault, its file, and the line."""
    path = repository / "zones" / "parked-domains" / sorted(os.listdir(repository / "zones" / "parked-domains"))[0]
    text = path.read_text().rstrip("\n") + "\nnewsletter: {type: TXT, value: v=spf1 nclude:spf.example.net -all}\n"
    path.write_text(text)
    return repository, path, text.count("\n")


def test_one_new_fault_is_red_with_its_place_in_every_format(faulty: tuple[Path, Path, int]) -> None:
    folder, path, line = faulty
    ran = changed(folder, *(f"-f {name}=.out.{name}" for name in FORMATS))
    place = path.relative_to(folder).as_posix()

    assert ran.returncode == 1, ran.stderr
    for name in FORMATS:
        text = (folder / f".out.{name}").read_text()
        assert place in text, name
        assert NEW in text or name == "markdown", name
        assert re.search(rf"\b{line}\b", text), name


def test_a_comment_with_a_reason_silences_just_that(faulty: tuple[Path, Path, int]) -> None:
    folder, path, line = faulty
    path.write_text(path.read_text().rstrip("\n") + f"  # mailzone: ignore[{NEW}] their record comes next week\n")
    silent = changed(folder)
    path.write_text(path.read_text() + "other: {type: TXT, value: v=spf1 nclude:spf.example.net -all}\n")
    red = changed(folder, "-f concise")

    assert (silent.returncode, "1 ignored" in silent.stdout) == (0, True), silent.stdout
    assert red.returncode == 1
    assert [each.split(":")[1] for each in red.stdout.splitlines() if NEW in each] == [str(line + 1)]


def test_what_a_branch_brings_is_told_without_a_baseline_too(faulty: tuple[Path, Path, int]) -> None:
    folder, path, line = faulty
    ran = shell(folder, "mailzone check --no-config --since merge-base:main -f concise")

    assert ran.returncode == 1
    assert [each.split(" ")[0] for each in ran.stdout.splitlines() if "error[" in each] == [
        f"{path.relative_to(folder).as_posix()}:{line}:39:"
    ]
