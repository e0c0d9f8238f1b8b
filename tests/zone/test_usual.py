"""A zone that is cut into records by its shape says the very same as the tree of it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter.source.text import Source
from linter.source.tree import Mapping
from linter.source.yaml_reader import read_yaml
from linter.zone.dialect import from_tree
from linter.zone.document import Document, tree_of
from linter.zone.model import Zone
from linter.zone.reading import read_document, zone_from
from linter.zone.usual import Usual, usual
from tests.counted import calls

PATH = "example.com.yaml"


def with_trees(documents: list[Document]) -> Zone | None:
    """Their zone, each record with its tree."""
    zone = zone_from(documents)
    if zone is None:
        return None
    return zone._replace(records=tuple(record._replace(written=record.node) for record in zone.records))


def cut(text: str, path: str = PATH) -> Usual | None:
    """The names as they were cut, after it was made sure that the tree says the same; None where the tree is needed."""
    source = Source(path, text)
    names = usual(source)
    if names is not None:
        document = read_document(source)
        expected = from_tree(source, None, document.zone, False)
        assert document._replace(names=None) == expected._replace(names=None)
        assert tree_of(names) == expected.names == read_yaml(source).root
        assert with_trees([document]) == with_trees([expected])
    return names


A = "a:\n  type: A\n  value: 192.0.2.1\n"
BY_SHAPE = [
    A,
    A[:-1],
    f"---\n{A}",
    f"# comment\n\n---\n  # comment\n{A}\n   \n# comment\n",
    f"{A}\n# between\nb:\n  ttl: 60\n  type: TXT\n  value: v=spf1 -all\n",
    "a:\n  type: A\n  ttl: 60\n  value: 192.0.2.1\nb:\n  type: A\n  value: 192.0.2.1\n  ttl: 60\n",
    "'':\n  - type: MX\n    values:\n"
    "      - exchange: a.\n        preference: 10\n      - exchange: b.\n        preference: 20\n"
    "  - type: MX\n    value:\n      preference: 10\n      exchange: c.\n    ttl: 60\n",
    "? ''\n: type: A\n  value: 192.0.2.1\n",
    "? ''\n: - type: A\n    values:\n    - 192.0.2.1\n    - '192.0.2.2'\n  - ttl: 5\n    type: TXT\n    value: x\n" + A,
    "'*':\n- type: CNAME\n  value: a.example.\n- type: TXT\n  value: \"x y\"\n",
    "a:\n  type: CAA\n  values:\n  - flags: 0\n    tag: issue\n    value: a.example\n\n\nb:\n  type: NS\n  value: c\n",
    "a._tcp:\n  type: SRV\n  value:\n    port: 1\n    priority: 2\n    target: a.\n    weight: 3\n  # comment\n",
    "a:\n    type: TXT\n    values:\n        - k=v\\; w\n        - 'it is'\n",
    # A value that is odd is read once more, in its record alone.
    f"b:\n  type: CAA\n  values:\n    - x\n    - y\n{A}",
    f"b:\n  type: CAA\n  value: x\n{A}",
    f"b:\n  type: MX\n  value: 2001:db8::1\n{A}",
    f"b:\n  type: ODD\n  value:\n    x: y\n{A}",
    f"b:\n  ttl: 060\n  type: A\n  value: 192.0.2.1\n{A}",
    "a:\n  type: A\n  values:\n    - 192.0.2.1\n    - 12\nb:\n  type: CNAME\n  values:\n    - c.example.\n",
    "a:\n  type: MX\n  value:\n    exchange: a.\n    preference: 99999\nb:\n  type: ODD\n  value: x\n"
    + A.replace("a:", "c:"),
    "ä:\n  type: TXT\n  value: ö\n",
]
SOME_AS_TREES = [
    f"b: # odd\n  type: A\n  value: 192.0.2.1\n{A}"
    f"c: {{}}\nd:\n  type: A\n  octodns:\n    ignored: true\n{A.replace('a:', 'e:')}" + A.replace("a:", "f:"),
    f"1:\n  type: A\n  value: 192.0.2.1\n{A}",
    f"b:\n  type: TXT\n  value: v=spf1\n    -all\n{A}",
    f"b:\n  type: TXT\n  value: 'v=spf1\n\n    -all'\n{A}",
    f"a b:\n  type: A\n  value: 192.0.2.1\n{A}",
    f"b:\n  type: MX\n  values:\n    exchange: a.\n    preference: 1\n{A}",
    f"b:\n  type: MX\n  value:\n  exchange: a.\n  preference: 1\n{A}",
    f"b:\n  type: NS\n  value:\n    - a.\n{A}",
    f"b:\n  type: A\n  values: 192.0.2.1\n{A}",
    f"b:\n  type: TXT\n  value:\n    x\n{A}",
    f"b:\n  type: TXT\n  values:\n    - x\n      y\n{A}",
    f"b:\n  type: CAA\n  values:\n    - 'x: y'\n{A}",
    f"b:\n  - type: A\n    value: x\n  - y\n{A}",
    "on:\n  type: A\n  value: 192.0.2.1\n" + A,
]
LEFT = [
    "",
    "# nothing\n",
    "a: b\n",
    "- type: A\n  value: 192.0.2.1\n",
    f" {A}",
    f" b: {{}}\n{A}",
    f"b:\n  - type: A\n    value: x\n    - type: A\n      value: y\n{A}",
    f"b:\n  - type: A\n    value: x\n  - type: MX\n    value:\n      exchange: a.\n      exchange: b.\n{A}",
    "".join(f"odd{row}: {{}}\n" for row in range(10)) + "".join(A.replace("a", f"a{row}", 1) for row in range(10)),
    f"{A}\tb: c\n",
    f"{A}{A}",
    f"{A}'a': b\n",
    f"{A}---\n",
    f"{A}...\n",
    f"%YAML 1.1\n---\n{A}",
    f"a:\n  type: A\n  type: A\n  value: 192.0.2.1\nb:\n  type: ODD\n  value: x\n{A}",
    "a:\n  ttl: 1\n  type: A\n  ttl: 2\n  value: 192.0.2.1\n",
    "a:\n  type: MX\n  value:\n    exchange: a.\n    exchange: b.\n",
    "a:\n  type: ODD\n  value: x\n",
    f"zone: example.com\n{A}",
    f"zone:\n  type: A\n  value: 192.0.2.1\n{A}",
    f"records:\n  - type: A\n    value: 192.0.2.1\n{A}",
    f"<<:\n  b:\n    type: A\n    value: 192.0.2.1\n{A}",
    f"b: &x\n  type: A\n  value: 192.0.2.1\n{A}c: *x\n",
    f"b: !include x.yaml\n{A}",
    f"b: [\n{A}",
    f"b: 'x\n{A}c: y'\n",
    f"b: x: y\n{A}",
    f"{A}    b\n",
    f"{A}\n    b\n",
    f"{A}b\n",
    "type: A\nvalue: 192.0.2.1\n",
    "a:\ntype: A\nvalue: 192.0.2.1\n",
    f"01: x\n1: y\n{A}",
    "b: x\nc: y\n" + A,
]


@pytest.mark.parametrize("text", BY_SHAPE)
def test_what_is_written_the_usual_way_is_cut(text: str) -> None:
    names = cut(text)

    assert names is not None
    assert not any(isinstance(entry, Mapping) for entry in names.entries)


@pytest.mark.parametrize("text", SOME_AS_TREES)
def test_a_name_that_is_written_otherwise_is_a_tree_alone(text: str) -> None:
    names = cut(text)

    assert names is not None
    assert any(isinstance(entry, Mapping) for entry in names.entries)


@pytest.mark.parametrize("text", LEFT)
def test_what_is_not_is_read_as_a_tree(text: str) -> None:
    assert cut(text) is None


def test_only_odd_names_are_trees() -> None:
    names = cut(f"b: {{}}\nc: []\n{A}d:\n  type: A\n  value: 192.0.2.1\ne: {{}}\nf:\n  type: A\n  value: 192.0.2.1\n")

    assert names is not None
    assert [isinstance(entry, Mapping) for entry in names.entries] == [True, False, False, True, False]


def test_a_record_has_its_tree_when_asked() -> None:
    zone = zone_from(
        [read_document(Source(PATH, f"{A}\n# comment\n\nb:\n- type: NS\n  value: a.\n- type: A\n  value: x\n"))]
    )

    assert zone is not None
    assert [record.node.keys[0].start for record in zone.records] == [5, 49, 72]
    assert [(record.start, record.source) for record in zone.records] == [
        (record.node.start, record.node.source) for record in zone.records
    ]
    assert [record.settings for record in zone.records] == [None] * 3


NAMES = ["a", "b", "c.d", "_dmarc", "''", "'*'", "'e'", "1", "on", "zone", "*", "f g", '"h"', "? ''\n", "é", "i "]
FIELDS = [
    *(
        "ttl: 60",
        "ttl: 060",
        "ttl: x",
        "type: A",
        "type: A",
        "type: TXT",
        "type: MX",
        "type: CAA",
        "type: NS",
        "type: a",
    ),
    *("type: ODD", "value: 192.0.2.1", "value: b.example.", "value: v=spf1 -all", "value: 'x'", 'value: "x"', "value:"),
    *(
        "value: a: b",
        "value: null",
        "value: 1:20",
        "value: x # y",
        "value: x\n    y",
        "value: {}",
        "octodns: {}",
        "# x",
    ),
    *(
        "values:\n  - a.\n  - b.",
        "values:\n  - 192.0.2.1",
        "values: []",
        "values:\n  - a\n\n  - b",
        "values:\n    - 'x'\n    - y",
    ),
    "values:\n    - exchange: a.\n      preference: 10\n    - preference: 1\n      exchange: b.",
    *("value:\n    exchange: a.\n    preference: 10", "value:\n    exchange: a.\n    exchange: b.", ""),
    *("values:\n  - flags: 0\n    tag: issue\n    value: x", "value:\n    flags: 0\n    tag: issue\n    value: x"),
]
USUAL_FIELDS = [
    *("type: A\nvalue: 192.0.2.1", "ttl: 60\ntype: TXT\nvalues:\n- x\n- y", "type: NS\nvalue: a.example.\nttl: 5"),
    "ttl: 3600\ntype: MX\nvalues:\n- exchange: a.\n  preference: 10\n- exchange: b.\n  preference: 20",
    *("type: A\nttl: 1\nvalue: x", "type: CAA\nvalue:\n  flags: 0\n  tag: issue\n  value: x"),
]


@st.composite
def records(draw: st.DrawFn) -> str:
    """The lines of one record, most of them as usual."""
    if draw(st.integers(0, 4)):
        return draw(st.sampled_from(USUAL_FIELDS))
    return "\n".join(draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=4)))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Names with records, some of them odd, or indented at random."""
    text = draw(st.sampled_from(["", "---\n", "# x\n", " "]) if not draw(st.integers(0, 3)) else st.just(""))
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=5, unique=draw(st.integers(0, 3)) > 0)):
        indent = draw(st.sampled_from(["  ", "  ", "  ", "    ", "", " "]))
        lists = draw(st.booleans())
        lines = [record.replace("\n", f"\n{indent}{'  ' * lists}") for record in draw(st.lists(records(), max_size=3))]
        lines = lines if lists else lines[:1]
        body = "".join(f"{indent}{'- ' * lists}{line}\n" for line in lines)
        if name.startswith("?"):
            text += f"{name}: {body[2:]}"
        else:
            text += f"{name}:{draw(st.sampled_from(['', '', '', '', ' ', ' # x']))}\n{body}"
        text += draw(st.sampled_from(["", "", "", "", "\n", "# x\n", "  # x\n", "   \n", "---\n", "x\n"]))
    return text


