"""A file is read as bounded UTF-8 text, or a fault says what it is; nothing else is ever waited on or read."""

import errno
import os
import socket
from pathlib import Path

import pytest

from linter.source import file
from linter.source.file import Unreadable, read_octets, read_source, reason_of, source_of

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def reason(path: Path | str) -> str:
    """Why a path cannot be read."""
    with pytest.raises(Unreadable) as caught:
        read_octets(str(path))
    assert caught.value.path == str(path)
    return caught.value.reason


def test_a_text_file_is_read_with_its_path_as_spelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_bytes("é: ü\r\n".encode())
    monkeypatch.chdir(tmp_path)

    source, fault = read_source("./a.yaml")

    assert fault is None
    assert (source.path, source.text) == ("./a.yaml", "é: ü\r\n")


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    assert reason(tmp_path / "none.yaml") == "no such file or directory"


def test_a_folder_is_unreadable(tmp_path: Path) -> None:
    assert reason(tmp_path) == "is a directory"


def test_a_pipe_that_nobody_writes_to_is_not_waited_on(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert reason(tmp_path / "pipe") == "is not a regular file"


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_device_is_not_read(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("read")

    monkeypatch.setattr(os, "read", never)
    # Where nobody sits at a terminal, the system refuses to open one in the first place.
    refusals = ["is not a regular file", os.strerror(errno.ENXIO).lower(), os.strerror(errno.ENOENT).lower()]

    assert reason(path).lower() in refusals[: 1 if path != "/dev/tty" else 3]


def test_a_link_to_a_device_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("/dev/zero")

    assert reason(tmp_path / "a.yaml") == "is not a regular file"


def test_a_socket_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.yaml")

        assert reason("s.yaml")


def test_a_loop_of_links_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "b.yaml").symlink_to("a.yaml")

    assert reason(tmp_path / "a.yaml") == "too many levels of symbolic links"


@pytest.mark.skipif(IS_ROOT, reason="root may read every file, so permission cannot be refused here")
def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: b")
    (tmp_path / "a.yaml").chmod(0)

    assert reason(tmp_path / "a.yaml") == "permission denied"


def test_permission_refused_by_the_system_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", "a.yaml")

    monkeypatch.setattr(os, "open", refuse)

    assert reason("a.yaml") == "permission denied"


def test_an_error_while_reading_is_told_and_the_file_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_text("a: b")
    closed: list[int] = []
    close = os.close

    def noted(handle: int) -> None:
        closed.append(handle)
        close(handle)

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "read", fail)
    monkeypatch.setattr(os, "close", noted)

    assert reason(tmp_path / "a.yaml") == "input/output error"
    assert len(closed) == 1


@pytest.mark.parametrize("path", ["a\0b.yaml", "", "x" * 5000])
def test_a_path_that_no_system_takes_is_unreadable(path: str) -> None:
    assert reason(path)


def test_the_reason_of_an_error_without_words_of_the_system_is_its_text() -> None:
    assert reason_of(ValueError("Embedded null byte")) == "embedded null byte"
    assert reason_of(OSError("Odd")) == "odd"


@pytest.mark.parametrize(
    ("octets", "name"),
    [
        ("a: b".encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + "a: b".encode("utf-16-be"), "UTF-16"),
        ("a: b".encode("utf-32"), "UTF-32"),
        (b"\x00\x00\xfe\xff" + "a: b".encode("utf-32-be"), "UTF-32"),
    ],
)
def test_other_encodings_of_unicode_are_named(octets: bytes, name: str) -> None:
    source, fault = source_of("a.yaml", octets)

    assert fault is not None
    assert (fault.kind, fault.message) == ("yaml-syntax", f"the file is {name}; zone files are UTF-8")
    assert (source.text, fault.help) == ("", "save it as UTF-8")
    assert (fault.span.start, fault.span.end) == (0, 0)


