"""Findings as a GitLab Code Quality report: a JSON list, from which a merge request shows what is new."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from linter.finding import Finding

from .fingerprint import fingerprints
from .shown import shown

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def gitlab(findings: Iterable[Finding]) -> Iterator[str]:
    """The document; paths are as given, so run it in the root of the repository."""
    held = list(findings)
    entries = [_entry(finding, mark) for finding, mark in zip(held, fingerprints(held), strict=True)]
    yield json.dumps(entries, indent=2)


def _entry(finding: Finding, fingerprint: str) -> dict[str, Any]:
    start = finding.span.source.position(finding.span.start)
    end = finding.span.source.position(max(finding.span.start, finding.span.end))
    way_out = f" ({finding.help})" if finding.help else ""
    return {
        "description": shown(f"{finding.message}{way_out}"),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.span.source.path, "lines": {"begin": start.line, "end": end.line}},
    }