@settings(max_examples=2000, deadline=None)
@given(texts(), st.booleans())
@example("a:\n  type: A\n  value: 2.2.3.6:", True)
def test_texts_at_random_say_the_same(text: str, is_ended: bool) -> None:
    cut(text if is_ended else text[:-1])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(USUAL_FIELDS), min_size=1, max_size=5), st.sampled_from(["  ", "    "]), st.booleans())
def test_all_of_the_usual_is_cut(fields: list[str], indent: str, lists: bool) -> None:
    lead = f"{indent}- " if lists else indent
    below = " " * len(lead)
    text = "".join(f"n{row}:\n{lead}{each.replace(chr(10), chr(10) + below)}\n" for row, each in enumerate(fields))

    names = cut(text)

    assert names is not None
    assert not any(isinstance(entry, Mapping) for entry in names.entries)


@pytest.mark.parametrize(
    "part",
    [
        A,
        "a:\n",
        "a: b\n",
        "'a\n",
        "- ",
        "  - type: A\n",
        "# x\n",
        "\n",
        " ",
        "b:\n  type: A\n  values:\n  - a\n",
        "? ''\n",
        "n:\n  type: TXT\n  value: x\n   y\n",
        "n:\n  - type: A\n    value: x\n  - x\n",
        "x y:\n  type: A\n  value: x\n",
    ],
)
def test_the_work_grows_as_the_text(part: str) -> None:
    def work(times: int) -> int:
        text = A + "".join(part.replace("n:", f"n{row}:").replace("x y:", f"x {row}:") for row in range(times))
        return calls(lambda: usual(Source(PATH, text)))

    few, many = work(100), work(800)

    assert many < 12 * few + 200
