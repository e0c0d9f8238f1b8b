"""What a search does not see is put as it reads, and nothing else is changed."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from linter.source.unhidden import unhidden


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a\\x2Eb", "a.b"),
        ("M\\u00FCller \\U0000004B", "müller k"),
        ("\\ud800 \\UFFFFFFFF", "? "),
        ("a\\\n    b", "ab"),
        ("a\\\r\n\t\\ b", "a b"),
        ('"a" "b"', '"ab"'),
        ("BÜCHER \\; \\x7", "bücher \\; \\x7"),
    ],
)
def test_it_is_put_as_it_reads(written: str, read: str) -> None:
    assert unhidden(written.encode()).decode() == read


@given(st.text("ab.Ü", min_size=1, max_size=8))
def test_a_word_in_double_quotes_reads_as_yaml_reads_it(word: str) -> None:
    for written in (word, "".join(f"\\u{ord(each):04x}" for each in word), "\\\n  ".join(word)):
        assert yaml.safe_load(f'"{written}"') == word
        assert unhidden(written.encode()).decode() == word.lower()
