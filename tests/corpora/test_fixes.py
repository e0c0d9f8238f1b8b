"""`check --fix` over real repositories with faults put into them: what was put in is gone, and not an octet else."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.cli.conftest import Run, mailzone

__all__ = ["mailzone"]
ROOT = Path(__file__).parents[2]
CORPORA = ROOT / ".." / "shared" / "corpora"
FAULTS = (
    ("spf-host-bits-set", "v=spf1 ip4:50.9.9.9/24 ", "v=spf1 ip4:50.9.9.0/24 "),
    ("spf-duplicate-term", "v=spf1 exists:a.ssmx.net exists:a.ssmx.net ", "v=spf1 exists:a.ssmx.net "),
    ("spf-version-misspelt", "v=spf1. exists:a.ssmx.net ", "v=spf1 exists:a.ssmx.net "),
)


def texts(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*.y*ml"))
        if not path.is_symlink()
    }


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[0])
@pytest.mark.parametrize("name", ["examples", "corpora"])
def test_only_what_was_put_in_goes(mailzone: Run, tmp_path: Path, name: str, fault: tuple[str, str, str]) -> None:
    origin = ROOT / "examples" if name == "examples" else CORPORA
    if not origin.is_dir():
        pytest.skip(f"{origin} is not there")
    copytree(origin, tmp_path, dirs_exist_ok=True, symlinks=True, ignore=lambda _, names: {".git", ".mailzone.yaml"})
    rule, bad, good = fault
    sound = {path: octets.replace(b"v=spf1;", b"v=spf1") for path, octets in texts(tmp_path).items()}
    for path, octets in sound.items():
        (tmp_path / path).write_bytes(octets)
    wanted = {path: octets.replace(b"v=spf1 ", good.encode()) for path, octets in sound.items()}
    for path, octets in texts(tmp_path).items():
        (tmp_path / path).write_bytes(octets.replace(b"v=spf1 ", bad.encode()))
    faulty = texts(tmp_path)
    folders = sorted({path.parent for path in tmp_path.rglob("*.y*ml")})
    assert folders
    files = [path for path in faulty if b"v=spf1" in faulty[path]]
    mailzone("check", *files, "--no-config", "--select", rule, "--fix-only", "--unsafe-fixes", "-q")
    now = texts(tmp_path)

    left = [path for path in now if now[path] != wanted[path]]
    assert [path for path in left if now[path] != faulty[path]] == []
    fixed = [path for path in files if path not in left]
    assert len(fixed) > len(files) * 2 // 3, left
    before = texts(tmp_path)
    mailzone("check", *files, "--no-config", "--select", rule, "--fix-only", "--unsafe-fixes", "-q")
    assert texts(tmp_path) == before
