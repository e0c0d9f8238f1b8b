"""The summary tells by what was judged; and no path or name begins a line with a command to whoever runs the job."""

import pytest

from linter.report.counts import Counts, Gate
from linter.report.formats import Style
from linter.report.shown import opening, shown_path
from linter.report.text import text_report


@pytest.mark.parametrize(
    ("gate", "line"),
    [
        (Gate((), ("recommended",)), "judged without a configuration, by profile recommended"),
        (Gate(("a.yaml",), ("strict",)), "judged by a.yaml, profile strict"),
        (Gate(("a.yaml",), ("x",), frozenset({"r"})), "judged by a.yaml, profile x: 1 error rule is off"),
        (
            Gate(("a", "b"), ("x", "y"), frozenset({"r", "s"}), frozenset({"t"})),
            "judged by a, b, profiles x, y: 2 error rules are off and 1 tells less than errors",
        ),
        (Gate((), ("x",), frozenset(), frozenset({"t", "u"})), "2 error rules tell less than errors"),
    ],
)
def test_the_gate_is_told(gate: Gate, line: str) -> None:
    told, summary = text_report([], Counts(1, 1, 1, gate), Style())

    assert line in told
    assert summary.startswith("nothing to report")


@pytest.mark.parametrize("path", ["::error::x.yaml", "##[error]x.yaml", "##vso[x]y.yaml", " ::error::x"])
def test_a_path_is_no_command(path: str) -> None:
    assert shown_path(path) == f"./{path}"
    assert not opening(path).lstrip().startswith(("::", "##"))


@pytest.mark.parametrize("path", ["zones/x.yaml", "./::x", "a::b", "/::x", "#x"])
def test_other_paths_are_as_they_were_given(path: str) -> None:
    assert shown_path(path) == path
