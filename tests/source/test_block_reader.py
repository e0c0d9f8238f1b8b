"""The reader of plain block YAML makes the very tree that libyaml's events make, or leaves the text to them."""

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter.source.block_reader import read_blocks
from linter.source.event_reader import read_events
from linter.source.merge import Mappings
from linter.source.text import Source, SourceFault
from linter.source.tree import Node
from linter.source.yaml_reader import MAX_DEPTH
from tests.counted import calls

from .test_yaml_like_pyyaml import DATA


def read(text: str) -> tuple[Node | None, tuple[SourceFault, ...]]:
    """The same tree as by libyaml's events, which is made sure of; None where it is left to them."""
    source = Source("x.yaml", text)
    faults: list[SourceFault] = []
    root = read_blocks(source, Mappings(source, faults))
    if root is not None:
        expected = read_events(source, None, MAX_DEPTH)
        assert (root, tuple(faults)) == (expected.root, expected.faults)
    return root, tuple(faults)


TAKEN = [
    "a: b\n",
    "a: b",
    "---\na: b\n",
    "---  \n# comment\na:\n  b: c\n",
    "a:\n- b\n- c\nd: e\n",
    "a:\n  - b\n  - c\n\n\n# end\n",
    "a:\n    b:\n  # comment\n        c: d\n    e: f\n",
    "- - a\n  - b\n- c: d\n  e: f\n-\n- \n-   g: h\n    i: j\n",
    "-\n  a: b\n-\n  - c\n",
    "a:\nb: \nc:  # nothing\nd:\n",
    "a:\n-\n-\nb:\n",
    "? x: y\n".replace("? ", ""),
    "'': x\n'*': y\n\"z\": 'it''s'\n'a''b' : c\n",
    "a: 'b\n  c\n\n  d  '\ne: \"f\n\n\n  g\"\nh: '\n  i\n  '\n",
    "a: b c\n  d e\n\n\n  f\ng: h\n",
    "a:\n  b c\n  d: e\n".replace("d: e", "d e"),
    "a:\n  - b\n    c\n  - d\n   e\n",
    "a: b # c\nd: 'e' # f: g\nh: i#j\nk: l:m\nn::o: p\nq:: r\n",
    "a: - b\n".replace("- b", "-b"),
    "a: {}\nb: []  # none\nc: {} \n",
    "a: 1\na: 2\n01: 3\n1: 4\n~: 5\nnull: 6\n",
    "<<: \nx:\n  <<:\n    a: b\n  c: d\n",
    "a: ü\nö: 'ä'\n東: 京\n",
    "a: b   \nc:   d   \n   \ne : f\n",
    "a:\n  b:\n    - c: d\n      e:\n      - f\n    - g\nh: i\n",
    "a: b\n# c\n",
    "a: v=DKIM1\\; k=rsa\\; p=x\n",
    "a:\n  'b'\nc:\n  d\n",
    "? ''\n: a: b\n  c: d\ne: f\n",
    "a:\n  ? ''\n  : - b\n    - c: d\n  e: f\ng: h\n",
    "? ''\n:   'b'  # c\n",
    "? ''\n: a\n  b\n\n? ''\n: - - c\n",
    "--a: -b\n...c: d\n".replace("...c", ".c"),
]
LEFT = [
    "",
    "# nothing\n",
    "a\n",
    "'a'\n",
    "---\n",
    "--- a: b\n",
    "a: b\n---\nc: d\n",
    "a: b\n...\n",
    "%YAML 1.1\n---\na: b\n",
    "a: &x b\nc: *x\n",
    "a: !!str b\n",
    "a: |\n  b\n",
    "a: >-\n  b\n",
    "a: [b]\n",
    "a: {b: c}\n",
    "? a\n: b\n",
    "? ''\n",
    "? ''\na: b\n",
    "? ''\n:\n  a: b\n",
    "? ''\n: # a\n  b\n",
    "? ''\n\n: a\n",
    "a: b\n? ''\n : c\n",
    "? ''\n: a: b: c\n",
    "? '' \n: a\n",
    "- ? ''\n  : a\n",
    "a:\tb\n",
    "a: b\r\n",
    "a: b\x85c: d\n",
    "a: b\u2028c\n",
    "\ufeffa: b\n",
    "a: b\x07\n",
    "a: b: c\n",
    "a: b:\n",
    "a: - b\n",
    "a: -\n",
    "a: 'b\n",
    "a: 'b' c\n",
    "a: 'b'#c\n",
    "a: 'b': c\n",
    'a: "b\\n"\n',
    '"a\\"": b\n',
    "a: 'b\n--- c'\n",
    "a: b\n  c: d\n",
    "a: b # c\n  d\n",
    "a: b\n # c\n  d\n",
    "a:\n  - b\n c: d\n",
    "a:\n    b: c\n  d: e\n",
    "- a\nb: c\n",
    "a: b\n- c\n",
    "a: b\nc\n",
    "a: @b\n",
    "a: %b\n",
    "a: `b\n",
    "a: ]\n",
    "a: ,b\n",
    "'a\n  b': c\n",
    f"{'a' * 2000}: b\n",
    f"'{'a' * 2000}': b\n",
    "".join(f"{'  ' * level}a:\n" for level in range(70)),
    f"{'- ' * 70}a\n",
    "a: b\n" * 60_000,
]


