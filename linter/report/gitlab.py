"""Findings as a GitLab Code Quality report: a JSON list, from which a merge request shows what is new."""

import json
from collections.abc import Iterator
from hashlib import sha256

from linter.finding import Finding
from linter.source.typed import Any

from .counts import Problem
from .fingerprint import marked
from .formats import Report
from .place import ends_of, sentence, spelled
from .shown import shown

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def lines(report: Report) -> Iterator[str]:
    """The document; a file that could not be judged is a finding of its own, or the list would read as clean."""
    problems = [_of_problem(problem, report) for problem in report.counts.problems]
    found = [_of_finding(finding, mark, report) for finding, mark in marked(report.findings)]
    yield json.dumps([*problems, *found], indent=2)


def _of_finding(finding: Finding, fingerprint: str, report: Report) -> dict[str, Any]:
    start, end = ends_of(finding.span)
    return {
        "description": sentence(finding),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": spelled(report.relative(finding.span.source.path)),
            "lines": {"begin": start.line, "end": end.line},
        },
    }


def _of_problem(problem: Problem, report: Report) -> dict[str, Any]:
    path = spelled(report.relative(problem.path)) or "."
    told = "\0".join((path, problem.zone, problem.rule, problem.message))
    return {
        "description": shown(problem.message),
        "check_name": "mailzone-problem",
        "fingerprint": sha256(told.encode("utf-8", "backslashreplace")).hexdigest()[:16],
        "severity": "blocker",
        "location": {"path": path, "lines": {"begin": 1}},
    }
