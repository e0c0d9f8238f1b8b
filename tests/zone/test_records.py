"""Records as real repositories write them are read, with their values, their places and the places of their use."""

from typing import Any

import pytest

from linter.source.include import Includer
from linter.source.text import Source, SourceFault
from linter.zone.model import Address, Mx, Record, Srv, Target, Text, Tlsa, Value, Zone
from linter.zone.reading import read_document, zone_from


def zone_of(text: str, path: str = "example.com.yaml") -> Zone:
    zone = zone_from([read_document(Source(path, text))])
    assert zone is not None
    return zone


def record_of(text: str) -> Record:
    """The only record of a zone, which has no fault."""
    zone = zone_of(text)
    assert zone.faults == ()
    (record,) = zone.records
    return record


def meaning(value: Value) -> object:
    """A value without its places."""
    if isinstance(value, Text | Address):
        return value.text
    if isinstance(value, Target):
        return value.name
    if isinstance(value, Tlsa):
        return tuple(field.text if field else None for field in value[:4])
    if isinstance(value, Mx):
        return (value.preference, value.exchange.name)
    if isinstance(value, Srv):
        return (value.priority, value.weight, value.port, value.target.name)
    return "other"


def meanings(record: Record) -> list[object]:
    return [meaning(value) for value in record.values]


def told(faults: tuple[SourceFault, ...]) -> list[tuple[str, str, str]]:
    """(kind, text there, message) of each fault."""
    return [(fault.kind, fault.span.text, fault.message) for fault in faults]


MX = "{preference: 10, exchange: mx.example.net.}"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a: {type: A, value: 192.0.2.1}", ["192.0.2.1"]),
        ("a: {type: A, values: [192.0.2.1, 192.0.2.2]}", ["192.0.2.1", "192.0.2.2"]),
        ("a: [{type: A, value: 192.0.2.1}]", ["192.0.2.1"]),
        ("a:\n- type: A\n  value: 192.0.2.1\n", ["192.0.2.1"]),
        ("a: {type: A, ttl: 60, values: [192.0.2.1]}", ["192.0.2.1"]),
        ("a: {'type': \"A\", 'value': '192.0.2.1'}", ["192.0.2.1"]),
        (f"a: {{type: MX, values: [{MX}]}}", [(10, "mx.example.net.")]),
        (f"a: {{type: MX, value: {MX}}}", [(10, "mx.example.net.")]),
        ("a: {type: MX, value: {priority: 5, value: mx.}}", [(5, "mx.")]),
        ("a: {type: MX, value: {preference: 5, value: mx.}}", [(5, "mx.")]),
        ("a: {type: MX, value: {preference: '5', exchange: mx.}}", [(5, "mx.")]),
        ("a: {type: MX, value: {preference: 0, exchange: .}}", [(0, ".")]),
        ("a: {type: MX, value: {preference: 010, exchange: MX.Example.}}", [(8, "mx.example.")]),
        ("a: {type: MX, value: {preference: 65535, exchange: mx}}", [(65535, "mx.example.com.")]),
        ("a: {type: SRV, value: {priority: 1, weight: '2', port: 3, target: s.}}", [(1, 2, 3, "s.")]),
        ("a: {type: CNAME, value: B.Example.}", ["b.example."]),
        ("a: {type: CNAME, value: b}", ["b.example.com."]),
        ("a: {type: CNAME, value: b.example}", ["b.example."]),
        ("a: {type: CNAME, value: bücher.example.}", ["xn--bcher-kva.example."]),
        ("a: {type: ALIAS, value: b.example.}", ["b.example."]),
        ("a: {type: NS, values: [ns1.example., ns2.example.]}", ["ns1.example.", "ns2.example."]),
        ("a: {type: TXT, value: 'v=DMARC1\\; p=none'}", ["v=DMARC1; p=none"]),
        ("a: {type: TXT, value: v=DMARC1; p=none}", ["v=DMARC1; p=none"]),
        ('a: {type: TXT, value: \'"v=DKIM1; p=ab" "cd"\'}', ["v=DKIM1; p=abcd"]),
        ('a: {type: TXT, value: \'"ab""cd"\'}', ['ab""cd']),
        ("a:\n  type: TXT\n  value: v=spf1\n    include:a.example\n    -all\n", ["v=spf1 include:a.example -all"]),
        ("a:\n  type: TXT\n  value: >-\n    v=spf1\n    -all\n", ["v=spf1 -all"]),
        ("a:\n  type: TXT\n  values:\n  - |\n    v=spf1 -all\n", ["v=spf1 -all\n"]),
        ("a: {type: TXT, values: ['a, b', c]}", ["a, b", "c"]),
        ("a: {type: TXT, value: 'é'}", ["é"]),
        ("a: {type: TXT, value: ''}", [""]),
        ("a: {type: SPF, value: v=spf1 -all}", ["v=spf1 -all"]),
        ("a: {type: CAA, value: {flags: 0, tag: issue, value: ;}}", ["other"]),
        ("a: {type: URLFWD, value: {path: /, target: https://b.example}}", ["other"]),
        ("a: {type: Route53Provider/ALIAS, value: {type: A}}", ["other"]),
        ("a: {type: CloudflareProvider/REDIRECT, values: [x, y]}", ["other", "other"]),
        ("a: {type: LOC, values: [[1, 2]]}", ["other"]),
        (
            "a: {type: TLSA, value: {certificate_usage: 3, selector: '1', matching_type: 9, "
            "certificate_association_data: AB cd}}",
            [("3", "1", "9", "AB cd")],
        ),
        ("a: {type: A, value: 192.0.2.1, octodns: {lenient: true, healthcheck: {path: /}}}", ["192.0.2.1"]),
        ("a: {type: A, value: 192.0.2.1, octodns: {ignored: false}}", ["192.0.2.1"]),
        ("a: {type: A, value: 192.0.2.1, octodns: {cloudflare: {proxied: true}}, comment: x}", ["192.0.2.1"]),
    ],
)
def test_every_way_to_write_a_record_gives_its_values(text: str, values: list[object]) -> None:
    record = record_of(text)

    assert meanings(record) == values
    assert record.complete


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("''", "example.com."),
        ('""', "example.com."),
        ("'*'", "*.example.com."),
        ("'*.a'", "*.a.example.com."),
        ("_dmarc", "_dmarc.example.com."),
        ("A.B", "a.b.example.com."),
        ("67", "67.example.com."),
        ("0", "0.example.com."),
        ("=", "=.example.com."),
        ("'67'", "67.example.com."),
        ("'null'", "null.example.com."),
        ("'44.74'", "44.74.example.com."),
        ("bücher", "xn--bcher-kva.example.com."),
    ],
)
@pytest.mark.parametrize("form", ["? {}\n: {{type: A, value: 192.0.2.1}}", "{}: {{type: A, value: 192.0.2.1}}"])
def test_a_name_is_absolute_and_lower_case(form: str, key: str, name: str) -> None:
    zone = zone_of(form.format(key))

    assert (zone.records[0].name, zone.faults, zone.bad_names) == (name, (), ())
    assert zone.records[0].name_span.text == key


