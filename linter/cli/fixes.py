"""`check --fix` and its kin: files with their findings fixed, as a diff or written, and what is left to report."""

import sys
from collections.abc import Callable, Iterator, Sequence
from copy import copy

from linter.finding import Fix
from linter.records.text.fault import count
from linter.report.shown import shown
from linter.report.unified_diff import diff_lines
from linter.run.fixing import Text, fixed, is_as_read
from linter.run.outcome import Outcome
from linter.run.refused import Refused
from linter.source.file import Unreadable

from .findings import domains_for, report, say_problems
from .options import CheckOptions
from .outputs import Output, try_file, write_file
from .streams import say, write_lines

Judge = Callable[[CheckOptions], Outcome]
"""Checks what options name."""


def fix(options: CheckOptions, wanted: Sequence[Output], judge: Judge) -> int:
    """Fix what is found, as the options ask; the exit status. Raises Refused, Unreadable."""
    _refuse_contradictions(options)

    def is_wanted(each: Fix) -> bool:
        return each.is_safe or options.unsafe_fixes

    judged = copy(options)

    def found() -> Outcome:
        judged.paths = list(options.paths)  # a run may put others in their place
        return judge(judged)

    texts, outcome = fixed(found, is_wanted)
    if options.diff:
        write_lines(_diff(texts), sys.stdout)
        say_problems(outcome)
        _say_count(outcome, "would be fixed", options)
        return 2 if _is_failed(outcome) else int(bool(texts))
    _write(texts)
    say_problems(outcome)
    if options.fix_only:
        _say_count(outcome, "fixed", options)
        return 2 if _is_failed(outcome) else 0
    return report(wanted, outcome, options, domains_for(judged))


def _refuse_contradictions(options: CheckOptions) -> None:
    if not (options.fix or options.fix_only or options.diff):
        raise Refused("--unsafe-fixes says which fixes are made; give it with --fix, --fix-only or --diff")
    if "-" in options.paths:
        raise Refused("fixes are made in files; `-` is standard input")
    if options.create_baseline or options.prune_baseline:
        which = "--create-baseline" if options.create_baseline else "--prune-baseline"
        raise Refused(f"{which} is about what is found in the files as they are; fix these first")
    if options.format and (options.diff or options.fix_only):
        which = "--diff" if options.diff else "--fix-only"
        raise Refused(f"{which} makes no report, so `-f` has nothing to say there")


def _is_failed(outcome: Outcome) -> bool:
    return bool(outcome.problems or outcome.not_zones or outcome.crashes)


def _say_count(outcome: Outcome, done: str, options: CheckOptions) -> None:
    if not options.quiet:
        say(f"{count(outcome.fixed or 0, 'finding')} {done}")


def _write(texts: Sequence[Text]) -> None:
    """Write the files, once it is known as far as it can be that all of them can be written. Raises Unreadable."""
    for text in texts:
        try_file(text.path, own=True)
        if not is_as_read(text):
            raise Unreadable(text.path, "has changed since it was read, so nothing is fixed")
    for text in texts:
        write_file(text.path, text.octets, own=True)


def _diff(texts: Sequence[Text]) -> Iterator[str]:
    """A unified diff of all files; what is not to be printed is only escaped where somebody looks at it."""
    is_terminal = sys.stdout.isatty()
    for text in texts:
        lines = diff_lines(text.path, text.before, text.after)
        yield from map(shown, lines) if is_terminal else lines
