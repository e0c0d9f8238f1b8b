"""Findings one a line: `path:line:column: severity[rule] message`, for editors, `grep` and `sort`."""

from collections.abc import Iterator

from .formats import Report
from .shown import shown, shown_path


def lines(report: Report) -> Iterator[str]:
    """A line for each finding; a clean run has none."""
    for finding in report.findings:
        at = finding.span.source.position(finding.span.start)
        place = f"{shown_path(finding.span.source.path)}:{at.line}:{at.column}"
        yield f"{place}: {finding.severity}[{finding.rule}] {shown(finding.message)}"
