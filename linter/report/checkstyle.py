"""Findings as Checkstyle XML, which many CI servers read."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from linter.finding import Finding

from .xml_text import attributes


def checkstyle(findings: Iterable[Finding]) -> Iterator[str]:
    """The document: an element for each file, in it one for each finding."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<checkstyle version="4.3">'
    for path, held in groupby(findings, key=lambda finding: finding.span.source.path):
        yield f"  <file{attributes(name=path)}>"
        for finding in held:
            at = finding.span.source.position(finding.span.start)
            way_out = f" ({finding.help})" if finding.help else ""
            place = attributes(line=at.line, column=at.column, severity=finding.severity)
            yield f"    <error{place}{attributes(message=finding.message + way_out, source=f'mailzone.{finding.rule}')}/>"
        yield "  </file>"
    yield "</checkstyle>"
