"""Findings as SARIF 2.1.0 (OASIS): what code scanning of GitHub and others shows beside the lines."""

import json
import os
from collections.abc import Iterable, Iterator
from urllib.parse import quote_from_bytes

from linter import HOMEPAGE, __version__
from linter.finding import Finding, Fix
from linter.rules import pages
from linter.rules.known import names
from linter.rules.registry import rule_named
from linter.source.text import Span
from linter.source.typed import Any

from .counts import Problem
from .fingerprint import marked
from .formats import Report
from .json_format import evidence_entries
from .place import ends_of, sentence
from .shown import shown

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "%SRCROOT%"


def lines(report: Report) -> Iterator[str]:
    """The document, of one run."""
    told = [*report.findings, *(each.finding for each in report.suppressed)]
    rules = {name: row for row, name in enumerate(dict.fromkeys(finding.rule for finding in told))}
    results = [_result(finding, mark, rules[finding.rule], report) for finding, mark in marked(told)]
    for result, each in zip(results[len(report.findings) :], report.suppressed, strict=True):
        reason = {"justification": shown(each.reason)} if each.reason else {}
        result["suppressions"] = [{"kind": each.kind, **reason}]
    run = {
        "tool": {"driver": _driver(rules)},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report.counts.problems, report)],
        "results": results,
    }
    yield json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _driver(rules: Iterable[str]) -> dict[str, Any]:
    return {
        "name": "mailzone",
        "version": __version__,
        "informationUri": HOMEPAGE,
        "rules": [_rule(name) for name in rules],
    }


def _rule(name: str) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": name, "properties": {"tags": [name.partition("-")[0], "dns", "email"]}}
    known = rule_named(name) if name in names() else None
    if known is None:
        return rule
    manual = pages.manual(name)
    rule["shortDescription"] = {"text": pages.summary(name)}
    rule["help"] = {"text": manual, "markdown": manual}
    level = _LEVELS.get(known.severity)
    return {**rule, "defaultConfiguration": {"level": level} if level else {"enabled": False}}


def _invocation(problems: Iterable[Problem], report: Report) -> dict[str, Any]:
    """What went wrong beside the findings, so that no run that could not do its work reads as clean."""
    notices = [_notice(problem, report) for problem in problems]
    invocation: dict[str, Any] = {"executionSuccessful": not notices}
    return {**invocation, "toolExecutionNotifications": notices} if notices else invocation


def _notice(problem: Problem, report: Report) -> dict[str, Any]:
    notice: dict[str, Any] = {"level": "error", "message": {"text": shown(problem.message)}}
    if problem.path:
        notice["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(problem.path, report)}}]
    return notice


def _result(finding: Finding, fingerprint: str, row: int, report: Report) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": row,
        "level": _LEVELS[finding.severity],
        "message": {"text": sentence(finding)},
        "locations": [_location(finding.span, report)],
        "partialFingerprints": {"mailzone/v1": fingerprint},
        "properties": {"evidence": evidence_entries(finding)},
    }
    if finding.related:
        result["relatedLocations"] = [
            {**_location(related.span, report), "id": number, "message": {"text": shown(related.message)}}
            for number, related in enumerate(finding.related, 1)
        ]
    if finding.fix is not None and finding.fix.patches:
        result["fixes"] = [_fix(finding.fix, finding, report)]
    return result


def _fix(fix: Fix, finding: Finding, report: Report) -> dict[str, Any]:
    """The edits by file, in characters from its beginning (SARIF 2.1.0 section 3.55)."""
    changes: dict[str, list[dict[str, Any]]] = {}
    for patch in fix.patches:
        region = {"charOffset": patch.start, "charLength": patch.end - patch.start}
        replacement: dict[str, Any] = {"deletedRegion": region}
        if patch.text:
            replacement["insertedContent"] = {"text": patch.text}
        changes.setdefault(patch.path, []).append(replacement)
    return {
        "description": {"text": shown(fix.why or finding.help or finding.message)},
        "artifactChanges": [
            {"artifactLocation": _artifact(path, report), "replacements": each} for path, each in changes.items()
        ],
    }


def _location(span: Span, report: Report) -> dict[str, Any]:
    start, end = ends_of(span)
    region = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    return {"physicalLocation": {"artifactLocation": _artifact(span.source.path, report), "region": region}}


def _artifact(path: str, report: Report) -> dict[str, str]:
    """A file by its URI: relative to the root of the repository where it lies there, else absolute."""
    relative = report.relative(path)
    if relative.startswith("/"):
        return {"uri": f"file://{_uri(relative)}"}
    return {"uri": _uri(relative), "uriBaseId": _ROOT}


def _uri(path: str) -> str:
    """A relative reference (RFC 3986 section 4.2) of the octets of a path, in which nothing reads as a scheme."""
    spelled = path.replace(os.sep, "/")
    try:
        octets = os.fsencode(spelled)
    except UnicodeEncodeError:  # no path that a system gave
        octets = spelled.encode("utf-8", "surrogatepass")
    return quote_from_bytes(octets, safe="/")
