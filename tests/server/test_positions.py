"""Places as editors count them, and back, in every encoding and with every line end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.server.positions import Place, Text

TEXTS = st.text(st.sampled_from("ab \t\n\r\u2028é😀\ud800\x0c"), max_size=30)


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [("utf-16", Place(1, 4)), ("utf-8", Place(1, 7)), ("utf-32", Place(1, 3)), ("strange", Place(1, 4))],
)
def test_a_place_is_counted_in_the_units_of_the_encoding(encoding: str, expected: Place) -> None:
    text = Text("a.yaml", "x\n😀éab\n", encoding)

    assert text.place(5) == expected
    assert text.offset(*expected) == 5


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_every_end_of_a_line_counts_as_one(end: str) -> None:
    text = Text("a.yaml", f"a{end}b{end}{end}c")
    offset = text.source.text.index("c")

    assert text.place(offset) == Place(3, 0)
    assert text.offset(3, 0) == offset
    assert text.offset(0, 99) == 1
    assert text.offset(99, 0) == len(text.source.text)


def test_what_ends_a_line_elsewhere_does_not_end_one_here() -> None:
    assert Text("a.yaml", "a\u2028b\x0cc\x85d").place(6) == Place(0, 6)


@pytest.mark.parametrize(("encoding", "units"), [("utf-8", 3), ("utf-16", 1), ("utf-32", 1)])
def test_a_byte_order_mark_is_no_part_of_the_text_and_counts_in_its_line(encoding: str, units: int) -> None:
    text = Text("a.yaml", "\ufeffab\ncd", encoding)

    assert text.source.text == "ab\ncd"
    assert (text.place(1), text.place(4)) == (Place(0, 1 + units), Place(1, 1))
    assert (text.offset(0, 1 + units), text.offset(1, 1)) == (1, 4)


@given(TEXTS, st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_a_place_leads_back_to_its_offset(text: str, encoding: str) -> None:
    held = Text("a.yaml", text, encoding)

    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n":  # between these no editor has a place
            assert held.offset(*held.place(offset)) == offset
