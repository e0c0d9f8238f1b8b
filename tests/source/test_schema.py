"""A document that does not fit its schema is told so in a sentence, at the place that has to change."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.source.plain import node_at, plain_value
from linter.source.schema import SchemaFault, explain
from linter.source.text import Source
from linter.source.tree import Mapping
from linter.source.yaml_reader import read_yaml

WORD = {"enum": ["error", "warning", "info", False]}
NUMBER = {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 65535}, {"type": "string", "pattern": "^[0-9]+$"}]}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "list": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "map": {"type": "object", "properties": {"deep": {"type": "string"}}, "required": ["deep"]},
        "count": {"type": "integer", "minimum": 1},
        "number": NUMBER,
        "switch": {"type": "boolean"},
        "word": WORD,
        "form": {"type": "string", "pattern": "^x+$", "description": "a row of `x`"},
        "bare": {"type": "string", "minLength": 1},
        "rule": {"anyOf": [WORD, {"type": "object", "properties": {"severity": WORD}, "additionalProperties": False}]},
        "keys": {"type": "object", "propertyNames": {"enum": ["alpha", "beta"], "x-key": True}},
        "either": {"type": "object", "anyOf": [{"required": ["value"]}, {"required": ["values"]}]},
        "one": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
        "share": {"anyOf": [{"type": "number", "maximum": 1}, {"type": "boolean"}]},
        "fixed": {"const": "here"},
        "odd": {"not": {"type": "string"}},
    },
    "additionalProperties": False,
}
ALL = ", ".join(f"`{name}`" for name in SCHEMA["properties"])
WORDS = "`error`, `warning`, `info`"


def explained(text: str) -> tuple[SchemaFault, ...]:
    root = read_yaml(Source("x.yaml", text)).root
    assert root is not None
    return explain(root, SCHEMA)


@pytest.mark.parametrize(
    ("text", "place", "there", "message", "way_out"),
    [
        ("nmae: a", (1, 1), "nmae", f"`nmae` is unknown; expected one of {ALL}; did you mean `name`?", ""),
        ("zzz: a", (1, 1), "zzz", f"`zzz` is unknown; expected one of {ALL}", ""),
        ("Name: a", (1, 1), "Name", f"`Name` is unknown; expected one of {ALL}; did you mean `name`?", ""),
        ("name: 12", (1, 7), "12", "`12` is a whole number to YAML; expected text", "put it in quotes"),
        ("name: 010", (1, 7), "010", "`010` is a whole number to YAML; expected text", "put it in quotes"),
        ("name: 4.5", (1, 7), "4.5", "`4.5` is a number to YAML; expected text", "put it in quotes"),
        ("name: no", (1, 7), "no", "`no` is a boolean to YAML; expected text", "put it in quotes"),
        ("name:", (1, 6), "", "empty value; expected text", ""),
        ("name: ~", (1, 7), "~", "empty value; expected text", ""),
        ("name: [a]", (1, 7), "[a]", "a list is here; expected text", ""),
        ("name: {a: b}", (1, 7), "{a: b}", "a mapping is here; expected text", ""),
        ("list: a", (1, 7), "a", "`a` is not a list", ""),
        ("list: []", (1, 7), "[]", "an empty list", "give at least one value, or take the entry out"),
        ("list:\n- a\n- 1\n", (3, 3), "1", "`1` is a whole number to YAML; expected text", "put it in quotes"),
        ("map: a", (1, 6), "a", "`a` is not a mapping", ""),
        ("map: {deap: a}", (1, 7), "deap", "`deep` is missing; did you mean it by `deap`?", ""),
        ("map: {a: b}", (1, 6), "{a: b}", "`deep` is missing", ""),
        ("count: 0", (1, 8), "0", "`0` is out of range; expected 1 or more", ""),
        ("count: a", (1, 8), "a", "`a` is not a whole number", ""),
        ("count: '12'", (1, 8), "'12'", "`12` is text to YAML; expected a whole number", "take the quotes away"),
        ("number: 70000", (1, 9), "70000", "`70000` is out of range; expected 0 to 65535", ""),
        ("number: a", (1, 9), "a", "`a` does not fit; expected text of another form", ""),
        ("number: 1.5", (1, 9), "1.5", "`1.5` is not a whole number", ""),
        ("number: on", (1, 9), "on", "`on` is not a whole number", ""),
        ("number:", (1, 8), "", "empty value; expected a whole number", ""),
        ("switch: 1", (1, 9), "1", "`1` is not `true` or `false`", ""),
        ("switch: 'yes'", (1, 9), "'yes'", "`yes` is text to YAML; expected `true` or `false`", "take the quotes away"),
        ("word: eror", (1, 7), "eror", f"`eror` is unknown; expected one of {WORDS}; did you mean `error`?", ""),
        ("word: on", (1, 7), "on", f"`on` is unknown; expected one of {WORDS}", ""),
        ("word: [a]", (1, 7), "[a]", f"a list is unknown; expected one of {WORDS}", ""),
        ("form: xyz", (1, 7), "xyz", "`xyz` does not fit; expected a row of `x`", ""),
        ("bare: ''", (1, 7), "''", "`` does not fit; expected text of another form", ""),
        ("rule: eror", (1, 7), "eror", f"`eror` is unknown; expected one of {WORDS}; did you mean `error`?", ""),
        ("rule: on", (1, 7), "on", f"`on` is unknown; expected one of {WORDS}", ""),
        ("rule: 1", (1, 7), "1", f"`1` is unknown; expected one of {WORDS}", ""),
        ("rule:", (1, 6), "", f"empty value; expected one of {WORDS}", ""),
        ("rule: [error]", (1, 7), "[error]", "a list is here; expected a mapping or text", ""),
        (
            "rule: {severty: error}",
            (1, 8),
            "severty",
            "`severty` is unknown; expected one of `severity`; did you mean `severity`?",
            "",
        ),
        (
            "rule: {severity: warn}",
            (1, 18),
            "warn",
            f"`warn` is unknown; expected one of {WORDS}; did you mean `warning`?",
            "",
        ),
        (
            "keys: {alpa: 1}",
            (1, 8),
            "alpa",
            "`alpa` is unknown; expected one of `alpha`, `beta`; did you mean `alpha`?",
            "",
        ),
        ("either: {vlaue: 1}", (1, 10), "vlaue", "`value` is missing; did you mean it by `vlaue`?", ""),
        ("either: {}", (1, 9), "{}", "`value` is missing", ""),
        ("one: [a]", (1, 6), "[a]", "a list is here; expected a whole number", ""),
        (
            "fixed: there",
            (1, 8),
            "there",
            "`there` is unknown; expected one of `here`; did you mean `here`?",
            "",
        ),
        ("share: 5", (1, 8), "5", "`5` is out of range; expected 1 or less", ""),
        ("share: 1.5", (1, 8), "1.5", "`1.5` is out of range; expected 1 or less", ""),
        ("share: x", (1, 8), "x", "`x` is not `true` or `false` or a number", ""),
        (f"form: {'y' * 60}", (1, 7), "y" * 60, f"`{'y' * 60}` does not fit; expected a row of `x`", ""),
        ("odd: a", (1, 6), "a", "`a` does not fit here", ""),
        ("- name", (1, 1), "- name", "a list is here; expected a mapping", ""),
        (f"form: {'y' * 99}", (1, 7), "y" * 99, f"`{'y' * 59}…` does not fit; expected a row of `x`", ""),
    ],
)
def test_a_fault_is_one_sentence_at_its_place(
    text: str, place: tuple[int, int], there: str, message: str, way_out: str
) -> None:
    (fault,) = explained(text)

    assert (fault.message, fault.help) == (message, way_out)
    assert (fault.span.source.position(fault.span.start), fault.span.text) == (place, there)


def test_all_faults_are_told_in_the_order_of_the_text() -> None:
    faults = explained("word: eror\nname: 1\nlist: [1, a, no]\nfoo: 1\nbar: 2\n")

    assert [fault.span.text for fault in faults] == ["eror", "1", "1", "no", "foo", "bar"]


def test_a_document_that_fits_has_no_fault() -> None:
    assert explained("{name: a, list: [b], map: {deep: c}, number: '12', word: off, rule: {severity: info}}") == ()


def test_known_words_are_listed_whole_where_they_are_few() -> None:
    root = read_yaml(Source("x.yaml", "zzz")).root
    assert root is not None
    (fault,) = explain(root, {"enum": [f"word{number}" for number in range(22)]})

    assert fault.message.endswith("`word20`, `word21`")


def test_many_known_words_are_listed_in_part() -> None:
    root = read_yaml(Source("x.yaml", "wordd30")).root
    assert root is not None
    (fault,) = explain(root, {"enum": [f"word{number}" for number in range(40)]})

    assert fault.message.count("`") == 2 * (1 + 22 + 1)
    assert fault.message.endswith("`word21` …; did you mean `word30`?")


def test_a_fault_behind_an_alias_knows_where_it_is_used() -> None:
    text = "map: {deep: &x [1]}\nname: *x\nlist: [*x]\n"
    faults = explained(text)

    assert {fault.span.text for fault in faults} == {"[1]"}
    assert sorted(fault.span.via.start if fault.span.via else 0 for fault in faults) == [
        0,
        text.index("*x"),
        text.rindex("*x"),
    ]


def test_a_fault_in_a_merged_entry_knows_the_merge_key() -> None:
    root = read_yaml(Source("x.yaml", "a: &m {name: 1}\nb: {<<: *m}\n")).root
    assert isinstance(root, Mapping)
    (fault,) = explain(root.values[1], SCHEMA)

    assert (fault.span.text, fault.span.via and fault.span.via.text) == ("1", "*m")


def test_a_path_leads_through_aliases_and_merges_to_the_text_and_its_outermost_use() -> None:
    root = read_yaml(Source("x.yaml", "a: &a {k: [1, {l: &t two}]}\nb: {<<: *a, m: *t}\nc: {n: *a}\n")).root
    assert root is not None

    def found(*path: str | int) -> tuple[str, str]:
        node, via = node_at(root, path)
        return node.span.text, via.text if via else ""

    assert found("a", "k", 1, "l") == ("two", "")
    assert found("b", "k", 1, "l") == ("two", "*a")
    assert found("b", "m") == ("two", "*t")
    assert found("c", "n", "k", 0) == ("1", "*a")
    assert found("a", "k", 7) == ("[1, {l: &t two}]", "")
    assert found("a", "none", 7) == ("{k: [1, {l: &t two}]}", "")


PIECES = st.recursive(
    st.sampled_from(["a", "12", "1.5", "no", "~", "''", "error", "2026-11-24"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(st.sampled_from([*SCHEMA["properties"], "deep", "value", "x", "1"]), inner, max_size=3).map(
            lambda entries: "{" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}"
        ),
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*SCHEMA["properties"], "x"]), PIECES, max_size=4))
def test_there_is_a_fault_exactly_where_the_schema_refuses(entries: dict[str, str]) -> None:
    from jsonschema import Draft202012Validator

    text = "".join(f"{key}: {value}\n" for key, value in entries.items()) or "{}"
    root = read_yaml(Source("x.yaml", text)).root
    assert root is not None
    faults = explain(root, SCHEMA)

    assert Draft202012Validator(SCHEMA).is_valid(plain_value(root)) is not bool(faults)
    for fault in faults:
        assert 0 <= fault.span.start <= fault.span.end <= len(text)
        assert "\n" not in fault.message
        assert not fault.message.endswith(".")
