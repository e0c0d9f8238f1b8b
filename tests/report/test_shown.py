"""A stranger's text on a terminal: nothing unprintable, and carets under the characters they mean."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter.report import shown as shown_module
from linter.report.shown import cell, shown, width, window

LINES = st.one_of(
    st.text("ab \t=;", max_size=300),
    st.text(st.sampled_from("a é\t😀漢\x1b\x00\u202e\u200b…\U000e0001"), max_size=120),
    st.text(max_size=60),
)
ROOMS = st.integers(20, 200)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("v=spf1 -all", "v=spf1 -all"),
        ("é 漢 😀", "é 漢 😀"),
        ("a\tb", "a    b"),
        ("a\nb\r", "a\\x0ab\\x0d"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x00\x7f\x9b", "\\x00\\x7f\\x9b"),
        ("\x85\u2028\u2029", "\\x85\\u2028\\u2029"),
        ("\u202eevil\u2066", "\\u202eevil\\u2066"),
        ("\u200b\ufeff\u00ad", "\\u200b\\ufeff\\xad"),
        ("\ud800\ue000\U000e0001", "\\ud800\\ue000\\U000e0001"),
        ("\u00a0", "\\xa0"),
        ("\\x1b", "\\x1b"),
    ],
)
def test_what_is_not_printable_is_shown_as_an_escape(text: str, seen: str) -> None:
    assert shown(text) == seen


@given(st.text())
def test_whatever_is_shown_can_be_printed(text: str) -> None:
    assert shown(text).isprintable()


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("é", 1), ("e\u0301", 1), ("漢字", 4), ("😀", 2), ("\uff71", 1), ("✉\ufe0f", 1)],
)
def test_width_counts_columns_of_a_terminal(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("line", "start", "end", "room", "expected"),
    [
        ("www: nclude", 5, 11, 20, ("www: nclude", 5, 6)),
        ("www: nclude", 5, 5, 20, ("www: nclude", 5, 1)),
        ("www:", 4, 4, 20, ("www:", 4, 1)),
        ("www:", 9, 12, 20, ("www:", 4, 1)),
        ("", 0, 0, 20, ("", 0, 1)),
        ("0123456789" * 2, 20, 20, 21, ("01234567890123456789", 20, 1)),
        ("0123456789" * 2, 20, 20, 20, ("…567890123456789", 16, 1)),
        ("0123456789" * 2, 19, 20, 20, ("01234567890123456789", 19, 1)),
        ("\ta\x1bb", 1, 3, 20, ("    a\\x1bb", 4, 5)),
        ("漢字: 😀", 4, 5, 20, ("漢字: 😀", 6, 2)),
        ("0123456789" * 5, 2, 4, 20, ("012345678901234567…", 2, 2)),
        ("0123456789" * 5, 25, 27, 20, ("…123456789012345678…", 15, 2)),
        ("012345678901234567890", 16, 17, 20, ("…123456789012345678…", 16, 1)),
        ("0123456789" * 5, 48, 50, 20, ("…4567890123456789", 15, 2)),
        ("0123456789" * 5, 50, 50, 20, ("…567890123456789", 16, 1)),
        ("0123456789" * 5, 0, 50, 20, ("012345678901234567…", 0, 18)),
        ("0123456789" * 5, 20, 50, 20, ("…456789012345678901…", 7, 12)),
    ],
)
def test_a_window_shows_the_stretch_and_what_is_left_of_it(
    line: str, start: int, end: int, room: int, expected: tuple[str, int, int]
) -> None:
    assert window(line, start, end, room) == expected


@settings(max_examples=150, deadline=None)
@given(LINES, st.integers(0, 320), st.integers(0, 320), ROOMS)
@example("x" * 100, 99, 0, 20)
@example("\U000e0001" * 10, 5, 9, 20)
@example("漢" * 50, 25, 30, 21)
def test_a_window_fits_its_room_and_its_carets_fit_the_window(line: str, start: int, end: int, room: int) -> None:
    text, column, length = window(line, start, end, room)

    assert width(text) <= room
    assert text.isprintable()
    assert column >= 0
    assert length >= 1
    assert column + length <= min(room, max(width(text), column + 1))


def parts(text: str, column: int, length: int) -> tuple[str, str]:
    """What a shown text has before a column, and in the columns from there."""
    places, place = [], 0
    for character in text:
        places.append(place)
        place += width(character)
    rows = list(zip(text, places, strict=True))
    before = "".join(character for character, place in rows if place < column)
    return before, "".join(character for character, place in rows if column <= place < column + length)


@settings(max_examples=200, deadline=None)
@given(LINES.filter(lambda line: all(width(cell(each)) for each in line)), st.data(), ROOMS)
def test_the_carets_stand_under_the_characters_they_mean(line: str, data: st.DataObject, room: int) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    left, stretch = ("".join(cell(each) for each in part) for part in (line[:start], line[start:end]))

    text, column, length = window(line, start, end, room)
    before, under = parts(text, column, length)

    assert left.endswith(before.removeprefix("…"))
    assert before == left or before.startswith("…")
    if stretch:
        # A stretch wider than the window is marked as far as it is shown.
        assert stretch.startswith(under)
        assert under == stretch or text.endswith(f"{under}…")


def test_a_line_of_megabytes_is_not_measured_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = 0

    def counted(character: str) -> str:
        nonlocal measured
        measured += 1
        return cell(character)

    monkeypatch.setattr(shown_module, "cell", counted)
    shown_module.window("x" * 1_000_000, 500_000, 900_000, 100)

    assert measured <= 200
