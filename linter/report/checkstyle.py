"""Findings as Checkstyle XML, which many CI servers read."""

from collections.abc import Iterator
from itertools import groupby

from .formats import Report
from .place import sentence
from .xml_text import attributes


def lines(report: Report) -> Iterator[str]:
    """The document: an element for each file, in it one for each finding."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<checkstyle version="4.3">'
    for problem in report.counts.problems:
        yield f"  <file{attributes(name=report.relative(problem.path) or '.')}>"
        told = attributes(line=1, severity="error", message=problem.message, source="mailzone.problem")
        yield f"    <error{told}/>"
        yield "  </file>"
    for path, held in groupby(report.findings, key=lambda finding: finding.span.source.path):
        yield f"  <file{attributes(name=report.relative(path))}>"
        for finding in held:
            at = finding.span.source.position(finding.span.start)
            place = attributes(line=at.line, column=at.column, severity=finding.severity)
            yield f"    <error{place}{attributes(message=sentence(finding), source=f'mailzone.{finding.rule}')}/>"
        yield "  </file>"
    if told := report.counts.suppressed.words():
        yield f"  <!-- {told} -->"
    yield "</checkstyle>"
