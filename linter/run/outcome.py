"""What checking gave, of one estate's share of files or of all of them together."""

from collections.abc import Mapping

from linter.finding import Finding, Witness
from linter.report.counts import Gate
from linter.report.suppressed import Suppressed
from linter.source.frozen import Frozen
from linter.source.text import Source
from linter.zone.document import Document

from .crashes import Crash, Crashes
from .estate import ZoneFiles
from .files import Found


class Outcome(Frozen):
    """What checking gave: findings in their order, counts, (path, reason) of what could not be read, what failed.

    `gate` is by what was judged; `skipped` are the paths of files that are not zones, and of which nothing is said,
    `not_zones` (path, reason) of those that were named as zones. `layouts` counts layouts that are not known.
    `suppressed` are findings that do not count. `bounds` is what `fail-on` of a configuration says of the findings in a
    file, by its path; nothing where it says nothing. `is_since` is whether a revision was asked what it had already.
    `fixed` is the number of findings that are gone because they were fixed, None where that was not asked for.
    """

    findings: tuple[Finding, ...]
    files: int
    zones: int
    records: int
    problems: tuple[tuple[str, str], ...]
    crashes: tuple[Crash, ...] = ()
    gate: Gate = Gate()
    skipped: tuple[str, ...] = ()
    not_zones: tuple[tuple[str, str], ...] = ()
    layouts: int = 0
    suppressed: tuple[Suppressed, ...] = ()
    bounds: Mapping[str, str] = {}
    is_since: bool = False
    fixed: int | None = None


class Judged(Frozen):
    """What one share of an estate's files gave, in a form that crosses from one process to another.

    `files` are those that count, `done` the zones that were judged, `zones` the names of the zones by file. `records`
    are their numbers of records by zone and first file, `layouts` what is not known.
    `commented` are files with comments about findings, by path. `used` are the names that dated recorded answers
    were given about, by witness.
    """

    outcome: Outcome
    files: frozenset[str]
    done: tuple[ZoneFiles, ...]
    zones: dict[str, str]
    records: dict[tuple[str, str], int]
    layouts: dict[str, tuple[Document, int]]
    commented: dict[str, Source]
    used: Mapping[Witness, frozenset[str]] = {}


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
        tuple(each for outcome in outcomes for each in outcome.suppressed),
        {path: bound for outcome in outcomes for path, bound in outcome.bounds.items()},
    )


def _path(finding: Finding) -> str:
    return finding.span.source.path
