"""Whatever PyYAML reads is read here with the same values, and no text whatever raises."""

from typing import Any

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter.source.plain import PlainValue, plain_value
from linter.source.text import Source
from linter.source.tree import Scalar
from linter.source.yaml_reader import Tree, read_yaml

from .judge import NO_JUDGEMENT, OTHER_SHAPES, Judge, judged, scalars


def read(text: str) -> Tree:
    return read_yaml(Source("x.yaml", text))


def value(tree: Tree) -> PlainValue:
    return plain_value(tree.root) if tree.root is not None else None


def comparable(found: Any) -> Any:
    """A value with a word for every NaN, which equals nothing, not even itself."""
    if isinstance(found, list):
        return [comparable(item) for item in found]
    if isinstance(found, dict):
        return {comparable(key): comparable(item) for key, item in found.items()}
    return "not a number" if isinstance(found, float) and found != found else found


def covers(scalar: Scalar) -> bool:
    """Whether a scalar's span, read on its own, holds the same text."""
    written = scalar.span.text
    if not written or (scalar.style in ("|", ">") and any(sign.isdigit() for sign in written.splitlines()[0])):
        return True  # an explicit indentation counts from the parent's
    again = read(written).root
    return isinstance(again, Scalar) and again.text == scalar.text and again.style == scalar.style


LEAVES = st.one_of(
    st.sampled_from(["", "~", "yes", "010", "1:20", "44.74", "2026-11-24", "<<", "'it''s'", '"a\\tb"', "é ü", "a.b."]),
    st.text("abz019.:-_ é", min_size=1, max_size=8).map(lambda text: f"'{text}'"),
    st.text("abz019 \\\\n", max_size=6).map(lambda text: yaml.dump(text, default_style='"').strip()),
    st.from_regex("[a-z0-9]{1,6}", fullmatch=True),
)
KEYS = st.sampled_from(["a", "b", "c", "'d'", "67", "on", "''", "'*'", "é"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A document with anchors, aliases and merge keys, in flow style below names in block style."""
    ready: list[str] = []
    mappings: list[str] = []
    number = iter(range(1000))

    def merged() -> str:
        inline = "{" + f"{draw(KEYS)}: {draw(LEAVES)} " + "}"
        use = f"*{draw(st.sampled_from(mappings))} " if draw(st.booleans()) and mappings else inline
        other = f"*{draw(st.sampled_from(mappings))} " if mappings else inline
        return f"<<: [{use}, {other}]" if draw(st.booleans()) else f"<<: {use}"

    def node(depth: int) -> str:
        kind = draw(st.integers(0, 5 if depth else 1))
        if kind == 1 and ready:
            return f"*{draw(st.sampled_from(ready))} "
        name = f"n{next(number)}" if draw(st.booleans()) else ""
        if kind == 2:
            text = f"[{', '.join(node(depth - 1) for _ in range(draw(st.integers(0, 3))))}]"
        elif kind > 2:
            entries = [f"{draw(KEYS)}: {node(depth - 1)}" for _ in range(draw(st.integers(0, 3)))]
            entries += [merged() for _ in range(draw(st.integers(0, 2)))]
            if draw(st.booleans()):
                entries.reverse()
            text = f"{{{', '.join(entries)}}}"
        else:
            text = draw(LEAVES)
        if name:
            ready.append(name)
            if text.startswith("{"):
                mappings.append(name)
        return f"&{name} {text}" if name else text

    lines = [f"{draw(KEYS)}: {node(3)}" for _ in range(draw(st.integers(1, 5)))]
    return "".join(f"{line}{draw(st.sampled_from(['', ' # comment']))}\n" for line in lines)


DATA = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.dates(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=6), inner, max_size=4)),
    max_leaves=12,
)
STYLES = st.fixed_dictionaries(
    {
        "default_style": st.sampled_from([None, "'", '"', "|", ">"]),
        "default_flow_style": st.sampled_from([True, False, None]),
        "width": st.sampled_from([5, 20, 80]),
        "indent": st.sampled_from([2, 4]),
        "allow_unicode": st.booleans(),
        "line_break": st.sampled_from(["\n", "\r\n", "\r"]),
        "explicit_start": st.booleans(),
    }
)


@settings(max_examples=250, deadline=None)
@given(documents())
@example("a: &x {k: 1}\nb: {<<: *x, <<: {k: 2}}\n")
def test_anchors_and_merges_read_as_in_pyyaml(text: str) -> None:
    tree = read(text)
    expected = judged(text)

    if expected is not NO_JUDGEMENT:
        assert comparable(value(tree)) == comparable(expected)
        assert tree.root is not None
        assert all(covers(scalar) for scalar in scalars(tree.root))


@settings(max_examples=250, deadline=None)
@given(DATA, STYLES)
def test_what_pyyaml_writes_is_read_as_it_was(data: Any, style: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, **style)
    tree = read(text)

    assert tree.faults == ()
    assert value(tree) == yaml.load(text, Judge)
    if tree.root is not None and "\ufeff" not in text:
        assert all(covers(scalar) for scalar in scalars(tree.root))


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text("ab1 \n:-?#&*!|>'\"%@`[]{},<\\\t~=.", max_size=30), st.text(max_size=30)))
@example("a: 'b\n---\nc'")
@example("\ufeff\ufeffa: 1")
@example("{a: 1, ? b, [c]}")
@example(".nan")
@example("a: [.NaN, {b: .nan}]")
def test_no_text_raises_and_what_both_parsers_accept_reads_the_same(text: str) -> None:
    tree = read(text)
    expected = judged(text)
    found = value(tree)

    for fault in tree.faults:
        assert 0 <= fault.span.start <= fault.span.end <= len(text)
    if tree.root is not None:
        for scalar in scalars(tree.root):
            assert 0 <= scalar.start <= scalar.end <= len(text)
    if expected is not NO_JUDGEMENT and not tree.faults and not any(tag in text for tag in OTHER_SHAPES):
        assert comparable(found) == comparable(expected)
