"""What a path leads to is judged by the links on the way: none of a repository may lead out of it."""

import os
from pathlib import Path

import pytest

from linter.source.file import Unreadable, read_octets
from linter.source.repository import OUTSIDE, leads_outside, lies_in, repository_root


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A repository beside a folder that is none of its business, and another repository."""
    for path in ("repo/zones", "repo/.git", "repo/inner/.git", "outside/deep", "other/.git"):
        (tmp_path / path).mkdir(parents=True)
    for path in ("repo/a", "repo/zones/a", "repo/.git/config", "outside/a", "outside/deep/a", "other/a", "repo2"):
        (tmp_path / path).write_text(path)
    return tmp_path


@pytest.mark.parametrize(
    ("link", "target", "path", "reads"),
    [
        ("repo/zones/l", "a", "repo/zones/l", "repo/zones/a"),
        ("repo/zones/l", "../a", "repo/zones/l", "repo/a"),
        ("repo/zones/l", "../../repo/a", "repo/zones/l", "repo/a"),
        ("repo/zones/l", "{}/repo/a", "repo/zones/l", "repo/a"),
        ("repo/l", "zones", "repo/l/a", "repo/zones/a"),
        ("repo/l", "zones", "repo/l/../a", "repo/a"),
        ("repo/zones/l", "..", "repo/zones/l/zones/l/a", "repo/a"),
        ("outside/l", "../repo/a", "outside/l", "repo/a"),
        ("outside/l", "../repo", "outside/l/zones/a", "repo/zones/a"),
        ("outside/l", "../other/a", "outside/l", "other/a"),
        ("l", "outside", "l/a", "outside/a"),
        ("repo/x", "a", "outside/a", "outside/a"),
        ("repo/x", "a", "repo/zones/../../outside/a", "outside/a"),
        ("repo/x", "a", "repo/.git/config", "repo/.git/config"),
        # Out of it: the file, a folder on the way, another repository, one of its name's beginning, its .git.
        ("repo/zones/l", "../../outside/a", "repo/zones/l", None),
        ("repo/zones/l", "{}/outside/a", "repo/zones/l", None),
        ("repo/zones/l", "/proc/self/environ", "repo/zones/l", None),
        ("repo/l", "../outside", "repo/l/a", None),
        ("repo/l", "../outside", "repo/l/deep/a", None),
        ("repo/l", "../outside", "repo/zones/../l/a", None),
        ("repo/l", "../outside", "outside/../repo/l/a", None),
        ("repo/l", "../outside/deep", "repo/l/../a", None),
        ("repo/l", "../other/a", "repo/l", None),
        ("repo/l", "../repo2", "repo/l", None),
        ("repo/l", "..", "repo/l/repo2", None),
        ("repo/l", ".git/config", "repo/l", None),
        ("repo/l", ".git", "repo/l/config", None),
        ("repo/inner/l", "../a", "repo/inner/l", None),
        # Whether it is there is not told.
        ("repo/l", "../outside/gone", "repo/l", None),
        ("repo/l", "../outside/a/no/folder", "repo/l", None),
        ("repo/l", "../outside", "repo/l/gone", None),
        ("repo/l", "/gone/../gone", "repo/l", None),
    ],
)
def test_what_may_be_read(world: Path, link: str, target: str, path: str, reads: str | None) -> None:
    (world / link).symlink_to(target.format(world))
    place = str(world / "x")[:-1] + path  # as it is spelled, with its `..`

    if reads is None:
        with pytest.raises(Unreadable) as caught:
            read_octets(place)
        assert (caught.value.path, caught.value.reason) == (place, OUTSIDE)
    else:
        assert read_octets(place).decode() == reads
    assert leads_outside(place) is (reads is None)


@pytest.mark.parametrize("path", ["repo/first", "outside/first"])
def test_a_chain_is_judged_by_each_of_its_links(world: Path, path: str) -> None:
    (world / "repo/second").symlink_to("../outside/third")
    (world / "outside/third").symlink_to("a")
    (world / path).symlink_to(world / "repo/second")

    assert leads_outside(str(world / path))
    (world / "outside/third").unlink()
    (world / "outside/third").symlink_to("../repo/a")
    assert not leads_outside(str(world / path))


def test_a_circle_of_links_is_unreadable(world: Path) -> None:
    (world / "repo/l").symlink_to("m")
    (world / "repo/m").symlink_to("l")

    with pytest.raises(Unreadable, match="too many levels of symbolic links"):
        read_octets(str(world / "repo/l"))


@pytest.mark.parametrize(
    ("here", "folder", "root"),
    [
        ("outside", "repo/zones", "repo"),
        ("outside", "repo/inner", "repo/inner"),
        ("outside", "outside/deep", "outside"),
        ("outside/deep", "outside", "outside"),
        ("repo", "outside/deep", "outside/deep"),
        ("repo/zones", "repo/gone", "repo"),
    ],
)
def test_the_repository_of_a_folder(
    world: Path, monkeypatch: pytest.MonkeyPatch, here: str, folder: str, root: str
) -> None:
    monkeypatch.chdir(world / here)

    assert repository_root(str(world / folder)) == str(world / root)
    assert repository_root(os.path.relpath(world / folder)) == str(world / root)


def test_neither_everything_nor_all_that_a_person_has_is_a_repository(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(world))
    monkeypatch.chdir(world)
    assert repository_root("outside/deep") == str(world / "outside/deep")

    monkeypatch.chdir("/")
    assert repository_root(str(world / "outside")) == str(world / "outside")


def test_without_a_repository_links_are_bound_by_the_folder_the_command_runs_in(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (world / "outside/deep/up").symlink_to("../a")
    (world / "outside/deep/out").symlink_to("../../repo2")
    monkeypatch.chdir(world / "outside")
    assert (leads_outside("deep/up"), leads_outside("deep/out")) == (False, True)

    monkeypatch.chdir(world / "repo")  # they are their user's own then, unless the folder is searched
    assert not leads_outside("../outside/deep/out")
    assert leads_outside("../outside/deep/out", "../outside/deep")


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("repo/a", True),
        ("repo/gone/too", True),
        ("repo/.git", True),
        ("repo/.git/config", False),
        ("repo/zones/.GIT/config", False),
        ("repo", False),
        ("repo2", False),
        ("repo/../outside/a", False),
        ("a\0b", False),
    ],
)
def test_what_lies_in_a_repository(world: Path, path: str, inside: bool) -> None:
    assert lies_in(str(world / path), str(world / "repo")) is inside
