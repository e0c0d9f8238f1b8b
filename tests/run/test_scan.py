"""What is found in files without reading them as zones: the same for the first words as for the thousandth."""

import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.run import scan as scanning
from linter.run.scan import Scan, has_name
from linter.source import joined
from linter.source.text import Source
from linter.zone.document import Document
from linter.zone.reading import read_document

TEXT = """
'': {type: TXT, value: 'v=spf1 include:_spf.One.example redirect=_r.one.example'}
_dmarc: {type: TXT, value: 'rua=mailto:d@two.example'}
contact: {type: TXT, value: 'x@müller.example'}
other: {type: TXT, value: 'v=spf1 include:müller.example. -all'}
"""


def documents() -> dict[str, Document]:
    return {"a.test.yaml": read_document(Source("a.test.yaml", TEXT))}


@pytest.mark.parametrize("asked_before", [0, 20], ids=["first", "later"])
@pytest.mark.parametrize(
    ("word", "is_there"),
    [
        ("_spf.one.example", True),
        ("one.example", True),
        ("One.Example", True),
        ("@two.example", True),
        ("two.example", True),
        ("@one.example", False),
        ("three.example", False),
        ("include:_spf.one.example", True),
        ("redirect=_spf.one.example", False),
        ("redirect=_r.one.example", True),
        ("redirect=_R.One.example.", True),
        ("include:_spf.one", False),
        ("include:_spf.one.exam", False),
        ("include:xn--mller-kva.example", True),
        ("redirect=xn--mller-kva.example", False),
        ("xn--mller-kva.example", True),
        ("@xn--mller-kva.example", True),
        ("@xn--mnchen-3ya.example", False),
    ],
)
def test_a_word_is_mentioned(word: str, is_there: bool, asked_before: int) -> None:
    scan, held = Scan(), documents()
    for number in range(asked_before):
        assert not scan.mentions(f"n{number}.example", held, ())
    assert scan.mentions(word, held, ()) is is_there


def test_many_words_read_each_file_once() -> None:
    scan, held = Scan(), documents()
    asked = []

    class Counted(dict[str, Document]):
        def values(self):  # type: ignore[no-untyped-def]
            asked.append(1)
            return super().values()

    counted = Counted(held)
    for number in range(500):
        scan.mentions(f"n{number}.example", counted, ())
    assert len(asked) == 4


HELD = {
    "a.example.yaml": "a: {type: CNAME, value: WWW.One.Example.}\n",
    "b.example.yaml": "zone: two.example\nrecords: {}\n",
    "c.example.yaml": "a: {type: TXT, value: 'mail x@three.example'}\n",
    "d.example.yaml": "a: {type: TXT, value: m\u00fcller.example}",
    "e.example.yaml": "",
}
QUESTIONS: dict[str, Callable[[Scan, list[str]], Any]] = {
    "mentioning": lambda scan, paths: scan.mentioning(paths, ["one.example."]),
    "mentioning in letters": lambda scan, paths: scan.mentioning(paths, ["xn--mller-kva.example."]),
    "mentioning one of many": lambda scan, paths: scan.mentioning(
        paths, ["one.example.", *(f"n{number}.example." for number in range(20))]
    ),
    "declared": lambda scan, paths: scan.declared_zones(paths),
    "declared as": lambda scan, paths: scan.declared_zones(paths, ["two.example."]),
    "each": lambda scan, paths: [scan.octets(path) for path in paths],
    "written": lambda scan, paths: list(scan.texts(paths, [b"One.", b"x@"], as_written=True)),
    "mentioned": lambda scan, paths: [scan.mentions(word, {}, paths) for word in ("@three.example", "Two.example")],
    "of some": lambda scan, paths: scan.declared_zones(paths[1:3]),
}


@pytest.mark.parametrize("room", [0, 60, 10_000], ids=["nothing is kept", "some", "all"])
@pytest.mark.parametrize("together", [1, 10_000], ids=["one by one", "together"])
def test_answers_do_not_depend_on_what_is_kept(tmp_path: Path, room: int, together: int) -> None:
    for name, text in HELD.items():
        (tmp_path / name).write_text(text)
    paths = [str(tmp_path / name) for name in (*HELD, "missing.example.yaml")]
    expected = {name: ask(Scan(), paths) for name, ask in QUESTIONS.items()}
    assert expected["mentioning"] == expected["mentioning one of many"] == paths[:1]
    assert expected["mentioning in letters"] == paths[3:4]
    assert expected["declared"] == expected["declared as"] == expected["of some"] == {paths[1]: "two.example."}
    assert expected["mentioned"] == [True, True]

    with mock.patch.object(scanning, "MOST_KEPT", room), mock.patch.object(joined, "_TOGETHER", together):
        scan = Scan()
        for _ in range(2):
            assert {name: ask(scan, paths) for name, ask in QUESTIONS.items()} == expected
            scan.let_go()


@pytest.mark.parametrize("asked_before", [0, 9], ids=["first", "later"])
def test_words_are_hosts_of_addresses_or_names(tmp_path: Path, asked_before: int) -> None:
    for name, text in HELD.items():
        (tmp_path / name).write_text(text)
    paths = [str(tmp_path / name) for name in HELD]
    scan = Scan()
    for number in range(asked_before):
        scan.mentions(f"n{number}.example", {}, paths)

    words = ("@three.example", "three.example", "@two.example", "two.example", "@example", "example", "wo.example")
    found = [(scan if asked_before else Scan()).mentions(word, {}, paths) for word in words]
    assert found == [True, True, False, True, False, True, False]


NAME = st.text("ab.-", max_size=8)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text("ab.-@ :\n", max_size=20), max_size=4), NAME)
def test_a_name_is_a_word_or_the_end_of_one(texts: list[str], name: str) -> None:
    words = {word for text in texts for word in re.findall(r"[ab-]+(?:\.[ab-]+)*", text)}
    hosts = {word for text in texts for word in re.findall(r"@([ab-]+(?:\.[ab-]+)*)", text)}
    wanted = name.strip(".")
    is_there = bool(wanted) and any(word == wanted or word.endswith(f".{wanted}") for word in words)
    held = {str(number): read_document(Source(str(number), text)) for number, text in enumerate(texts)}
    first, scan = Scan(), Scan()
    for number in range(9):
        scan.mentions(f"n{number}.example", held, ())

    for each in (first, scan):
        assert each.mentions(name, held, ()) is is_there
        assert each.mentions(f"@{wanted}", held, ()) is (wanted in hosts)
    if wanted:
        assert any(has_name(text.encode(), {wanted.encode()}) for text in texts) is is_there


def test_a_word_of_very_many_dots_is_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "x.example.yaml"
    path.write_text(f"'': {{type: TXT, value: {'a.' * 100_000}example}}\n")
    scan, names = Scan(), [f"n{number}.example" for number in range(20)]
    tracemalloc.start()
    try:
        assert not any(scan.mentions(name, {}, [str(path)]) for name in names)
        assert scan.mentions("a.example", {}, [str(path)])
        assert scan.mentioning([str(path)], [*(f"{name}." for name in names), "a.a.example."]) == [str(path)]
        assert scan.mentioning([str(path)], [f"{name}." for name in names]) == []
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20 * path.stat().st_size
