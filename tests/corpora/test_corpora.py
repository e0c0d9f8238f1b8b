"""Real zones that nobody here wrote: what must be found in them is found, and what is right stays silent."""

import json
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

from linter.cli.check import _run as run_check
from linter.cli.options import CheckOptions
from linter.finding import Finding
from linter.run.outcome import Outcome

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason=f"the real zones are not at {CORPORA}; test_shapes.py covers the same ground"
)


class Row(NamedTuple):
    kind: str
    file: str
    line: int
    rule: str


def rows() -> list[Row]:
    table = CORPORA / "EXPECTED.tsv"
    lines = table.read_text().splitlines()[1:] if table.is_file() else []
    cells = [line.split("\t") for line in lines]
    return [Row(kind, file, int(line or 0), rule) for kind, file, line, rule in cells]


def outcome(folder: str) -> Outcome:
    options = CheckOptions()
    options.no_config, options.paths = True, [str(CORPORA / folder)]
    return run_check(options)


@pytest.fixture(scope="module")
def by_file() -> dict[str, list[Finding]]:
    """The findings in the Ministry of Justice's zones, by file."""
    found = defaultdict(list)
    for finding in outcome("ministry-of-justice").findings:
        found[Path(finding.span.source.path).name].append(finding)
    return found


def line_of(finding: Finding) -> int:
    return finding.span.source.position(finding.span.start).line


@pytest.mark.parametrize("row", [row for row in rows() if row.kind == "must"], ids=str)
def test_what_is_wrong_is_found_where_it_stands(row: Row, by_file: dict[str, list[Finding]]) -> None:
    assert (row.line, row.rule) in [(line_of(finding), finding.rule) for finding in by_file[row.file]]


@pytest.mark.parametrize("row", [row for row in rows() if row.kind == "never"], ids=str)
def test_what_looks_wrong_and_is_not_is_left_alone(row: Row, by_file: dict[str, list[Finding]]) -> None:
    assert (row.line, row.rule) not in [(line_of(finding), finding.rule) for finding in by_file[row.file]]


@pytest.mark.parametrize("row", [row for row in rows() if row.kind == "silent"], ids=lambda row: str(row.file))
def test_a_zone_without_faults_gets_no_warning(row: Row, by_file: dict[str, list[Finding]]) -> None:
    loud = [finding for finding in by_file[row.file] if finding.severity != "info"]

    assert loud == []


def test_octodns_own_test_files_are_read_without_a_crash() -> None:
    found = outcome("octodns-configs")

    assert found.problems == ()
    assert found.zones > 15
    assert found.layouts == 1


@pytest.mark.parametrize(
    ("file", "rule"),
    [
        ("config-txt-none/all.null.yaml", "zone-shape"),
        ("config-txt-none/list.with.nulls.yaml", "zone-shape"),
        ("config-txt-none/scalar.null.yaml", "zone-shape"),
        ("include/include-doesnt-exist.yaml", "not-a-zone"),
        ("unit.tests.yaml", "spf-record-type"),
    ],
)
def test_octodns_broken_files_say_what_is_wrong(file: str, rule: str) -> None:
    assert rule in {finding.rule for finding in outcome(f"octodns-configs/{file}").findings}


def test_a_small_private_repository_is_clean_but_for_its_weak_spots() -> None:
    found = outcome("small-octodns")

    assert [finding for finding in found.findings if finding.severity == "error"] == []
    assert json.dumps([finding.message for finding in found.findings])