@pytest.mark.parametrize(
    ("key", "message", "way_out"),
    [
        ("null", "`null` is nothing to YAML, not a name", "write `'null'`"),
        ("~", "`~` is nothing to YAML, not a name", "write `'~'`"),
        ("on", "`on` is a boolean to YAML, not a name", "write `'on'`"),
        ("44.74", "`44.74` is a number to YAML, not a name", "write `'44.74'`"),
        ("010", "`010` is another number to YAML, not a name", "write `'010'`"),
        ("1_000", "`1_000` is another number to YAML, not a name", "write `'1_000'`"),
        ("2026-11-24", "`2026-11-24` is a date to YAML, not a name", "write `'2026-11-24'`"),
        ("", "an empty key is nothing to YAML, not the name of the zone itself", "write `''`"),
    ],
)
def test_a_name_that_yaml_turns_into_something_else_is_told_and_kept(key: str, message: str, way_out: str) -> None:
    zone = zone_of(f"? {key}\n: {{type: A, value: 192.0.2.1}}\n")

    assert [(fault.kind, fault.message, fault.help) for fault in zone.faults] == [("zone-key-type", message, way_out)]
    assert zone.records[0].name == (f"{key}.example.com." if key else "example.com.")


def test_a_name_of_thousands_of_digits_is_too_long_and_no_crash() -> None:
    zone = zone_of(f"? {'1' * 5000}\n: {{type: A, value: 192.0.2.1}}")

    assert len(zone.bad_names) == 1


@pytest.mark.parametrize("key", ["'@'", "a..b", "'a b'", "a.", f"{'x' * 64}"])
def test_a_name_that_dns_does_not_allow_is_kept_with_its_fault(key: str) -> None:
    zone = zone_of(f"{key}: {{type: A, value: 192.0.2.1}}")

    assert [bad.node.span.text for bad in zone.bad_names] == [key]
    assert len(zone.records) == 1


