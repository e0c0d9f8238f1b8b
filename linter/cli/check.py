"""`mailzone check`: paths to findings, findings to reports and an exit status."""

import os
import sys

from linter.finding import Finding, at_least
from linter.lookup.answer import Resolver
from linter.providers.snapshots import Snapshots
from linter.report.counts import Counts
from linter.report.shown import shown
from linter.run.check import Checker, Outcome
from linter.run.estate import Estate, is_split_folder, repository_root
from linter.run.files import Found, estate_folder_files, expand, find_files
from linter.source.file import MAX_OCTETS, source_of
from linter.source.frozen import Frozen
from linter.zone.document import read_document

from .options import CheckOptions
from .outputs import Output, outputs, write_report
from .policy import Policy, Refused, policy_for
from .streams import columns_of, say, wants_colour

FORMATS = ("text", "json")


class _Group(Frozen):
    """Files that share a configuration."""

    policy: Policy
    files: list[str]


def check(options: CheckOptions) -> int:
    """Run the command; the exit status."""
    try:
        wanted = outputs(options.format, FORMATS)
        outcome = _run(options)
    except Refused as error:
        for line in error.lines:
            say(shown(line))
        return 2
    for path, reason in outcome.problems:
        say(f"cannot read {shown(path)}: {shown(reason)}")
    unwritten = [output for output in wanted if not write_report(_lines(output, outcome, options), output.file)]
    if outcome.problems or unwritten:
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
    found_files = find_files(paths)
    beyond = _beyond(options)
    outcomes = [_check_group(group, beyond) for group in _groups(options, found_files)]
    outcome = _joined(outcomes, found_files)
    idle = all(finding.rule == "not-a-zone" for finding in outcome.findings)
    if found_files.folders and idle and not outcome.zones and not outcome.problems:
        listed = ", ".join(f"`{folder}`" for folder in found_files.folders)
        raise Refused(f"no zone file in {listed}")
    return outcome


def _beyond(options: CheckOptions) -> tuple[Resolver, ...]:
    """Who answers for what the zones do not know: recorded answers, and at the end the providers' snapshots."""
    if not options.answers:
        return (Snapshots(),)
    from .answers import recorded_answers

    return (recorded_answers(options.answers), Snapshots())


def _groups(options: CheckOptions, found: Found) -> list[_Group]:
    """Files by the configuration that governs them: the nearest one above each."""
    by_folder: dict[str, Policy] = {}
    groups: dict[str, _Group] = {}
    for file in found.files:
        folder = os.path.dirname(file)
        if folder not in by_folder:
            by_folder[folder] = policy_for(options, folder)
        policy = by_folder[folder]
        groups.setdefault(os.path.realpath(policy.settings.path), _Group(policy, [])).files.append(file)
    return list(groups.values())


def _check_group(group: _Group, beyond: tuple[Resolver, ...]) -> Outcome:
    settings = group.policy.settings
    checker = Checker(group.policy.rules, settings)
    if settings.zones:
        declared = find_files(expand(settings.zones, settings.folder)).files
        known = {os.path.realpath(path): path for path in group.files}
        # A file named on the command line keeps the spelling it was given there.
        paths = [known.get(os.path.realpath(path), path) for path in declared]
        together = dict.fromkeys([*paths, *group.files])
        checker.check(group.files, Estate(together, repository_root(group.files[0]), beyond))
        return checker.outcome()
    by_folder: dict[str, list[str]] = {}
    for file in group.files:
        folder = os.path.dirname(file)
        by_folder.setdefault(os.path.dirname(folder) if is_split_folder(folder) else folder, []).append(file)
    for folder, files in by_folder.items():
        paths = list(dict.fromkeys([*estate_folder_files(folder), *files]))
        checker.check(files, Estate(paths, repository_root(files[0]), beyond))
    return checker.outcome()


def _joined(outcomes: list[Outcome], found: Found) -> Outcome:
    findings = sorted((finding for outcome in outcomes for finding in outcome.findings), key=_path)
    return Outcome(
        tuple(findings),
        sum(outcome.files for outcome in outcomes),
        sum(outcome.zones for outcome in outcomes),
        sum(outcome.records for outcome in outcomes),
        (*found.problems, *(problem for outcome in outcomes for problem in outcome.problems)),
    )


def _path(finding: Finding) -> str:
    return finding.span.source.path


def _check_stdin(options: CheckOptions, paths: list[str]) -> Outcome:
    """Standard input as one file, among the zones that lie where its name says it does."""
    if len(paths) > 1:
        raise Refused("`-` reads one zone from standard input; no other PATH can stand beside it")
    name = options.stdin_filename or "<stdin>"
    folder = os.path.dirname(options.stdin_filename or "")
    policy = policy_for(options, folder)
    source, fault = source_of(name, sys.stdin.buffer.read(MAX_OCTETS + 1))
    from linter.source.include import Includer

    root = repository_root(options.stdin_filename or "")
    document = read_document(source, fault, Includer(root))
    settings = policy.settings
    if settings.zones:
        others = find_files(expand(settings.zones, settings.folder)).files
    else:
        others = estate_folder_files(folder) if options.stdin_filename else ()
    same = os.path.realpath(name)
    estate = Estate([path for path in others if os.path.realpath(path) != same], root, _beyond(options))
    estate.add(source, document)
    checker = Checker(policy.rules, settings)
    checker.check([name], estate)
    return checker.outcome()


def _lines(output: Output, outcome: Outcome, options: CheckOptions) -> list[str]:
    counts = Counts(outcome.files, outcome.zones, outcome.records)
    if output.name == "json":
        from linter.report.json_format import json_report

        return [json_report(outcome.findings, counts)]
    from linter.report.text import Style, text_report

    colour = wants_colour(options.color, sys.stdout, os.environ) and not output.file
    # Of what could not be looked at there is nothing to sum up: "nothing to report" would read as clean.
    seen = bool(outcome.files or outcome.findings or not outcome.problems)
    style = Style(colour, columns_of(sys.stdout, os.environ), seen and not options.quiet)
    return list(text_report(outcome.findings, counts, style))
