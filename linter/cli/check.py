"""`mailzone check`: paths to findings, findings to reports and an exit status."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from linter.finding import Finding, at_least
from linter.report.counts import Counts, Gate, Problem
from linter.report.shown import shown
from linter.run.assembly import Assembly, assemblies
from linter.run.check import Outcome
from linter.run.claims import Claims
from linter.run.crashes import Crashes
from linter.run.files import (
    Found,
    estate_folder_files,
    files_by_view,
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
from .policy import Options, Policy, Refused, config_for, policy_for, refused
from .shares import Part, in_processes, shares_of
from .standard_input import standard_input
from .streams import columns_of, say, wants_colour
from .wanted import declared_files, wanted_files

FORMATS = ("text", "json")


class ReportOptions(Protocol):
    """What reporting needs to know of a command line."""

    fail_on: str
    color: str
    quiet: bool
    verbose: bool
    statistics: bool


class Group(Frozen):
    """Files that share a configuration; `named` are paths that were given, `configurations` octoDNS's among them."""

    policy: Policy
    files: list[str]
    named: frozenset[str] = frozenset()
    configurations: tuple[str, ...] = ()
    are_changes: bool = False


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


def report(wanted: Iterable[Output], outcome: Outcome, options: ReportOptions, done: str = "checked") -> int:
    """Write what was found, `done` being the word of the summary; the exit status."""
    unwritten = [output for output in wanted if not write_report(_lines(output, outcome, options, done), output)]
    if outcome.problems or outcome.not_zones or outcome.crashes or unwritten:
        return 2
    failed = options.fail_on != "never" and any(
        at_least(finding.severity, options.fail_on) for finding in outcome.findings
    )
    return 1 if failed else 0


def _run(options: CheckOptions) -> Outcome:
    if options.changed:
        from .changed import changed_files

        # What a hook passes is no claim: of files that are not zones nothing is said.
        return _outcome_of(changed_files(options, options.paths), options)._replace(skipped=())
    if "-" in options.paths:
        return _check_stdin(options, options.paths)
    found = wanted_files(options, options.paths)
    outcome = _outcome_of(found, options)
    said = outcome.zones or outcome.layouts or outcome.problems or outcome.not_zones or outcome.crashes
    is_idle = not said and all(finding.rule == "not-a-zone" for finding in outcome.findings)
    if is_idle and (found.folders or found.configurations):
        from .nothing_found import nothing_found

        raise Refused(*nothing_found(found, outcome))
    return outcome


def _outcome_of(found: Found, options: CheckOptions) -> Outcome:
    beyond = Beyond(options.answers)
    return joined([_check_group(group, beyond, options) for group in groups(options, found)], found)


def groups(options: Options, found: Found) -> list[Group]:
    """Files by the configuration that governs them: the nearest one above each."""
    by_folder: dict[str, Policy] = {}
    by_path: dict[str, Policy] = {}
    found_groups: dict[str, Group] = {}
    are_changes = bool(getattr(options, "changed", False))
    for file in found.files:
        folder = os.path.dirname(file)
        if folder not in by_folder:
            path = config_for(options, folder)
            if path not in by_path:
                by_path[path] = policy_for(options, folder)
            by_folder[folder] = by_path[path]
        policy = by_folder[folder]
        if file not in found.named and policy.settings.excludes(file):
            continue
        fresh = Group(policy, [], found.named, found.configurations, are_changes)
        found_groups.setdefault(os.path.realpath(policy.settings.path), fresh).files.append(file)
    return list(found_groups.values())


def _check_group(group: Group, beyond: Beyond, options: CheckOptions) -> Outcome:
    settings = group.policy.settings
    checker = beyond.checker(group.policy)
    for part in parts(group):
        estate = part.estate(beyond.of(settings, part.folder), beyond.seen)
        checker.tell(part.lost)
        shares = shares_of(part, options.jobs)
        if len(shares) < 2:
            checker.check(part.files, estate, part.claims)
        else:
            checker.gather(in_processes(part, shares, group.policy, options.answers), estate)
    return checker.outcome()._replace(gate=group.policy.gate)


