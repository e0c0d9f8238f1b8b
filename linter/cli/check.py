"""`mailzone check`: paths to findings, findings to reports and an exit status."""

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Protocol

from linter.finding import Finding, at_least
from linter.report.counts import Counts, Gate, Problem, Seen
from linter.report.shown import shown
from linter.run.assembly import assemblies, named_files
from linter.run.check import Outcome
from linter.run.crashes import Crashes
from linter.run.files import (
    Found,
    estate_folder_files,
    expand,
    find_files,
    is_split_folder,
    respelled,
)
from linter.source.file import Unreadable, source_of
from linter.source.frozen import Frozen

from .beyond import Beyond
from .faults import crash_words, say_crashes
from .options import CheckOptions
from .outputs import Output, outputs, write_report
from .policy import Options, Policy, Refused, policy_for, refused
from .shares import Part, in_processes, shares_of
from .standard_input import standard_input
from .streams import columns_of, say, wants_colour

FORMATS = ("text", "json")


class ReportOptions(Protocol):
    """What reporting needs to know of a command line."""

    fail_on: str
    color: str
    quiet: bool


class Group(Frozen):
    """Files that share a configuration."""

    policy: Policy
    files: list[str]


def check(options: CheckOptions) -> int:
    """Run the command; the exit status."""
    try:
        wanted = outputs(options.format, FORMATS)
        outcome = _run(options)
    except (Refused, Unreadable) as error:
        return refused(error)
    say_problems(outcome)
    return report(wanted, outcome, options)


def problems_of(outcome: Outcome) -> Iterator[Problem]:
    """Why the command could not do all of its work, for reports."""
    for path, reason in outcome.problems:
        yield Problem(f"cannot be read: {shown(reason)}", path)
    for crash in outcome.crashes:
        yield Problem(crash_words(crash), crash.path, crash.zone, crash.rule)


def say_problems(outcome: Outcome) -> None:
    """What could not be read, and what failed in mailzone itself, on standard error."""
    for path, reason in outcome.problems:
        say(f"cannot read {shown(path)}: {shown(reason)}")
    say_crashes(outcome.crashes)


def report(
    wanted: Iterable[Output], outcome: Outcome, options: ReportOptions, done: str = "checked", seen: Seen | None = None
) -> int:
    """Write what was found, `done` being the word of the summary, `seen` what a comparison learned; the exit status."""
    lines = ((output, _lines(output, outcome, options, done, seen)) for output in wanted)
    unwritten = [output for output, each in lines if not write_report(each, output)]
    if outcome.problems or outcome.crashes or unwritten:
        return 2
    failed = options.fail_on != "never" and any(
        at_least(finding.severity, options.fail_on) for finding in outcome.findings
    )
    return 1 if failed else 0


def _run(options: CheckOptions) -> Outcome:
    paths = list(options.paths)
    if not paths:
        policy = policy_for(options, "")
        found = expand(policy.settings.zones, policy.settings.folder)
        if policy.settings.zones and not found:
            raise Refused(f"`zones` of {policy.settings.path} matches no file")
        paths = list(found) or ["."]
    if "-" in paths:
        return _check_stdin(options, paths)
    found_files = named_files(paths)
    beyond = Beyond(options.answers)
    outcomes = [_check_group(group, beyond, options) for group in groups(options, found_files)]
    outcome = joined(outcomes, found_files)
    idle = all(finding.rule == "not-a-zone" for finding in outcome.findings)
    if found_files.folders and idle and not outcome.zones and not outcome.problems and not outcome.crashes:
        listed = ", ".join(f"`{folder}`" for folder in found_files.folders)
        raise Refused(f"no zone file in {listed}")
    return outcome


def groups(options: Options, found: Found) -> list[Group]:
    """Files by the configuration that governs them: the nearest one above each."""
    by_folder: dict[str, Policy] = {}
    found_groups: dict[str, Group] = {}
    for file in found.files:
        folder = os.path.dirname(file)
        if folder not in by_folder:
            by_folder[folder] = policy_for(options, folder)
        policy = by_folder[folder]
        found_groups.setdefault(os.path.realpath(policy.settings.path), Group(policy, [])).files.append(file)
    return list(found_groups.values())


