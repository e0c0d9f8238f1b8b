"""Globs and folders are searched without links and with an end; what is too much is told, never passed over."""

import glob
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.run import walk
from linter.run.files import estate_folder_files, expand, find_files
from linter.source.file import Unreadable
from linter.source.repository import OUTSIDE

FILES = ("a.yaml", "b.yml", "c.txt", ".h.yaml", "d/a.yaml", "d/e/a.yaml", "d/e/x.y.yaml", ".g/a.yaml", "[x]/a.yaml")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in FILES:
        (tmp_path / "top" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "top" / name).write_text("")
    monkeypatch.chdir(tmp_path / "top")
    return tmp_path / "top"


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("still")
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    return folder


PARTS = st.sampled_from(["**", "*", "*.yaml", "d", "e", "a.yaml", "?", "[abc].y*", ".*", ".g", "d*", "[[]x]"])


@given(st.lists(PARTS, min_size=1, max_size=4).map("/".join))
@settings(max_examples=500, deadline=None)
def test_a_glob_means_the_files_that_it_means_to_python(still: Path, pattern: str) -> None:
    found = {path for path in expand([pattern], str(still)) if os.path.isfile(path)}
    # Python has files that `**` stands behind as well, with a slash at their end.
    expected = {path for path in glob.glob(os.path.join(still, pattern), recursive=True) if not path.endswith(os.sep)}

    assert found == {path for path in expected if os.path.isfile(path)}


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.yaml", ["a.yaml"]),
        ("./*.yaml", ["a.yaml"]),
        ("**/*.yaml", ["[x]/a.yaml", "a.yaml", "d/a.yaml", "d/e/a.yaml", "d/e/x.y.yaml"]),
        ("**/**/a.yaml", ["[x]/a.yaml", "a.yaml", "d/a.yaml", "d/e/a.yaml"]),
        ("d", ["d"]),
        ("d/", ["d"]),
        ("[d]", ["d"]),
        ("d/**", ["d/a.yaml", "d/e/a.yaml", "d/e/x.y.yaml"]),
        ("d/gone/*", []),
        ("a.yaml/*", []),
        ("", []),
        (".", ["."]),
        ("./", ["."]),
    ],
)
def test_what_globs_mean(tree: Path, pattern: str, found: list[str]) -> None:
    assert list(expand([pattern], "")) == found


def test_links_in_circles_end(tree: Path) -> None:
    for name in "fghijklm":
        (tree / "d" / name).symlink_to(".")
    (tree / "d" / "e" / "up").symlink_to("../..")
    whole = ["[x]/a.yaml", "a.yaml", "d/a.yaml", "d/e/a.yaml", "d/e/x.y.yaml"]

    assert list(expand(["**/*.yaml"], "")) == whole
    assert list(expand(["*/*/*/*/*/*/*/*/*/*/*/*"], "")) == []
    assert sorted(expand(["d/*"], "")) == ["d/a.yaml", "d/e"]
    assert sorted(find_files(["."]).files) == sorted([*whole, "b.yml"])


def test_a_folder_that_is_named_may_be_a_link_inside(tree: Path) -> None:
    (tree / "now").symlink_to("d/e")

    assert expand(["now/*.yaml"], "") == ("now/a.yaml", "now/x.y.yaml")
    assert expand(["now/../*.yaml", "n*/*.yaml"], "") == ("now/../a.yaml",)
    assert find_files(["now"]).files == ("now/a.yaml", "now/x.y.yaml")


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_leads_outside_is_refused_whether_it_is_there_or_not(tree: Path, there: bool) -> None:
    if there:
        (tree.parent / "outside").mkdir()
        (tree.parent / "outside" / "secret.example.yaml").write_text("")
    (tree / "out").symlink_to("../outside")
    (tree / "example.com.").symlink_to("../outside")

    for pattern in ("out/*.yaml", "out/secret.example.yaml", "**/out/*.yaml"):
        with pytest.raises(Unreadable) as caught:
            expand([pattern], "")
        assert (caught.value.path, caught.value.reason) == ("out", OUTSIDE)
    assert expand(["*/*.yaml"], "") == ("[x]/a.yaml", "d/a.yaml")
    assert estate_folder_files("") == (".h.yaml", "a.yaml", "b.yml")
    found = find_files(["out", "out/secret.example.yaml", "out/gone.yaml"])
    assert (found.files, found.folders) == ((), ())
    assert [reason for _, reason in found.problems] == [OUTSIDE] * 3


@pytest.mark.parametrize("there", [True, False])
def test_a_file_that_leads_outside_is_found_and_told(tree: Path, there: bool) -> None:
    if there:
        (tree.parent / "secret").write_text("")
    (tree / "d" / "l.yaml").symlink_to("../../secret")

    assert "d/l.yaml" in expand(["**/*.yaml"], "")
    assert find_files(["d"]).problems == (("d/l.yaml", OUTSIDE),)
    assert estate_folder_files("d") == ("d/a.yaml",)


def test_a_folder_named_from_elsewhere_is_searched_within_its_bounds(
    tree: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tree / "d" / "l.yaml").symlink_to("/proc/self/environ")
    (tree / "d" / "m.yaml").symlink_to("e/a.yaml")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    found = find_files(["../top/d"])

    assert [os.path.basename(path) for path in found.files] == ["a.yaml", "m.yaml", "a.yaml", "x.y.yaml"]
    assert found.problems == (("../top/d/l.yaml", OUTSIDE),)


@pytest.mark.parametrize("search", [lambda: expand(["**/*.yaml"], ""), lambda: find_files(["."])])
def test_too_much_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch, search: Callable[[], object]) -> None:
    monkeypatch.setattr(walk, "MOST_ENTRIES", 3)
    with pytest.raises(Unreadable, match="more than 3 files and folders are not searched"):
        search()

    monkeypatch.setattr(walk, "MOST_ENTRIES", 1000)
    monkeypatch.setattr(walk, "MOST_LEVELS", 1)
    with pytest.raises(Unreadable, match="d/e: lies in more than 1 folders"):
        search()


def test_no_wildcard_finds_what_belongs_to_git(tree: Path) -> None:
    (tree / ".git").mkdir()
    (tree / ".git/config.yaml").write_text("")

    for pattern in (".*/*.yaml", ".g*/*", "**/.*/*", ".[g]it/config.yaml", "[.]git/*", "?git/*"):
        assert not [path for path in expand([pattern], "") if "git" in path]


def test_what_the_system_makes_up_is_not_searched() -> None:
    assert expand(["proc/**/environ", "proc/*/environ", "p*c/*/environ", "sys/*"], "/") == ()
    assert find_files(["/proc"]).files == ()
