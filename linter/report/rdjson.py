"""Findings in the Diagnostic Format of reviewdog, which comments on pull requests with them."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from linter.finding import Finding
from linter.source.text import Source

from .shown import shown

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def rdjson(findings: Iterable[Finding]) -> Iterator[str]:
    """The document; its columns count bytes of UTF-8, as the format demands."""
    document = {"source": {"name": "mailzone"}, "diagnostics": [_diagnostic(finding) for finding in findings]}
    yield json.dumps(document, indent=2)


def _diagnostic(finding: Finding) -> dict[str, Any]:
    span = finding.span
    way_out = f" ({finding.help})" if finding.help else ""
    return {
        "message": shown(f"{finding.message}{way_out}"),
        "location": {
            "path": span.source.path,
            "range": {"start": _place(span.source, span.start), "end": _place(span.source, max(span.start, span.end))},
        },
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule},
    }


def _place(source: Source, offset: int) -> dict[str, int]:
    at = source.position(offset)
    before = source.line(at.line)[: at.column - 1]
    return {"line": at.line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
