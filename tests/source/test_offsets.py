"""A place inside a scalar's value leads back to the line and column where it was written, or to the whole scalar."""

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter.source.offsets import offsets_of, part_of
from linter.source.text import Source, Span
from linter.source.tree import Scalar
from linter.source.yaml_reader import read_yaml

from .judge import scalars


def last_scalar(text: str) -> Scalar:
    root = read_yaml(Source("x.yaml", text)).root
    assert root is not None
    return list(scalars(root))[-1]


@pytest.mark.parametrize(
    ("text", "part", "line", "column", "width"),
    [
        ("v: v=spf1 nclude:a -all", "nclude:a", 1, 11, 8),
        ("é: 😀 nclude:a", "nclude:a", 1, 6, 8),
        ("v: 'v=spf1 nclude:a'", "nclude:a", 1, 12, 8),
        ("v: 'it''s nclude:a'", "nclude:a", 1, 11, 8),
        ("v: 'it''s x'", "'", 1, 7, 2),
        ('v: "v=spf1 nclude:a"', "nclude:a", 1, 12, 8),
        ('v: "a\\tb\\x41\\u00e9 nclude:a"', "nclude:a", 1, 20, 8),
        ('v: "a\\tb\\x41\\u00e9\\U0001F600\\"z"', "é😀", 1, 13, 16),
        ('v: "\\\\; z"', "\\;", 1, 5, 3),
        ('v: "a \\\n     nclude:a"', "nclude:a", 2, 6, 8),
        ('v: "a\\\r\n     nclude:a"', "nclude:a", 2, 6, 8),
        ('v: "a\\\r\nnclude:a"', "nclude:a", 2, 1, 8),
        ("v: v=spf1\n   nclude:a\n   -all", "nclude:a", 2, 4, 8),
        ("v: v=spf1\r\n   nclude:a\r\n   -all", "-all", 3, 4, 4),
        ("v: 'v=spf1\n\n   nclude:a'", "nclude:a", 3, 4, 8),
        ("v: |\n  v=spf1\n   nclude:a\n", "nclude:a", 3, 4, 8),
        ("v: |-\r\n  v=spf1\r\n  nclude:a", "nclude:a", 3, 3, 8),
        ("v: |2-\n   v=spf1\n   nclude:a", " nclude:a", 3, 3, 9),
        ("v: &key |2- # comment 7\n   v=spf1\n   nclude:a", "nclude:a", 3, 4, 8),
        ("v: >\n  v=spf1\n  nclude:a\n  -all\n", "nclude:a", 3, 3, 8),
        ("v: >-\n\n  v=spf1\n\n  nclude:a\n    more\n  -all", "-all", 7, 3, 4),
        ("v: >+\n  a\n\n\n", "a", 2, 3, 1),
        ("v: &anchor nclude:a", "nclude:a", 1, 12, 8),
        ("v: !!str 'nclude:a'", "nclude:a", 1, 11, 8),
        ("- [{v: nclude:a}]", "nclude:a", 1, 8, 8),
        ("\ufeffv: nclude:a", "nclude:a", 1, 5, 8),
    ],
)
def test_a_part_stands_at_its_line_and_column(text: str, part: str, line: int, column: int, width: int) -> None:
    scalar = last_scalar(text)
    start = scalar.text.index(part)

    span = part_of(scalar, start, start + len(part))

    assert (*span.source.position(span.start), span.end - span.start) == (line, column, width)


def test_a_part_across_a_fold_spans_both_lines() -> None:
    scalar = last_scalar("v: include:a.\n   example -all")

    span = part_of(scalar, 0, len("include:a. example"))

    assert span.text == "include:a.\n   example"


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("v: abc", 0, 3),
        ("v: abc", 1, 4),
        ("v: abc", 3, 6),
        ("v: 'abc'", 3, 7),
        ("v: >-\n  abc\n", 3, 11),
        ("v: |\n  abc\n", 3, 10),
        ("v: abc", 99, 6),
    ],
)
def test_a_place_where_something_is_missing_is_a_point(text: str, offset: int, place: int) -> None:
    span = part_of(last_scalar(text), offset, offset)

    assert (span.start, span.end) == (place, place)


