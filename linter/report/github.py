"""Findings as annotations of a GitHub workflow run: one workflow command a line, the severest first."""

from collections import Counter
from collections.abc import Iterable, Iterator

from linter.finding import SEVERITIES, Finding
from linter.source.typed import Any

from .counts import Problem
from .formats import Report
from .place import ends_of, sentence
from .shown import shown

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
_MOST_SHOWN = 10
"""Annotations of one severity that GitHub shows of one step."""


def lines(report: Report) -> Iterator[str]:
    """A workflow command for each problem, then for each finding."""
    for problem in report.counts.problems:
        yield _of_problem(problem, report)
    for finding in sorted(report.findings, key=_gravity):
        start, end = ends_of(finding.span)
        properties: dict[str, Any] = {"file": report.relative(finding.span.source.path), "line": start.line}
        if end.line > start.line and end.column == 1:  # all of the line before, and nothing of this one
            properties["endLine"] = end.line - 1
        else:
            properties["endLine"] = end.line
        if start.line == end.line:  # columns across lines are refused
            properties |= {"col": start.column, "endColumn": max(start.column, end.column - 1)}
        yield _command(_COMMANDS[finding.severity], {**properties, "title": finding.rule}, sentence(finding))


def most_shown(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of which GitHub shows an annotation; where the text tells all of them the others are noise."""
    left = Counter(dict.fromkeys(SEVERITIES, _MOST_SHOWN))
    told = []
    for finding in findings:
        left[finding.severity] -= 1
        if left[finding.severity] >= 0:
            told.append(finding)
    return tuple(told)


def _of_problem(problem: Problem, report: Report) -> str:
    properties = {"file": report.relative(problem.path)} if problem.path else {}
    return _command("error", {**properties, "title": "mailzone"}, problem.message)


def _gravity(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


def _command(name: str, properties: dict[str, Any], message: str) -> str:
    listed = ",".join(f"{key}={shown(str(held)).translate(_PROPERTY)}" for key, held in properties.items())
    return f"::{name} {listed}::{shown(message).translate(_DATA)}"
