"""Findings for programs: one JSON document, version 1 of its shape."""

import json
from collections.abc import Iterable, Iterator, Sequence

from linter import __version__
from linter.finding import DECLARED, SEVERITIES, Finding, Fix, Witness
from linter.source.text import Span
from linter.source.typed import Any

from .counts import Counts, Problem, UnknownSet
from .fingerprint import marked
from .formats import Report
from .place import ends_of

_CHUNKS = 32
"""What the encoder gives at once are signs and words; so many make a few lines."""


def lines(report: Report) -> Iterator[str]:
    """The document."""
    return _pieces(report.findings, report.counts)


def json_report(findings: Iterable[Finding], counts: Counts) -> str:
    """The document as one text; lines and columns count from 1 in code points, ends lie past the last character."""
    return "\n".join(_pieces(findings, counts))


def _pieces(findings: Iterable[Finding], counts: Counts) -> Iterator[str]:
    """The document, some lines at a time: one text of the 11,000 findings of 10,000 zones needs 60 MB more."""
    listed = list(findings)
    document = _document(listed, counts)
    held: list[str] = []
    # One encoder for all: each leaves functions behind that refer to one another, and the collector is off.
    for chunk in json.JSONEncoder(indent=2, ensure_ascii=True).iterencode(document):
        if len(held) < _CHUNKS or "\n" not in chunk:
            held.append(chunk)
            continue
        before, _, after = chunk.partition("\n")
        yield "".join((*held, before))
        held = [after]
    yield "".join(held)


class _Entries(list[Finding]):
    """The findings as a list of objects, each made when the encoder comes to it."""

    def __iter__(self) -> Iterator[Any]:
        return (finding_entry(finding, mark) for finding, mark in marked(list.__iter__(self)))


def _document(listed: Sequence[Finding], counts: Counts) -> dict[str, Any]:
    summary: dict[str, Any] = {"files": counts.files, "zones": counts.zones, "records": counts.records}
    for severity in SEVERITIES:
        summary[severity] = sum(1 for finding in listed if finding.severity == severity)
    summary["skipped"] = len(counts.skipped)
    if counts.fixes.fixed is not None:
        summary["fixed"] = counts.fixes.fixed
    summary["suppressed"] = {name: number for name, number in counts.suppressed._asdict().items() if number is not None}
    gate = counts.gate
    summary["configurations"] = list(gate.configurations)
    summary["profile"] = ", ".join(gate.profiles)
    summary["errors_off"] = len(gate.off)
    summary["errors_lowered"] = len(gate.lowered)
    if counts.seen is not None:
        summary["unknown"] = counts.seen.unknown
    document: dict[str, Any] = {
        "version": 1,
        "tool": {"name": "mailzone", "version": __version__},
        "summary": summary,
        "findings": _Entries(listed),
        "problems": [_problem(problem) for problem in counts.problems],
    }
    if counts.seen is not None:
        document["unknown"] = [_unknown(each) for each in counts.seen.listed]
    return document


def finding_entry(finding: Finding, fingerprint: str) -> dict[str, Any]:
    """One finding as an object."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "help": finding.help,
        **_place(finding.span),
        "zone": finding.zone or None,
        "name": finding.name or None,
        "type": finding.type or None,
        "reference": finding.reference,
        "related": [_related(related.span, related.message) for related in finding.related],
        "fix": _fix(finding.fix),
        "fingerprint": fingerprint,
        "evidence": evidence_entries(finding),
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    """The edits in code points of the file's text, and what they change for others where they are not safe."""
    if fix is None or not fix.patches:
        return None
    why = {} if fix.is_safe else {"why": fix.why}
    return {"safe": fix.is_safe, **why, "edits": [patch._asdict() for patch in fix.patches]}


def evidence_entries(finding: Finding) -> list[dict[str, Any]]:
    """What a finding rests on, one object for each; what rests on the files alone, on the one it is in."""
    told = finding.evidence or (Witness(DECLARED, finding.span.source.path),)
    return [
        {"kind": each.kind, "source": each.source, "seen": each.seen or None, "confirmed": each.confirmed}
        for each in told
    ]


def _unknown(unknown: UnknownSet) -> dict[str, Any]:
    return {field: value or None for field, value in unknown._asdict().items()}


def _problem(problem: Problem) -> dict[str, Any]:
    zone, rule = problem.zone or None, problem.rule or None
    return {"message": problem.message, "path": problem.path, "zone": zone, "rule": rule}


def _place(span: Span) -> dict[str, Any]:
    start, end = ends_of(span)
    return {
        "path": span.source.path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }


def _related(span: Span, message: str) -> dict[str, Any]:
    position = span.source.position(span.start)
    return {"path": span.source.path, "line": position.line, "column": position.column, "message": message}
