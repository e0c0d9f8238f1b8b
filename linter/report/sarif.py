"""Findings as SARIF 2.1.0 (OASIS): what code scanning of GitHub and others shows beside the lines."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from linter import __version__
from linter.finding import Finding
from linter.source.frozen import Frozen
from linter.source.text import Span

from .fingerprint import fingerprints
from .shown import shown

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


class About(Frozen):
    """A rule as its page has it: the fault in one line, the manual in Markdown, its usual severity."""

    summary: str
    manual: str
    severity: str


def sarif(findings: Iterable[Finding], about: Callable[[str], About], relative: Callable[[str], str]) -> Iterator[str]:
    """The document, of one run. `relative` makes a path one below the root of the repository."""
    held = list(findings)
    rules = {name: row for row, name in enumerate(dict.fromkeys(finding.rule for finding in held))}
    results = [
        _result(finding, mark, rules[finding.rule], relative)
        for finding, mark in zip(held, fingerprints(held), strict=True)
    ]
    driver = {"name": "mailzone", "version": __version__, "rules": [_rule(name, about(name)) for name in rules]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    yield json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(name: str, about: About) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": name,
        "shortDescription": {"text": about.summary},
        "help": {"text": about.manual, "markdown": about.manual},
        "properties": {"tags": [name.partition("-")[0], "dns", "email"]},
    }
    level = _LEVELS.get(about.severity)
    return {**rule, "defaultConfiguration": {"level": level}} if level else rule


def _result(finding: Finding, fingerprint: str, row: int, relative: Callable[[str], str]) -> dict[str, Any]:
    way_out = f" ({finding.help})" if finding.help else ""
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": row,
        "level": _LEVELS[finding.severity],
        "message": {"text": shown(f"{finding.message}{way_out}")},
        "locations": [_location(finding.span, relative)],
        "partialFingerprints": {"mailzone/v1": fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {**_location(related.span, relative), "id": number, "message": {"text": shown(related.message)}}
            for number, related in enumerate(finding.related, 1)
        ]
    return result


def _location(span: Span, relative: Callable[[str], str]) -> dict[str, Any]:
    start, end = span.source.position(span.start), span.source.position(max(span.start, span.end))
    region = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(relative(span.source.path))}, "region": region}}


def _uri(path: str) -> str:
    """A relative reference (RFC 3986 section 4.2); a first segment with a colon would read as a scheme."""
    octets = path.replace("\\", "/").encode("utf-8", "surrogatepass")
    return "".join(chr(each) if chr(each) in _UNRESERVED else f"%{each:02X}" for each in octets)
