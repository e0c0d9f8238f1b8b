"""Fixes as edits: in whatever style a value is written, it then reads as meant, and nothing else has changed."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.edit.change import Edit, applied
from linter.edit.fixes import planned
from linter.finding import Fix, Rewrite
from linter.source.text import Source, Span
from linter.source.yaml_reader import Tree, read_yaml
from linter.zone.model import Target, Text
from linter.zone.published import publish
from linter.zone.reading import read_document, zone_from
from linter.zone.rewriting import replaced, rewrite_target, rewrite_text, without_part

STYLES = (
    "x: {{type: TXT, value: {}}}\n",
    "x: {{type: TXT, values: ['v=spf1 a', {}]}}  # all of it\n",
    "x:\n  type: TXT\n  value: {}\n",
    "x:\r\n- type: TXT\r\n  values:\r\n  - {} # mine\r\n  - other\r\n",
)
WORDS = (
    "v=spf1",
    "a",
    "-all",
    "ip4:50.0.0.1",
    "it's",
    "x\\;",
    "%{i}",
    "k:v",
    "-",
    "#x",
    '"',
    "ä",
    "é.",
    "~all",
    "1",
    "[",
)


def single(words: list[str]) -> str:
    return "'" + " ".join(words).replace("'", "''") + "'"


def double(words: list[str]) -> str:
    return '"' + " ".join(words).replace("\\", "\\\\").replace('"', '\\"') + '"'


def folded(words: list[str]) -> str:
    return ">-\n    " + "\n    ".join(words)


def literal(words: list[str]) -> str:
    return "|\n    " + " ".join(words)


def over_lines(words: list[str]) -> str:
    return "'" + "\n     ".join(words).replace("'", "''") + "'"


def joined(words: list[str]) -> str:
    return "'\"" + '" " '.join(words).replace("'", "''") + "\"'"


def text_of(document: Any, which: str = "value") -> str:
    record = document["x"][0] if isinstance(document["x"], list) else document["x"]
    return str(record.get("value", record.get("values")))


@st.composite
def written(draw: st.DrawFn) -> str:
    """A zone with a TXT value in some style, as YAML that can be read."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
    form = draw(st.sampled_from([single, double, folded, literal, over_lines, joined]))
    frame = draw(st.sampled_from(STYLES if form in (single, double) else STYLES[2:3]))
    before, after = "# first\nw: {type: TXT, value: 'v=spf1 -all'}\n", "y: [ {type: A,  value: 50.0.0.1} ]\n"
    return f"{before}{frame.format(form(words))}{after}"


@settings(deadline=None, max_examples=400)
@given(written(), st.data())
def test_a_value_reads_as_meant_and_nothing_else_changes(text: str, data: st.DataObject) -> None:
    document = read_document(Source("a.example.yaml", text))
    zone = zone_from([document])
    if zone is None or zone.faults:
        return
    values = [value for record in zone.records for value in record.values if isinstance(value, Text)]
    value = data.draw(st.sampled_from(values))
    size = len(value.text)
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))
    new = data.draw(
        st.sampled_from(["", " ", "b", "ip4:50.0.0.2", " -all", ": ", "#", "'", '"', "\\", "a b", "é", ";"])
    )
    fix = rewrite_text(value, [(start, end, new)])
    wanted = replaced(value.text, [(start, end, new)])
    (made,) = planned([fix]) if fix is not None else (None,)
    if made is None:
        return

    after = applied(text, (Edit(patch.start, patch.end, patch.text) for patch in made.patches))
    now = zone_from([read_document(Source("a.example.yaml", after))])
    assert now is not None
    texts = [each.text for record in now.records for each in record.values if isinstance(each, Text)]
    assert texts == [wanted if each is value else each.text for each in values]
    node = value.node
    assert all(node.start <= patch.start and patch.end <= node.end for patch in made.patches)
    loaded, old = yaml.safe_load(after), yaml.safe_load(text)
    assert {name: loaded[name] for name in ("y",)} == {name: old[name] for name in ("y",)}
    assert publish(str(loaded["w"]["value"])) in texts


