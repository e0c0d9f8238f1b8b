"""A file is replaced whole or not at all, and only where a regular file may be."""

import os
import socket
from pathlib import Path

import pytest

from linter.source.file import Unreadable
from linter.source.replace import replace_file, try_place


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_a_file_is_replaced_with_its_mode(tmp_path: Path, mode: int) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "real").chmod(mode)
    before = os.umask(0o077)
    try:
        replace_file(str(tmp_path / "real"), "néw\n")
    finally:
        os.umask(before)

    assert (tmp_path / "real").read_bytes() == "néw\n".encode()
    assert (tmp_path / "real").stat().st_mode & 0o7777 == mode
    assert os.listdir(tmp_path) == ["real"]


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_honours_the_umask(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        replace_file(str(tmp_path / "new"), "new")
    finally:
        os.umask(before)

    assert (tmp_path / "new").stat().st_mode & 0o7777 == mode


def link(place: Path) -> None:
    (place.parent / "aim").write_text("old")
    place.symlink_to("aim")


def dangling(place: Path) -> None:
    place.symlink_to("nowhere")


def socket_at(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(place))


ODD = [
    (link, "is a link"),
    (dangling, "is a link"),
    (os.mkfifo, "is not a regular file"),
    (socket_at, "is not a regular file"),
    (os.mkdir, "is a directory"),
]


@pytest.mark.parametrize(("make", "words"), ODD, ids=lambda each: getattr(each, "__name__", ""))
def test_what_is_not_a_regular_file_stays_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: object, words: str
) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket has to be short
    assert callable(make)
    make(Path("place"))
    before = {path.name: path.lstat() for path in tmp_path.iterdir()}

    for write in (lambda path: replace_file(path, "new"), try_place):
        with pytest.raises(Unreadable, match=words):
            write("place")

    assert {path.name: path.lstat() for path in tmp_path.iterdir()} == before
    if (tmp_path / "aim").exists():
        assert (tmp_path / "aim").read_text() == "old"


def test_the_name_beside_cannot_be_foreseen_and_stays_in_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = []
    replace = os.replace

    def noted(beside: str, path: str) -> None:
        names.append(beside)
        replace(beside, path)

    monkeypatch.setattr(os, "replace", noted)
    longest = "x" * 255  # a name made of this one would be too long
    for _ in range(3):
        replace_file(str(tmp_path / longest), "new")

    assert len(set(names)) == 3
    assert {os.path.dirname(name) for name in names} == {str(tmp_path)}


def test_a_name_that_is_taken_is_not_written_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "aim").write_text("old")
    monkeypatch.setattr(os, "urandom", lambda number: b"\0" * number)
    (tmp_path / f".mailzone-{'00' * 12}").symlink_to("aim")

    with pytest.raises(Unreadable, match="file exists"):
        replace_file(str(tmp_path / "file"), "new")

    assert (tmp_path / "aim").read_text() == "old"
    assert not (tmp_path / "file").exists()


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), MemoryError(), OSError(28, "No space left on device")])
@pytest.mark.parametrize("call", ["fsync", "write", "replace", "chmod"])
def test_what_interrupts_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException, call: str
) -> None:
    def interrupt(*_: object) -> None:
        raise failure

    path = tmp_path / "file"
    path.write_text("old")
    monkeypatch.setattr(os, call, interrupt)
    with pytest.raises((KeyboardInterrupt, MemoryError, Unreadable)):
        replace_file(str(path), "new")
    monkeypatch.undo()

    assert os.listdir(tmp_path) == ["file"]
    assert path.read_text() == "old"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("missing/file", "no such file"),
        ("file/below", "not a directory"),
        ("nul\0l", "null"),
        ("x" * 256, "too long"),
        ("missing/", "no such file"),
    ],
)
def test_a_place_that_cannot_be_is_told(tmp_path: Path, path: str, words: str) -> None:
    (tmp_path / "file").write_text("old")

    for write in (lambda place: replace_file(place, "new"), try_place):
        with pytest.raises(Unreadable, match=words):
            write(os.path.join(tmp_path, path))

    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write every file")
def test_a_file_that_must_not_be_written_is_not_replaced_either(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    (tmp_path / "file").chmod(0o444)

    with pytest.raises(Unreadable, match="permission denied"):
        replace_file(str(tmp_path / "file"), "new")


def test_what_is_not_text_is_written_as_an_escape(tmp_path: Path) -> None:
    replace_file(str(tmp_path / "file"), "a\udc80b")

    assert (tmp_path / "file").read_bytes() == b"a\\udc80b"
