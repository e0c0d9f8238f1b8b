"""Whoever changes a file holds its folder: the next one waits for it, for so long and no longer."""

import errno
import fcntl
import os
from pathlib import Path

import pytest

from linter.source import holding
from linter.source.file import Unreadable
from linter.source.holding import folder_held


def is_free(folder: Path) -> bool:
    """Whether nobody holds a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def test_a_folder_is_held_for_the_block_and_nothing_is_left_behind(tmp_path: Path) -> None:
    with folder_held(str(tmp_path / "mailzone.lock")):
        assert not is_free(tmp_path)

    assert is_free(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_it_is_let_go_whatever_happens(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), folder_held(str(tmp_path / "mailzone.lock")):
        raise ZeroDivisionError

    assert is_free(tmp_path)


def test_files_of_other_folders_are_not_held_up(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with folder_held(str(tmp_path / "mailzone.lock")), folder_held(str(tmp_path / "a" / "mailzone.lock")):
        assert not is_free(tmp_path / "a")


def test_a_name_without_a_folder_is_in_this_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with folder_held("mailzone.lock"):
        assert not is_free(tmp_path)


def test_the_next_one_waits_until_it_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    waited: list[float] = []

    def end_after_three(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            os.close(handle)

    monkeypatch.setattr(holding.time, "sleep", end_after_three)
    with folder_held(str(tmp_path / "mailzone.lock")):
        assert not is_free(tmp_path)
    assert len(waited) == 3


def test_who_holds_it_for_ever_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "PATIENCE", 0.0)
    monkeypatch.setattr(holding.time, "sleep", lambda _: None)
    path = str(tmp_path / "mailzone.lock")
    with folder_held(path):
        with pytest.raises(Unreadable, match="locked by another run") as told, folder_held(path):
            pytest.fail("two hold it at once")
        assert told.value.path == path
        assert not is_free(tmp_path)


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOTSUP])
def test_where_a_file_system_cannot_hold_nobody_is_held_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuses(handle: int, how: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refuses)
    reached = []
    with folder_held(str(tmp_path / "mailzone.lock")):
        reached.append(True)
    assert reached


def test_a_folder_that_is_not_there_is_for_the_writer_to_tell(tmp_path: Path) -> None:
    reached = []
    with folder_held(str(tmp_path / "gone" / "mailzone.lock")):
        reached.append(True)
    assert reached
