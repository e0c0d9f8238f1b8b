"""Findings as Markdown for a step summary or a comment: one screen, the most dangerous first, details folded."""

from collections import Counter
from collections.abc import Iterable, Iterator

from linter.finding import SEVERITIES, Finding
from linter.records.text.fault import count

from .formats import Report
from .graph import flow_graph
from .markdown_text import code, folded, inline, pre
from .mermaid import mermaid_lines
from .text import excerpt, gate_lines, looked_at, nothing_told

MARK = "<!-- mailzone -->"
"""Where a comment begins, so that the next run finds it and writes it anew."""
_MOST_ROWS = 10
_MOST_OCTETS = 60_000
"""Of the whole: GitHub takes comments of 65,536 characters."""
_MOST_DRAWN = 12
_COLUMNS = 100
_SIGNS = {"error": "🔴", "warning": "🟠", "info": "🔵"}


def lines(report: Report) -> Iterator[str]:
    """The document."""
    findings = sorted(report.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    yield MARK
    yield f"### mailzone: {_verdict(report)}"
    yield ""
    yield from _told(report)
    for problem in report.counts.problems[:_MOST_ROWS]:
        yield f"- ❌ {code(problem.path)} {inline(problem.message)}"
    if len(report.counts.problems) > _MOST_ROWS:
        yield f"- and {len(report.counts.problems) - _MOST_ROWS} more"
    if findings:
        yield ""
        yield from _table(findings, report)
        yield ""
        yield from folded(f"All {count(len(findings), 'finding')} with their lines", _details(findings, report))
    yield from _flow(report)


def _verdict(report: Report) -> str:
    tally = Counter(finding.severity for finding in report.findings)
    parts = [count(tally[each], "note" if each == "info" else each) for each in SEVERITIES if tally[each]]
    if report.counts.problems:
        parts.insert(0, count(len(report.counts.problems), "problem"))
    return ", ".join(parts) or nothing_told(report.counts)


def _told(report: Report) -> Iterator[str]:
    """How much was looked at, and by what."""
    if report.style.summary:
        yield inline(looked_at(report.counts, report.style.done))
        for line in gate_lines(report.counts.gate):
            yield f"<br>{inline(line)}"


def _table(findings: list[Finding], report: Report) -> Iterator[str]:
    """The first of each rule with the number of those like it: one fault in many places leaves room for others."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.rule, finding.severity), []).append(finding)
    yield "| | place | fault |"
    yield "|---|---|---|"
    for first, *others in list(alike.values())[:_MOST_ROWS]:
        way_out = f"<br>→ {inline(first.help)}" if first.help else ""
        more = f"<br>and {len(others)} more like it" if others else ""
        sign = f"{_SIGNS[first.severity]} {first.severity}"
        yield f"| {sign} | {code(_place(first, report))} | {inline(first.message)}{way_out}{more} |"
    if len(alike) > _MOST_ROWS:
        yield f"| | | and {count(len(alike) - _MOST_ROWS, 'kind')} more, below |"


def _place(finding: Finding, report: Report) -> str:
    at = finding.span.source.position(finding.span.start)
    return f"{report.relative(finding.span.source.path)}:{at.line}"


def _details(findings: Iterable[Finding], report: Report) -> Iterator[str]:
    """Each with its excerpt, as many as there is room for."""
    left, held = _MOST_OCTETS // 2, list(findings)
    for number, finding in enumerate(held):
        told = list(_detail(finding, report))
        left -= sum(len(line.encode("utf-8", "replace")) + 1 for line in told)
        if left < 0:
            yield f"… and {len(held) - number} more, which do not fit here."
            return
        yield from told


def _detail(finding: Finding, report: Report) -> Iterator[str]:
    at = finding.span.source.position(finding.span.start)
    place = f"{report.relative(finding.span.source.path)}:{at.line}:{at.column}"
    yield f"**{finding.severity}** {code(finding.rule)} at {code(place)}: {inline(finding.message)}"
    yield ""
    shown_lines = list(excerpt(finding.span, _COLUMNS))
    if shown_lines:
        yield pre(shown_lines)
        yield ""
    for related in finding.related[:_MOST_ROWS]:
        where = related.span.source.position(related.span.start)
        path = report.relative(related.span.source.path)
        yield f"- {code(f'{path}:{where.line}')} {inline(related.message)}"
    if finding.help:
        yield f"- → {inline(finding.help)}"
    if finding.reference:
        yield f"- see {inline(finding.reference)}"
    yield ""


def _flow(report: Report) -> Iterator[str]:
    """Where the mail of few domains goes; a picture of many shows nothing."""
    domains = report.domains(_MOST_DRAWN + 1)
    if not 0 < len(domains.held) <= _MOST_DRAWN:
        return
    drawn = ["```mermaid", *mermaid_lines(flow_graph(domains.held)), "```"]
    if sum(len(line.encode()) for line in drawn) < _MOST_OCTETS // 4:
        yield ""
        yield from folded("Mail flow", drawn)
