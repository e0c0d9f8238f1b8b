"""A file is replaced whole or not at all."""

import os
from pathlib import Path

import pytest

from linter.source.file import Unreadable
from linter.source.replace import replace_file


def test_a_file_is_replaced_with_its_mode_and_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    replace_file(str(tmp_path / "link"), "néw\n")

    assert (tmp_path / "real").read_bytes() == "néw\n".encode()
    assert (tmp_path / "real").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "link").is_symlink()
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_what_interrupts_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    def interrupt(handle: int) -> None:
        raise failure

    path = tmp_path / "file"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises((KeyboardInterrupt, Unreadable)):
        replace_file(str(path), "new")

    assert os.listdir(tmp_path) == ["file"]
    assert path.read_text() == "old"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no such file"):
        replace_file(str(tmp_path / "missing" / "file"), "new")
