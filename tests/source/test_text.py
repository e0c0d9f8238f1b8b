"""Lines and columns as editors count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.source.text import Source, Span


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("", 0, (1, 1)),
        ("ab", 1, (1, 2)),
        ("ab", 2, (1, 3)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\n", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb", 2, (2, 1)),
        ("a\n\r\n\rb", 5, (4, 1)),
        ("é😀x", 2, (1, 3)),
        ("a\x85b\u2028c", 4, (1, 5)),
    ],
)
def test_a_position_counts_from_one_in_code_points(text: str, offset: int, position: tuple[int, int]) -> None:
    assert Source("x", text).position(offset) == position


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", ["", ""]), ("a\nb", ["a", "b", ""]), ("a\r\n\rb\n", ["a", "", "b", "", ""]), ("\n\n", ["", "", "", ""])],
)
def test_a_line_comes_without_its_end(text: str, lines: list[str]) -> None:
    source = Source("x", text)

    assert [source.line(number) for number in range(1, len(lines) + 1)] == lines


@given(st.text("ab\r\n\x85é", max_size=30))
def test_every_character_is_found_again_in_its_line(text: str) -> None:
    source = Source("x", text)
    for offset, character in enumerate(text):
        line, column = source.position(offset)
        assert character in "\r\n" or source.line(line)[column - 1] == character


def test_a_span_knows_its_text() -> None:
    assert Span(Source("x", "abcd"), 1, 3).text == "bc"
