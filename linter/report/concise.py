"""Findings one a line: `path:line:column: severity[rule] message`, for editors, `grep` and `sort`."""

from collections.abc import Iterator

from .formats import Report
from .place import where
from .shown import shown


def lines(report: Report) -> Iterator[str]:
    """A line for each finding; a clean run has none."""
    for finding in report.findings:
        yield f"{where(finding.span)}: {finding.severity}[{finding.rule}] {shown(finding.message)}"
