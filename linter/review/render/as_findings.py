"""A review as findings, for the formats that programs read: what is new, and what must not be merged."""

from collections.abc import Iterator

from linter.finding import Finding
from linter.report.counts import Counts, Problem
from linter.report.formats import Report, Style
from linter.review.model import Place, Review
from linter.source.text import Source, Span


def review_report(review: Review, columns: int) -> Report:
    """The findings by path, with what was looked at."""
    found = sorted((*review.new, *_refusals(review)), key=_place)
    problems = tuple(Problem(f"cannot be read: {reason}", path) for path, reason in review.problems)
    return Report(tuple(found), Counts(*review.counts, problems=problems), Style(columns=columns, done="reviewed"))


def _refusals(review: Review) -> Iterator[Finding]:
    """What must not be merged together, and what must not be merged at all."""
    pieces = [piece for step in review.split for piece in step.pieces]
    places = {piece.name: piece.place for piece in reversed(pieces)}
    for each in review.apart:
        place = places.get(each.name) or next(iter(places.values()), None)
        yield _finding(f"review-{each.law}", each.message, each.insert, each.source, each.name, place)
    for change in review.dangers:
        yield _finding(f"review-{change.kind}", change.message, "", "", change.name, change.place)


def _finding(rule: str, message: str, help: str, reference: str, name: str, place: Place | None) -> Finding:
    span = place.span if place is not None and place.span is not None else Span(Source("", ""), 0, 0)
    return Finding(rule.lower(), "error", message, span, help, reference, (), "", name, "")


def _place(finding: Finding) -> tuple[str, int]:
    return finding.span.source.path, finding.span.start