@pytest.mark.parametrize("text", ["v: ''", "v: ", 'v: ""', "v: |\n"])
def test_an_empty_value_is_shown_whole(text: str) -> None:
    scalar = last_scalar(text)

    assert part_of(scalar, 0, 0) == scalar.span


def test_where_the_style_hides_the_place_the_whole_scalar_is_shown() -> None:
    scalar = last_scalar("v: a b\u2028  nclude:a")

    assert offsets_of(scalar) is None
    assert part_of(scalar, 4, 8) == scalar.span


def test_the_place_of_use_is_kept() -> None:
    scalar = last_scalar("v: abc")
    use = Span(scalar.source, 0, 1)

    assert part_of(scalar, 1, 2, use).via == use


WORDS = st.lists(st.sampled_from(["v=spf1", "a", "-all", "😀", "é", "it's", '"', "\\", "#", "x;y", "\t"]), max_size=6)
LINES = st.lists(st.tuples(st.sampled_from(["", " ", "  ", "\t"]), WORDS.map(" ".join)).map("".join), max_size=6)


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """Literal and folded scalars with every header, ragged lines and trailing blanks, below a key."""
    indent = " " * draw(st.integers(1, 4))
    written = str(len(indent)) if draw(st.booleans()) else ""
    end = draw(st.sampled_from(["\n", "\r\n"]))
    header = draw(st.sampled_from(["|", ">"])) + written + draw(st.sampled_from(["", "-", "+"]))
    lines = [line if not line.strip() else f"{indent}{line}" for line in draw(LINES)]
    return end.join([f"k: {draw(st.sampled_from(['', '&anchor ', '!!str ']))}{header}", *lines, "z: 1"])


@st.composite
def flows(draw: st.DrawFn) -> str:
    """Plain and quoted scalars over one or several lines."""
    quote = draw(st.sampled_from(["", "'", '"']))
    inner = draw(st.lists(st.sampled_from(["v=spf1", "a", "-all", "😀", "é", " ", "\n   ", " \n\n ", "\r\n ", "\t"])))
    extra = {
        "": ["x;y", "a'b"],
        "'": ["''", "\\", "\\;"],
        '"': ["\\t", "\\x41", "\\u00e9", "\\\n  ", '\\"', "\\\\", "'"],
    }
    parts = [draw(st.sampled_from([*inner, *extra[quote]])) for _ in range(draw(st.integers(0, 8)))]
    return f"k: {quote}{'x' if not quote else ''}{''.join(parts)}{quote}\nz: 1"


DUMPED = st.builds(
    lambda text, style, width: yaml.safe_dump({"k": text}, default_style=style, width=width, allow_unicode=True),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text("ab '\"\\\n;é", max_size=60),
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.sampled_from([5, 20, 80]),
)


def agrees(written: str, character: str, style: str) -> bool:
    """Whether what is written is that character of the value: itself, an escape, or a folded line end."""
    if style == "'" and written == "''":
        return character == "'"
    if style == '"' and written.startswith("\\"):
        return len(written) > 1
    if not written:  # the end of a text that lacks its last line end
        return character == "\n"
    if written.strip(" \t\r\n\x85\u2028\u2029"):
        return written == character
    return written == character or character in " \n"


@settings(max_examples=250, deadline=None)
@given(st.one_of(blocks(), flows(), DUMPED))
@example("k: |\n \n  a\n")
@example("k: >1\n \n  a\n \n b\n")
@example("k: |1\n  \n v=spf1\nz: 1")
@example('k: "\\\n  \r\n v=spf1"\nz: 1')
def test_what_is_mapped_is_the_value_in_order_and_inside_the_scalar(text: str) -> None:
    root = read_yaml(Source("x.yaml", text)).root
    for scalar in scalars(root) if root is not None else ():
        offsets = offsets_of(scalar)
        strange = any(character in text for character in "\x85\u2028\u2029\ufeff")
        assert offsets is not None or strange or not scalar.text.strip(), scalar
        if offsets is None:
            continue
        places = list(zip(offsets.starts, offsets.ends, scalar.text, strict=False))
        assert len(places) == len(scalar.text)
        past = scalar.start
        for start, end, character in places:
            assert past <= start <= end <= scalar.end
            assert agrees(scalar.source.text[start:end], character, scalar.style)
            past = end
