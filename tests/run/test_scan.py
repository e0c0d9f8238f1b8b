"""What is found in files without reading them as zones: the same for the first words as for the thousandth."""

import pytest

from linter.run.scan import Scan
from linter.source.text import Source
from linter.zone.document import Document, read_document

TEXT = """
'': {type: TXT, value: 'v=spf1 include:_spf.One.example redirect=_r.one.example'}
_dmarc: {type: TXT, value: 'rua=mailto:d@two.example'}
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
    assert len(asked) == 9