def _check_group(group: Group, beyond: Beyond, options: CheckOptions) -> Outcome:
    settings = group.policy.settings
    checker = beyond.checker(group.policy)
    for part in parts(group):
        estate = part.estate(beyond.of(settings, part.folder), beyond.seen)
        shares = shares_of(part, options.jobs)
        if len(shares) < 2:
            checker.check(part.files, estate)
        else:
            checker.gather(in_processes(part, shares, group.policy, options.answers), estate)
    return checker.outcome()._replace(gate=group.policy.gate)


def parts(group: Group) -> Iterator[Part]:
    """The estates of a group: one for each octoDNS configuration, and of what no such configuration reads one for a
    configuration with `zones`, else one for each folder.
    """
    settings, left = group.policy.settings, group.files
    is_whole = bool(settings.zones)
    declared = find_files(expand(settings.zones, settings.folder)).files if is_whole else ()
    for found in assemblies(os.path.dirname(file) for file in group.files):
        files = [file for file in group.files if found.holds(file)]
        if files:
            left = [file for file in left if not found.holds(file)]
            assembly = found.spelled(group.files)
            paths = dict.fromkeys((*assembly.paths, *respelled(declared, group.files)))
            yield Part(files, list(paths), found.base, assembly, is_whole)
    if is_whole and left:
        together = dict.fromkeys(respelled((*declared, *left), group.files))
        yield Part(left, list(together), settings.folder, is_whole=True)
    elif left:
        yield from _by_folder(left)


def _by_folder(given: list[str]) -> Iterator[Part]:
    by_folder: dict[str, list[str]] = {}
    for file in given:
        folder = os.path.dirname(file)
        above = os.path.dirname(folder) if is_split_folder(folder) else folder
        # `a.yaml` and `./b.yaml` lie in one folder, and each keeps its spelling.
        by_folder.setdefault(os.path.normpath(above or "."), []).append(file)
    for place, files in by_folder.items():
        folder = "" if place == "." else place
        together = {os.path.normpath(path): path for path in (*estate_folder_files(folder), *files)}
        yield Part(files, list(together.values()), folder)


def joined(outcomes: list[Outcome], found: Found) -> Outcome:
    """Several outcomes as one, with what could not be found at all."""
    crashes = Crashes()
    gate = Gate()
    for outcome in outcomes:
        crashes.add(outcome.crashes)
        gate = gate.beside(outcome.gate)
    findings = sorted((finding for outcome in outcomes for finding in outcome.findings), key=_path)
    return Outcome(
        tuple(findings),
        sum(outcome.files for outcome in outcomes),
        sum(outcome.zones for outcome in outcomes),
        sum(outcome.records for outcome in outcomes),
        (*found.problems, *(problem for outcome in outcomes for problem in outcome.problems)),
        crashes.all(),
        gate,
    )


def _path(finding: Finding) -> str:
    return finding.span.source.path


def _check_stdin(options: CheckOptions, paths: list[str]) -> Outcome:
    """Standard input as one file, among the zones that lie where its name says it does."""
    if len(paths) > 1:
        raise Refused("`-` reads one zone from standard input; no other PATH can stand beside it")
    name = options.stdin_filename or "<stdin>"
    policy = policy_for(options, os.path.dirname(options.stdin_filename or ""))
    part = part_of(name, policy)
    beyond = Beyond(options.answers)
    estate = part.estate(beyond.of(policy.settings, part.folder), beyond.seen)
    estate.add(*source_of(name, standard_input()))
    checker = beyond.checker(policy)
    checker.check([name], estate)
    return checker.outcome()._replace(gate=policy.gate)


def part_of(name: str, policy: Policy) -> Part:
    """The estate that standard input belongs to by its name, a file that need not be there."""
    if name == "<stdin>" and not policy.settings.zones:
        return Part([name], [], "")
    return next(parts(Group(policy, [name])))


def _lines(output: Output, outcome: Outcome, options: ReportOptions, done: str, seen: Seen | None) -> list[str]:
    counts = Counts(outcome.files, outcome.zones, outcome.records, outcome.gate, tuple(problems_of(outcome)), seen)
    if output.name == "json":
        from linter.report.json_format import json_report

        return [json_report(outcome.findings, counts)]
    from linter.report.text import Style, text_report

    colour = wants_colour(options.color, sys.stdout, os.environ) and not output.file
    # Of what could not be looked at there is nothing to sum up: "nothing to report" would read as clean.
    is_seen = bool(outcome.files or outcome.findings or not outcome.problems)
    style = Style(colour, columns_of(sys.stdout, os.environ), is_seen and not options.quiet, done)
    return list(text_report(outcome.findings, counts, style))