@pytest.mark.parametrize(
    ("written", "name", "dotted"),
    [
        ("mx.example.net.", "mx.example.net.", True),
        ("mx.example.net", "mx.example.net.", False),
        ("mx", "mx.example.com.", False),
        ("192.0.2.1", "192.0.2.1.", False),
        ("2001:db8::1", "2001:db8::1.", False),
        (".", ".", True),
        ("''", "example.com.", False),
    ],
)
def test_a_target_without_its_dot_gets_its_likelier_reading(written: str, name: str, dotted: bool) -> None:
    (value,) = record_of(f"a: {{type: CNAME, value: {written}}}").values

    assert isinstance(value, Target)
    assert (value.name, value.dotted, value.span.text) == (name, dotted, written)


@pytest.mark.parametrize(
    ("ttl", "seconds"),
    [
        ("60", 60),
        ("'60'", 60),
        ("0", 0),
        ("2147483647", 2147483647),
        ("'942942942'", 942942942),
        ("010", 8),
        ("1:00", 60),
        ("60.0", 60),
    ],
)
def test_a_ttl_is_a_number_to_yaml_or_digits_in_quotes(ttl: str, seconds: int) -> None:
    assert record_of(f"a: {{type: A, ttl: {ttl}, value: 192.0.2.1}}").ttl == seconds


@pytest.mark.parametrize(
    ("text", "there", "message"),
    [
        ("a: {type: A, value: [192.0.2.1]}", "[192.0.2.1]", "`value` is a list; octoDNS accepts one value here"),
        (f"a: {{type: MX, value: [{MX}]}}", f"[{MX}]", "`value` is a list; octoDNS accepts one value here"),
        ("a: {type: A, values: 192.0.2.1}", "192.0.2.1", "`values` is a single value; octoDNS accepts a list here"),
        (f"a: {{type: MX, values: {MX}}}", MX, "`values` is a mapping; octoDNS accepts a list here"),
        (
            "a:\n  type: TXT\n  values: a\n    b\n",
            "a\n    b",
            "`values` is a single value; octoDNS accepts a list here",
        ),
        ("a: {type: CNAME, values: [b.]}", "[b.]", "`values` of a CNAME; octoDNS accepts `value` here"),
        (
            "a: {type: A, value: 192.0.2.1, values: [192.0.2.2]}",
            "192.0.2.1",
            "`value` and `values` are both here; octoDNS publishes `values` only",
        ),
        (
            "a: {type: CNAME, values: [b.], value: c.}",
            "[b.]",
            "`value` and `values` are both here; octoDNS publishes `value` only",
        ),
    ],
)
def test_a_value_in_another_shape_than_octodns_takes_is_read_and_told(text: str, there: str, message: str) -> None:
    zone = zone_of(text)

    ((kind, found, said),) = told(zone.faults)
    assert (kind, found) == ("zone-value-shape", there)
    assert said.startswith(message)
    assert [len(record.values) for record in zone.records] == [1]
    assert zone.records[0].complete


@pytest.mark.parametrize(
    "entry",
    [
        "a: !include none.yaml",
        "a: [!include none.yaml]",
        "a: !include [none.yaml]",
        "a: {type: TXT, value: !include none.yaml}",
        "a: {type: TXT, values: [!include none.yaml]}",
        "a: {type: TXT, values: !include [none.yaml]}",
        "a: {type: CAA, value: !include none.yaml}",
        "a: {type: MX, value: {preference: 1, exchange: !include none.yaml}}",
        "a: {type: !include none.yaml, value: y}",
        "a: {type: A, ttl: !include none.yaml, value: 192.0.2.1}",
        "a: {type: A, octodns: !include none.yaml, value: 192.0.2.1}",
        "a: {<<: !include none.yaml, type: A, value: 192.0.2.1}",
        "a: {type: TXT, value: !vault y}",
        "!vault a: {type: TXT, value: x}",
    ],
)
def test_what_could_not_be_read_is_told_once_and_is_no_value(entry: str, tmp_path: Any) -> None:
    source = Source(str(tmp_path / "example.com.yaml"), f"ok: {{type: A, value: 192.0.2.9}}\n{entry}")
    zone = zone_from([read_document(source, None, Includer(str(tmp_path)))])

    assert zone is not None
    assert [fault.kind for fault in zone.faults] == ["yaml-syntax"]
    assert not zone.complete
    values = {meaning(value) for record in zone.records for value in record.values}
    assert values <= {"192.0.2.9", "192.0.2.1", "x"}


