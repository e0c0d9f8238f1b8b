"""Findings to reports, and to an exit status: what `check` and `compare` end with."""

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Protocol

from linter.finding import at_least
from linter.report.counts import Counts, Problem, Seen
from linter.report.shown import shown
from linter.run.outcome import Outcome

from .faults import crash_words, say_crashes
from .outputs import Output, write_report
from .streams import columns_of, say, wants_colour

FORMATS = ("text", "json")


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


def report(
    wanted: Iterable[Output], outcome: Outcome, options: ReportOptions, done: str = "checked", seen: Seen | None = None
) -> int:
    """Write what was found, `done` being the word of the summary, `seen` what a comparison learned; the exit status."""
    lines = ((output, _lines(output, outcome, options, done, seen)) for output in wanted)
    unwritten = [output for output, each in lines if not write_report(each, output)]
    if outcome.problems or outcome.not_zones or outcome.crashes or unwritten:
        return 2
    failed = options.fail_on != "never" and any(
        at_least(finding.severity, options.fail_on) for finding in outcome.findings
    )
    return 1 if failed else 0


def _lines(output: Output, outcome: Outcome, options: ReportOptions, done: str, seen: Seen | None) -> list[str]:
    problems = tuple(problems_of(outcome))
    counts = Counts(outcome.files, outcome.zones, outcome.records, outcome.gate, problems, outcome.skipped, seen)
    if output.name == "json":
        from linter.report.json_format import json_report

        return [json_report(outcome.findings, counts)]
    from linter.report.text import Style, text_report

    colour = wants_colour(options.color, sys.stdout, os.environ) and not output.file
    # Of what could not be looked at there is nothing to sum up: "nothing to report" would read as clean.
    is_seen = bool(outcome.files or outcome.findings or not problems)
    columns, is_summed = columns_of(sys.stdout, os.environ), is_seen and not options.quiet
    style = Style(colour, columns, is_summed, done, options.verbose, options.statistics)
    return list(text_report(outcome.findings, counts, style))
