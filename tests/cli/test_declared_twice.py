"""One zone in two files: said in both, unless they are two views of it or octoDNS says which one is read."""

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

ZONE = "'': {type: MX, value: {preference: 10, exchange: mx.example.com.}}\n"
HOST = "mx: {type: A, value: 50.0.0.25}\n"
NATIVE = "zone: example.com\nrecords: {www: {type: A, value: 50.0.0.1}}\n"
CONFIG = """\
providers:
  config: {class: octodns.provider.yaml.YamlProvider, directory: ./zones%s}
  more: {class: octodns.provider.yaml.YamlProvider, directory: ./more}
  route53: {class: octodns_route53.Route53Provider}
zones:
  example.com.: {sources: [config], targets: [route53]}
  example.org.: {sources: [config, more], targets: [route53]}
"""


def findings(mailzone: Run, folder: Path, files: dict[str, str], *arguments: str) -> list[dict[str, Any]]:
    (folder / ".git").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    ran = mailzone("check", "-f", "json", *(arguments or (".",)))
    assert ran.status in (0, 1), ran.err
    return list(json.loads(ran.out)["findings"])


def places(found: list[dict[str, Any]], rule: str) -> set[tuple[str, str]]:
    return {(each["path"], each["severity"]) for each in found if each["rule"] == rule}