@pytest.mark.parametrize(
    "extra", ["dynamic: {pools: {}, rules: []}", "geo: {AF: [192.0.2.9]}", "dynamic: {}, values: [192.0.2.1]"]
)
def test_a_record_that_answers_by_place_is_known_to_be_incomplete(extra: str) -> None:
    value = "value: 192.0.2.1, " if "geo" in extra else ""
    zone = zone_of(f"a: {{type: A, {value}{extra}}}")

    assert zone.faults == ()
    assert not zone.records[0].complete
    assert zone.complete


@pytest.mark.parametrize("switch", ["true", "yes", "On", "1"])
def test_what_octodns_ignores_is_left_to_the_provider(switch: str) -> None:
    zone = zone_of(f"a: {{type: TXT, value: x, octodns: {{ignored: {switch}}}}}\nb: {{type: A, value: 192.0.2.1}}")

    assert (zone.faults, [record.name for record in zone.records]) == ((), ["b.example.com."])
    assert zone.unmanaged == {("a.example.com.", "TXT")}


def test_anchors_and_merges_give_records_that_know_where_they_are_used() -> None:
    text = "a: &a {type: TXT, ttl: 60, value: x}\nb: *a\nc: {<<: *a, value: y}\nd: {<<: *a, type: SPF}\ne: [*a]\n"
    zone = zone_of(text)

    assert zone.faults == ()
    assert [(record.type, record.ttl, *meanings(record)) for record in zone.records] == [
        ("TXT", 60, "x"),
        ("TXT", 60, "x"),
        ("TXT", 60, "y"),
        ("SPF", 60, "x"),
        ("TXT", 60, "x"),
    ]
    uses = [value.span.via for record in zone.records for value in record.values if isinstance(value, Text)]
    assert [use and use.source.position(use.start) for use in uses] == [None, (2, 4), None, (4, 9), (5, 5)]


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("a: &a [{type: TXT, value: x}]\nb: *a\n", [None, (2, 4)]),
        ("zone: a.test\nmail: &m {a: {type: TXT, value: x}}\nrecords: {<<: *m}\n", [(3, 15)]),
        ("zone: a.test\nmail: &m {a: [{type: TXT, value: x}]}\nrecords: {<<: *m}\n", [(3, 15)]),
    ],
)
def test_lists_and_names_behind_an_alias_know_where_they_are_used(
    text: str, uses: list[tuple[int, int] | None]
) -> None:
    places = [value.span.via for record in zone_of(text).records for value in record.values if isinstance(value, Text)]

    assert [place and place.source.position(place.start) for place in places] == uses


def test_a_merge_inside_a_value_is_followed() -> None:
    (record,) = zone_of("a: {type: MX, values: [{<<: {preference: 10}, exchange: mx.}]}").records

    assert meanings(record) == [(10, "mx.")]


def test_a_fault_behind_an_alias_knows_where_it_is_used() -> None:
    first, second = zone_of("a: &a {type: TXT, value: 12}\nb: *a\n").faults

    assert (first.span.text, first.span.via) == ("12", None)
    assert (second.span.text, second.span.via and second.span.via.text) == ("12", "*a")


@pytest.mark.parametrize(
    ("written", "message"),
    [("192.0.2.1", "is an address"), ("a..b.", "empty label"), (f"{'ü' * 63}.example.", "no A-label form")],
)
def test_a_target_that_is_no_name_is_kept_with_its_fault(written: str, message: str) -> None:
    (value,) = record_of(f"a: {{type: CNAME, value: {written}}}").values

    assert isinstance(value, Target)
    assert value.fault is not None
    assert message in value.fault.message


def test_a_text_is_what_is_published_and_not_what_was_meant() -> None:
    (value,) = record_of("a: {type: TXT, value: 'v=spf1 “-all”'}").values

    assert isinstance(value, Text)
    assert (value.text, value.repaired) == ("v=spf1 “-all”", False)


def test_a_value_knows_its_place_in_the_file() -> None:
    zone = zone_of("'':\n  - type: MX\n    values:\n      - exchange: mx1.example.net.\n        preference: 10\n")
    (value,) = zone.records[0].values

    assert isinstance(value, Mx)
    span = value.exchange.span
    assert (span.text, span.source.position(span.start)) == ("mx1.example.net.", (4, 19))
    assert value.preference_node is not None
    assert value.preference_node.span.text == "10"
