"""The schema of recorded answers says of the shape of a file what its reader does."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from linter.lookup.lock_document import Entry, lock_text
from linter.lookup.lock_shape import lock_schema
from linter.lookup.recorded_reader import read_recording
from linter.source.plain import plain_value
from linter.source.text import Source
from linter.source.yaml_reader import read_yaml

from .test_lock_document import ENTRIES, NAMED_ENTRIES

SCHEMA = Draft202012Validator(lock_schema())


def is_valid(text: str) -> bool:
    root = read_yaml(Source("mailzone.lock", text)).root
    return root is not None and SCHEMA.is_valid(plain_value(root))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(lock_schema())


@given(NAMED_ENTRIES)
@settings(max_examples=100, deadline=None)
def test_what_is_written_fits_the_schema(names: dict[str, dict[str, Entry]]) -> None:
    assert is_valid(lock_text({(name, kind): held for name, types in names.items() for kind, held in types.items()}))
    assert is_valid(lock_text(ENTRIES))


ODD: st.SearchStrategy[Any] = st.sampled_from([None, True, 7, "word", [], {}, ["word"], {"word": 1}, [None], [[]]])
STATUS = st.sampled_from(["nodata", "nxdomain", "servfail", "timeout", "unknown"])


def values(*good: Any) -> st.SearchStrategy[Any]:
    listed = st.one_of(st.lists(st.sampled_from(good), max_size=2), ODD)
    optional = {"ttl": st.one_of(st.integers(-1, 3), ODD), "seen": st.sampled_from(["2026-01-02", "now", 7]), "x": ODD}
    return st.one_of(listed, STATUS, ODD, st.fixed_dictionaries({"values": listed}, optional=optional))


TYPES = st.one_of(
    STATUS,
    ODD,
    st.fixed_dictionaries(
        {},
        optional={
            "TXT": values("v=spf1 -all", "x"),
            "CNAME": values("a.example.", "b.example."),
            "TYPE99": values("x"),
            "TYPE": values("x"),
            "txt": values("x"),
        },
    ),
)
DOCUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "version": st.sampled_from([1, "1", 2, True, None]),
        "complete": st.one_of(st.booleans(), ODD),
        "answers": st.one_of(st.dictionaries(st.sampled_from(["a.example", "b.example."]), TYPES), ODD),
        "x": ODD,
    },
)


@given(DOCUMENTS)
@settings(max_examples=400, deadline=None)
def test_the_reader_and_the_schema_agree(document: dict[str, Any]) -> None:
    text = yaml.safe_dump(document)

    assert is_valid(text) is not bool(read_recording(Source("mailzone.lock", text)).faults)


@pytest.mark.parametrize(
    "text",
    ["answers: []\n", "answers: {a: nxdoman}\n", "answers: {a: {TXT: nxdomain}}\n", "answers: {a: {txt: [x]}}\n",
     "{}\n", "answers: {a: {TXT: {ttl: -1, values: [x]}}}\n", "version: 2\nanswers: {}\n", "answer: {}\n",
     "answers: {a: {CNAME: [b., c.]}}\n", "answers: {a: {TXT: {seen: 2026-1-1, values: []}}}\n"],
)  # fmt: skip
def test_both_refuse(text: str) -> None:
    assert not is_valid(text)
    assert read_recording(Source("mailzone.lock", text)).faults


def test_locks_of_examples_fit() -> None:
    found = sorted(Path(__file__).parents[2].glob("examples/**/mailzone.lock"))
    for path in found:
        assert is_valid(path.read_text()), path
