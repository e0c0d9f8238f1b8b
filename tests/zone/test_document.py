"""Which files are zones, in which dialect, and by which name they are known."""

import pytest

from linter.source.text import Source, SourceFault
from linter.source.tree import Mapping
from linter.source.yaml_reader import read_yaml
from linter.zone.document import Document, zone_name_of
from linter.zone.reading import read_document, zone_from


def document(text: str, path: str = "example.com.yaml") -> Document:
    return read_document(Source(path, text))


def told(faults: tuple[SourceFault, ...]) -> list[tuple[str, str]]:
    """(kind, message) of each fault."""
    return [(fault.kind, fault.message) for fault in faults]


@pytest.mark.parametrize(
    ("path", "zone"),
    [
        ("example.com.yaml", "example.com."),
        ("zones/example.com.yml", "example.com."),
        ("./Example.COM.yaml", "example.com."),
        ("zones\\example.com.yaml", "example.com."),
        ("example.com..yaml", "example.com."),
        ("zones/example.com./www.yaml", "example.com."),
        ("zones/example.com./$example.com.yaml", "example.com."),
        ("example.com./a.b.yaml", "example.com."),
        ("zones.d/example.com.yaml", "example.com."),
        ("../example.com.yaml", "example.com."),
        ("./././a.test.yaml", "a.test."),
        ("2.0.192.in-addr.arpa.yaml", "2.0.192.in-addr.arpa."),
        ("bücher.example.yaml", "xn--bcher-kva.example."),
        ("<stdin>", "<stdin>."),
    ],
)
def test_a_zone_is_named_after_its_file_or_its_folder(path: str, zone: str) -> None:
    assert zone_name_of(path) == zone


OCTODNS = "www:\n  type: A\n  value: 192.0.2.1\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("example.com.yaml", OCTODNS),
        ("zones/example.com./www.yaml", OCTODNS),
        ("localhost.yaml", OCTODNS),
        ("example.com.yaml", "www:\n  - type: A\n    value: 192.0.2.1\n"),
        ("example.com.yaml", "'': {value: v=spf1 -all}\n"),
        ("example.com.yaml", "'': {ttl: 60, values: [v=spf1 -all]}\n"),
        ("example.com.yaml", "www: {type: Route53Provider/ALIAS, value: {}}\n"),
        ("example.com.yaml", "a: text\nb: [1]\nc: {x: y}\nwww: {type: A, value: 192.0.2.1}\n"),
        ("example.com.yaml", "www: {tpye: A, value: 192.0.2.1}\n'': [{tpye: TXT, value: v=spf1 -all}]\n"),
        ("example.com.yaml", "www: {type: A, vlaue: 192.0.2.1}\n'': {type: MX, vlaues: []}\n"),
        ("example.com.yaml", "www: {Type: A, Value: 192.0.2.1}\n"),
        ("example.com.yaml", "www: {type: A}\n"),
        ("example.com.yaml", "www: {type: Route53Provider/ALIAS}\n"),
        ("example.com.yaml", "www: {tpye: A, value: 192.0.2.1}\nx: {y: z}\n"),
        ("settings.yaml", "www: {type: A, value: 192.0.2.1}\nx: {y: z}\n"),
        ("example.com.yaml", "d: &d {type: A, value: 192.0.2.1}\nwww: *d\n"),
        ("example.com.yaml", "zone: {type: A, value: 192.0.2.1}\nrecords: {type: A, value: 192.0.2.1}\n"),
        ("example.com.yaml", "mail: {type: A, value: 192.0.2.1}\nzone:\n  - {type: A, value: 192.0.2.1}\n"),
    ],
)
def test_values_that_look_like_records_make_an_octodns_zone(path: str, text: str) -> None:
    found = document(text, path)

    assert found.names is not None
    assert found.zone == zone_name_of(path)
    assert [fault.kind for fault in found.faults] == []


