"""`check` with a baseline: findings that it has do not count; it is written and pruned when that is asked for."""

import os
from collections.abc import Callable, Sequence

from linter.config.settings import Settings
from linter.finding import Finding
from linter.records.text.fault import count
from linter.report.shown import shown_path
from linter.report.suppressed import BASELINE, Suppressed
from linter.run.outcome import Outcome
from linter.run.refused import Refused
from linter.source.frozen import Frozen
from linter.source.inputs import note_inputs
from linter.source.repository import repository_root
from linter.source.typed import TypeAlias

from .options import CheckOptions
from .outputs import below_root, write_file
from .streams import say


class _Named(Frozen):
    """A baseline by its path, and who asks for it: "" for the place where a new one is written."""

    path: str
    asked_by: str


def refuse_what_is_partial(options: CheckOptions) -> None:
    """A baseline that is written is about all findings. Raises Refused where options leave some out."""
    if options.create_baseline and options.prune_baseline:
        raise Refused("--create-baseline and --prune-baseline: give one of them")
    writing = "--create-baseline" if options.create_baseline else "--prune-baseline" if options.prune_baseline else ""
    partial = {"--changed": options.changed, "--since": options.since is not None, "-": "-" in options.paths}
    partial |= {"--select": bool(options.select), "--ignore": bool(options.ignore)}
    given = [name for name in partial if partial[name]]
    if writing and given:
        raise Refused(f"{writing} is about all findings, and `{given[0]}` leaves some out")
    if options.since is not None and "-" in options.paths:
        raise Refused("--since: name files; `-` is standard input, which no revision has")
    if options.baseline == "":
        raise Refused("`--baseline` names no file")


Judged: TypeAlias = Sequence[tuple[Outcome, Settings]]
"""What was found, by the configurations that it was judged by."""


def with_baselines(outcomes: Judged, options: CheckOptions, of_all: Callable[[CheckOptions], Judged]) -> list[Outcome]:
    """The outcomes without what their baselines have. Raises Refused, and Unreadable for one that cannot be written.

    `of_all` judges all of the repository: whether an entry of a file that was named is fixed, or has moved to another
    file, is seen there alone.
    """
    named = [_named(settings, options) for _, settings in outcomes]
    if options.prune_baseline:
        everywhere = of_all(options) if options.paths else outcomes
        for each in dict.fromkeys(filter(None, named)):
            _prune(each, _findings_of(each, everywhere, options), options)
    known: dict[int, Finding] = {}
    for each in dict.fromkeys(filter(None, named)):
        findings = _findings_of(each, outcomes, options)
        known |= {id(finding): finding for finding in _known(each, findings, options)}
    return [without(outcome, lambda finding: id(finding) in known, BASELINE) for outcome, _ in outcomes]


def without(outcome: Outcome, is_known: Callable[[Finding], bool], means: str, reason: str = "") -> Outcome:
    """An outcome in which findings that are known do not count, by one of the means that there are."""
    kept = tuple(finding for finding in outcome.findings if not is_known(finding))
    if len(kept) == len(outcome.findings):
        return outcome
    held = tuple(Suppressed(finding, means, reason) for finding in outcome.findings if is_known(finding))
    return outcome._replace(findings=kept, suppressed=(*outcome.suppressed, *held))


def _findings_of(named: _Named, outcomes: Judged, options: CheckOptions) -> list[Finding]:
    """The findings that a baseline may have: those of all configurations that name it."""
    held = (outcome for outcome, settings in outcomes if _named(settings, options) == named)
    return sorted((finding for outcome in held for finding in outcome.findings), key=_path)


def _path(finding: Finding) -> str:
    return finding.span.source.path


def _named(settings: Settings, options: CheckOptions) -> _Named | None:
    """The baseline of what a configuration governs; None without one. Raises Refused."""
    if options.baseline:
        return _Named(options.baseline, "--baseline")
    if settings.defaults and settings.defaults.baseline:
        return _Named(settings.defaults.baseline, f"`baseline` of {settings.path}")
    if options.prune_baseline:
        raise Refused("--prune-baseline: `--baseline FILE`, or `baseline: FILE` in .mailzone.yaml, says which one")
    if options.create_baseline:
        from linter.run.baseline import FILE_NAME

        return _Named(os.path.join(settings.folder, FILE_NAME), "")
    return None


def _known(named: _Named, findings: list[Finding], options: CheckOptions) -> tuple[Finding, ...]:
    """The findings that a baseline has, once it is what it is to be."""
    from linter.run.baseline import baseline_of, baseline_text, require

    if options.create_baseline:
        made = baseline_of(named.path, findings)
        write_file(named.path, baseline_text(findings, below_root), own=True)
        use = "" if named.asked_by else f"; `baseline: {os.path.basename(named.path)}` in .mailzone.yaml has it count"
        say(f"{count(len(made.entries), 'finding')} written into {shown_path(named.path)}{use}")
        return made.split(findings).known
    note_inputs((named.path,))
    return require(named.path, named.asked_by).split(findings).known


def _prune(named: _Named, findings: list[Finding], options: CheckOptions) -> None:
    """Take out what is fixed, as far as it lay in what the options name; the findings are those of all files."""
    from linter.run.baseline import baseline_text, entries_left, require

    baseline = require(named.path, named.asked_by)
    split = baseline.split(findings)
    kept = entries_left(baseline, split.used, _is_judged(options.paths))
    gone = len(baseline.entries) - len(split.used) - len(kept)
    if gone:
        write_file(baseline.path, baseline_text(findings, below_root, kept, only=split.used), own=True)
    left = count(len(split.used) + len(kept), "finding")
    say(f"{count(gone, 'fixed finding')} taken out of {shown_path(baseline.path)}, {left} left")


def _is_judged(paths: Sequence[str]) -> Callable[[str], bool]:
    """Whether a file, by its path from the root of the repository, was among those of the command line or is gone."""
    root = repository_root("")
    places = [os.path.join(os.path.realpath(path), "") for path in paths]

    def is_judged(path: str) -> bool:
        real = os.path.realpath(os.path.join(root, path))
        return not places or not os.path.lexists(real) or any(f"{real}{os.sep}".startswith(each) for each in places)

    return is_judged
