"""The JSON report has the shape of the contract, field by field and in its order."""

import json

from linter import __version__
from linter.finding import Finding, Related
from linter.report.counts import Counts
from linter.report.fingerprint import fingerprints
from linter.report.json_format import json_report
from linter.source.text import Source, Span

SOURCE = Source("zones/example.com.yaml", "'':\n  type: TXT\n  value: é v=spf1\n    nclude:a -all\n")
PLACE = SOURCE.text.index("nclude")
FINDING = Finding(
    rule="spf-unknown-mechanism",
    severity="error",
    message="`nclude` is not a mechanism; did you mean `include`?",
    span=Span(SOURCE, PLACE, PLACE + 6),
    help="write `include:a`",
    reference="RFC 7208 section 4.6.1",
    related=(Related(Span(SOURCE, 0, 2), "the name"),),
    zone="example.com.",
    name="example.com.",
    type="TXT",
)

REPORT = """\
{
  "version": 1,
  "tool": {
    "name": "mailzone",
    "version": "VERSION"
  },
  "summary": {
    "files": 1,
    "zones": 1,
    "records": 2,
    "error": 1,
    "warning": 0,
    "info": 0,
    "skipped": 0,
    "suppressed": {
      "baseline": 0,
      "ignored": 0,
      "overridden": 0
    },
    "configurations": [],
    "profile": "",
    "errors_off": 0,
    "errors_lowered": 0
  },
  "findings": [
    {
      "rule": "spf-unknown-mechanism",
      "severity": "error",
      "message": "`nclude` is not a mechanism; did you mean `include`?",
      "help": "write `include:a`",
      "path": "zones/example.com.yaml",
      "line": 4,
      "column": 5,
      "end_line": 4,
      "end_column": 11,
      "zone": "example.com.",
      "name": "example.com.",
      "type": "TXT",
      "reference": "RFC 7208 section 4.6.1",
      "related": [
        {
          "path": "zones/example.com.yaml",
          "line": 1,
          "column": 1,
          "message": "the name"
        }
      ],
      "fix": null,
      "fingerprint": "MARK",
      "evidence": [
        {
          "kind": "declared",
          "source": "zones/example.com.yaml",
          "seen": null,
          "confirmed": true
        }
      ]
    }
  ],
  "problems": []
}"""


def test_a_report_is_the_document_of_the_contract() -> None:
    assert json_report((FINDING,), Counts(1, 1, 2)) == REPORT.replace("VERSION", __version__).replace(
        "MARK", next(fingerprints([FINDING]))
    )


def test_a_clean_report_has_no_findings() -> None:
    document = json.loads(json_report((), Counts(3, 2, 1)))

    assert document["summary"] == {
        "files": 3, "zones": 2, "records": 1, "error": 0, "warning": 0, "info": 0, "skipped": 0,
        "suppressed": {"baseline": 0, "ignored": 0, "overridden": 0},
        "configurations": [], "profile": "", "errors_off": 0, "errors_lowered": 0,
    }  # fmt: skip
    assert document["findings"] == []


def test_the_summary_counts_each_severity() -> None:
    findings = [FINDING, FINDING._replace(severity="warning"), FINDING._replace(severity="info"), FINDING]

    summary = json.loads(json_report(findings, Counts(1, 1, 1)))["summary"]

    assert (summary["error"], summary["warning"], summary["info"]) == (2, 1, 1)


def test_a_finding_about_a_whole_file_concerns_no_name() -> None:
    whole = FINDING._replace(span=Span(Source("a.yaml", ""), 0, 0), zone="", name="", type="", related=())

    (found,) = json.loads(json_report((whole,), Counts(1, 0, 0)))["findings"]

    assert (found["zone"], found["name"], found["type"], found["related"]) == (None, None, None, [])
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (1, 1, 1, 1)


def test_a_place_over_several_lines_ends_behind_its_last_character() -> None:
    long = FINDING._replace(span=Span(SOURCE, SOURCE.text.index("é"), PLACE + 6))

    (found,) = json.loads(json_report((long,), Counts(1, 1, 1)))["findings"]

    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (3, 10, 4, 11)


def test_strange_characters_are_escaped_and_come_back() -> None:
    strange = "\x1b\u202e\x00é😀\ud800\u2028"
    source = Source(strange, "k: v")

    report = json_report((FINDING._replace(message=strange, span=Span(source, 0, 1)),), Counts(1, 1, 1))

    assert report.isascii()
    assert json.loads(report)["findings"][0]["message"] == strange
    assert json.loads(report)["findings"][0]["path"] == strange
