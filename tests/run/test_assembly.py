"""Zones that octoDNS puts together, as an estate: lazy like any other, and nothing from outside the repository."""

import os
from pathlib import Path

import pytest

from linter.run.assembly import Assembly
from linter.run.configurations import assemblies
from linter.run.estate import Estate

PROVIDERS = """\
providers:
  one: {class: octodns.provider.yaml.YamlProvider, directory: ./one}
  two: {class: octodns.provider.yaml.YamlProvider, directory: ./two}
zones:
"""
EVERY = f"{PROVIDERS}  '*': {{sources: [one, two]}}\n"


def write(folder: Path, files: dict[str, str]) -> None:
    (folder / ".git").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def found(folder: Path, place: str = "one") -> Assembly:
    (assembly,) = assemblies([str(folder / place)])
    return assembly


def test_a_question_reads_the_files_of_one_zone_alone(tmp_path: Path) -> None:
    write(tmp_path, {f"{place}/n{number}.example.yaml": f"{place}: {{type: A, value: 192.0.2.1}}\n"
                     for place in ("one", "two") for number in range(50)})  # fmt: skip
    write(tmp_path, {"octodns.yaml": EVERY})
    assembly = found(tmp_path)
    estate = Estate(assembly.paths, str(tmp_path), (), assembly)

    for name, status in (("one.n7.example.", "found"), ("two.n7.example.", "found"), ("x.n7.example.", "nxdomain")):
        assert estate.resolver.lookup(name, "A").status == status
    assert [os.path.relpath(path, tmp_path) for path in estate.read_files] == [
        "one/n7.example.yaml",
        "two/n7.example.yaml",
    ]
    assert estate.scan.files == []


def test_sources_are_read_in_their_order(tmp_path: Path) -> None:
    write(tmp_path, {"one/a.example.yaml": "{}\n", "two/a.example.yaml": "{}\n"})
    write(tmp_path, {"octodns.yaml": f"{PROVIDERS}  a.example.: {{sources: [two, one]}}\n"})

    files = found(tmp_path).zones["a.example."].files

    assert [os.path.relpath(path, tmp_path) for path in files] == ["two/a.example.yaml", "one/a.example.yaml"]


@pytest.mark.parametrize("directory", ["../outside", "{tmp}/outside", "./link"])
def test_no_folder_outside_the_repository_is_looked_into(directory: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write(outside, {"a.example.yaml": "x: {type: A, value: 192.0.2.1}\n"})
    inside = tmp_path / "inside"
    config = EVERY.replace("./two", directory.replace("{tmp}", str(tmp_path)))
    write(inside, {"one/a.example.yaml": "y: {type: A, value: 192.0.2.1}\n", "octodns.yaml": config})
    (inside / "link").symlink_to(outside)

    assembly = found(inside)

    assert [os.path.basename(os.path.dirname(path)) for path in assembly.paths] == ["one"]
    assert not assembly.zones["a.example."].complete


def test_directories_are_relative_to_where_most_of_them_are(tmp_path: Path) -> None:
    write(tmp_path, {"dns/one/a.example.yaml": "{}\n", "dns/two/a.example.yaml": "{}\n", "dns/config/x.yaml": EVERY})

    assert os.path.relpath(found(tmp_path, "dns/one").base, tmp_path) == "dns"


def test_two_files_that_say_the_same_are_one(tmp_path: Path) -> None:
    write(tmp_path, {"one/a.example.yaml": "{}\n", "a.yaml": EVERY, "b.yaml": f"# another\n{EVERY}"})

    assert len(assemblies([str(tmp_path / "one"), str(tmp_path)])) == 1


def test_a_linked_zone_file_is_a_zone_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, {"one/a.example.yaml": "x: {type: A, value: 192.0.2.1}\n", "octodns.yaml": EVERY})
    (tmp_path / "one/b.example.yaml").symlink_to("a.example.yaml")

    assembly = found(tmp_path).spelled([str(tmp_path / "one/a.example.yaml")])

    assert set(assembly.zones) == {"a.example.", "b.example."}
    assert len(set(assembly.paths)) == 2
