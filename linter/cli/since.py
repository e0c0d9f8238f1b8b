"""`check --since REF`: what that revision had already does not count; both are judged whole."""

import os
from collections.abc import Callable
from copy import copy

from linter.finding import Finding
from linter.report.suppressed import SINCE
from linter.run.known_before import known_before
from linter.run.outcome import Outcome
from linter.run.refused import Refused
from linter.run.revisions import Revision, revision
from linter.source.file import Unreadable
from linter.source.repository import repository_root

from .baselines import without
from .options import CheckOptions
from .streams import say

Judge = Callable[[CheckOptions], Outcome]
"""Judges what options name."""


def since(outcome: Outcome, options: CheckOptions, judge: Judge) -> Outcome:
    """An outcome without what the revision of the options had already. Raises Refused where git does not have it."""
    word = options.since
    if not word:
        raise Refused("`--since` names no revision")
    with revision(word, _folder(options)) as at:
        before = _before(at, options, judge)
        now = judge(whole(options)).findings if options.paths else outcome.findings
        rows = known_before(now, before, os.path.realpath, lambda path: os.path.realpath(at.path_of(path)))
    known = {_key(now[row]) for row in rows}
    return without(outcome, lambda finding: _key(finding) in known, SINCE, word)._replace(is_since=True)


def _before(at: Revision, options: CheckOptions, judge: Judge) -> tuple[Finding, ...]:
    """What the revision had; nothing where its configuration cannot be used, so that all counts as new."""
    try:
        wanted = at.options(whole(options) if options.paths else options)
        return judge(wanted).findings
    except (Refused, Unreadable) as error:
        why = error.lines[0] if isinstance(error, Refused) else f"{error.path}: {error.reason}"
        say(f"{at.word} cannot be judged, so nothing counts as known before: {why.replace(at.place + os.sep, '')}")
        return ()


def whole(options: CheckOptions) -> CheckOptions:
    """The options for all of the repository: what is equal to a finding may lie in other files than those named."""
    made = copy(options)
    made.paths = [os.path.relpath(repository_root(_folder(options)))]
    return made


def _folder(options: CheckOptions) -> str:
    """A folder in the repository of the files that are named."""
    path = options.paths[0] if options.paths else ""
    return path if os.path.isdir(path) else os.path.dirname(path)


def _key(finding: Finding) -> tuple[str, int, int, str, str]:
    span = finding.span
    return (os.path.realpath(span.source.path), span.start, span.end, finding.rule, finding.message)