KUBERNETES = """\
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec: {type: ClusterIP, ports: [{port: 80, name: http}]}
"""
COMPOSE = """\
services:
  web: {image: nginx, environment: [{name: A, value: b}]}
volumes: {data: {}}
"""
OCTODNS_CONFIG = """\
manager: {max_workers: 2}
providers:
  config: {class: octodns.provider.yaml.YamlProvider, directory: ./config, default_ttl: 3600}
  route53: {class: octodns_route53.Route53Provider}
zones:
  example.com.: {sources: [config], targets: [route53]}
"""
WORKFLOW = """\
name: CI
on: {push: {branches: [main]}, workflow_dispatch: {inputs: {type: {type: string, value: x}}}}
jobs:
  test: {runs-on: ubuntu-latest, steps: [{uses: actions/checkout@v4}]}
"""
HELM = "service: {type: ClusterIP, port: 80}\nimage: {repository: a/b, tag: v1}\nttl: 60\n"
ANSIBLE = "- hosts: all\n  tasks: []\n"


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        ("service.yaml", KUBERNETES, "no names with records"),
        ("service.prod.yaml", KUBERNETES, "no names with records"),
        ("docker-compose.yml", COMPOSE, "no names with records"),
        ("docker-compose.prod.yml", COMPOSE, "no names with records"),
        ("ci.yaml", WORKFLOW, "no names with records"),
        ("ci.build.yaml", WORKFLOW, "no names with records"),
        ("values.prod.yaml", HELM, "no names with records"),
        ("values.prod.yaml", "a: {name: x, values: [1]}\nb: {name: y, value: 2}\n", "no names with records"),
        ("site.yaml", ANSIBLE, "a list, not names"),
        ("example.com.yaml", "v=spf1 -all", "text, not names"),
        ("example.com.yaml", "", "empty"),
        ("example.com.yaml", "# only a comment\n", "empty"),
        ("example.com.yaml", "{}", "no names with records"),
        ("settings.yaml", "{}", "no names with records"),
        ("example.com.yaml", "www: {tpye: A, value: 192.0.2.1}\nx: {y: z}\na: b\n", "no names with records"),
        ("settings.yaml", "a: {x: y}\nb: {x: y}\nwww: {type: A, value: 192.0.2.1}\n", "no names with records"),
        ("app.yaml", "zone: eu-west-1\nregion: {name: a}\n", "`zone` but no `records`"),
    ],
)
def test_a_file_for_another_program_is_passed_over(path: str, text: str, why: str) -> None:
    found = document(text, path)

    assert found.names is None
    assert told(found.faults) == [("not-a-zone", f"skipped: this YAML file is not a zone ({why})")]
    assert (found.faults[0].span.start, found.faults[0].span.end) == (0, 0)
    assert zone_from([found]) is None


@pytest.mark.parametrize("name", ["production.yaml", "octodns.prod.yaml"])
def test_the_configuration_of_octodns_is_no_zone_and_not_worth_a_word(name: str) -> None:
    found = document(OCTODNS_CONFIG, name)

    assert (found.names, found.faults, zone_from([found])) == (None, (), None)


def test_tags_and_repeated_keys_of_another_program_are_its_own_business() -> None:
    found = document("Resources: !Sub x\nResources: !Ref y\n", "template.yaml")

    assert told(found.faults) == [("not-a-zone", "skipped: this YAML file is not a zone (no names with records)")]


def test_a_limit_or_an_include_that_failed_is_told_of_what_might_have_been_a_zone() -> None:
    found = document("www: !include none.yaml\n")

    assert [fault.kind for fault in found.faults] == ["yaml-syntax", "not-a-zone"]
    assert found.names is None
    assert not found.complete


NATIVE = """\
zone: Example.NET
ttl: 300
systems: {webhost: {receives: [mx.webhost.example]}}
mail: {example.net: none}
records:
  "":
    - {type: A, value: 192.0.2.1}
  www: {type: A, ttl: 60, value: 192.0.2.1}
"""


@pytest.mark.parametrize("path", ["anything.yaml", "example.com.yaml", "example.org./x.yaml"])
def test_a_document_whose_zone_is_a_string_is_native_whatever_its_file_is_called(path: str) -> None:
    found = document(NATIVE, path)
    zone = zone_from([found])

    assert (found.zone, found.ttl, found.faults) == ("example.net.", 300, ())
    assert zone is not None
    assert [(record.name, record.ttl) for record in zone.records] == [("example.net.", 300), ("www.example.net.", 60)]


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("example.net.", "example.net."),
        ("' example.net '", "example.net."),
        ("bücher.example", "xn--bcher-kva.example."),
    ],
)
def test_the_zone_of_a_native_file_is_absolute_and_lower_case(written: str, zone: str) -> None:
    assert document(f"zone: {written}\nrecords: {{}}\n").zone == zone