TWICE = [
    ({"example.com.yaml": ZONE, "main.yaml": NATIVE}, ""),
    ({"example.com.yaml": ZONE, "Example.Com.yaml": ZONE}, ""),
    ({"example.com.yaml": ZONE, "example.com.yml": ZONE}, ""),
    ({"example.com.yaml": ZONE, "a.example.org.yaml": NATIVE}, ""),
    ({"example.com.yaml": ZONE, "z.example.org.yaml": NATIVE}, ""),
    ({"a.yaml": NATIVE, "b.yaml": NATIVE}, ""),
    ({"b\u00fccher.example.yaml": ZONE, "xn--bcher-kva.example.yaml": ZONE}, ""),
    ({"a/example.com.yaml": ZONE, "b/example.com.yaml": ZONE},
     "zones: [a/*, b/*]\nviews: {external: [a/*.yaml, b/*.yaml]}\n"),
    ({"example.com./a.yaml": ZONE, "Example.com./b.yaml": ZONE}, ""),
    ({"example.com./a.yaml": ZONE, "example.com.yaml": HOST, "example.com.yml": HOST}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("files", "config"), TWICE)
@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_both_files_are_told(files: dict[str, str], config: str, jobs: str, mailzone: Run, tmp_path: Path) -> None:
    given = {**files, ".mailzone.yaml": config} if config else files
    found = findings(mailzone, tmp_path, given, jobs, ".")

    told = places(found, "zone-declared-twice")
    assert len(told) == 2
    assert {severity for _, severity in told} == {"error"}
    related = {place["path"] for each in found if each["rule"] == "zone-declared-twice" for place in each["related"]}
    assert related == {path for path, _ in told}


def test_it_is_told_whichever_of_the_files_is_named(mailzone: Run, tmp_path: Path) -> None:
    files = {"example.com.yaml": ZONE, "main.yaml": NATIVE, "other.example.yaml": HOST}

    for named, expected in (("example.com.yaml", 2), ("main.yaml", 2), ("other.example.yaml", 0)):
        assert len(places(findings(mailzone, tmp_path, files, named), "zone-declared-twice")) == expected


def test_what_needs_no_other_file_is_still_judged_in_each(mailzone: Run, tmp_path: Path) -> None:
    bad = "a: {type: TXT, value: v=spf1 nclude:a -all}\n"

    found = findings(mailzone, tmp_path, {"example.com.yaml": bad, "example.com.yml": bad})

    assert len(places(found, "spf-unknown-mechanism")) == 2


ONCE = [
    ({"a/example.com.yaml": ZONE, "b/example.com.yaml": f"{ZONE}{HOST}"}, ""),
    ({"a/example.com.yaml": ZONE, "b/example.com.yaml": f"{ZONE}{HOST}"}, "zones: [a/*.yaml, b/*.yaml]\n"),
    ({"a/x.yaml": f"zone: example.com\nrecords:\n  {ZONE}",
      "b/y.yaml": f"zone: example.com\nrecords:\n  {ZONE}  {HOST}"}, "zones: [a/*.yaml, b/*.yaml]\n"),
    ({"in.example.yaml": f"zone: example.com\nrecords:\n  {ZONE}",
      "out.example.yaml": f"zone: example.com\nrecords:\n  {ZONE}  {HOST}"},
     "zones: ['*.yaml']\nviews: {internal: [out.*], external: [in.*]}\n"),
]  # fmt: skip


@pytest.mark.parametrize(("files", "config"), ONCE)
def test_two_views_are_judged_whole(files: dict[str, str], config: str, mailzone: Run, tmp_path: Path) -> None:
    """The MX names a host that only the second view has."""
    found = findings(mailzone, tmp_path, {**files, ".mailzone.yaml": config} if config else files)

    assert places(found, "zone-declared-twice") == set()
    assert places(found, "mx-target-missing") == {(sorted(files)[0], "error")}


def test_what_octodns_puts_together_is_one_zone(mailzone: Run, tmp_path: Path) -> None:
    files = {
        "production.yaml": CONFIG % ", split_extension: '.', shared_filename: shared.yaml",
        "zones/example.com./a.yaml": ZONE,
        "zones/example.com.yaml": HOST,
        "zones/shared.yaml": "w: {type: A, value: 50.0.0.1}\n",
        "zones/example.org.yaml": HOST,
        "more/example.org.yaml": "www: {type: A, value: 50.0.0.1}\n",
    }
    found = findings(mailzone, tmp_path, files)

    assert places(found, "zone-declared-twice") == places(found, "mx-target-missing") == set()


@pytest.mark.parametrize("other", ["zones/example.com.yml", "zones/Example.Com.yaml", "zones/main.yaml"])
def test_a_file_that_octodns_does_not_read_is_told_and_the_first_keeps_all_rules(
    other: str, mailzone: Run, tmp_path: Path
) -> None:
    text = NATIVE if "main" in other else f"{ZONE}{HOST}"
    files = {"production.yaml": CONFIG % "", "zones/example.com.yaml": ZONE, other: text}

    found = findings(mailzone, tmp_path, files)

    assert places(found, "zone-declared-twice") == {(other, "warning")}
    assert places(found, "mx-target-missing") == {("zones/example.com.yaml", "error")}


def test_octodns_stops_over_a_zone_in_both_spellings(mailzone: Run, tmp_path: Path) -> None:
    names = ("zones/b\u00fccher.example.yaml", "zones/xn--bcher-kva.example.yaml")
    config = (CONFIG % "").replace("example.com.:", "b\u00fccher.example.:")

    found = findings(mailzone, tmp_path, {"production.yaml": config, **dict.fromkeys(names, HOST)})

    assert places(found, "zone-declared-twice") == {(name, "error") for name in names}


def test_a_file_that_octodns_never_reads_is_told_by_its_name(mailzone: Run, tmp_path: Path) -> None:
    found = findings(mailzone, tmp_path, {"production.yaml": CONFIG % "", "zones/example.com.yml": HOST})

    assert places(found, "zone-declared-twice") == {("zones/example.com.yml", "warning")}


MAIL = ZONE + "mx: [{type: A, value: 10.0.0.25}, {type: TXT, value: 'v=spf1 ip4:10.0.0.25 -all'}]\n"
PUBLIC = {"mx-target-private", "spf-missing", "dmarc-missing", "spf-private-address"}


@pytest.mark.parametrize(
    ("config", "is_public"),
    [
        ("", True),
        ("internal: [example.com]\n", False),
        ("internal: ['*.com.', other.example]\n", False),
        ("internal: [EXAMPLE.com]\n", False),
        ("internal: ['*.example.com']\n", True),
        ("views: {internal: [example.com.yaml]}\n", False),
        ("views: {external: [example.com.yaml]}\n", True),
    ],
)
def test_a_zone_that_is_not_public_may_name_what_is_inside(
    config: str, is_public: bool, mailzone: Run, tmp_path: Path
) -> None:
    found = findings(mailzone, tmp_path, {"example.com.yaml": MAIL, **({".mailzone.yaml": config} if config else {})})

    assert {each["rule"] for each in found} & PUBLIC == (PUBLIC if is_public else set())


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("views: {internl: [a]}\n", ".mailzone.yaml:1:9: `internl` is unknown"),
        ("views: {internl: [a]}\n", "did you mean `internal`?"),
        ("views: [a]\n", ".mailzone.yaml:1:8:"),
        ("views: {external: a}\n", ".mailzone.yaml:1:19:"),
        ("internal: [example.com, 3]\n", ".mailzone.yaml:1:25:"),
        ("internal: ['']\n", ".mailzone.yaml:1:12:"),
        ("internals: [a]\n", "did you mean `internal`?"),
    ],
)
def test_a_mistake_in_the_configuration_is_told_with_its_place(
    config: str, message: str, mailzone: Run, tmp_path: Path
) -> None:
    (tmp_path / ".mailzone.yaml").write_text(config)
    (tmp_path / "example.com.yaml").write_text(ZONE)

    ran = mailzone("check", ".")

    assert ran.status == 2
    assert message in ran.err


