"""What a line alone is taken to prove is what the whole file says, read again."""

from collections import Counter
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter.edit.change import applied
from linter.edit.in_line import Lines
from linter.edit.unchanged import is_as_meant
from linter.finding import Fix, Rewrite
from linter.source.text import Source
from linter.source.tree import Scalar
from linter.source.yaml_reader import Tree, read_yaml
from tests.source.judge import scalars
from tests.source.test_yaml_like_pyyaml import DATA, STYLES, documents

NEW = ["", " ", "x", "c d", ": ", ":", " #", "#", "- ", "-", "? ", "'", '"', "''", "\\", ",", "]", "{a", "\n", "é", "1"]
NEW += ["g", "~", "<<", "&a ", "*a", "!b ", "|", "%", "@", "---", "..."]
LINES = [
    "a: b\n",
    "a: b # c\n",
    "a: b",
    "a:\n  b: c d\n  e:\n  - f\n  - g: h\n    i: 'j k'  # l\nm: \"n\"\n",
    "a: b\r\nc: 'd'\r\n",
    "a: 1\nb: 010\nc: ~\nd: 1.5\ne: 2026-01-01\n",
    "- - a: b\n    c: d\n  - e\n",
    "---\na: &x b\nc: *x\nd: !!str e\nf: ! g\n",
    "a: &x\n  b: c\nd:\n  <<: *x\n  e: f\n<<: g\n",
    "? a: b\n: c\n? - d\n: e\n",
    "?\n  a: b\n: c\n",
    "? a\n: b: c\n  d: e\n",
    "a: |\n  b: c\nd: >\n  e: f\n",
    "a: 'b\n  c: d'\ne: \"f\ng: h\"\n",
    "a: b\n  c\n\n  d\ne: f\n",
    "a:\n  # b\n  c: d\n    # e\n  f: g\n",
    "a: {b: c,\n  d: e\n  }\n",
    "\ufeff{a: b,\n  c: d\n  }\n",
    "a: [b,\n  c: d\n  , e]\n",
    "- g: h\n  i: j\n- 1: 2\n  2: 3\n",
    "a: ~\n- b\n",
    "a:\n- ~\n# b\n-\n  c: ~\n\nd: !!null ~\ne: !!int 1\n",
    "a: {}\nb: []\nc: d\n",
    "a: b\na: c\n",
    "a: b\x85c: d\ne: f\u2028g: h\n",
    "a: b\rc: d\n",
    "a:\tb\nc: d\t\n",
    "a: b\n---\nc: d\n",
    "a: b\nc: *d\ne: f\n",
    "a: b\nc: 'd\n",
    "a: b\nc: d: e\nf: g\n",
    "%YAML 1.1\n--- a\n",
    "--- 'a'\n",
    "a: !b c\nd: !include e\n",
]


def proven(source: Source, scalar: Scalar, stretches: tuple[tuple[int, int, str], ...], tree: Tree) -> bool:
    """Whether the line says that a change can be made; that the file says the same is made sure of."""
    edits = Lines(source).edits(Fix("", (Rewrite(scalar, stretches),)))
    if not edits:
        return False
    now = read_yaml(Source(source.path, applied(source.text, edits)))
    assert Counter(each.kind for each in now.faults) == Counter(each.kind for each in tree.faults)
    assert is_as_meant(tree.root, now.root, {scalar.start: stretches}, set())
    return True


def tried(text: str) -> list[bool]:
    """Every scalar of a text with something new at its beginning, in its middle, at its end, and in its place."""
    source = Source("x.yaml", text)
    tree = read_yaml(source)
    return [
        proven(source, scalar, ((start, end, new),), tree)
        for scalar in (scalars(tree.root) if tree.root is not None else ())
        for size in [len(scalar.text)]
        for start, end in {(0, 0), (0, size), (size, size), (size // 2, size // 2), (size // 2, size)}
        for new in NEW
    ]


@pytest.mark.parametrize("text", LINES)
def test_a_line_proves_nothing_that_the_file_does_not(text: str) -> None:
    tried(text)


@settings(max_examples=100, deadline=None)
@given(st.one_of(documents(), st.text("ab1 \n:-?#'\",[{", max_size=30)))
@example("a:\n  b: c\n")
def test_no_more_is_proven_in_any_text(text: str) -> None:
    tried(text)


@settings(max_examples=60, deadline=None)
@given(DATA, STYLES)
def test_no_more_is_proven_in_what_pyyaml_writes(data: Any, style: dict[str, Any]) -> None:
    tried(yaml.safe_dump(data, **style))


def test_what_most_zones_are_made_of_is_proven_by_its_line() -> None:
    for text in LINES[:4]:
        source = Source("x.yaml", text)
        tree = read_yaml(source)
        assert tree.root is not None
        values = [each for each in scalars(tree.root) if text[each.end : each.end + 1] != ":"]
        assert values
        assert all(proven(source, each, ((0, 0, "x"),), tree) for each in values)
