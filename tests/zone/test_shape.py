"""What octoDNS would refuse is told once, at its place; the reader and the JSON Schema refuse the same."""

from typing import Any
from unittest.mock import patch

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from linter.source.text import Source
from linter.zone.model import UNREAD, Zone
from linter.zone.reading import read_document, zone_from
from linter.zone.records import RecordReader
from linter.zone.right_forms import right_form
from linter.zone.shape import TLSA_FIELDS, zone_schema


def zone_of(text: str) -> Zone:
    zone = zone_from([read_document(Source("example.com.yaml", text))])
    assert zone is not None
    return zone


KNOWN = "expected one of `A`, `AAAA`"


@pytest.mark.parametrize(
    ("text", "there", "message", "way_out"),
    [
        ("a: {type: AAAAA, value: 192.0.2.1}", "AAAAA", f"`AAAAA` is unknown; {KNOWN}", ""),
        ("a: {type: txt, value: 192.0.2.1}", "txt", "did you mean `TXT`?", ""),
        ("a: {type: A/, value: 192.0.2.1}", "A/", f"`A/` is unknown; {KNOWN}", ""),
        ("a: {type: 1, value: 192.0.2.1}", "1", f"`1` is unknown; {KNOWN}", ""),
        ("a: {type: [A], value: 192.0.2.1}", "[A]", "a list is here; expected text", ""),
        ("a: {type: , value: 192.0.2.1}", "", f"empty value; {KNOWN}", ""),
        ("a: {tpye: A, value: 192.0.2.1}", "tpye", "`type` is missing; did you mean it by `tpye`?", ""),
        ("a: {ttl: 60, value: 192.0.2.1}", "{ttl: 60, value: 192.0.2.1}", "`type` is missing", ""),
        ("a: {type: A}", "A", "no value: a record needs `value` or `values`", ""),
        ("a: {type: A, value: }", "value", "no value: a record needs `value` or `values`", ""),
        ("a: {type: A, values: ~}", "~", "no value: a record needs `value` or `values`", ""),
        ("a: {type: A, values: []}", "[]", "no value: a record needs `value` or `values`", ""),
        ("a: {type: CAA, values: []}", "[]", "no value: a record needs `value` or `values`", ""),
        ("a: {type: A, vlaue: x}", "vlaue", "did you mean it by `vlaue`?", ""),
        ("a: {type: A, vals: x}", "vals", "did you mean it by `vals`?", ""),
        ("a: {type: A, values: [192.0.2.1, ~]}", "~", "A: empty value; expected text", ""),
        ("a: {type: CAA, values: [~]}", "~", "CAA: empty value", ""),
        ("a: {type: TXT, value: 12}", "12", "TXT: `12` is a whole number to YAML; expected text", "put it in quotes"),
        ("a: {type: TXT, value: no}", "no", "TXT: `no` is a boolean to YAML; expected text", "put it in quotes"),
        (
            "a: {type: TXT, value: 2026-11-24}",
            "2026-11-24",
            "TXT: `2026-11-24` is a date to YAML; expected text",
            "put it in quotes",
        ),
        ("a: {type: TXT, value: =}", "=", "TXT: `=` is a default value to YAML; expected text", "put it in quotes"),
        ("a: {type: TXT, value: <<}", "<<", "TXT: `<<` is a merge key to YAML; expected text", "put it in quotes"),
        (
            "a: {type: TXT, value: !!binary aGk=}",
            "aGk=",
            "TXT: `aGk=` is binary data to YAML; expected text",
            "put it in quotes",
        ),
        (
            f"a: {{type: TXT, value: {'1' * 1001}}}",
            "1" * 1001,
            f"TXT: `{'1' * 26}…{'1' * 13}` is a number to YAML; expected text",
            "put it in quotes",
        ),
        ("a: {type: TXT, value: {a: b}}", "{a: b}", "TXT: a mapping is here; expected text", ""),
        ("a: {type: MX, value: 10 mx.}", "10 mx.", "MX: `10 mx.` is not a mapping", ""),
        ("a: {type: MX, value: {exchange: mx.}}", "{exchange: mx.}", "MX: `preference` is missing", ""),
        (
            "a: {type: MX, value: {preference: 1, exchagne: mx.}}",
            "exchagne",
            "MX: `exchange` is missing; did you mean it by `exchagne`?",
            "",
        ),
        (
            "a: {type: MX, value: {preference: 70000, exchange: mx.}}",
            "70000",
            "MX: `70000` is out of range; expected 0 to 65535",
            "",
        ),
        (
            "a: {type: MX, value: {preference: ten, exchange: mx.}}",
            "ten",
            "MX: `ten` does not fit; expected a number from 0 to 65535",
            "",
        ),
        (
            "a: {type: MX, value: {preference: 1, exchange: 2026-11-24}}",
            "2026-11-24",
            "MX: `2026-11-24` is a date to YAML; expected text",
            "put it in quotes",
        ),
        (
            "a: {type: SRV, value: {priority: 1, weight: 2, port: x, target: s.}}",
            "x",
            "SRV: `x` does not fit; expected a number from 0 to 65535",
            "",
        ),
        ("a: {type: TLSA, value: 3 1 1 d2ab}", "3 1 1 d2ab", "TLSA: `3 1 1 d2ab` is not a mapping", ""),
        (
            "a: {type: TLSA, value: {certificate_usage: 3, selector: , matching_type: 1, "
            "certificate_association_data: d2}}",
            "",
            "TLSA: empty value; expected a whole number",
            "",
        ),
        (
            "a: {type: TLSA, value: {certificate_usage: 3, selector: 1, matching_type: 1, "
            "certificate_association_data: 12}}",
            "12",
            "TLSA: `12` is a whole number to YAML; expected text",
            "put it in quotes",
        ),
        (
            "a: {type: TLSA, value: {certificate_usage: 2026-11-24, selector: 1, matching_type: 1, "
            "certificate_association_data: d2}}",
            "2026-11-24",
            "TLSA: `2026-11-24` is a date to YAML; expected text",
            "put it in quotes",
        ),
        (
            "a: {type: TLSA, value: {certificate_usgae: 3, selector: 1, matching_type: 1, "
            "certificate_association_data: d2}}",
            "certificate_usgae",
            "TLSA: `certificate_usage` is missing; did you mean it by `certificate_usgae`?",
            "",
        ),
        (
            "a: {type: MX, value: {preference: 1.5, exchange: mx.}}",
            "1.5",
            "MX: `1.5` is not a whole number",
            "",
        ),
        (
            "a: {type: MX, value: {preference: .inf, exchange: mx.}}",
            ".inf",
            "MX: `.inf` is not a whole number",
            "",
        ),
        (
            "a: {type: MX, value: {preference: -1, exchange: mx.}}",
            "-1",
            "MX: `-1` is out of range; expected 0 to 65535",
            "",
        ),
        (
            "a: {type: MX, value: {preference: '١٢', exchange: mx.}}",
            "'١٢'",
            "MX: `١٢` does not fit; expected a number from 0 to 65535",
            "",
        ),
        ("a: {type: A, ttl: 1h, value: 192.0.2.1}", "1h", "`1h` does not fit; expected a number of seconds", ""),
        (
            f"a: {{type: A, ttl: {'1' * 5000}, value: 192.0.2.1}}",
            "1" * 5000,
            f"`{'1' * 59}…` does not fit; expected a number of seconds",
            "",
        ),
        ("a: {type: A, ttl: -1, value: 192.0.2.1}", "-1", "`-1` is out of range; expected 0 to 2147483647", ""),
        (
            "a: {type: A, ttl: 2147483648, value: 192.0.2.1}",
            "2147483648",
            "`2147483648` is out of range; expected 0 to 2147483647",
            "",
        ),
        ("a: {type: A, ttl: on, value: 192.0.2.1}", "on", "`on` is not a whole number", ""),
        ("a: {type: A, ttl: , value: 192.0.2.1}", "", "empty value; expected a whole number", ""),
        ("a: {type: A, value: 192.0.2.300}", "192.0.2.300", "A: `192.0.2.300` is not an IPv4 address", ""),
        ("a: {type: A, values: [192.0.2.1, '']}", "''", "A: `` is not an IPv4 address", ""),
        ("a: {type: AAAA, value: 192.0.2.1}", "192.0.2.1", "AAAA: ", "an address of this form belongs to `A`"),
        ("a: {type: A, octodns: x, value: 192.0.2.1}", "x", "`x` is not a mapping", ""),
        ("a: {type: A, octodns: {ignored: true}}", "A", "no value: a record needs `value` or `values`", ""),
    ],
)
def test_a_record_that_cannot_be_published_is_one_fault_at_its_place(
    text: str, there: str, message: str, way_out: str
) -> None:
    (fault,) = zone_of(f"ok: {{type: A, value: 192.0.2.9}}\n{text}").faults

    way_out_told = "" if fault.help.startswith("the right form is ") else fault.help
    assert (fault.kind, fault.span.text, way_out_told) == ("zone-shape", there, way_out)
    assert message in fault.message


