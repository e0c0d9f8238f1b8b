"""`mailzone check`: paths to findings, findings to reports and an exit status."""

import os

from linter.run.check import Checker
from linter.run.claims import Claims
from linter.run.files import Found
from linter.run.outcome import Outcome, joined
from linter.run.parts import Group, groups, part_of, parts
from linter.run.policy import policy_for
from linter.run.refused import Refused
from linter.run.resolvers import Resolvers
from linter.run.shares import in_processes, shares_of
from linter.run.standard_input import standard_input
from linter.run.wanted import wanted_files
from linter.source.file import Unreadable, source_of

from .clock import Clock
from .faults import refused
from .findings import domains_for, report, say_problems
from .options import CheckOptions
from .outputs import report_outputs


def check(options: CheckOptions, clock: Clock) -> int:
    """Run the command; the exit status."""
    try:
        wanted = report_outputs(options.format)
        outcome = _run(options, clock.day)
    except (Refused, Unreadable) as error:
        return refused(error)
    say_problems(outcome)
    return report(wanted, outcome, options, domains_for(options))


def _run(options: CheckOptions, today: str = "") -> Outcome:
    if options.changed:
        from .changed import changed_files

        found = changed_files(options, options.paths)
        options.paths = list(found.files)  # a report describes the zones of these, not what a hook has passed
        # What a hook passes is no claim: of files that are not zones nothing is said.
        return _outcome_of(found, options, today)._replace(skipped=())
    if "-" in options.paths:
        return _check_stdin(options, options.paths, today)
    found = wanted_files(options, options.paths)
    outcome = _outcome_of(found, options, today)
    said = outcome.zones or outcome.layouts or outcome.problems or outcome.not_zones or outcome.crashes
    is_idle = not said and all(finding.rule == "not-a-zone" for finding in outcome.findings)
    if is_idle and (found.folders or found.configurations):
        from .nothing_found import nothing_found

        raise Refused(*nothing_found(found, outcome))
    return outcome


def _outcome_of(found: Found, options: CheckOptions, today: str) -> Outcome:
    resolvers = Resolvers(options.answers, today)
    checked = [(group, _check_group(group, resolvers, options)) for group in groups(options, found)]
    told: set[str] = set()  # one file may be the lock of several configurations
    for _, checker in checked:
        checker.judge_recordings(told)
    return joined([checker.outcome()._replace(gate=group.policy.gate) for group, checker in checked], found)


def _check_group(group: Group, resolvers: Resolvers, options: CheckOptions) -> Checker:
    settings = group.policy.settings
    checker = resolvers.checker(group.policy)
    for part in parts(group):
        estate = part.estate(resolvers.of(settings, part.folder), resolvers.seen)
        checker.tell(part.lost)
        shares = shares_of(part, options.jobs)
        if len(shares) < 2:
            checker.check(part.files, estate, part.claims)
        else:
            checker.gather(in_processes(part, shares, group.policy, options.answers), estate)
    return checker


def _check_stdin(options: CheckOptions, paths: list[str], today: str) -> Outcome:
    """Standard input as one file, among the zones that lie where its name says it does."""
    if len(paths) > 1:
        raise Refused("`-` reads one zone from standard input; no other PATH goes with it")
    name = options.stdin_filename or "<stdin>"
    policy = policy_for(options, os.path.dirname(options.stdin_filename or ""))
    part = part_of(name, policy)
    resolvers = Resolvers(options.answers, today)
    estate = part.estate(resolvers.of(policy.settings, part.folder), resolvers.seen)
    estate.add(*source_of(name, standard_input()))
    checker = resolvers.checker(policy)
    checker.check([name], estate, Claims(frozenset([name])))
    checker.judge_recordings(set())
    return checker.outcome()._replace(gate=policy.gate)
