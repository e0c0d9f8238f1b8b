"""What a message quotes is one printable line, and each odd character is escaped so that it cannot be misread."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.records.text.fault import count, few, quoted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("b\u202e", "`b\\u202e`"),
        ("\x1b[0m", "`\\x1b[0m`"),
        ("\x9b\xad", "`\\x9b\\xad`"),
        ("\u0100\u200b\ud800", "`\u0100\\u200b\\ud800`"),
        ("\U000e0001a", "`\\U000e0001a`"),
        ("é漢😀", "`é漢😀`"),
    ],
)
def test_what_cannot_be_printed_is_escaped(text: str, shown: str) -> None:
    assert quoted(text) == shown


@given(st.text(max_size=40))
def test_an_escape_reads_back_as_what_was_quoted(text: str) -> None:
    shown = quoted(text)

    assert shown.isprintable()
    if "\\" not in text:
        escaped = "".join(each if each.isascii() else f"\\U{ord(each):08x}" for each in shown[1:-1])
        assert escaped.encode("ascii").decode("unicode_escape") == text


@pytest.mark.parametrize(
    ("number", "phrase"), [(1, "a"), (3, "a, b, c"), (4, "a, b, c and 1 more"), (6, "a, b, c and 3 more")]
)
def test_the_first_of_many_phrases(number: int, phrase: str) -> None:
    assert few("abcdef"[:number]) == phrase


@pytest.mark.parametrize(("number", "phrase"), [(0, "0 files"), (1, "1 file"), (1200, "1,200 files")])
def test_a_number_with_its_noun(number: int, phrase: str) -> None:
    assert count(number, "file") == phrase