@pytest.mark.parametrize("kind", sorted({"A", "AAAA", "TXT", "SPF", "MX", "SRV", "CNAME", "NS", "PTR", "ALIAS"}))
def test_the_right_form_is_one_that_is_read(kind: str) -> None:
    form = right_form(kind).partition("`")[2].partition("`")[0]
    (record,) = zone_of(f"ok: {{type: {kind}, value: {form if form[:1] == '{' else repr(form)}}}").records

    assert len(record.values) == 1
    assert record.complete


def test_an_address_that_octodns_makes_of_a_template_is_not_judged() -> None:
    assert zone_of("a: {type: A, value: '{office}'}").faults == ()


@pytest.mark.parametrize(
    ("entry", "there", "message"),
    [
        ("a:", "a", "nothing where a record is expected"),
        ("a: ~", "~", "nothing where a record is expected"),
        ("a: []", "[]", "an empty list where a record is expected"),
        ("a: text", "text", "text where a record is expected"),
        ("a: [text]", "text", "text where a record is expected"),
        ("a: [[]]", "[]", "an empty list where a record is expected"),
        ("a: [[x]]", "[x]", "a list where a record is expected"),
    ],
)
def test_what_is_no_record_at_all_leaves_its_name_unread(entry: str, there: str, message: str) -> None:
    zone = zone_of(f"ok: {{type: A, value: 192.0.2.9}}\n{entry}")

    (fault,) = zone.faults
    assert (fault.kind, fault.span.text, fault.message) == ("zone-shape", there, message)
    assert zone.unmanaged == {("a.example.com.", UNREAD)}
    assert zone.complete
    assert not zone.is_whole


