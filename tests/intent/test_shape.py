"""The quick test of `systems:` and `mail:` and their JSON Schemas accept the same, and what is refused is explained."""

from typing import Any

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from linter.intent.reader import read_intent
from linter.intent.shape import SERVICES, fits, mail_schema, systems_schema
from linter.source.schema import explain
from linter.source.text import Source
from linter.source.yaml_reader import read_yaml

SYSTEMS, MAIL = Draft202012Validator(systems_schema()), Draft202012Validator(mail_schema())

WORDS: st.SearchStrategy[Any] = st.sampled_from(
    ["webhost", "none", "", " ", "a b", "mx.example.", "*", ".", "..", "a:25", "a:b", "x@y", "a/b", "é.example", "a\n"]
)
ODD: st.SearchStrategy[Any] = st.one_of(WORDS, st.none(), st.booleans(), st.integers(0, 3), st.just([]), st.just({}))
LISTS = st.one_of(ODD, st.lists(ODD, max_size=3))
NAMED = st.one_of(LISTS, st.dictionaries(WORDS, ODD, max_size=2))
SYSTEM = st.one_of(
    st.fixed_dictionaries(
        {},
        optional={
            "provider": ODD,
            "tenant": ODD,
            "receives": LISTS,
            "mx": LISTS,
            "spf": st.one_of(LISTS, st.just("include:a.example ip4:192.0.2.1")),
            "dkim": NAMED,
            "clients": st.one_of(ODD, st.dictionaries(st.sampled_from([*SERVICES, "x"]), ODD, max_size=2)),
            "envelope": ODD,
            "signs": ODD,
            "verification": ODD,
            "parameters": NAMED,
            "x": ODD,
        },
    ),
    ODD,
)
SPLITS = st.one_of(
    ODD,
    st.lists(st.one_of(ODD, st.fixed_dictionaries({}, optional={"to": ODD, "through": ODD, "x": ODD})), max_size=2),
)
ENTRY = st.one_of(
    st.fixed_dictionaries({}, optional={"receives": ODD, "behind": ODD, "sends": LISTS, "split": SPLITS, "x": ODD}),
    ODD,
)


def document(value: Any) -> Any:
    """A value as the reader of YAML has it."""
    root = read_yaml(Source("x.yaml", yaml.safe_dump(value, allow_unicode=True))).root
    assert root is not None
    return root


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.dictionaries(WORDS, SYSTEM, max_size=2), ODD))
@example({"a": {"dkim": {"s1": "x.example"}, "clients": {"imaps": "a:993"}, "spf": ["ip4:192.0.2.1"]}})
def test_quick_test_and_schema_agree_on_systems(value: Any) -> None:
    assert fits(value, systems_schema()) is SYSTEMS.is_valid(value)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.dictionaries(WORDS, ENTRY, max_size=2), ODD))
@example({"a": "none", "b": {"receives": "x", "split": [{"to": "y", "through": "z.example"}], "sends": []}})
def test_quick_test_and_schema_agree_on_mail(value: Any) -> None:
    assert fits(value, mail_schema()) is MAIL.is_valid(value)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(WORDS, SYSTEM, max_size=2), st.dictionaries(WORDS, ENTRY, max_size=2))
def test_what_fits_is_read_and_what_does_not_is_explained(systems: dict[str, Any], mail: dict[str, Any]) -> None:
    for value, schema in ((systems, systems_schema()), (mail, mail_schema())):
        faults = explain(document(value), schema)
        assert bool(faults) is not fits(value, schema)
        assert all(fault.message for fault in faults)
    if fits(systems, systems_schema()) and fits(mail, mail_schema()):
        intent, reasons = read_intent(document(systems), document(mail), "config")

        assert set(intent.systems) == set(systems)
        assert all(fault.message and fault.span.end > fault.span.start for fault in reasons)
