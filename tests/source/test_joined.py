"""Files that are put together for one search: what is found is what a search of each would find."""

import os
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.source import file, joined
from linter.source.file import MAX_OCTETS, ReadInstead, Unreadable, octets_at, read_again
from linter.source.inputs import READ, begin_inputs, digest, noted_inputs
from linter.source.joined import Joined, read_together

TEXTS = st.lists(
    st.one_of(st.none(), st.binary(max_size=6), st.text("aBc\n.", max_size=6).map(str.encode)), min_size=1, max_size=8
)
WORDS = st.lists(st.text("abc\n.\0é", max_size=3).map(str.encode), min_size=1, max_size=3)


@given(texts=TEXTS, asked=st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=3))
def test_a_word_is_found_in_the_files_that_have_it(
    texts: list[bytes | None], asked: list[tuple[list[bytes], bool]]
) -> None:
    files = Joined({str(number): text for number, text in enumerate(texts)})
    for words, as_written in [*asked, *asked]:
        shown = [text or b"" if as_written else (text or b"").lower() for text in texts]
        having = [number for number, text in enumerate(shown) if any(word in text for word in words)]
        assert files.having(tuple(words), as_written) == having
        assert [files.text(number, as_written) for number in range(len(texts))] == shown


def test_files_are_read_some_at_a_time(tmp_path: Path) -> None:
    paths = [str(tmp_path / f"{number}.yaml") for number in range(5)]
    for path in paths:
        Path(path).write_bytes(b"x" * 40)
    with mock.patch.object(joined, "_TOGETHER", 100):
        assert [each.paths for each in read_together(paths, set())] == [tuple(paths[:3]), tuple(paths[3:])]
    assert list(read_together([], set())) == []


@pytest.fixture
def strange(tmp_path: Path) -> list[str]:
    """Files of every kind that there is, those first that hold something."""
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    (tmp_path / "secret").write_text("secret")
    (repository / "plain").write_text("Plain")
    (repository / "near").symlink_to("plain")
    (repository / "away").symlink_to(tmp_path / "secret")
    (repository / "empty").touch()
    (repository / "folder").mkdir()
    os.mkfifo(repository / "pipe")
    names = ("plain", "near", "away", "empty", "folder", "pipe", "missing", "a\0b")
    made_up = ["/proc/self/status", "/sys/kernel/mm/transparent_hugepage/enabled", "/dev/null", "/dev/zero"]
    return [*(str(repository / name) for name in names), *filter(os.path.exists, made_up)]


def test_what_is_looked_into_is_what_would_be_read(strange: list[str]) -> None:
    """None is waited for, and where nothing may be read nothing is."""
    held = [text for files in read_together(strange, set()) for _, text in files.looks()]
    for path, text in zip(strange, held, strict=True):
        try:
            expected = octets_at(path, MAX_OCTETS)
        except Unreadable:
            assert text is None, path
            continue
        if path.startswith("/proc/"):  # it differs from one moment to the next
            assert text is not None
            assert (text[:6], len(text) > 100) == (expected[:6], True)
        else:
            assert text == expected, path
    assert held[:7] == [b"Plain", b"Plain", None, b"", None, None, None]


def test_no_more_is_read_than_tells_that_a_file_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(MAX_OCTETS + 10)
    (files,) = read_together([str(path)], set())
    assert files.size == MAX_OCTETS + 1


def test_a_file_that_does_not_end_at_once_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("begun and ended")

    for first, then in ((4, 4), (8, 100), (15, 100), (100, 8)):
        with mock.patch.object(file, "_GLANCE", first), mock.patch.object(file, "_PART", then):
            (files,) = read_together([str(path)], {str(tmp_path)})

        assert files.text(0) == b"begun and ended"


def test_what_was_looked_into_is_not_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("Held")
    plain = {str(tmp_path)}
    begin_inputs(is_recorded=True)
    list(read_together([str(path)], plain))
    with mock.patch.object(os, "open", side_effect=AssertionError):
        assert read_again(str(path), b"Held", plain) == b"Held"
    inputs = noted_inputs()
    begin_inputs()

    assert inputs.seen == {(READ, str(path), str(MAX_OCTETS)): digest(b"Held")}
    assert (inputs.paths, inputs.octets) == (frozenset({str(path)}), 4)


def test_what_has_changed_since_it_was_looked_into_is_read_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    path = tmp_path / "repository" / "a.yaml"
    plain = {str(path.parent)}
    path.write_text("longer")
    assert read_again(str(path), b"Held", plain) == b"longer"
    with ReadInstead({os.path.realpath(path): b"instead"}):
        assert read_again(str(path), b"longer", plain) == b"instead"
    path.unlink()
    (tmp_path / "secret").write_text("secret")
    path.symlink_to(tmp_path / "secret")
    with pytest.raises(Unreadable):
        read_again(str(path), b"secret", plain)
    path.unlink()
    with pytest.raises(Unreadable):
        read_again(str(path), b"secret", plain)


def test_a_run_that_saw_a_file_change_is_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    plain = {str(tmp_path)}
    path.write_text("Held")
    begin_inputs(is_recorded=True)
    list(read_together([str(path)], plain))
    path.write_text("changed")
    assert read_again(str(path), b"Held", plain) == b"changed"
    seen = noted_inputs().seen
    begin_inputs()
    assert seen is None


def test_what_is_looked_into_is_noted_at_the_end(tmp_path: Path) -> None:
    there, missing = tmp_path / "there.yaml", tmp_path / "missing.yaml"
    there.write_text("There")
    begin_inputs(is_recorded=True)
    list(read_together([str(there), str(missing)], set()))
    inputs = noted_inputs()
    begin_inputs()

    assert inputs.seen is not None
    shown = {look[1]: digested for look, digested in inputs.seen.items() if look[0] == READ}
    assert shown == {str(there): digest(b"There"), str(missing): ""}
    assert {str(there), str(missing)} <= inputs.paths
    assert inputs.octets == 0


def test_a_file_that_was_not_the_same_twice_is_noted_as_nothing_that_can_be_repeated(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    begin_inputs(is_recorded=True)
    for text in ("one", "two"):
        path.write_text(text)
        list(read_together([str(path)], set()))
    inputs = noted_inputs()
    begin_inputs()

    assert inputs.seen is None


def test_a_file_that_was_read_twice_and_not_the_same_is_noted_as_nothing_that_can_be_repeated(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    begin_inputs(is_recorded=True)
    for text in ("one", "two"):
        path.write_text(text)
        file.read_octets(str(path))
    inputs = noted_inputs()
    begin_inputs()

    assert inputs.seen is None


def test_what_stands_in_the_place_of_a_file_is_looked_into_and_not_noted(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("written")
    begin_inputs(is_recorded=True)
    with ReadInstead({os.path.realpath(path): b"instead"}):
        (files,) = read_together([str(path)], set())
    inputs = noted_inputs()
    begin_inputs()

    assert files.text(0) == b"instead"
    assert inputs.seen is not None
    assert not [look for look in inputs.seen if look[0] == READ]
