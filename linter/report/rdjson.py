"""Findings in the Diagnostic Format of reviewdog, which comments on pull requests with them."""

import json
from collections.abc import Iterator

from linter.finding import Finding, Patch
from linter.source.text import Source
from linter.source.typed import Any

from .counts import Problem
from .formats import Report
from .place import sentence, spelled
from .shown import shown

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def lines(report: Report) -> Iterator[str]:
    """The document; its columns count bytes of UTF-8, as the format demands."""
    found = [_of_finding(finding, report) for finding in report.findings]
    problems = [_of_problem(problem, report) for problem in report.counts.problems]
    yield json.dumps({"source": {"name": "mailzone"}, "diagnostics": [*problems, *found]}, indent=2)


def _of_finding(finding: Finding, report: Report) -> dict[str, Any]:
    span = finding.span
    found: dict[str, Any] = {
        "message": sentence(finding),
        "location": {
            "path": spelled(report.relative(span.source.path)),
            "range": {"start": _place(span.source, span.start), "end": _place(span.source, max(span.start, span.end))},
        },
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule},
    }
    suggestions = [_suggestion(patch, span.source) for patch in _own_patches(finding)]
    return {**found, "suggestions": suggestions} if suggestions else found


def _own_patches(finding: Finding) -> tuple[Patch, ...]:
    """The edits of a fix, where all of it is in the file of the finding: the format knows no other."""
    patches = finding.fix.patches if finding.fix is not None else ()
    return patches if all(patch.path == finding.span.source.path for patch in patches) else ()


def _suggestion(patch: Patch, source: Source) -> dict[str, Any]:
    return {"range": {"start": _place(source, patch.start), "end": _place(source, patch.end)}, "text": patch.text}


def _of_problem(problem: Problem, report: Report) -> dict[str, Any]:
    path = spelled(report.relative(problem.path)) or "."
    return {"message": shown(problem.message), "location": {"path": path}, "severity": "ERROR"}


def _place(source: Source, offset: int) -> dict[str, int]:
    at = source.position(offset)
    before = source.line(at.line)[: at.column - 1]
    return {"line": at.line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