def test_a_type_in_lower_case_is_read_on() -> None:
    zone = zone_of("a: {type: mx, value: {preference: x, exchange: mx.}}")

    assert [fault.span.text for fault in zone.faults] == ["mx", "x"]
    assert zone.records[0].type == "MX"


def test_all_faults_of_a_record_are_told() -> None:
    zone = zone_of("a: {type: MX, ttl: x, octodns: 1, values: [y, {preference: a}]}")

    assert [fault.span.text for fault in zone.faults] == ["1", "x", "y", "{preference: a}", "a"]


SCALARS = st.sampled_from(
    ["a.example.", "mx", "''", "12", "0", "-1", "65536", "'10'", "'x'", "1.5", "10.0", "no", "~", "'70000'", ""]
)
VALUES = st.recursive(
    st.one_of(
        SCALARS,
        st.fixed_dictionaries(
            {},
            optional={
                "preference": SCALARS,
                "priority": SCALARS,
                "exchange": SCALARS,
                "value": SCALARS,
                "weight": SCALARS,
                "port": SCALARS,
                "target": SCALARS,
                "foo": SCALARS,
            },
        ),
        st.fixed_dictionaries(
            {},
            optional=dict.fromkeys([*TLSA_FIELDS, "foo"], st.one_of(SCALARS, st.just("d2abde24"))),
        ),
        st.just({"preference": "10", "exchange": "mx."}),
        st.just(dict(zip(TLSA_FIELDS, ("3", "'1'", "9", "abcd"), strict=True))),
        st.just({"priority": "1", "weight": "2", "port": "3", "target": "t."}),
    ),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
TYPES = st.sampled_from(
    [
        "A",
        "AAAA",
        "TXT",
        "MX",
        "MX",
        "SRV",
        "TLSA",
        "CNAME",
        "NS",
        "CAA",
        "SPF",
        "P/X",
        "P/",
        "txt",
        "FOO",
        "12",
        "",
        "~",
    ]
)
HEADERS = {"ttl": SCALARS, "octodns": st.sampled_from(["{}", "x", "~", "[]", "{lenient: true}", "{ignored: true}"])}
ENTRIES = st.one_of(
    st.fixed_dictionaries({"type": TYPES}, optional={**HEADERS, "value": VALUES}),
    st.fixed_dictionaries({"type": TYPES}, optional={**HEADERS, "values": VALUES, "geo": SCALARS}),
    st.fixed_dictionaries({}, optional={**HEADERS, "type": TYPES, "value": VALUES, "comment": SCALARS}),
    SCALARS,
)
NAMES = st.dictionaries(
    st.sampled_from(["a", "b", "''", "'*'", "67"]), st.one_of(ENTRIES, st.lists(ENTRIES, max_size=3)), max_size=3
)


def flow(data: object) -> str:
    """Nested strings, lists and dictionaries as a flow document; the strings stand as they are."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(flow(item) or "~" for item in data) + "]"
    return str(data)


def document_of(names: dict[str, Any]) -> str:
    """A zone file with these names, and one more that makes it a zone in any case."""
    lines = ["ok: {type: A, value: 192.0.2.9}", *(f"{key}: {flow(value)}" for key, value in names.items())]
    return "\n".join(lines)


ZONE_SCHEMA = Draft202012Validator(zone_schema())


@settings(max_examples=150, deadline=None)
@given(NAMES)
@example({"a": {"type": "MX", "value": {"preference": "10.0", "exchange": "mx."}}})
@example({"a": {"type": "CAA", "values": []}})
@example({"a": {"type": "CAA", "value": "~"}})
@example({"a": {"type": "A", "octodns": "~", "value": "x"}})
@example(
    {
        "a": {"type": "A", "ttl": "'0000000000999999999'", "value": "x"},
        "b": {"type": "A", "ttl": "2147483647", "value": "x"},
    }
)
@example({"a": {"type": "A", "ttl": "'1000000000'", "value": "x"}})
def test_the_reader_and_the_json_schema_agree_on_what_is_a_zone(names: dict[str, Any]) -> None:
    text = document_of(names)
    zone = zone_of(text)
    document = {str(key): value for key, value in yaml.safe_load(text).items()}

    refused = [error.json_path for error in ZONE_SCHEMA.iter_errors(document)]

    # A schema leaves it to the reader whether a string is an address.
    shapes = [fault for fault in zone.faults if fault.kind == "zone-shape" and "address" not in fault.message]
    assert bool(refused) == bool(shapes), (text, refused, zone.faults)


@settings(max_examples=80, deadline=None)
@given(NAMES)
def test_a_zone_without_faults_reads_every_value(names: dict[str, Any]) -> None:
    text = document_of(names)
    zone = zone_of(text)

    if not zone.faults:
        assert zone.complete
        assert all(record.values for record in zone.records)
        assert all(record.complete or "geo" in text for record in zone.records)


@settings(max_examples=100, deadline=None)
@given(NAMES)
@example({"a": {"type": "TXT", "ttl": "'60'", "value": "x"}, "b": [{"type": "A", "ttl": "0", "value": "x"}]})
@example({"a": {"type": "TXT", "ttl": "010", "value": "x"}, "b": {"type": "A", "type ": "x", "value": "x"}})
@example({"a": "&a {type: TXT, value: !!str 12}", "b": "*a", "c": "{<<: *a, ttl: 60}", "d": "[*a]"})
@example({"a": {"type": "'TXT'", "value": "!include x"}, "b": "{type: &t A, value: *t}"})
def test_common_records_read_at_once_are_read_as_all_others_are(names: dict[str, Any]) -> None:
    document = read_document(Source("example.com.yaml", document_of(names)))
    at_once = zone_from([document])
    with patch.object(RecordReader, "_is_common", lambda *_: False):
        the_long_way = zone_from([document])

    assert at_once == the_long_way
