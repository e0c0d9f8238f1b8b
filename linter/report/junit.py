"""Findings as JUnit XML: a failed test for each, so that a CI server lists them; a clean run is one passed test."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from linter.finding import Finding
from linter.records.text.name import dotless

from .counts import Problem
from .formats import Report
from .xml_text import attributes, xml_text


def lines(report: Report) -> Iterator[str]:
    """The document: a suite for each file. Notes are passed tests that say something, problems are errors."""
    held, problems = report.findings, report.counts.problems
    total = {"tests": len(held) + len(problems) or 1, "failures": _failures(held), "errors": len(problems)}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<testsuites{attributes(name='mailzone', **total)}>"
    if problems:
        yield from _problems(problems, report)
    elif not held:
        yield f"  <testsuite{attributes(name='mailzone', tests=1, failures=0, errors=0)}>"
        yield f"    <testcase{attributes(name='nothing to report', classname='mailzone')}/>"
        yield "  </testsuite>"
    for path, group in groupby(held, key=lambda finding: finding.span.source.path):
        yield from _suite(report.relative(path), list(group))
    if told := report.counts.suppressed.words():
        yield f"  <!-- {told} -->"
    yield "</testsuites>"


def _failures(held: Iterable[Finding]) -> int:
    return sum(1 for finding in held if finding.severity != "info")


def _problems(problems: tuple[Problem, ...], report: Report) -> Iterator[str]:
    counts = attributes(name="mailzone", tests=len(problems), failures=0, errors=len(problems))
    yield f"  <testsuite{counts}>"
    for problem in problems:
        path = report.relative(problem.path) or "mailzone"
        yield f"    <testcase{attributes(name=problem.rule or path, classname=path)}>"
        yield f"      <error{attributes(type='problem', message=problem.message)}/>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _suite(path: str, held: list[Finding]) -> Iterator[str]:
    yield f"  <testsuite{attributes(name=path, tests=len(held), failures=_failures(held), errors=0)}>"
    for finding in held:
        at = finding.span.source.position(finding.span.start)
        owner = dotless(finding.name) or dotless(finding.zone)
        place = f"{at.line}:{at.column}"
        name = f"{finding.rule} {owner}:{place}" if owner else f"{finding.rule}:{place}"
        yield f"    <testcase{attributes(name=name, classname=path, file=path, line=at.line)}>"
        told = (f"{path}:{place}", finding.message, finding.help, finding.reference)
        body = "\n".join(xml_text(line) for line in told if line)
        if finding.severity == "info":
            yield f"      <system-out>{body}</system-out>"
        else:
            yield f"      <failure{attributes(type=finding.severity, message=finding.message)}>{body}</failure>"
        yield "    </testcase>"
    yield "  </testsuite>"