@pytest.mark.parametrize(
    ("raw", "cut", "left"),
    [
        ("v=spf1 a a -all", "a", "v=spf1 a -all"),
        ("'v=spf1 a a -all'", "a", "'v=spf1 a -all'"),
        ('"v=spf1 a a -all"', "a", '"v=spf1 a -all"'),
        (">-\n    v=spf1 a\n    a\n    -all", "a", ">-\n    v=spf1 a\n    -all"),
        ("|-\n    v=spf1 a a -all", "a", "|-\n    v=spf1 a -all"),
        ('\'"v=spf1 a " "a -all"\'', "a", None),
        ('"v=spf1 \\x61 a -all"', "a", '"v=spf1 \\x61 -all"'),
        ("&anchor v=spf1 a a -all", "a", "&anchor v=spf1 a -all"),
        ("!!str v=spf1 a a -all", "a", "!!str v=spf1 a -all"),
    ],
)
def test_a_term_is_taken_out_of_any_style(raw: str, cut: str, left: str | None) -> None:
    text = f"x:\n  type: TXT\n  value: {raw}\n"
    zone = zone_from([read_document(Source("a.example.yaml", text))])
    assert zone is not None
    value = zone.records[0].values[0]
    assert isinstance(value, Text)
    place = value.text.rindex(f" {cut} ") + 1
    fix = without_part(value, place, place + len(cut))
    assert fix is not None
    (made,) = planned([fix])
    assert made is not None
    now = applied(text, (Edit(patch.start, patch.end, patch.text) for patch in made.patches))

    assert left is None or now == f"x:\n  type: TXT\n  value: {left}\n"
    again = zone_from([read_document(Source("a.example.yaml", now))])
    assert again is not None
    assert [each.text for each in again.records[0].values if isinstance(each, Text)] == ["v=spf1 a -all"]


@pytest.mark.parametrize(
    ("raw", "new", "left"),
    [
        ("v=spf1 a", ": b", "'v=spf1: b'"),
        ("v=spf1 a", " #b", "'v=spf1 #b'"),
        ("v=spf1 a", ",b", "'v=spf1,b'"),
        ("v=spf1 a", "%{d}", "'v=spf1%{d}'"),
        ("'v=spf1 a'", "it's", "'v=spf1it''s'"),
        ('"v=spf1 a"', "\\x", '"v=spf1\\\\x"'),
    ],
)
def test_a_value_gets_quotes_where_it_needs_them(raw: str, new: str, left: str) -> None:
    text = f"x: {{type: TXT, value: {raw}}}\n"
    zone = zone_from([read_document(Source("a.example.yaml", text))])
    assert zone is not None
    value = zone.records[0].values[0]
    assert isinstance(value, Text)
    fix = rewrite_text(value, [(6, 8, new)])
    assert fix is not None
    (made,) = planned([fix])
    assert made is not None

    now = applied(text, (Edit(patch.start, patch.end, patch.text) for patch in made.patches))
    assert now == f"x: {{type: TXT, value: {left}}}\n"


def test_what_would_not_read_as_meant_is_not_offered() -> None:
    text = "x: {type: CNAME, value: a.example}\n"
    zone = zone_from([read_document(Source("a.example.yaml", text))])
    assert zone is not None
    target = zone.records[0].values[0]
    assert isinstance(target, Target)

    assert [made and made.patches[0].text for made in planned([good(target), bad(target), lost(target)])] == [
        ".",
        None,
        None,
    ]


def good(target: Target) -> Fix:
    fix = rewrite_target(target, "a.example.", "the name is absolute then")
    assert fix is not None
    return Fix(fix.why, (Rewrite(target.node, ((9, 9, "."),)),))


def bad(target: Target) -> Fix:
    return Fix("a number", (Rewrite(target.node, ((0, 9, "12"),)),), erased=(Span(target.node.source, 0, 3),))


def lost(target: Target) -> Fix:
    return Fix("", removals=(target.span,))


def test_thousands_of_fixes_that_meet_are_read_a_bounded_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Source] = []

    def counted(source: Source) -> Tree:
        reads.append(source)
        return read_yaml(source)

    monkeypatch.setattr("linter.edit.fixes.read_yaml", counted)
    text = "x: {type: TXT, value: v=spf1 a -all}\n"
    zone = zone_from([read_document(Source("a.example.yaml", text))])
    assert zone is not None
    value = zone.records[0].values[0]
    assert isinstance(value, Text)
    made = planned([Fix("", (Rewrite(value.node, ((0, 1, f"{number}"),)),)) for number in range(5000)])

    assert len(reads) < 100
    assert made[0] is not None
