"""A review as Markdown for a comment on a pull request: one screen, the most dangerous first, details folded."""

from collections.abc import Iterable, Iterator

from linter.finding import Finding
from linter.records.text.fault import count
from linter.records.text.name import dotless
from linter.report.markdown_text import code, folded, inline
from linter.review.model import BETTER, ERROR, WARNING, WORSE, Change, Place, Review, SplitStep

from .sentences import cells, finding_line, header, verdict, waiting

MARK = "<!-- mailzone review -->"
"""Where a comment begins, so that the next run finds it and writes it anew."""
_MOST = 10
_MOST_FOLDED = 60
_MOST_OCTETS = 60_000
"""Of the whole: GitHub takes comments of 65,536 characters."""
_SIGNS = {"error": "🔴", "warning": "🟠", "info": "🔵"}
_TRENDS = {BETTER: "🟢", WORSE: "🔴"}


def review_markdown(review: Review) -> Iterator[str]:
    """The document, ended where a comment has no more room."""
    left = _MOST_OCTETS
    for block in _blocks(review):
        lines = list(block)
        left -= sum(len(line.encode("utf-8", "replace")) + 1 for line in lines)
        if left < 0:
            yield "… and more, which do not fit here."
            return
        yield from lines


def _blocks(review: Review) -> Iterator[Iterable[str]]:
    yield _head(review)
    yield _dangers(review)
    yield _senders(review)
    yield _apart(review)
    yield _new(review)
    yield _widened(review)
    yield _details(review)


def _head(review: Review) -> Iterator[str]:
    yield MARK
    yield f"### mailzone review: {verdict(review)}"
    yield ""
    yield f"{code(review.base)} → {code(review.head)}"
    for label, text in header(review):
        yield f"<br>**{label}** {_told(text)}"


def _graver(review: Review) -> list[Change]:
    return [change for change in review.changes if change.severity in (ERROR, WARNING)]


def _dangers(review: Review) -> Iterator[str]:
    found = _graver(review)
    if found:
        yield ""
    for change in found[:_MOST]:
        yield f"- {_SIGNS[change.severity]} {_told(change.message)}{_at(change.place)}"
    if len(found) > _MOST:
        yield f"- and {len(found) - _MOST} more, below"


def _at(place: Place | None) -> str:
    return f" ({code(f'{place.path}:{place.line}')})" if place is not None else ""


def _told(text: str) -> str:
    return inline(text.replace(" -> ", " → "))


def _senders(review: Review) -> Iterator[str]:
    if review.senders:
        yield ""
        yield "| | name | sender | SPF | DKIM | DMARC |"
        yield "|---|---|---|---|---|---|"
    ordered = sorted(review.senders, key=lambda row: row.verdict != WORSE)
    for row in ordered[:_MOST]:
        yield f"| {_TRENDS.get(row.verdict, '')} | {' | '.join(map(_told, cells(row)))} |"
    if len(ordered) > _MOST:
        yield f"| | and {len(ordered) - _MOST} more | | | | |"


def _apart(review: Review) -> Iterator[str]:
    if not review.apart:
        return
    yield ""
    yield "#### Must not be merged together"
    yield ""
    for each in review.apart[:_MOST]:
        way_out = f"<br>→ {inline(each.insert)}" if each.insert else ""
        yield f"- 🔴 {inline(each.message)} ({inline(f'{each.law}, {each.source}')}){way_out}"
    if len(review.apart) > _MOST:
        yield f"- and {len(review.apart) - _MOST} more"
    if review.split:
        yield ""
        yield "In separate steps:"
        yield ""
    for number, step in enumerate(review.split, 1):
        yield from _step(number, step, number == len(review.split))


def _step(number: int, step: SplitStep, is_last: bool) -> Iterator[str]:
    yield f"{number}. {inline(step.title)}"
    for piece in step.pieces[:_MOST]:
        yield f"   - {code(dotless(piece.name))}: {inline(piece.what)}{_at(piece.place)}"
    if len(step.pieces) > _MOST:
        yield f"   - and {len(step.pieces) - _MOST} more"
    if not is_last and waiting(step.wait):
        yield f"   - {inline(waiting(step.wait))}"


def _new(review: Review) -> Iterator[str]:
    found = [finding for finding in review.new if finding.severity == ERROR]
    if found:
        yield ""
        yield f"**{count(len(found), 'new error')}**"
        yield ""
    yield from map(_finding, found[:_MOST])
    if len(found) > _MOST:
        yield f"- and {len(found) - _MOST} more, below"


def _widened(review: Review) -> Iterator[str]:
    if review.widened:
        yield ""
        yield "**Let pass from now on**"
        yield ""
    for each in review.widened[:_MOST]:
        yield f"- 🟠 {inline(each.message)}{_at(each.place)}"
    if len(review.widened) > _MOST:
        yield f"- and {len(review.widened) - _MOST} more"


def _finding(finding: Finding) -> str:
    at = finding.span.source.position(finding.span.start)
    place = Place(finding.span.source.path, at.line)
    return f"- {_SIGNS[finding.severity]} {inline(finding_line(finding))}{_at(place)}"


def _details(review: Review) -> Iterator[str]:
    """All that is left to say, folded."""
    rest = [change for change in review.changes if change not in _graver(review)[:_MOST]]
    findings = [finding for finding in review.new if finding.severity != ERROR]
    groups = (
        ("what else changes", [f"- {_SIGNS[each.severity]} {_told(each.message)}{_at(each.place)}" for each in rest]),
        ("new findings that are no errors", [_finding(each) for each in findings]),
        ("fixed", [_finding(each) for each in review.fixed]),
        ("unknown here", [f"- {code(name)}" for name in review.unknown]),
        ("not read", [f"- {code(path)} {inline(reason)}" for path, reason in review.problems]),
        ("in passing", [f"- {_told(note)}" for note in review.notes]),
    )
    for title, lines in groups:
        if lines:
            more = [f"- and {len(lines) - _MOST_FOLDED} more"] if len(lines) > _MOST_FOLDED else []
            yield ""
            yield from folded(
                f"{len(lines)} {title}" if title != "fixed" else f"{count(len(lines), 'finding')} fixed",
                (*lines[:_MOST_FOLDED], *more),
            )