def test_a_native_file_that_octodns_makes_another_zone_of_is_told_in_both_places(mailzone: Run, tmp_path: Path) -> None:
    other = f"zone: other.example\nrecords:\n  {ZONE}  x: {{type: TXT, value: 'v=spf1 a:mx.example.com mx -all'}}\n"
    files = {
        "production.yaml": CONFIG % "",
        "zones/example.com.yaml": other,
        "zones/example.org.yaml": "'': {type: MX, value: {preference: 1, exchange: mx.example.com.}}\n",
    }
    found = findings(mailzone, tmp_path, files)

    assert places(found, "zone-name-conflict") == {("production.yaml", "error"), ("zones/example.com.yaml", "error")}
    assert places(found, "mx-target-missing") == set()
    lines = {(each["path"], each["line"]) for each in found if each["rule"] == "zone-name-conflict"}
    assert lines == {("production.yaml", 6), ("zones/example.com.yaml", 1)}


BASE = (
    "'': [{type: MX, value: {preference: 10, exchange: mx.example.net.}}, {type: TXT, value: v=spf1 nclude:a -all}]\n"
)


@pytest.mark.parametrize(
    ("files", "arguments"),
    [
        ({"example.com.yaml": "<<: !include base.yaml\n", "base.yaml": BASE}, ()),
        ({"example.com.yaml": "<<: !include base.yaml\n", "base.yaml": BASE}, ("base.yaml",)),
        ({"zones/example.com.yaml": "<<: !include ../parts/base.yaml\n", "parts/base.yaml": BASE}, ()),
        ({"example.com.yaml": "<<: !include a.yaml\n", "a.yaml": "<<: !include base.yaml\n", "base.yaml": BASE}, ()),
        ({"example.com.yaml": "'': !include base.yaml\n", "base.yaml": "type: TXT\nvalue: v=spf1 nclude:a -all\n"}, ()),
    ],
)
def test_what_a_zone_includes_is_no_zone_of_its_own(
    files: dict[str, str], arguments: tuple[str, ...], mailzone: Run, tmp_path: Path
) -> None:
    found = findings(mailzone, tmp_path, files, *arguments)

    assert {each["zone"] for each in found} == {"example.com."}
    assert [each["rule"] for each in found].count("spf-unknown-mechanism") == 1


def test_parts_of_zones_that_nobody_includes_or_that_include_each_other_are_one_note(
    mailzone: Run, tmp_path: Path
) -> None:
    found = findings(
        mailzone,
        tmp_path,
        {"base.yaml": BASE, "a.yaml": f"{BASE}x: !include b.yaml\n", "b.yaml": "y: !include a.yaml\n"},
    )

    assert {each["rule"] for each in found} <= {"not-a-zone", "yaml-syntax"}
    assert [each["severity"] for each in found if each["rule"] == "not-a-zone"] == ["info"]
