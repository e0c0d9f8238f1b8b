"""Findings as an editor shows them: diagnostics with the way out, the second places, and the page of the rule."""

import os
from collections.abc import Callable

from lsprotocol import types
from pygls.uris import from_fs_path

from linter.finding import Finding
from linter.report.shown import shown
from linter.rules.pages import url_of
from linter.source.text import Source, SourceFault, Span

from .judge import Verdict
from .positions import Text

SOURCE = "mailzone"
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}

Ranges = Callable[[Span], types.Range]
"""Gives the range of a span."""


def ranges(encoding: str, known: Text | None = None) -> Ranges:
    """The ranges of spans in whatever files; of the text `known` as the editor has it."""
    texts: dict[int, tuple[Source, Text]] = {}

    def range_of(span: Span) -> types.Range:
        source = span.source
        if known is not None and source is known.source:
            text = known
        else:
            _, text = texts.setdefault(id(source), (source, Text(source.path, source.text, encoding)))
        start, end = text.place(span.start), text.place(max(span.start, span.end))
        return types.Range(types.Position(*start), types.Position(*end))

    return range_of


def uri_of(path: str) -> str:
    """The URI of a file."""
    return from_fs_path(os.path.abspath(path)) or ""


def diagnostics(verdict: Verdict, range_of: Ranges) -> dict[str, list[types.Diagnostic]]:
    """What is shown in each file, by its path as findings have it."""
    found: dict[str, list[types.Diagnostic]] = {}
    for finding in verdict.findings:
        found.setdefault(finding.span.source.path, []).append(_of_finding(finding, range_of))
    for fault in verdict.faults:
        found.setdefault(fault.span.source.path, []).append(_of_fault(fault, range_of))
    return found


def problem(verdict: Verdict) -> list[types.Diagnostic]:
    """What is shown in the first line of a file that could not be judged, or not shown in full."""
    told = [f"mailzone could not judge this file: {shown(verdict.problem)}"] if verdict.problem else []
    if verdict.total > len(verdict.findings):
        told.append(f"{verdict.total - len(verdict.findings):,} more findings; `mailzone check` lists them")
    start = types.Range(types.Position(0, 0), types.Position(0, 0))
    return [types.Diagnostic(start, each, types.DiagnosticSeverity.Warning, source=SOURCE) for each in told]


def _of_finding(finding: Finding, range_of: Ranges) -> types.Diagnostic:
    way_out = f"\nhelp: {shown(finding.help)}" if finding.help else ""
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(uri_of(each.span.source.path), range_of(each.span)), shown(each.message)
        )
        for each in finding.related
    ]
    url = url_of(finding.rule)
    return types.Diagnostic(
        range_of(finding.span),
        f"{shown(finding.message)}{way_out}",
        _SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=types.CodeDescription(url) if url else None,
        source=SOURCE,
        related_information=related or None,
    )


def _of_fault(fault: SourceFault, range_of: Ranges) -> types.Diagnostic:
    way_out = f"\nhelp: {shown(fault.help)}" if fault.help else ""
    message = f"{shown(fault.message)}{way_out}"
    return types.Diagnostic(range_of(fault.span), message, types.DiagnosticSeverity.Error, source=SOURCE)
