"""Filling in what octoDNS's Templating fills in: as Python's `format` does, but for what could ask for anything."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linter.zone.filled import MOST_CHARACTERS, BadField, filled, filled_places, pieces_of

VALUES: dict[str, str | None] = {"a": "X", "ab": "", "b": "long{}"}


@given(st.text("{}ab:!.[ %", max_size=16))
@example("{a}{{b}}{b}")
@example("%{{i}}.{a}")
@example("}}{a}")
def test_what_is_filled_in_is_what_python_makes_of_it(text: str) -> None:
    pieces = pieces_of(text, VALUES)

    if isinstance(pieces, BadField):
        assert 0 <= pieces.start < pieces.end <= len(text)
        with pytest.raises((KeyError, ValueError, IndexError, AttributeError)):
            text.format(**VALUES)
    elif pieces is not None:
        assert filled(text, pieces) == text.format(**VALUES)


@pytest.mark.parametrize("text", ["{a:>999999999999}", "{a!r}", "{a.__class__}", "{a[0]}", "{unknown}"])
def test_what_asks_for_more_than_a_value_is_not_computed(text: str) -> None:
    assert pieces_of(text, {"a": "X", "unknown": None}) is None


def test_a_text_that_grows_past_any_record_is_not_told() -> None:
    assert pieces_of("{a}" * 100, {"a": "x" * (MOST_CHARACTERS // 50)}) is None


@given(st.lists(st.sampled_from(["{a}", "{ab}", "{{", "}}", "x", "{b}"]), max_size=8))
def test_every_character_has_the_place_of_its_field(parts: list[str]) -> None:
    text = "".join(parts)
    pieces = pieces_of(text, VALUES)

    assert pieces is not None
    assert not isinstance(pieces, BadField)
    places = filled_places((range(len(text)), range(1, len(text) + 1)), pieces)
    for character, start, end in zip(filled(text, pieces), *places, strict=True):
        assert character == text[start:end] or text[start:end] in ("{a}", "{b}", "{{", "}}")


@pytest.mark.parametrize(
    ("text", "message", "way_out"),
    [
        ("{zone_nam}", "`{zone_nam}` is filled in by nothing", "did you mean `{zone_name}`?"),
        ("x {", "`{` is half a pair of braces", "write `{{` and `}}` for braces that are to be published"),
        ("{} ", "`{}` is filled in by nothing", "write `{{` and `}}` for braces that are to be published"),
    ],
)
def test_octodns_stops_over_what_it_cannot_fill_in(text: str, message: str, way_out: str) -> None:
    found = pieces_of(text, {"zone_name": "example.com"})

    assert isinstance(found, BadField)
    assert found.message == f"{message}, so octoDNS stops here"
    assert found.help == way_out
