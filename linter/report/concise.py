"""Findings one a line: `path:line:column: severity[rule] message`, for editors, `grep` and `sort`."""

from collections.abc import Iterable, Iterator

from linter.finding import Finding

from .shown import shown


def concise(findings: Iterable[Finding]) -> Iterator[str]:
    """A line for each finding."""
    for finding in findings:
        at = finding.span.source.position(finding.span.start)
        place = f"{shown(finding.span.source.path)}:{at.line}:{at.column}"
        yield f"{place}: {finding.severity}[{finding.rule}] {shown(finding.message)}"