def parts(group: Group) -> Iterator[Part]:
    """The estates of a group: one for each octoDNS configuration, and of what no such configuration reads one for a
    configuration with `zones`, else one for each folder.
    """
    settings, left = group.policy.settings, group.files
    is_whole = bool(settings.zones)
    declared = find_files(declared_files(settings)).files if is_whole else ()
    views = files_by_view(settings.views, settings.folder)
    claims = Claims(group.named, frozenset(respelled(declared, group.files)), group.are_changes)
    assembled = assemblies((os.path.dirname(file) for file in group.files), group.configurations)
    for found in assembled:
        files = [file for file in group.files if found.holds(file)]
        if files:
            left = [file for file in left if not found.holds(file)]
            yield _of_assembly(files, found, group, claims, declared, views)
    for found in assembled:
        files = [file for file in left if found.has_parts_in(os.path.dirname(file))]
        if files:
            left = [file for file in left if file not in {*files}]
            yield _of_assembly(files, found, group, claims, declared, views)
    for found in assembled:
        files = [file for file in left if found.lost and os.path.normpath(file) == os.path.normpath(found.path)]
        if files:
            left = [file for file in left if file not in files]
            yield Part(files, files, found.base, None, is_whole, views, claims, found.lost)
    if is_whole and left:
        together = dict.fromkeys(respelled((*declared, *left), group.files))
        yield Part(left, list(together), settings.folder, None, True, views, claims)
    elif left:
        yield from _by_folder(left, views, claims)


def _of_assembly(
    files: list[str],
    assembly: Assembly,
    group: Group,
    claims: Claims,
    declared: tuple[str, ...],
    views: Mapping[str, str],
) -> Part:
    """The files that lie in folders of one octoDNS configuration."""
    spelled = assembly.spelled(group.files).told(group.policy.settings.publishing)
    paths = dict.fromkeys((*spelled.paths, *respelled(declared, group.files)))
    held = claims._replace(held=claims.held | {*files})
    return Part(files, list(paths), assembly.base, spelled, bool(group.policy.settings.zones), views, held)


def _by_folder(given: list[str], views: Mapping[str, str], claims: Claims) -> Iterator[Part]:
    by_folder: dict[str, list[str]] = {}
    for file in given:
        folder = os.path.dirname(file)
        above = os.path.dirname(folder) if is_split_folder(folder) else folder
        # `a.yaml` and `./b.yaml` lie in one folder, and each keeps its spelling.
        by_folder.setdefault(os.path.normpath(above or "."), []).append(file)
    for place, files in by_folder.items():
        folder = "" if place == "." else place
        together = {os.path.normpath(path): path for path in (*estate_folder_files(folder), *files)}
        yield Part(files, list(together.values()), folder, None, False, views, claims)


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
        tuple(path for outcome in outcomes for path in outcome.skipped),
        tuple(each for outcome in outcomes for each in outcome.not_zones),
        sum(outcome.layouts for outcome in outcomes),
    )


def _path(finding: Finding) -> str:
    return finding.span.source.path


def _check_stdin(options: CheckOptions, paths: list[str]) -> Outcome:
    """Standard input as one file, among the zones that lie where its name says it does."""
    if len(paths) > 1:
        raise Refused("`-` reads one zone from standard input; no other PATH goes with it")
    name = options.stdin_filename or "<stdin>"
    policy = policy_for(options, os.path.dirname(options.stdin_filename or ""))
    part = part_of(name, policy)
    beyond = Beyond(options.answers)
    estate = part.estate(beyond.of(policy.settings, part.folder), beyond.seen)
    estate.add(*source_of(name, standard_input()))
    checker = beyond.checker(policy)
    checker.check([name], estate, Claims(frozenset([name])))
    return checker.outcome()._replace(gate=policy.gate)


def part_of(name: str, policy: Policy) -> Part:
    """The estate that standard input belongs to by its name, a file that need not be there."""
    if name == "<stdin>" and not policy.settings.zones:
        return Part([name], [], "")
    return next(parts(Group(policy, [name])))


def _lines(output: Output, outcome: Outcome, options: ReportOptions, done: str) -> list[str]:
    problems = tuple(problems_of(outcome))
    counts = Counts(outcome.files, outcome.zones, outcome.records, outcome.gate, problems, outcome.skipped)
    if output.name == "json":
        from linter.report.json_format import json_report

        return [json_report(outcome.findings, counts)]
    from linter.report.text import Style, text_report

    colour = wants_colour(options.color, sys.stdout, os.environ) and not output.file
    # Of what could not be looked at there is nothing to sum up: "nothing to report" would read as clean.
    seen = bool(outcome.files or outcome.findings or not problems)
    columns, is_summed = columns_of(sys.stdout, os.environ), seen and not options.quiet
    style = Style(colour, columns, is_summed, done, options.verbose, options.statistics)
    return list(text_report(outcome.findings, counts, style))
