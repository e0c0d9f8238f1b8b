"""YAML read from libyaml's events: every form has its value, every fault its place, and the work is bounded."""

import pytest

from linter.source import merge, yaml_reader
from linter.source.plain import PlainValue, plain_value
from linter.source.text import Position, Source, SourceFault
from linter.source.tree import Mapping, Node, Scalar, Sequence, located
from linter.source.yaml_reader import Tree, read_yaml

from .judge import NO_JUDGEMENT, judged, scalars


def read(text: str) -> Tree:
    return read_yaml(Source("x.yaml", text))


def value(tree: Tree) -> PlainValue:
    return plain_value(tree.root) if tree.root is not None else None


def told(faults: tuple[SourceFault, ...]) -> list[tuple[str, Position, str]]:
    """(kind, line and column, text there) of each fault."""
    return [(fault.kind, fault.span.source.position(fault.span.start), fault.span.text) for fault in faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("# nothing\n", None),
        ("---\n...\n", None),
        ("a: &x {k: 1}\nb: *x\n", {"a": {"k": 1}, "b": {"k": 1}}),
        ("a: &x\n  - 1\nb: [*x, *x]\n", {"a": [1], "b": [[1], [1]]}),
        ("&k a: 1\nb: *k\n", {"a": 1, "b": "a"}),
        ("a: &x 1\n? *x\n: 2\n", {"a": 1, "1": 2}),
        ("a: &x !!str 12\nb: *x\n", {"a": "12", "b": "12"}),
        ("a: {<<: {k: 1}, l: 2}", {"a": {"k": 1, "l": 2}}),
        ("a: {l: 2, <<: {k: 1, l: 3}}", {"a": {"k": 1, "l": 2}}),
        ("a: {<<: {k: 1, l: 3}, l: 2}", {"a": {"k": 1, "l": 2}}),
        ("a: {<<: [{k: 1}, {k: 2, l: 3}]}", {"a": {"k": 1, "l": 3}}),
        ("a: {<<: {k: 1}, <<: {k: 2}}", {"a": {"k": 2}}),
        ("a: {<<: {k: 1, k: 2}}", {"a": {"k": 2}}),
        ("x: &x {k: 1, l: 1}\ny: &y {<<: *x, l: 2}\nz: {<<: *y, m: 3}", None),
        ("x: &x {k: 1}\ny: &y [*x, {l: 2}]\nz: {<<: *y}", None),
        ("a: {<<: []}", {"a": {}}),
        ("a: {'<<': 1}", {"a": {"<<": 1}}),
        ("a: {!!merge x: {k: 1}}", {"a": {"k": 1}}),
        ("a: {<<: {1: x}, 01: y}", {"a": {"01": "y"}}),
        ("? ''\n: 1\n", {"": 1}),
        ("? \n: 1\n", {"": 1}),
        ("on: 1\nnull: 2\n010: 3\n44.74: 4\n2026-11-24: 5\n", None),
        ("\ufeffa: b\n", {"a": "b"}),
        ("a: b\r\nc: 'd\r\n  e'\r\n", {"a": "b", "c": "d e"}),
        ("a: b\rc: d\r", {"a": "b", "c": "d"}),
        ("a: b\x85c: d\x85", {"a": "b", "c": "d"}),
        ("a: b\u2028  c\n", {"a": "b\u2028c"}),
        ("a: |\n  b\n\n  c\n\nd: >-\n  e\n  f\n", {"a": "b\n\nc\n", "d": "e f"}),
        ("%YAML 1.1\n%TAG !e! tag:yaml.org,2002:\n---\na: !e!str 1\n", {"a": "1"}),
    ],
)
def test_a_document_has_the_value_pyyaml_gives_it(text: str, expected: object) -> None:
    tree = read(text)

    assert [fault for fault in tree.faults if fault.kind != "yaml-duplicate-key"] == []
    if expected is not None:
        assert value(tree) == expected
    if judged(text) is not NO_JUDGEMENT:
        assert value(tree) == judged(text)


