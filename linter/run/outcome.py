"""What checking gave, of one estate's share of files or of all of them together."""

from linter.finding import Finding
from linter.report.counts import Gate
from linter.source.frozen import Frozen

from .crashes import Crash, Crashes
from .estate import ZoneFiles
from .files import Found


class Outcome(Frozen):
    """What checking gave: findings in their order, counts, (path, reason) of what could not be read, what failed.

    `gate` is by what was judged.
    """

    findings: tuple[Finding, ...]
    files: int
    zones: int
    records: int
    problems: tuple[tuple[str, str], ...]
    crashes: tuple[Crash, ...] = ()
    gate: Gate = Gate()


class Judged(Frozen):
    """What one share of an estate's files gave, in a form that crosses from one process to another.

    `files` are those that count, `done` the zones that were judged, `zones` the names of the zones by file.
    """

    outcome: Outcome
    files: frozenset[str]
    done: tuple[ZoneFiles, ...]
    zones: dict[str, str]


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
