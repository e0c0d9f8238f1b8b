"""Findings as JUnit XML: a failed test for each, so that a CI server lists them; a clean run is one passed test."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from linter.finding import Finding

from .xml_text import attributes, xml_text


def junit(findings: Iterable[Finding]) -> Iterator[str]:
    """The document: a suite for each file. Notes are passed tests that say something."""
    held = list(findings)
    failed = sum(1 for finding in held if finding.severity != "info")
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<testsuites{attributes(name='mailzone', tests=len(held) or 1, failures=failed, errors=0)}>"
    if not held:
        yield f"  <testsuite{attributes(name='mailzone', tests=1, failures=0, errors=0)}>"
        yield f"    <testcase{attributes(name='nothing to report', classname='mailzone')}/>"
        yield "  </testsuite>"
    for path, group in groupby(held, key=lambda finding: finding.span.source.path):
        yield from _suite(path, list(group))
    yield "</testsuites>"


def _suite(path: str, held: list[Finding]) -> Iterator[str]:
    failed = sum(1 for finding in held if finding.severity != "info")
    yield f"  <testsuite{attributes(name=path, tests=len(held), failures=failed, errors=0)}>"
    for finding in held:
        at = finding.span.source.position(finding.span.start)
        owner = finding.name.rstrip(".") or finding.zone.rstrip(".")
        name = f"{finding.rule} {owner}:{at.line}:{at.column}" if owner else f"{finding.rule}:{at.line}:{at.column}"
        yield f"    <testcase{attributes(name=name, classname=path, file=path, line=at.line)}>"
        place = f"{path}:{at.line}:{at.column}"
        body = "".join(f"{line}\n" for line in (place, finding.message, finding.help, finding.reference) if line)
        if finding.severity == "info":
            yield f"      <system-out>{_lines(body)}</system-out>"
        else:
            head = attributes(type=finding.severity, message=finding.message)
            yield f"      <failure{head}>{_lines(body)}</failure>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _lines(body: str) -> str:
    return "\n".join(xml_text(line) for line in body.splitlines())
