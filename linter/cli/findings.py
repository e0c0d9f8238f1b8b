"""Findings to reports, and to an exit status: what `check` and `compare` end with."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from linter.finding import Finding, at_least
from linter.report.counts import Counts, Fixes, Problem, Seen
from linter.report.formats import Report, Style, report_lines
from linter.report.shown import shown
from linter.report.suppressed import tally
from linter.run.outcome import Outcome
from linter.source.typed import TYPE_CHECKING, Protocol

from .faults import crash_words, say_crashes
from .outputs import Output, below_root, write_report
from .streams import columns_of, say, wants_colour, wants_links

if TYPE_CHECKING:
    from linter.report.domain import Domains
    from linter.run.given_estates import EstateOptions


_WITHOUT_SUMMARY = frozenset({"concise", "grouped", "jsonl", "github", "gitlab", "rdjson", "checkstyle", "junit"})
"""Formats that have a place for findings alone: what does not count is told on standard error."""


class ReportOptions(Protocol):
    """What reporting needs to know of a command line."""

    fail_on: str
    color: str
    quiet: bool
    verbose: bool
    statistics: bool


def problems_of(outcome: Outcome) -> Iterator[Problem]:
    """Why the command could not do all of its work, for reports."""
    for path, reason in outcome.problems:
        yield Problem(f"cannot be read: {shown(reason)}", path)
    for path, reason in outcome.not_zones:
        yield Problem(f"is not a zone: {shown(reason)}", path)
    for crash in outcome.crashes:
        yield Problem(crash_words(crash), crash.path, crash.zone, crash.rule)


def say_problems(outcome: Outcome) -> None:
    """What could not be read, and what failed in mailzone itself, on standard error."""
    for path, reason in outcome.problems:
        say(f"cannot read {shown(path)}: {shown(reason)}")
    for path, reason in outcome.not_zones:
        say(f"{shown(path)} is not a zone: {shown(reason)}")
    say_crashes(outcome.crashes)


def domains_for(options: "EstateOptions") -> "Callable[[int], Domains]":
    """What describes the mail of the zones, when a report asks for it."""

    def describe(most: int) -> "Domains":
        from .domains import described

        return described(options, most)

    return cache(describe)


def report(
    wanted: Sequence[Output],
    outcome: Outcome,
    options: ReportOptions,
    domains: "Callable[[int], Domains]",
    done: str = "checked",
    seen: Seen | None = None,
) -> int:
    """Write what was found, `done` being the word of the summary, `seen` what a comparison learned; the exit status."""
    told = ((output, _told(output, outcome, options, done, domains, seen)) for output in wanted)
    unwritten = [output for output, each in told if not write_report(report_lines(output.name, each), output)]
    if not options.quiet and all(output.name in _WITHOUT_SUMMARY for output in wanted):
        held = tally(outcome.suppressed).words()
        if held:
            say(held)
    if outcome.problems or outcome.not_zones or outcome.crashes or unwritten:
        return 2
    return 1 if any(_fails(finding, options.fail_on, outcome.bounds) for finding in outcome.findings) else 0


def _fails(finding: Finding, given: str, bounds: Mapping[str, str]) -> bool:
    """Whether a finding makes the status 1: by --fail-on, else by the configuration of its file, else where it errs."""
    bound = given or bounds.get(finding.span.source.path) or "error"
    return bound != "never" and at_least(finding.severity, bound)


def _told(
    output: Output,
    outcome: Outcome,
    options: ReportOptions,
    done: str,
    domains: "Callable[[int], Domains]",
    seen: Seen | None,
) -> Report:
    """What a report is made of, for one output."""
    problems = tuple(problems_of(outcome))
    held = tally(outcome.suppressed, outcome.is_since)
    looked = (outcome.files, outcome.zones, outcome.records, outcome.gate)
    counts = Counts(*looked, problems, outcome.skipped, seen, held, _fixes(outcome))
    colour = wants_colour(options.color, sys.stdout, os.environ) and not output.file
    # Of what could not be looked at there is nothing to sum up: "nothing to report" would read as clean.
    is_seen = bool(outcome.files or outcome.findings or not problems)
    links = colour and wants_links(sys.stdout, os.environ)
    columns, is_summed = columns_of(sys.stdout, os.environ), is_seen and not options.quiet
    style = Style(colour, columns, is_summed, done, options.verbose, options.statistics, links)
    findings = outcome.findings
    if output.is_beside:
        from linter.report.github import most_shown

        findings = most_shown(findings)
    told = Report(findings, counts, style, below_root, suppressed=outcome.suppressed)
    return told._replace(domains=domains) if outcome.files else told


def _fixes(outcome: Outcome) -> Fixes:
    fixes = [finding.fix for finding in outcome.findings if finding.fix is not None and finding.fix.patches]
    safe = sum(1 for fix in fixes if fix.is_safe)
    return Fixes(outcome.fixed, safe, len(fixes) - safe)
