"""Findings as annotations of a GitHub workflow run: one workflow command a line, the severest first."""

from collections.abc import Iterable, Iterator

from linter.finding import SEVERITIES, Finding

from .shown import shown

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def github(findings: Iterable[Finding]) -> Iterator[str]:
    """A workflow command for each finding; GitHub shows the first ten of a severity and step."""
    for finding in sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity)):
        start = finding.span.source.position(finding.span.start)
        end = finding.span.source.position(max(finding.span.start, finding.span.end))
        properties = {"file": finding.span.source.path, "line": start.line, "endLine": end.line}
        if start.line == end.line:  # columns across lines are refused
            properties |= {"col": start.column, "endColumn": max(start.column, end.column - 1)}
        listed = ",".join(f"{key}={_escaped(str(held), _PROPERTY)}" for key, held in properties.items())
        title = _escaped(finding.rule, _PROPERTY)
        way_out = f" ({finding.help})" if finding.help else ""
        message = _escaped(f"{finding.message}{way_out}", _DATA)
        yield f"::{_COMMANDS[finding.severity]} {listed},title={title}::{message}"


def _escaped(text: str, table: dict[int, str]) -> str:
    return shown(text).translate(table)