@pytest.mark.parametrize(
    ("text", "there", "message"),
    [
        ("zone: a.test\nrecords: []\n", "[]", "a list is here; expected a mapping"),
        ("zone: a.test\nrecords:\n", "", "empty value; expected a mapping"),
        ("zone: a.test\nrecord: {}\n", "record", "`records` is missing; did you mean it by `record`?"),
        ("zone: ''\nrecords: {}\n", "''", "`` does not fit; expected the name of the zone, such as `example.com`"),
        ("zone: '.'\nrecords: {}\n", "'.'", "`.` does not fit; expected the name of the zone, such as `example.com`"),
        (
            "zone: a.test\nrecords: {}\nsystem: {}\n",
            "system",
            "`system` is unknown; expected one of `zone`, `ttl`, `systems`, `mail`, `records`; did you mean `systems`?",
        ),
        ("zone: a.test\nttl: 1h\nrecords: {}\n", "1h", "`1h` is not a whole number"),
        ("zone: a.test\nttl: '60'\nrecords: {}\n", "'60'", "`60` is text to YAML; expected a whole number"),
        ("zone: a.test\nttl: -1\nrecords: {}\n", "-1", "`-1` is out of range; expected 0 to 2147483647"),
        ("zone: a.test\nttl:\nrecords: {}\n", "", "empty value; expected a whole number"),
        ("zone: a.test\nmail: none\nrecords: {}\n", "none", "`none` is not a mapping"),
    ],
)
def test_the_top_of_a_native_file_is_judged(text: str, there: str, message: str) -> None:
    found = document(text)
    (fault,) = found.faults

    assert (found.names is None) == (fault.span.text in ("[]", "record", "''", "'.'") or text.endswith("records:\n"))
    assert (fault.kind, fault.span.text, fault.message) == ("zone-shape", there, message)


def test_records_that_cannot_be_included_are_one_fault() -> None:
    found = document("zone: a.test\nrecords: !include none.yaml\n")

    assert [fault.kind for fault in found.faults] == ["yaml-syntax"]
    assert (found.zone, found.names, found.complete) == ("a.test.", None, False)


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        (OCTODNS, True),
        (f"{OCTODNS}www: {{type: A, value: 192.0.2.2}}\n", True),
        (f"{OCTODNS}---\n", False),
        (f"{OCTODNS}a: !vault x\n", False),
        (f"{OCTODNS}a: [\n", False),
        ("\tx", False),
        ("", True),
    ],
)
def test_a_document_is_complete_unless_part_of_it_could_not_be_read(text: str, complete: bool) -> None:
    assert document(text).complete is complete


def test_a_fault_of_getting_the_text_is_all_there_is_to_say() -> None:
    source = Source("example.com.yaml", "")
    fault = SourceFault(read_yaml(Source("x", "a")).root.span, "yaml-limits", "too large")  # type: ignore[union-attr]

    found = read_document(source, fault)

    assert (found.names, found.faults, found.complete) == (None, (fault,), False)


def test_a_zone_of_several_files_holds_what_all_of_them_hold() -> None:
    first = document(OCTODNS, "zones/example.com./www.yaml")
    second = document("mail: {type: A, value: 192.0.2.2}\nold: {type: A}\n", "zones/example.com./mail.yaml")
    other = document("x: y", "zones/example.com./notes.yaml")

    zone = zone_from([first, second, other])

    assert zone is not None
    assert zone.name == "example.com."
    assert [record.name.partition(".")[0] for record in zone.records] == ["www", "mail", "old"]
    assert [source.path for source in zone.sources] == [each.source.path for each in (first, second, other)]
    assert [fault.kind for fault in zone.faults] == ["zone-shape", "not-a-zone"]


def test_a_zone_is_incomplete_where_one_of_its_files_is() -> None:
    for documents in ([document(OCTODNS), document("a: [")], [document("a: ["), document(OCTODNS)]):
        zone = zone_from(documents)

        assert zone is not None
        assert not zone.complete


def test_the_names_of_a_native_file_are_those_under_records() -> None:
    names = document(NATIVE).names

    assert isinstance(names, Mapping)
    assert len(names.keys) == 2
