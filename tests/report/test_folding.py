"""Findings of one cause are one block for people: the first in full, then where the others are."""

import json
from typing import Any

import pytest

from linter.finding import Finding, Related
from linter.report.counts import Counts
from linter.report.formats import Style
from linter.report.json_format import json_report
from linter.report.text import text_report
from linter.source.text import Source, Span

COUNTS = Counts(files=1, zones=1, records=3)


def found(zone: str = "example.com.", owner: str = "", **fields: object) -> Finding:
    """A finding in the file of a zone."""
    source = Source(f"{zone}yaml", "www: here\n")
    known: dict[str, object] = {"rule": "spf-missing", "severity": "warning", "message": "it is wrong", "help": ""}
    known |= {"reference": "", "related": (), "zone": zone, "name": f"{owner}{zone}", "type": "TXT"}
    return Finding(span=Span(source, 5, 9), **(known | fields))  # type: ignore[arg-type]


def lines(*findings: Finding, **style: Any) -> list[str]:
    return list(text_report(findings, COUNTS, Style(summary=False)._replace(**style)))


def places(*findings: Finding) -> list[str]:
    """The lines that name a place at their beginning: one for each block."""
    return [line for line in lines(*findings) if ": warning[" in line or ": error[" in line]


MANY = [found(f"z{number}.example.", "www.") for number in range(9)]


def test_equal_findings_are_told_once_with_up_to_five_places() -> None:
    assert lines(*MANY) == [
        "z0.example.yaml:1:6: warning[spf-missing]: it is wrong",
        "   1 | www: here",
        "     |      ^^^^",
        "     = and at 8 more places: z1.example.yaml:1:6, z2.example.yaml:1:6, z3.example.yaml:1:6, "
        "z4.example.yaml:1:6, z5.example.yaml:1:6, … (-v lists all)",
        "",
    ]


def test_all_places_are_named_if_asked_for() -> None:
    told = lines(*MANY, all_places=True)

    assert "     = and at 8 more places" in told
    assert [line for line in told if line.startswith("       z")] == [
        f"       z{n}.example.yaml:1:6" for n in range(1, 9)
    ]


def test_one_more_place_is_named() -> None:
    assert "     = and at 1 more place: z1.example.yaml:1:6" in lines(*MANY[:2])


@pytest.mark.parametrize(
    ("message", "other"),
    [
        ("`www.a.example` has no SPF", "`www.b.example` has no SPF"),
        ("`www` has no SPF", "`www` has no SPF"),
        ("`www.a.example.` in `a.example`", "`www.b.example.` in `b.example`"),
    ],
)
def test_the_owners_name_makes_no_difference(message: str, other: str) -> None:
    assert len(places(found("a.example.", "www.", message=message), found("b.example.", "www.", message=other))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"message": "`nclude` is wrong"}, {"message": "`nclud` is wrong"}),
        ({"severity": "error"}, {"severity": "warning"}),
        ({"rule": "spf-syntax"}, {"rule": "spf-missing"}),
        ({"reference": "RFC 1"}, {"reference": "RFC 2"}),
        ({"identity": "more"}, {"identity": "more"}),
    ],
)
def test_what_is_not_the_same_is_told_apart(one: dict[str, object], other: dict[str, object]) -> None:
    assert len(places(found(**one), found(**other))) == 2  # type: ignore[arg-type]


def test_one_key_under_many_domains_is_one_block() -> None:
    keys = [found(f"z{n}.example.", rule="dkim-shared-key", message=f"`z{n + 1}.example` has it") for n in range(4)]

    assert len(places(*keys)) == 1


def test_one_delegation_above_many_records_is_one_block() -> None:
    cut = Related(Span(Source("a.yaml", "sub: ns\n"), 0, 3), "delegated here")
    other = Related(Span(Source("a.yaml", "sub: ns\nsab: ns\n"), 8, 11), "delegated here")
    below = [
        found(
            owner=f"{name}.sub.", rule="record-below-delegation", message=f"nobody is given its {name}", related=(cut,)
        )
        for name in ("a", "b", "c")
    ]

    assert len(places(*below, found(rule="record-below-delegation", related=(other,)))) == 2


def undotted(zone: str, owner: str, kind: str = "CNAME") -> Finding:
    message = f"`{owner}x.example` has no final dot"
    return found(zone, f"{owner}.", rule="target-without-trailing-dot", message=message, type=kind)


def test_other_targets_without_a_final_dot_are_one_line_a_zone() -> None:
    habit = [undotted(f"z{zone}.example.", f"w{owner}") for zone in range(7) for owner in range(3)]

    told = lines(*habit)

    assert told[0] == (
        "z0.example.yaml:1:6: warning[target-without-trailing-dot]: "
        "3 targets in `z0.example`, none of them in mail records, have no final dot"
    )
    assert told[5:] == ["     = and 6 more targets in 2 more zones (-v lists all)", ""]


@pytest.mark.parametrize(
    ("owner", "kind"),
    [("", "MX"), ("s1._domainkey", "CNAME"), ("_dmarc", "CNAME"), ("autodiscover", "CNAME"), ("_imaps._tcp", "SRV")],
)
def test_those_in_mail_records_are_told_in_full(owner: str, kind: str) -> None:
    told = lines(undotted("a.example.", owner, kind), undotted("a.example.", "www"))

    assert told[1:3] == ["   1 | www: here", "     |      ^^^^"]
    assert len(places(undotted("a.example.", owner, kind), undotted("a.example.", "www"))) == 2


def test_programs_get_every_place() -> None:
    assert len(json.loads(json_report(MANY, COUNTS))["findings"]) == 9


def test_counts_are_of_every_place() -> None:
    assert list(text_report(MANY, COUNTS, Style()))[-1] == "9 warnings: 3 records of 1 zone checked"


def test_a_long_report_ends_with_a_table() -> None:
    several = [found(message=f"fault {number}") for number in range(19)]
    some = [found(rule="dmarc-missing", severity="error", message=str(number)) for number in range(2)]

    assert lines(*several, *some)[-3:] == [" 2  error    dmarc-missing", "19  warning  spf-missing", ""]
    assert not any(line.endswith("  spf-missing") for line in lines(*several, some[0]))
    assert lines(*MANY, statistics=True)[-2:] == ["9  warning  spf-missing", ""]
    assert lines(statistics=True) == []


def test_a_path_in_a_list_of_places_is_shown_safely() -> None:
    evil = Span(Source("\x1b[2Jx.yaml", "a\n"), 0, 1)

    assert "\x1b" not in "".join(lines(found(), found()._replace(span=evil), all_places=True))


def test_skipped_files_are_counted_and_listed_if_asked_for() -> None:
    counts = COUNTS._replace(skipped=("a.yaml", "::b.yaml"))

    assert next(iter(text_report((), counts, Style()))) == "2 other YAML files skipped (-v lists them)"
    told = list(text_report((), counts, Style(all_places=True)))
    assert told[:3] == ["skipped a.yaml", "skipped ./::b.yaml", "2 other YAML files skipped"]
    assert json.loads(json_report((), counts))["summary"]["skipped"] == 2


def test_one_file_that_is_two_zones_is_named_by_the_other_zone() -> None:
    """An octoDNS alias zone has the file of the zone that it is a copy of."""
    copy = MANY[0]._replace(zone="copy.example.", name="www.copy.example.")
    told = "z0.example.yaml:1:6 in the zone copy.example"

    assert f"     = and at 1 more place: {told}" in lines(MANY[0], copy)
    assert f"       {told}" in lines(MANY[0], copy, all_places=True)
