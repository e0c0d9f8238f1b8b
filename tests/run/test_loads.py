"""Estates cut into loads: small ones travel together, a large one is sent once, and what belongs together stays so."""

from pathlib import Path

import pytest

from linter.cli.options import CheckOptions
from linter.run.files import find_files
from linter.run.loads import Load, loads
from linter.run.parcel import unpacked
from linter.run.parts import groups, parts
from linter.run.shares import Share

ZONE = "'': {type: TXT, value: v=spf1 -all}\n"
LEAST = 8 * 1100
"""What so many such zones are worth, at least."""


@pytest.fixture
def shares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Share]:
    """Two small estates, a large one with a zone in two files, and another small one."""
    monkeypatch.chdir(tmp_path)
    for folder, zones in (("a", 2), ("b", 3), ("c", 40), ("d", 1)):
        (tmp_path / folder).mkdir()
        for number in range(zones):
            (tmp_path / folder / f"z{number}.test.yaml").write_text(ZONE)
    (tmp_path / "c" / "z39.test.").mkdir()
    (tmp_path / "c" / "z39.test." / "www.yaml").write_text("www: {type: A, value: 192.0.2.1}\n")
    (group,) = groups(CheckOptions(), find_files(["."]))
    return [Share(part.files, part, group.policy, []) for part in parts(group)]


def judged(load: Load) -> list[str]:
    return [path for _, files in load.picked for path in files]


def test_estates_are_cut_in_their_order(shares: list[Share]) -> None:
    made = list(loads(shares, 2, LEAST))

    assert [load.numbers for load in made] == [(0, 1), *[(2,)] * (len(made) - 2), (3,)]
    assert len(made) > 4
    assert judged(made[0]) == [*shares[0].files, *shares[1].files]
    assert sorted(path for load in made[1:-1] for path in judged(load)) == sorted(shares[2].files)
    assert {load.parcel for load in made[1:-1]} == {made[1].parcel}
    assert [len([path for path in judged(load) if "z39" in path]) for load in made].count(1) == 0


def test_alone_a_load_has_its_own_files_and_no_others(shares: list[Share]) -> None:
    for load in loads(shares, 2, LEAST, is_alone=True):
        parcel = unpacked(load.parcel)

        assert sorted(parcel.files) == sorted(str(Path(path).resolve()) for path in judged(load))
        assert not parcel.names