@pytest.mark.parametrize(
    ("text", "kind", "position", "there"),
    [
        ("a: 1\nb: 2\na: 3\n", "yaml-duplicate-key", (3, 1), "a"),
        ("{a: 1, 'a': 2}", "yaml-duplicate-key", (1, 8), "'a'"),
        ("1: a\n01: b\n", "yaml-duplicate-key", (2, 1), "01"),
        ("1: a\ntrue: b\n", "yaml-duplicate-key", (2, 1), "true"),
        ("~: a\n? \n: b\n", "yaml-duplicate-key", (2, 2), ""),
        ("&k a: 1\n*k : 2\n", "yaml-duplicate-key", (2, 1), "*k"),
        ("a: 1\n---\nb: 2\n", "yaml-syntax", (2, 1), "---"),
        ("a: *none\n", "yaml-syntax", (1, 4), "*none"),
        ("a: &x 1\nb: &x 2\n", "yaml-syntax", (2, 4), "&x"),
        ("a: &x 1\nb: !!str &x 2\n", "yaml-syntax", (2, 10), "&x"),
        ("a: &x [&x 1]\n", "yaml-syntax", (1, 8), "&x"),
        ("a: &x [*x]\n", "yaml-limits", (1, 8), "*x"),
        ("a: &x {b: {<<: *x}}\n", "yaml-limits", (1, 16), "*x"),
        ("? [a, b]\n: 1\n", "yaml-syntax", (1, 3), "[a, b]"),
        ("{a: 1}: 2\n", "yaml-syntax", (1, 1), "{a: 1}"),
        ("<<: text\n", "yaml-syntax", (1, 5), "text"),
        ("<<: [{a: 1}, text]\n", "yaml-syntax", (1, 14), "text"),
        ("a: &x 1\n<<: *x\n", "yaml-syntax", (2, 5), "*x"),
        ("a: !vault 12\n", "yaml-syntax", (1, 4), "!vault"),
        ("a: &x !vault\n  b: 1\n", "yaml-syntax", (1, 7), "!vault"),
        ("a: !!python/name:os.system\n", "yaml-syntax", (1, 4), "!!python/name:os.system"),
        ("a: !include b.yaml\n", "yaml-syntax", (1, 4), "!include"),
        ("a: b\0c\n", "yaml-syntax", (1, 5), "\0"),
        ("# é\na: b\x07\n", "yaml-syntax", (2, 5), "\x07"),
        ("a: \ud800\n", "yaml-syntax", (1, 4), "\ud800"),
        ("a: [b\n", "yaml-syntax", (2, 1), ""),
        ("é: 'x\n\n", "yaml-syntax", (1, 4), "'"),
        ('a: "x\nb: c\n', "yaml-syntax", (1, 4), '"'),
        ("- \tb\n-\tc: d\n", "yaml-syntax", (1, 3), "\t"),
        ("a: %b\n", "yaml-syntax", (1, 4), "%"),
        ("a: b\n\tc: d\n", "yaml-syntax", (2, 1), "\t"),
        ("*:\n  a: b\n", "yaml-syntax", (1, 2), ":"),
        ("a: @b\n", "yaml-syntax", (1, 4), "@"),
        ('a: "b\\;"\n', "yaml-syntax", (1, 6), "\\"),
        ("a: b: c\n", "yaml-syntax", (1, 5), ":"),
        ("a: 'b' c\n", "yaml-syntax", (1, 8), "c"),
        ("\ufeff\ufeffa: *x\n", "yaml-syntax", (1, 6), "*x"),
    ],
)
def test_what_is_wrong_is_reported_where_it_stands(text: str, kind: str, position: tuple[int, int], there: str) -> None:
    assert told(read(text).faults) == [(kind, position, there)]


