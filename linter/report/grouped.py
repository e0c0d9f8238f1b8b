"""Findings below the file that they are in, in columns."""

from collections.abc import Iterator
from itertools import groupby

from linter.finding import Finding

from .formats import Report
from .shown import shown, shown_path


def lines(report: Report) -> Iterator[str]:
    """The path of each file, then its findings; an empty line between files."""
    for number, (path, held) in enumerate(groupby(report.findings, key=lambda finding: finding.span.source.path)):
        rows = [_row(finding) for finding in held]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        if number:
            yield ""
        yield f"{shown_path(path)}:"
        for place, severity, rule, message in rows:
            yield f"  {place.rjust(widths[0])}  {severity.ljust(widths[1])}  {rule.ljust(widths[2])}  {message}"


def _row(finding: Finding) -> tuple[str, str, str, str]:
    at = finding.span.source.position(finding.span.start)
    return f"{at.line}:{at.column}", finding.severity, finding.rule, shown(finding.message)