@pytest.mark.parametrize(
    ("octets", "message", "position", "line"),
    [
        (b"a: b\nc: \xe9 d\n", "the byte 0xe9 is not UTF-8", (2, 4), "c: \ufffd d"),
        ("é: \udcff".encode("utf-8", "surrogateescape"), "the byte 0xff is not UTF-8", (1, 4), "é: \ufffd"),
        (b"\xef\xbb\xbfa: \xe9", "the byte 0xe9 is not UTF-8", (1, 4), "a: \ufffd"),
        (b"a: \xed\xa0\x80", "the byte 0xed is not UTF-8", (1, 4), "a: \ufffd\ufffd\ufffd"),
        (b"a: \xc3", "the byte 0xc3 is not UTF-8", (1, 4), "a: \ufffd"),
    ],
)
def test_octets_that_are_no_utf_8_are_shown_in_their_line(
    octets: bytes, message: str, position: tuple[int, int], line: str
) -> None:
    source, fault = source_of("a.yaml", octets)

    assert fault is not None
    assert (fault.kind, fault.message) == ("yaml-syntax", message)
    assert source.position(fault.span.start) == position
    assert fault.span.text == "\ufffd"
    assert source.line(position[0]) == line


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (b"\x7fELF\x02\x00\x00\xff", "a null byte in line 1: this is not a text file"),
        ("a: b".encode("utf-16-le"), "a null byte in line 1: this is not a text file"),
        (b"TOKEN=secret\0HOME=/\0", "a null byte in line 1: this is not a text file"),
        (b"a: b\nc: d\n\0" + b"x" * 2000, "a null byte in line 3: this is not a text file"),
        (b"a: b\n" * 1000 + b"\0", "a null byte in line 1001: this is not a text file"),
        (b"\x01secret\xff", "the byte 0xff in line 1: this is not a text file"),
        (b"a\n\xfe\x0e secret", "the byte 0xfe in line 2: this is not a text file"),
    ],
)
def test_of_a_file_that_is_not_text_nothing_is_shown(octets: bytes, message: str) -> None:
    source, fault = source_of("a.yaml", octets)

    assert fault is not None
    assert (fault.kind, fault.message, source.text) == ("yaml-syntax", message, "")


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert source_of("a.yaml", b"\xef\xbb\xbfa: b")[0].text == "a: b"


def test_a_file_as_large_as_the_limit_is_read_and_a_larger_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "MAX_OCTETS", 2 * 1024 * 1024)
    at_limit, beyond = b"#" * file.MAX_OCTETS, b"#" * (file.MAX_OCTETS + 1)

    assert source_of("a.yaml", at_limit)[1] is None
    source, fault = source_of("a.yaml", beyond)
    assert fault is not None
    assert (fault.kind, fault.message, source.text) == ("yaml-limits", "larger than 2 MiB", "")
    assert fault.help == "split the zone into several files"


def test_the_limit_is_the_one_that_is_told() -> None:
    assert file.MAX_OCTETS == 16 * 2**20


def test_no_more_of_a_file_is_read_than_tells_that_it_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"#" * 1000)

    assert len(read_octets(str(tmp_path / "a.yaml"), 10)) == 11


@pytest.mark.parametrize("named", ["zones/inside.yaml", "zones/out.yaml", "away/secret.yaml", "near/inside.yaml"])
def test_a_way_that_is_known_leads_to_the_same(tmp_path: Path, named: str) -> None:
    repository, outside = tmp_path / "repository", tmp_path / "outside"
    for folder in (repository / ".git", repository / "zones", outside):
        folder.mkdir(parents=True)
    (repository / "zones" / "inside.yaml").write_text("inside")
    (outside / "secret.yaml").write_text("secret")
    (repository / "zones" / "out.yaml").symlink_to(outside / "secret.yaml")
    (repository / "away").symlink_to(outside)
    (repository / "near").symlink_to(repository / "zones")
    plain: set[str] = set()
    read_octets(str(repository / "zones" / "inside.yaml"), plain=plain)

    path = str(repository / named)
    if named.endswith("inside.yaml"):
        assert read_octets(path, plain=plain) == read_octets(path) == b"inside"
    else:
        for known in (plain, None):
            with pytest.raises(Unreadable, match="outside"):
                read_octets(path, plain=known)
    assert plain == {str(repository / "zones")}


def test_a_file_that_is_not_there_is_not_there_by_a_known_way(tmp_path: Path) -> None:
    plain = {str(tmp_path)}

    with pytest.raises(Unreadable, match="no such file"):
        read_octets(str(tmp_path / "none.yaml"), plain=plain)
    with pytest.raises(Unreadable, match="is a directory"):
        read_octets(f"{tmp_path}/.", plain=plain)