@pytest.mark.parametrize(
    ("text", "message", "way_out"),
    [
        ("*:\n  a: b\n", "begins an alias or anchor, and no name follows", "`'*'`"),
        ("a: @b\n", "a value cannot begin with `@`", "the zone itself is written `''`"),
        ('a: "b\\;"\n', "`\\;` is not an escape that double quotes know", "single quotes"),
        ('a: "b\\d"\n', "`\\d` is not an escape that double quotes know", "double the backslash"),
        ('a: "b;\\d;"\n', "`\\d` is not an escape that double quotes know", "double the backslash"),
        ("a: %b\n", "a value cannot begin with `%`", "quotes"),
        ("a: 'b\n", "a quote that is never closed", "`''`"),
        ("a: &\n", "`&` begins an alias or anchor, and no name follows", "put the text in quotes"),
        ("a: [b\nc: d\n", "did not find expected ',' or ']' while parsing a flow sequence", ""),
        ("%FOO\n---\na: b", "found unknown directive name while scanning a directive", ""),
        ("}", "did not find expected node content while parsing a block node", ""),
        ("a: b\n\tc: d\n", "a tab is where only spaces may indent", "spaces"),
        ("a: b: c\n", "a colon and a space inside a value that is not quoted", "quotes"),
        ("a: b\nc\nd: e\n", "a key without its colon", "`name:`"),
        ("a: 'b' c\n", "neither a key of this mapping nor part of the value above", "quotes inside quotes"),
        ("a: b\0c\n", "a null byte: this is not a text file", ""),
        ("a: b\x07\n", "the control character U+0007 is not allowed in YAML", ""),
        ("a: 1\n---\n", "a second document begins here; a zone file holds one", "a separate file"),
        ("a: !vault 1\n", "the tag `!vault` has no meaning in a zone file", ""),
    ],
)
def test_the_frequent_faults_are_told_in_the_words_of_zone_editors(text: str, message: str, way_out: str) -> None:
    (fault,) = read(text).faults

    assert message in fault.message
    assert way_out in fault.help
    assert "\n" not in fault.message + fault.help


@pytest.mark.parametrize(
    ("text", "related"),
    [
        ("a: [b\nc: d\n", [(1, 4)]),
        ("a: [b, 'c' d]\n", []),
        ("a:\n  - b\n c: d\n", [(1, 1)]),
        ("a: b: c\n", []),
        ("a: &x 1\nb: &x 2\n", [(1, 7)]),
        ("a: &x [&x 1]\n", []),
    ],
)
def test_where_something_began_is_told_if_it_is_another_line(text: str, related: list[tuple[int, int]]) -> None:
    (fault,) = read(text).faults

    assert [span.source.position(span.start) for span, _ in fault.related] == related


def test_a_repeated_key_shows_the_first_one_and_the_last_one_counts() -> None:
    tree = read("a: 1\nb: 2\na: 3\na: 4\n")

    assert [fault.related[0][0].start for fault in tree.faults] == [0, 0]
    assert value(tree) == {"a": 4, "b": 2}


def test_a_second_document_leaves_the_first_one_readable() -> None:
    tree = read("a: 1\n---\nb: [\n")

    assert value(tree) == {"a": 1}
    assert len(tree.faults) == 1


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "&a [", "!!seq ["])
@pytest.mark.parametrize("depth", [65, 50_000])
def test_depth_is_bounded(opening: str, depth: int) -> None:
    tree = read(opening * depth)

    assert tree.root is None
    assert [fault.kind for fault in tree.faults] in (["yaml-limits"], ["yaml-syntax"])
    if opening == "[":  # libyaml's own bound may come first: its scanner reads ahead
        assert [(fault.kind, fault.span.text, fault.message) for fault in tree.faults] == [
            ("yaml-limits", "[", "more than 64 levels deep")
        ]
    if opening == "- " or (opening == "[" and depth == 65):
        assert told(tree.faults) == [("yaml-limits", (1, 64 * len(opening) + 1), opening[0])]


def test_sixty_four_levels_are_read() -> None:
    assert read("[" * 64 + "]" * 64).faults == ()


def bomb(levels: int, width: int) -> str:
    """Lists of aliases to lists of aliases: width to the power of levels values."""
    lines = ["a0: &a0 [x]"]
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * width)}]")
    return "\n".join(lines)


