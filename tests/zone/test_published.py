"""What octoDNS publishes for a TXT value, and where each published character was written."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter.source.text import Source
from linter.source.tree import Mapping, Scalar
from linter.source.yaml_reader import read_yaml
from linter.zone.model import Text
from linter.zone.published import closed, is_cut, publish, publish_with_places

WRITTEN = st.one_of(
    st.text('ab;\\" ', max_size=24),
    st.lists(st.sampled_from(['" "', "\\;", ";", '"', "\\", " ", "v=DKIM1", "p=", "é", '""', '\\"']), max_size=8).map(
        "".join
    ),
    st.text(max_size=20),
)


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("", ""),
        ("v=spf1 -all", "v=spf1 -all"),
        ('"v=spf1 -all"', "v=spf1 -all"),
        ('"', ""),
        ('""', ""),
        ('"abc', "ab"),
        ('abc"', 'abc"'),
        ('"a" "b"', "ab"),
        ('a" "b', "ab"),
        ('"a" "b" "c"', "abc"),
        ('a" " "b', 'a "b'),
        ('"a""b"', 'a""b'),
        ('"a"  "b"', 'a"  "b'),
        ("'a'", "'a'"),
        ("v=DMARC1\\; p=none", "v=DMARC1; p=none"),
        ("a; b\\; c", "a; b; c"),
        ("a\\\\; b", "a\\; b"),
        ("a\\b", "a\\b"),
        ('a\\"b', 'a\\"b'),
        ('a\\" ";b', "a;b"),
    ],
)
def test_quotes_joints_and_semicolons_are_all_that_changes(written: str, published: str) -> None:
    assert publish(written) == published


@pytest.mark.parametrize(
    ("written", "cut", "whole"),
    [
        ('"', True, '""'),
        ('"a', True, '"a"'),
        ('""', False, '""'),
        ('"a"', False, '"a"'),
        ("a", False, "a"),
        ("", False, ""),
    ],
)
def test_a_quote_that_is_not_closed_cuts_the_value(written: str, cut: bool, whole: str) -> None:
    assert is_cut(written) is cut
    assert closed(written) == whole


@settings(max_examples=150, deadline=None)
@given(WRITTEN)
@example('" "')
@example('a\\" ";b')
@example('"a" "')
def test_both_ways_of_publishing_agree(written: str) -> None:
    published, places = publish_with_places(written)

    assert published == publish(written)
    assert [len(each) for each in places] == [len(published)] * 2


@settings(max_examples=150, deadline=None)
@given(WRITTEN)
def test_every_published_character_stands_where_it_is_said_to(written: str) -> None:
    published, places = publish_with_places(written)
    past = 0
    for character, (start, end) in zip(published, zip(*places, strict=True), strict=True):
        assert past <= start < end <= len(written)
        assert written[start:end] == character or (written[start], written[end - 1], character) == ("\\", ";", ";")
        past = end


def text_of(document: str) -> Text:
    """The TXT value under `v`."""
    root = read_yaml(Source("x.yaml", document)).root
    assert isinstance(root, Mapping)
    scalar = root.values[0]
    assert isinstance(scalar, Scalar)
    return Text(publish(scalar.text), scalar)


@pytest.mark.parametrize(
    ("document", "part", "line", "column", "there"),
    [
        ("v: v=spf1 nclude:a", "nclude:a", 1, 11, "nclude:a"),
        ("v: '\"v=spf1 nclude:a\"'", "nclude:a", 1, 13, "nclude:a"),
        ('v: "\\"v=spf1 nclude:a\\""', "nclude:a", 1, 14, "nclude:a"),
        ("v: 'v=DMARC1\\; p=none'", "; p", 1, 13, "\\; p"),
        ('v: \'"v=DKIM1\\; p=ab" "cd"\'', "abcd", 1, 18, 'ab" "cd'),
        ('v: >-\n  "v=DKIM1\\; p=ab"\n  "cd"\n', "cd", 3, 4, "cd"),
        ("v: v=spf1\n   nclude:a", "nclude:a", 2, 4, "nclude:a"),
    ],
)
def test_a_part_of_a_published_text_leads_back_to_the_file(
    document: str, part: str, line: int, column: int, there: str
) -> None:
    text = text_of(document)
    start = text.text.index(part)

    span = text.part(start, start + len(part))

    assert (*span.source.position(span.start), span.text) == (line, column, there)


def test_a_place_at_the_end_is_a_point_behind_the_last_character() -> None:
    text = text_of("v: '\"v=spf1\"'")

    span = text.part(len(text.text), len(text.text))

    assert (span.start, span.end) == (text.node.end - 2, text.node.end - 2)


def test_where_the_style_hides_the_place_the_whole_value_is_shown() -> None:
    text = text_of("v: a b\u2028  nclude:a")

    assert text.part(4, 8) == text.span


@settings(max_examples=100, deadline=None)
@given(WRITTEN, st.integers(0, 30), st.integers(0, 30))
def test_any_part_of_any_text_lies_inside_its_value(written: str, start: int, length: int) -> None:
    quoted = written.replace("'", "''")
    tree = read_yaml(Source("x.yaml", f"v: '{quoted}'"))
    root = tree.root
    if not isinstance(root, Mapping) or not isinstance(root.values[0], Scalar):
        return
    node = root.values[0]
    text = Text(publish(node.text), node)
    for value in (text, text.as_meant()):
        span = value.part(start, start + length)
        assert node.start <= span.start <= span.end <= node.end
