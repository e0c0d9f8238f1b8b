"""What is written of a run is one and the same in JSON, table, picture and README."""

import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.measuring import Ratio, Spread
from benchmarks.plot import svg
from benchmarks.quoting import quoted, renewed
from benchmarks.results import FOLDER, Growth, Results, Row, from_json, to_json
from benchmarks.table import figure, markdown

ROOT = Path(__file__).parents[2]
CHECKED_IN = from_json((FOLDER / "results.json").read_text(encoding="utf-8"))


def row(work: str, median: float, jobs: str = "1") -> Row:
    return Row("estates", work, "CSafeLoader", jobs, Ratio(Spread(median, median / 2, median * 2), 1.5, 2.5, 30.0, 3))


MADE = Results(
    date="2026-11-30",
    commit="0123456789ab",
    machine={"python": "3.11.7", "system": "Linux", "cores": "2"},
    versions={"octodns": "1.22.0"},
    digests={"<a>": "00"},
    rows=[row("small & <odd>", 0.25), row("large", 12.0)],
    growth=[Growth("zones", "zones", {10: 1.0, 100: 9.0, 1_000: 90.0}, 1.01)],
    left_out=["compare: nsd not installed"],
)


def test_results_come_back_from_their_text() -> None:
    assert from_json(to_json(MADE)) == MADE


def test_the_table_has_every_row_and_what_was_left_out() -> None:
    table = markdown(MADE)

    assert "| small & <odd> | 1 | CSafeLoader | 0.25 | 0.12 to 0.50 | 1.50 | 2.50 | 30 | 3 |" in table
    assert "| zones | 10, 100, 1,000 zones | 1.00, 9.00, 90.0 | 1.01 |" in table
    assert "Left out: compare: nsd not installed." in table


def test_the_picture_is_well_formed_and_has_a_bar_for_each_row() -> None:
    picture = ElementTree.fromstring(svg(MADE))  # our own
    space = "{http://www.w3.org/2000/svg}"

    assert len(picture.findall(f"{space}rect")) == 1 + len(MADE.rows)
    assert len(picture.findall(f"{space}polyline")) == 1
    assert "small & <odd>, -j 1 : CSafeLoader" in [found.text for found in picture.findall(f"{space}text")]


def test_a_picture_without_growth_is_none_the_worse() -> None:
    assert "polyline" not in svg(MADE._replace(growth=[]))


@pytest.mark.parametrize(("number", "expected"), [(0.056, "0.06"), (9.99, "9.99"), (12.34, "12.3"), (123.4, "123")])
def test_figures(number: float, expected: str) -> None:
    assert figure(number) == expected


def test_what_is_not_there_is_not_quoted() -> None:
    with pytest.raises(LookupError, match="no row of nothing"):
        MADE.row("nothing", "CSafeLoader")


def test_readme_quotes_the_results_that_are_checked_in() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert quoted(CHECKED_IN) in readme
    assert renewed(readme, CHECKED_IN) == readme
    assert CHECKED_IN.date in readme
    assert CHECKED_IN.commit in readme


def test_table_and_picture_are_those_of_the_results_that_are_checked_in() -> None:
    assert (FOLDER / "results.md").read_text(encoding="utf-8") == markdown(CHECKED_IN)
    assert (FOLDER / "results.svg").read_text(encoding="utf-8") == svg(CHECKED_IN)


def test_no_time_is_checked_in() -> None:
    assert not re.search(
        r"\b(seconds|ms)\b", (FOLDER / "results.json").read_text(encoding="utf-8").replace("50 ms away", "")
    )


def test_peers_are_exact() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert all("==" in peer for peer in project["dependency-groups"]["bench"])