def test_aliases_that_multiply_are_refused_without_writing_them_out(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0
    children = yaml_reader._children

    def counted(node: Scalar | Sequence | Mapping) -> tuple[Node, ...]:
        nonlocal looked_at
        looked_at += 1
        return children(node)

    monkeypatch.setattr(yaml_reader, "_children", counted)
    tree = read(bomb(40, 9))

    assert tree.root is None
    assert [fault.kind for fault in tree.faults] == ["yaml-limits"]
    assert "2,000,000" in tree.faults[0].message
    assert looked_at < 1000


@pytest.mark.parametrize(("most", "kinds"), [(6, []), (5, ["yaml-limits"])])
def test_expansion_is_counted_exactly(monkeypatch: pytest.MonkeyPatch, most: int, kinds: list[str]) -> None:
    monkeypatch.setattr(yaml_reader, "MAX_EXPANSION", most)

    assert [fault.kind for fault in read("[&a [x], *a, y]").faults] == kinds


@pytest.mark.parametrize(("depth", "kinds"), [(31, []), (32, ["yaml-limits"])])
def test_depth_behind_an_alias_is_counted_exactly(depth: int, kinds: list[str]) -> None:
    text = f"[&a {'[' * 32}{']' * 32}, {'[' * depth}*a{']' * depth}]"

    assert [fault.kind for fault in read(text).faults] == kinds


def test_aliases_that_do_not_multiply_are_no_bomb() -> None:
    tree = read(bomb(6, 9))

    assert tree.faults == ()
    assert isinstance(tree.root, Mapping)


def test_aliases_that_build_depth_are_refused() -> None:
    """Each level is shallow; written out, the last is deeper than anything that reads it could follow."""
    lines = ["a0: &a0 x"]
    for level in range(1, 300):
        lines.append(f"a{level}: &a{level} {'[' * 5}*a{level - 1}{']' * 5}")
    tree = read("\n".join(lines))

    assert tree.root is None
    assert [fault.message for fault in tree.faults] == ["aliases expand over 64 levels deep"]


def test_merges_that_multiply_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "MAX_MERGED", 1000)
    entries = ", ".join(f"k{number}: 1" for number in range(100))
    uses = "\n".join(f"- {{<<: [{', '.join(['*a'] * 50)}]}}" for _ in range(50))
    tree = read(f"- &a {{{entries}}}\n{uses}")

    assert told(tree.faults) == [("yaml-limits", (2, 9 + 39 * 4), "*a")]
    assert "1,000" in tree.faults[0].message


def test_a_merged_entry_knows_its_place_and_that_of_its_use() -> None:
    text = "x: &x {k: 1}\ny: {<<: *x, l: 2}\n"
    root = read(text).root
    assert isinstance(root, Mapping)
    merged = root.values[1]
    assert isinstance(merged, Mapping)

    places = [located(node, via) for node, via in zip(merged.values, merged.vias, strict=True)]

    assert [(place.text, place.via.text if place.via else "") for place in places] == [("1", "*x"), ("2", "")]


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("x: &x [{k: 1}]\ny: {<<: *x}", "*x"),
        ("x: &x {k: 1}\ny: {<<: [*x]}", "*x"),
        ("x: &x {k: 1}\ny: &y {<<: *x}\nz: {<<: *y}", "*y"),
        ("x: &x {k: 1}\nz: {<<: {<<: *x}}", "*x"),
        ("z: {<<: {k: 1}}", ""),
        ("z: {<<: [{k: 1}]}", ""),
    ],
)
def test_the_place_of_use_is_that_of_the_outermost_alias(text: str, use: str) -> None:
    root = read(text).root
    assert isinstance(root, Mapping)
    last = root.values[-1]
    assert isinstance(last, Mapping)

    assert [via.text if via else "" for via in last.vias or (None,)] == [use]


def test_an_alias_knows_its_place_and_that_of_its_use() -> None:
    root = read("x: &x value\ny: *x\n").root
    assert isinstance(root, Mapping)

    place = located(root.values[1])

    assert (place.text, place.via and place.via.text) == ("value", "*x")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("a: &x [1, 2]", "[1, 2]"),
        ("a: !!seq &x [1, 2]", "[1, 2]"),
        ("a: &x {b: c}", "{b: c}"),
        ("a: &x\n  b: c", "b: c"),
        ("a: &x # comment\n  - b", "- b"),
        ("a: [1, 2]", "[1, 2]"),
    ],
)
def test_the_span_of_a_collection_begins_behind_its_anchor_and_tag(text: str, span: str) -> None:
    root = read(text).root
    assert isinstance(root, Mapping)

    assert located(root.values[0]).text == span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("a: &x foo", "foo"),
        ("a: &x 'foo'", "'foo'"),
        ("a: !!str &x foo # c", "foo"),
        ("a: &x # comment\n  # another\n\n  !!str\n  foo", "foo"),
        ("a: &x1 |2\n    foo\n", "|2\n    foo\n"),
        ("a: &x\nb: 1", ""),
        ("[&x , 1]", ""),
        ("a: &x \u00a0foo", "\u00a0foo"),
        ("a: !<tag:yaml.org,2002:str> foo", "foo"),
    ],
)
def test_the_span_of_a_scalar_begins_behind_its_anchor_and_tag(text: str, span: str) -> None:
    root = read(text).root
    assert root is not None

    assert span in [scalar.span.text for scalar in scalars(root)]