@pytest.mark.parametrize("text", TAKEN)
def test_plain_blocks_are_read(text: str) -> None:
    assert read(text)[0] is not None


@pytest.mark.parametrize("text", LEFT)
def test_anything_else_is_left_to_libyaml(text: str) -> None:
    assert read(text)[0] is None


LINES = st.lists(
    st.tuples(
        st.sampled_from(["", " ", "  ", "    ", "  - ", "- ", "-   ", "- - ", "    - ", "-"]),
        st.sampled_from(
            [
                *(
                    "a:",
                    "b: ",
                    "c: d",
                    "e: f g",
                    "h",
                    "'i': 'j'",
                    "k: 'l",
                    "m'",
                    'n: "o"',
                    "",
                    "# p",
                    "q: r # s",
                    "t #u",
                ),
                *("v : w", "x:: y", "z: -", "a: -1", "b: {}", "c: []", "-", "<<:", "~:", "a: b: c", "d: 'e' f", "ü: ö"),
                *("---", "...", "a: 'b # c'", "a:b", "'a':b", "? a", ": b", "a: ?b", "a: :b", "'", '"', "a: ''", "  a"),
                *("? ''", "? ''\n: a", "? ''\n: - a", "? ''\n  : a: b", "? ''\n: ", "? ''\n: # a", "? ''\n:", "? '' "),
            ]
        ),
    ),
    max_size=8,
)


@settings(max_examples=1500, deadline=None)
@given(LINES, st.booleans())
@example([("", "a:"), ("", "- b"), ("  ", "c")], True)
def test_lines_at_random_read_as_by_libyaml(lines: list[tuple[str, str]], ends: bool) -> None:
    read("\n".join(indent + rest for indent, rest in lines) + ("\n" if ends else ""))


@settings(max_examples=500, deadline=None)
@given(st.text("ab:-#'\"\n {}[]?,\\&*!|>%@.", max_size=24))
@example("a: 'b''\n'\n")
def test_signs_at_random_read_as_by_libyaml(text: str) -> None:
    read(text)


@settings(max_examples=300, deadline=None)
@given(DATA, st.sampled_from([5, 20, 80]), st.sampled_from([2, 4]), st.booleans(), st.sampled_from([None, "'", '"']))
def test_what_pyyaml_writes_reads_as_by_libyaml(
    data: object, width: int, indent: int, is_unicode: bool, style: str | None
) -> None:
    read(
        yaml.dump(
            data, default_style=style, default_flow_style=False, width=width, indent=indent, allow_unicode=is_unicode
        )
    )


@pytest.mark.parametrize(
    "part",
    ["a: b\n", "- ", "a: b\n\n", "\n", " ", "#\n", "a:\n- b\n", "a: 'b\n", "a: b\n  c\n", "x", "a: b c", "'", ": "],
)
def test_the_work_grows_as_the_text(part: str) -> None:
    def work(times: int) -> int:
        source = Source("x.yaml", "k:\n" + part * times)
        return calls(lambda: read_blocks(source, Mappings(source, [])))

    assert work(4000) < 5 * work(1000) + 1000
