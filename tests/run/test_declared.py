"""Which files declare which zone: what their names and texts tell, and what a file that was read says."""

from pathlib import Path

import pytest

from linter.run.declared import Declared
from linter.run.scan import Scan


def declared(folder: Path, files: dict[str, str]) -> Declared:
    for name, text in files.items():
        (folder / name).write_text(text)
    return Declared([str(folder / name) for name in files], {}, Scan())


def names(paths: list[str]) -> list[str]:
    return [Path(path).name for path in paths]


@pytest.mark.parametrize("others", [0, 20], ids=["few zones", "many zones"])
def test_who_declares_the_zones_of_what_was_read(tmp_path: Path, others: int) -> None:
    files = {
        "a.example.yaml": "",
        "A.Example.yml": "",
        "main.yaml": "zone: A.example.\nrecords: {}\n",
        "b.example.yaml": "'zone' : a.example\nrecords: {}\n",
        "talk.yaml": "zone: c.example\nrecords: {a.example: {type: A}}\n",
        "a.example.yaml.yml": "zone: elsewhere.example\n",
        **{f"n{number}.example.yaml": "" for number in range(others)},
    }
    known = declared(tmp_path, files)
    read = [str(tmp_path / name) for name in ("a.example.yaml", *list(files)[6:])]
    known.zone_of.update({path: f"{Path(path).stem}." for path in read})

    found = known.declarations(read)

    assert names(found["a.example."]) == ["a.example.yaml", "A.Example.yml", "main.yaml", "b.example.yaml"]
    assert len(found) == 1 + others


def test_what_somebody_else_has_read_counts_before_the_name(tmp_path: Path) -> None:
    known = declared(tmp_path, {"a.example.yaml": "", "b.example.yaml": "zone: a.example\n", "main.yaml": ""})
    paths = known.files
    known.zone_of.update(zip(paths, ("a.example.", "b.example.", "a.example."), strict=True))

    found = known.declarations(paths)

    assert {zone: names(of) for zone, of in found.items()} == {
        "a.example.": ["a.example.yaml", "main.yaml"],
        "b.example.": ["b.example.yaml"],
    }


@pytest.mark.parametrize("others", [0, 20], ids=["few zones", "many zones"])
def test_what_lies_below_zones(tmp_path: Path, others: int) -> None:
    files = ("a.example.yaml", "x.a.example.yaml", "y.x.a.example.yaml", "ba.example.yaml", "example.yaml")
    known = declared(tmp_path, dict.fromkeys(files, ""))
    zones = {"a.example.", *(f"n{number}.test." for number in range(others))}

    assert names(sorted(known.below(zones))) == ["x.a.example.yaml", "y.x.a.example.yaml"]
    assert len(known.below({"."})) == len(files)


def test_a_file_is_of_one_zone_wherever_it_is_moved(tmp_path: Path) -> None:
    known = declared(tmp_path, {"a.example.yaml": "", "main.yaml": ""})
    path = known.files[1]

    for zone in ("a.example.", "b.example.", "b.example."):
        known.move(path, zone)

    assert [names(list(known.of(zone))) for zone in ("a.example.", "b.example.", "main.")] == [
        ["a.example.yaml"],
        ["main.yaml"],
        [],
    ]
    assert sorted(names(known.files)) == ["a.example.yaml", "main.yaml"]


def test_what_was_read_for_another_estate_counts_here_too(tmp_path: Path) -> None:
    known = declared(tmp_path, {"a.example.yaml": "", "main.yaml": "zone: b.example\n", "b.example.yaml": ""})
    first, second, third = known.files

    assert known.declarations([first, second]) == {"a.example.": [first], "b.example.": [third, second]}
