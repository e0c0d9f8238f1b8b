"""A review as text for a terminal."""

from collections.abc import Iterable, Iterator

from linter.finding import Finding
from linter.records.text.name import dotless
from linter.report.sender_tables import folded
from linter.report.shown import shown
from linter.review.model import Piece, Place, Review

from .sentences import cells, finding_line, header, verdict, waiting

_MOST = 40


def review_text(review: Review, columns: int) -> Iterator[str]:
    """All of it, in lines of so many columns where that can be."""
    for line in _lines(review):
        yield from folded(shown(line), columns) if len(line) > columns else (shown(line),)


def _lines(review: Review) -> Iterator[str]:
    yield f"{review.base} -> {review.head}: {verdict(review)}"
    head = list(header(review))
    if head:
        yield ""
    for label, text in head:
        yield f"  {label}: {text.replace('`', '')}"
    yield from _section("Must not be merged together", _apart(review))
    yield from _section("What changes", (_told(each.severity, each.place, each.message) for each in review.changes))
    yield from _section("Senders", (_row(each) for each in map(cells, review.senders)))
    yield from _section("New findings", map(_finding, review.new))
    yield from _section("Fixed", map(_finding, review.fixed))
    yield from _section("Let pass from now on", (_told("", each.place, each.message) for each in review.widened))
    yield from _section("Unknown here", review.unknown)
    yield from _section("Not read", (f"{path}: {reason}" for path, reason in review.problems))
    yield from _section("In passing", review.notes)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    held = list(lines)
    if held:
        yield ""
        yield title
        yield from (f"  {line}" for line in held[:_MOST])
        if len(held) > _MOST:
            yield f"  and {len(held) - _MOST} more"


def _apart(review: Review) -> Iterator[str]:
    for each in review.apart:
        way_out = f"; {each.insert}" if each.insert else ""
        yield f"{each.law} {each.title}: {each.message}{way_out}"
    for number, step in enumerate(review.split, 1):
        if number == 1:
            yield "In separate steps:"
        yield f"  {number}. {step.title}"
        yield from (f"     - {_piece(piece)}" for piece in step.pieces[:_MOST])
        if len(step.pieces) > _MOST:
            yield f"     - and {len(step.pieces) - _MOST} more"
        if number < len(review.split) and waiting(step.wait):
            yield f"     {waiting(step.wait)}"


def _piece(piece: Piece) -> str:
    return f"{_place(piece.place)}{dotless(piece.name)}: {piece.what}"


def _told(severity: str, place: Place | None, message: str) -> str:
    return f"{severity + ': ' if severity else ''}{_place(place)}{message}"


def _place(place: Place | None) -> str:
    return f"{place.path}:{place.line}: " if place is not None else ""


def _row(columns: tuple[str, ...]) -> str:
    name, system, spf, dkim, dmarc = columns
    return f"{system} as {name}: SPF {spf}; DKIM {dkim}; DMARC {dmarc}"


def _finding(finding: Finding) -> str:
    at = finding.span.source.position(finding.span.start)
    return f"{finding.severity}: {finding.span.source.path}:{at.line}: {finding_line(finding)}"
