"""Plain scalars are typed as PyYAML types them, and so as octoDNS publishes them."""

import datetime

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter.source.scalar_type import implicit_type, type_of, value_of
from linter.source.text import Source
from linter.source.tree import Scalar
from linter.source.yaml_reader import read_yaml

PREFIX = "tag:yaml.org,2002:"
# `=` alone is a type that PyYAML knows and cannot read; nothing in a zone is one.
OURS = {"timestamp": "date"}

WORDS = "yes Yes YES no No NO true True TRUE false False FALSE on On ON off Off OFF y n Y N nO "
WORDS += "~ null Null NULL nuLL << = .inf -.INF +.Inf .nan .NaN 0b 0x 0o 2026-11-24 12:30:45 T Z - : e+"
TEXTS = st.one_of(
    st.text("0123456789+-.:_eExXbBfF", max_size=14),
    st.text("019+-.:_ \tTZ", max_size=24),
    st.lists(st.sampled_from([*WORDS.split(), "0", "1", "7", "59", "60", "_", ".", "+", "é"]), max_size=6).map("".join),
    st.from_regex(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[Tt ]+[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?( ?Z|[-+][0-9:]+)?"),
    st.from_regex(r"[-+]?[1-9][0-9_]{0,20}(:[0-5]?[0-9]){0,9}(\.[0-9_]*)?", fullmatch=True),
)


def judged(text: str) -> str:
    """The type PyYAML's resolver gives a plain scalar, in our words."""
    loader = yaml.SafeLoader("")
    try:
        tag: str = loader.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    finally:
        loader.dispose()
    name = tag.removeprefix(PREFIX)
    return OURS.get(name, name)


def plain(text: str, tag: str = "") -> Scalar:
    return Scalar(Source("x.yaml", text), 0, len(text), text, "", f"{PREFIX}{tag}" if tag else "")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("", "null", None),
        ("~", "null", None),
        ("Null", "null", None),
        ("nULL", "str", "nULL"),
        ("no", "bool", False),
        ("On", "bool", True),
        ("y", "str", "y"),
        ("oN", "str", "oN"),
        ("67", "int", 67),
        ("010", "int", 8),
        ("08", "str", "08"),
        ("0b11", "int", 3),
        ("-0x_ff", "int", -255),
        ("0o17", "str", "0o17"),
        ("1_000", "int", 1000),
        ("1:20", "int", 80),
        ("-1:20", "int", -80),
        ("0:20", "str", "0:20"),
        ("1:60", "str", "1:60"),
        ("44.74", "float", 44.74),
        ("1e5", "str", "1e5"),
        ("1.e+5", "float", 100000.0),
        (".5", "float", 0.5),
        ("-.5", "str", "-.5"),
        ("1:20.5", "float", 80.5),
        ("-.inf", "float", float("-inf")),
        ("192.0.2.1", "str", "192.0.2.1"),
        ("2026-11-24", "date", "2026-11-24"),
        ("2026-11-24 1:02:03", "date", "2026-11-24 1:02:03"),
        ("2026-1-2", "str", "2026-1-2"),
        ("<<", "merge", "<<"),
        ("<", "str", "<"),
        ("=", "value", "="),
        ("==", "str", "=="),
        ("0x_", "int", "0x_"),
    ],
)
def test_plain_text_has_the_type_of_yaml_1_1(text: str, kind: str, value: object) -> None:
    assert (kind, value) == (implicit_type(text), value_of(plain(text)))


@pytest.mark.parametrize("style", ["'", '"', "|", ">"])
def test_quotes_and_blocks_make_text_of_anything(style: str) -> None:
    scalar = Scalar(Source("x.yaml", ""), 0, 0, "no", style)

    assert (type_of(scalar), value_of(scalar)) == ("str", "no")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!!str 12", "12"),
        ("! 12", 12),
        ("! '12'", 12),
        ("!", None),
        ("!!int '12'", 12),
        ("!!int --1", 1),
        ("!!int twelve", "twelve"),
        ("!!int ''", ""),
        ("!!float 1", 1.0),
        ("!!bool 'on'", True),
        ("!!null x", None),
        ("!!timestamp '2026-11-24'", "2026-11-24"),
        ("!!binary aGk=", "aGk="),
    ],
)
def test_a_written_tag_outranks_the_looks(text: str, value: object) -> None:
    root = read_yaml(Source("x.yaml", text)).root

    assert isinstance(root, Scalar)
    assert value == value_of(root)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("1:20\n")
@example("=")
@example("2026-11-24T1:02:03-0100")
def test_typing_equals_that_of_pyyaml(text: str) -> None:
    # A plain scalar never ends in a line end, where PyYAML's `$` would still match.
    assert judged(text.strip()) == implicit_type(text.strip())


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("1:20:30.123456789")
@example("9999999999999999999:59")
@example("1" + ":00" * 250)
@example("1" + ":00" * 250 + ".5")
@example("-0")
def test_values_equal_those_of_pyyaml(text: str) -> None:
    try:
        expected = yaml.safe_load(text)
    except Exception:  # also ValueError and OverflowError, which PyYAML lets through
        return
    root = read_yaml(Source("x.yaml", text)).root
    if not isinstance(root, Scalar):
        return
    if isinstance(expected, datetime.date):
        expected = root.text
    found = value_of(root)

    assert (type(expected), repr(expected)) == (type(found), repr(found))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["", "null", "bool", "int", "float", "timestamp", "merge", "value", "binary", "odd"]), TEXTS)
def test_no_tag_on_no_text_raises(tag: str, text: str) -> None:
    value_of(plain(text, tag))


@pytest.mark.parametrize("text", ["1" * 100_000, "0x" + "f" * 100_000, "1" + ":00" * 100_000, "1." + "0" * 100_000])
def test_a_number_too_long_to_be_one_stays_text(text: str) -> None:
    assert text == value_of(plain(text))
