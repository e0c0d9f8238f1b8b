"""Which findings an earlier run had already: equal ones are counted, and those of the same file go together first."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from linter.finding import Finding
from linter.report.fingerprint import Kind, kind_of
from linter.rules.registry import UNREAD


def known_before(
    now: Sequence[Finding],
    before: Iterable[Finding],
    path_now: Callable[[str], str],
    path_before: Callable[[str], str],
) -> set[int]:
    """The numbers, in the list, of the findings that were there before; the paths are made comparable by functions.

    That a file could not be read counts as new: what hides behind it was never known.
    """
    counts: Counter[Kind] = Counter()
    at: Counter[tuple[Kind, str]] = Counter()
    for finding in before:
        kind = kind_of(finding)
        counts[kind] += 1
        at[kind, path_before(finding.span.source.path)] += 1
    kinds = [kind_of(finding) for finding in now]
    known: set[int] = set()
    for row, finding in enumerate(now):
        place = (kinds[row], path_now(finding.span.source.path))
        if finding.rule not in UNREAD and at[place]:
            at[place] -= 1
            counts[kinds[row]] -= 1
            known.add(row)
    for row, finding in enumerate(now):
        if row not in known and finding.rule not in UNREAD and counts[kinds[row]]:
            counts[kinds[row]] -= 1
            known.add(row)
    return known
