"""Findings as one HTML page for people: domain by domain what is there and what is wrong with it."""

from collections.abc import Iterable, Iterator

from linter.finding import SEVERITIES, Finding
from linter.records.text.fault import count

from .domain import Domain, Domains
from .domain_html import domain_html
from .formats import Report
from .page import html_code, html_message, html_text, page
from .text import excerpt, gate_lines, looked_at, nothing_told

_COLUMNS = 100
_MOST_DOMAINS = 200
_MOST_FINDINGS = 2000
"""Of a page; beyond these only their number."""


def lines(report: Report) -> Iterator[str]:
    """The page."""
    return page("mailzone: the mail part of DNS", _body(report))


def _body(report: Report) -> Iterator[str]:
    domains = report.domains(_MOST_DOMAINS)
    told = sorted(report.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    findings = domains.by_domain(told[:_MOST_FINDINGS])
    yield "<header>"
    yield "<h1>The mail part of DNS</h1>"
    yield f"<p>{_tally(report.findings) or _nothing(report)}</p>"
    yield f'<p class="soft">{html_text(looked_at(report.counts, report.style.done))}'
    yield "".join(f"<br>{html_text(line)}" for line in gate_lines(report.counts.gate))
    yield "</p>"
    for problem in report.counts.problems:
        path = f"{html_code(problem.path)}: " if problem.path else ""
        yield f'<p><b class="error">problem</b> {path}{html_message(problem.message)}</p>'
    if len(told) > _MOST_FINDINGS:
        yield f"<p>{len(told) - _MOST_FINDINGS} more findings than fit on this page; the most severe are here.</p>"
    yield "</header>"
    yield from _contents(domains, findings)
    if findings[""]:
        yield '<section id="files"><h2>Files</h2>'
        yield from _findings(findings[""], report)
        yield "</section>"
    for number, domain in enumerate(domains.held):
        yield from _section(number, domain, findings[domain.name], report)


def _nothing(report: Report) -> str:
    told = nothing_told(report.counts)
    return f"<b class=good>{told}</b>" if told == "nothing to report" else f"<b>{told}</b>"


def _tally(findings: Iterable[Finding]) -> str:
    held = [finding.severity for finding in findings]
    return ", ".join(
        f'<b class="{each}">{count(held.count(each), "note" if each == "info" else each)}</b>'
        for each in SEVERITIES
        if each in held
    )


def _contents(domains: Domains, findings: dict[str, list[Finding]]) -> Iterator[str]:
    if len(domains.held) < 2:
        return
    yield '<nav aria-label="domains"><ul>'
    for number, domain in enumerate(domains.held):
        tally = _tally(findings[domain.name])
        yield f'<li><a href="#d{number}">{html_text(domain.name)}</a>{f" {tally}" if tally else ""}</li>'
    yield "</ul>"
    if domains.more:
        yield f"<p>and {domains.more} more, which are not described here</p>"
    yield "</nav>"


def _section(number: int, domain: Domain, findings: list[Finding], report: Report) -> Iterator[str]:
    yield f'<section id="d{number}"><h2>{html_text(domain.name)}</h2>'
    yield from domain_html(domain)
    if findings:
        yield "<h3>Findings</h3>"
        yield from _findings(findings, report)
    yield "</section>"


def _findings(findings: Iterable[Finding], report: Report) -> Iterator[str]:
    for finding in findings:
        at = finding.span.source.position(finding.span.start)
        place = f"{report.relative(finding.span.source.path)}:{at.line}:{at.column}"
        yield f'<div class="finding {finding.severity}">'
        yield f'<p><b class="{finding.severity}">{finding.severity}</b> {html_message(finding.message)}</p>'
        yield f'<p class="soft">{html_code(finding.rule)} at {html_code(place)}</p>'
        marked = "\n".join(map(html_text, excerpt(finding.span, _COLUMNS)))
        if marked:
            yield f"<pre>{marked}</pre>"
        for related in finding.related:
            where = related.span.source.position(related.span.start)
            path = report.relative(related.span.source.path)
            yield f"<p>{html_code(f'{path}:{where.line}:{where.column}')}: {html_message(related.message)}</p>"
        if finding.help:
            yield f"<p>→ {html_message(finding.help)}</p>"
        if finding.reference:
            yield f'<p class="soft">see {html_text(finding.reference)}</p>'
        yield "</div>"
