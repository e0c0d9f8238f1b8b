"""A zone behind its processors: the expected values are what octoDNS 1.22 itself made of this file."""

import pytest

from linter.source.text import Source
from linter.zone.model import Mx, Srv, Target, Text, Value, Zone
from linter.zone.octodns_processors import Processor
from linter.zone.processed import processed
from linter.zone.reading import read_document, zone_from

ZONE = """\
'':
  - {type: MX, value: {preference: 10, exchange: 'mx.{zone_name}'}}
  - {type: TXT, value: '{{x}} {record_type} {record_ttl} {record_name}|{host}'}
www: {type: CNAME, value: 'A.{zone_name}'}
srv._tcp: {type: SRV, value: {priority: 1, weight: 1, port: 1, target: 'b.{zone_encoded_name}'}}
q: {type: TXT, ttl: 5, value: '"x {zone_name}" "y; {record_fqdn}"'}
r: {type: TXT, value: 'no fields }} here'}
"""
CONTEXT = (("host", "h"),)
PROCESSORS = {
    "t": Processor("t", "templating", context=CONTEXT, trailing_dots=False),
    "T": Processor("T", "templating", context=CONTEXT),
    "d": Processor("d", "dots"),
    "c": Processor("c", "clamp"),
    "r": Processor("r", "drop types", ("TXT",)),
    "k": Processor("k", "keep types", ("TXT",), leaves=False),
    "n": Processor("n", "drop names", ("", "/^w/")),
    "u": Processor("u", "unknown"),
}


def zone(name: str = "example.com.") -> Zone:
    found = zone_from([read_document(Source(f"{name}yaml", ZONE))._replace(ttl=3600)])
    assert found is not None
    return found


def shown(value: Value) -> str:
    if isinstance(value, Mx):
        return value.exchange.name
    if isinstance(value, Srv):
        return value.target.name
    assert isinstance(value, Target | Text)
    return value.name if isinstance(value, Target) else value.text


TEXTS = ["{x} TXT 3600 |h", "x example.comy; q.example.com", "no fields }} here"]
DOTTED = ["{x} TXT 3600 |h", "x example.com.y; q.example.com.", "no fields }} here"]
TARGETS = ["mx.example.com.", "a.example.com.", "b.example.com."]


@pytest.mark.parametrize(
    ("asked", "targets", "texts", "ttl"),
    [
        ("t", TARGETS, TEXTS, 5),
        ("T", TARGETS, DOTTED, 5),
        ("dt", TARGETS, TEXTS, 5),
        ("td", TARGETS, TEXTS, 5),
        ("dT", [f"{name}." for name in TARGETS], DOTTED, 5),
        ("ct", TARGETS, TEXTS, 300),
        ("rt", TARGETS, [], None),
        ("kt", [], TEXTS, 5),
        ("nt", ["b.example.com."], TEXTS[1:], 5),
        ("ut", [], [], None),
    ],
)
def test_values_are_those_that_octodns_publishes(
    asked: str, targets: list[str], texts: list[str], ttl: int | None
) -> None:
    found = processed(zone(), tuple(PROCESSORS[each] for each in asked))

    assert [shown(v) for r in found.records if r.type != "TXT" for v in r.values] == targets
    assert [shown(v) for r in found.records if r.type == "TXT" for v in r.values] == texts
    assert {r.ttl for r in found.records if r.name == "q.example.com."} - {None} == ({ttl} if ttl else set())
    assert found.faults == ()


def test_names_are_filled_in_with_letters_for_their_a_labels() -> None:
    found = processed(zone("xn--bcher-kva.example."), (PROCESSORS["t"],))

    assert [shown(v) for r in found.records if r.type in ("MX", "SRV") for v in r.values] == [
        "mx.xn--bcher-kva.example.",
        "b.xn--bcher-kva.example.",
    ]
    assert "b\u00fccher.example" in next(shown(v) for r in found.records if r.name.startswith("q.") for v in r.values)


def test_what_a_filter_leaves_to_the_provider_is_unknown_and_what_it_deletes_is_absent() -> None:
    left = processed(zone(), (PROCESSORS["r"],))
    deleted = processed(zone(), (PROCESSORS["k"],))

    assert left.left == {"TXT"}
    assert ("q.example.com.", "TXT") in left.unmanaged
    assert (deleted.left, deleted.unmanaged, deleted.complete) == (frozenset(), frozenset(), True)


def test_every_text_of_a_filled_value_has_the_place_of_its_field() -> None:
    found = processed(zone(), (PROCESSORS["t"],))
    value = next(v for r in found.records if r.name == "q.example.com." for v in r.values)

    assert isinstance(value, Text)
    start = value.text.index("q.example")
    span = value.part(start, start + 3)
    assert span.source.text[span.start : span.end] == "{record_fqdn}"
    assert value.as_meant().text == value.text
