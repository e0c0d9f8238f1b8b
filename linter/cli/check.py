"""`mailzone check`: paths to findings, findings to reports and an exit status."""

import os

from linter.config.settings import Settings
from linter.run.check import Checker
from linter.run.estate import Estate
from linter.run.files import Found
from linter.run.outcome import Judged, Outcome, joined
from linter.run.parts import Group, Part, groups, parts
from linter.run.policy import Policy, answers_for, policy_for
from linter.run.refused import Refused
from linter.run.resolvers import Resolvers
from linter.run.wanted import wanted_files
from linter.source.file import Unreadable, source_of
from linter.source.typed import TYPE_CHECKING

from .faults import refused
from .findings import domains_for, report, say_problems
from .options import CheckOptions
from .outputs import report_outputs

if TYPE_CHECKING:
    from linter.run.loads import Cluster


def check(options: CheckOptions) -> int:
    """Run the command; the exit status."""
    if options.executor is not None and options.cluster is None:
        return _elsewhere(options)
    try:
        wanted = report_outputs(options.format)
        if _names_baseline(options) or options.since is not None:
            from .baselines import refuse_what_is_partial

            refuse_what_is_partial(options)
        if options.fix or options.unsafe_fixes or options.fix_only or options.diff:
            from .fixes import fix

            return fix(options, wanted, _found)
        outcome = _found(options)
        if any(finding.fix is not None for finding in outcome.findings):
            from linter.run.fixing import with_patches  # few runs find what can be fixed

            outcome = with_patches(outcome)
    except (Refused, Unreadable) as error:
        return refused(error)
    say_problems(outcome)
    return report(wanted, outcome, options, domains_for(options))


def _elsewhere(options: CheckOptions) -> int:
    """The same, judged by others."""
    from .elsewhere import judging_elsewhere

    try:
        with judging_elsewhere(options):
            return check(options)
    except Refused as error:
        return refused(error)


def _found(options: CheckOptions) -> Outcome:
    """What is found and counts. Raises Refused, Unreadable."""
    outcome = _run(options)
    if options.since is None:
        return outcome
    from .since import since

    return since(outcome, options, _judge)


def _run(options: CheckOptions) -> Outcome:
    if options.changed:
        from .changed import changed_files

        found = changed_files(options, options.paths)
        options.paths = list(found.files)  # a report describes the zones of these, not what a hook has passed
        # What a hook passes is not a claim: of files that are not zones nothing is said.
        return _outcome_of(found, options)._replace(skipped=())
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


def _judge(options: CheckOptions) -> Outcome:
    """What is found in all that options name, without a word where that is nothing."""
    return _outcome_of(wanted_files(options, options.paths), options)


def _outcome_of(found: Found, options: CheckOptions) -> Outcome:
    return joined(_counted(_outcomes(found, options), options), found)


def _names_baseline(options: CheckOptions) -> bool:
    return options.baseline is not None or options.create_baseline or options.prune_baseline


def _counted(outcomes: list[tuple[Outcome, Settings]], options: CheckOptions) -> list[Outcome]:
    """The outcomes without what baselines have, where there are any."""
    if not (_names_baseline(options) or any(each.defaults and each.defaults.baseline for _, each in outcomes)):
        return [outcome for outcome, _ in outcomes]
    from .baselines import with_baselines

    return with_baselines(outcomes, options, _of_all)


def _of_all(options: CheckOptions) -> list[tuple[Outcome, Settings]]:
    """What all of the repository comes to, whatever files the options name, and no baseline."""
    from .since import whole

    wanted = whole(options)
    return _outcomes(wanted_files(wanted, wanted.paths), wanted)


def _outcomes(found: Found, options: CheckOptions) -> list[tuple[Outcome, Settings]]:
    """What files come to, by the configurations that they are judged by."""
    resolvers: dict[tuple[str, ...], Resolvers] = {}
    checked: list[tuple[Checker, Policy]] = []
    for group in groups(options, found):
        answers = answers_for(options, group.policy.settings)
        if tuple(answers) not in resolvers:
            resolvers[tuple(answers)] = Resolvers(answers)
        checker = _check_group(group, resolvers[tuple(answers)], answers, options)
        checked.append((checker, group.policy))
    told: set[str] = set()  # one file may be the lock of several configurations
    for checker, _ in checked:
        checker.judge_recordings(told)
    return [(_with_policy(checker.outcome(), policy), policy.settings) for checker, policy in checked]


def _check_group(group: Group, resolvers: Resolvers, answers: list[str], options: CheckOptions) -> Checker:
    settings = group.policy.settings
    checker = resolvers.checker(group.policy)
    found = list(parts(group))
    judged = _judged_elsewhere(options.cluster, found, group.policy, answers) if options.cluster is not None else []
    for number, part in enumerate(found):
        estate = part.estate(resolvers.of(settings, part.folder), resolvers.seen)
        checker.tell(part.lost)
        if judged:
            checker.gather(judged[number], estate)
        elif len(part.files) == 1:
            checker.check(part.files, estate, part.claims)
        else:
            _check_shares(part, estate, checker, group.policy, (answers, options.jobs))
    return checker


def _judged_elsewhere(cluster: "Cluster", found: list[Part], policy: Policy, answers: list[str]) -> list[list[Judged]]:
    from linter.run.loads import judged_afar
    from linter.run.shares import Share

    return judged_afar(cluster, [Share(part.files, part, policy, answers) for part in found])


def _with_policy(outcome: Outcome, policy: Policy) -> Outcome:
    """What was found, with what the policy says of that."""
    outcome = outcome._replace(gate=policy.gate)
    return outcome._replace(bounds=policy.bounds(outcome.findings))


def _check_shares(
    part: Part, estate: Estate, checker: Checker, policy: Policy, answers_and_jobs: tuple[list[str], int]
) -> None:
    """A part that may be worth several processes."""
    from linter.run.shares import in_processes, shares_of

    answers, jobs = answers_and_jobs
    shares = shares_of(part, jobs)
    if len(shares) < 2:
        checker.check(part.files, estate, part.claims)
    else:
        checker.gather(in_processes(part, shares, policy, answers), estate)


def _check_stdin(options: CheckOptions, paths: list[str]) -> Outcome:
    """Standard input as one file, among the zones that lie where its name says it does."""
    from linter.run.given_text import judged
    from linter.run.standard_input import standard_input

    if len(paths) > 1:
        raise Refused("`-` reads one zone from standard input; no other PATH goes with it")
    name = options.stdin_filename or "<stdin>"
    policy = policy_for(options, os.path.dirname(options.stdin_filename or ""))
    found = judged(name, *source_of(name, standard_input()), policy, answers_for(options, policy.settings))
    outcome = _with_policy(found, policy)
    return _counted([(outcome, policy.settings)], options)[0]
