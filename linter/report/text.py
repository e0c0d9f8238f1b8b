"""Findings for people: the place, the fault, the line with carets, related places, the way out, a summary."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from linter.finding import SEVERITIES, Finding
from linter.records.text.fault import count
from linter.records.text.name import dotless
from linter.source.text import Span
from linter.source.typed import TYPE_CHECKING

from .counts import Counts, Gate
from .folding import Block, by_zone, folded
from .formats import Style
from .place import where
from .shown import shown, shown_path, window

if TYPE_CHECKING:
    from .formats import Report

_COLOURS = {"error": "1;31", "warning": "1;33", "info": "1;36", "place": "1", "frame": "34", "help": "1;32"}
_MOST_LINES = 6
_MOST_NAMED = 5
MOST_WITHOUT_TABLE = 20
"""Findings in print that a reader oversees without a table of them."""


def lines(report: "Report") -> Iterator[str]:
    """The report."""
    yield from _held(report)
    yield from text_report(report.findings, report.counts, report.style)


def text_report(findings: Iterable[Finding], counts: Counts, style: Style) -> Iterator[str]:
    """The report, line by line without line ends."""
    paint = _painter(style.colour)
    if counts.seen is not None and counts.seen.drift:
        from .drift_view import drift_view  # only comparisons have any

        yield from drift_view(counts.seen.drift)
    tally: Counter[str] = Counter()
    rules: Counter[tuple[str, str]] = Counter()
    blocks = folded(findings)
    for block in blocks:
        first = block.findings[0]
        tally[first.severity] += len(block.findings)
        rules[first.severity, first.rule] += len(block.findings)
        yield from _brief(block, paint, style) if block.is_brief else _block(block, paint, style)
        yield ""
    if style.statistics or len(blocks) > MOST_WITHOUT_TABLE:
        yield from _table(rules, paint, style)
    if style.summary:
        if counts.fixes.words():
            yield counts.fixes.words()
        yield from _skipped(counts.skipped, style)
        yield from gate_lines(counts.gate)
        yield _summary(tally, counts, style.done, paint)


def _held(report: "Report") -> Iterator[str]:
    """Where and why findings do not count, for who wants to know all places."""
    for each in report.suppressed if report.style.all_places else ():
        reason = f" ({shown(each.reason)})" if each.reason else ""
        yield f"{each.words}: {_place(each.finding.span, report.style)}: {each.finding.rule}{reason}"


def _painter(colour: bool) -> Callable[[str, str], str]:
    if not colour:
        return lambda text, _: text
    return lambda text, role: f"\x1b[{_COLOURS[role]}m{text}\x1b[0m"


def _place(span: Span, style: Style) -> str:
    place = where(span)
    if not style.links:
        return place
    from .links import file_uri, linked  # few terminals open links

    return linked(place, file_uri(span.source.path))


def _rule(name: str, style: Style) -> str:
    if not style.links:
        return name
    from linter.rules.pages import url_of

    from .links import linked

    return linked(name, url_of(name))


def _block(block: Block, paint: Callable[[str, str], str], style: Style) -> Iterator[str]:
    """The first of equal findings in full, then where the others are."""
    first, *others = block.findings
    yield from _finding(first, paint, style)
    if others:
        named = others if style.all_places else others[:_MOST_NAMED]
        more = f"and at {count(len(others), 'more place')}"
        told = "" if style.all_places else _for_example(first, named, others, style)
        yield f"     {paint('=', 'frame')} {more}{told}"
        if style.all_places:
            yield from (f"       {_other_place(first, each, style)}" for each in named)


def _other_place(first: Finding, other: Finding, style: Style) -> str:
    """Where another finding is: by its zone where one file is two zones."""
    place = _place(other.span, style)
    is_same = place == _place(first.span, style) and other.zone != first.zone
    return f"{place} in the zone {shown(dotless(other.zone))}" if is_same else place


def _for_example(first: Finding, named: list[Finding], others: list[Finding], style: Style) -> str:
    listed = ", ".join(_other_place(first, each, style) for each in named)
    return f": {listed}{', … (-v lists all)' if len(named) < len(others) else ''}"


def _brief(block: Block, paint: Callable[[str, str], str], style: Style) -> Iterator[str]:
    """Targets without a final dot in records that concern no mail: a line a zone."""
    zones = by_zone(block.findings)
    told = zones if style.all_places else zones[:_MOST_NAMED]
    for found in told:
        first = found[0]
        label = paint(f"{first.severity}[{_rule(first.rule, style)}]", first.severity)
        zone = shown(dotless(first.zone))
        held = f"{len(found):,} targets in `{zone}`, none of them in mail records, have no final dot"
        message = held if len(found) > 1 else first.message
        yield f"{paint(_place(first.span, style), 'place')}: {label}: {shown(message)}"
        if style.all_places:
            yield from (f"       {_place(each.span, style)}" for each in found[1:])
    left = zones[len(told) :]
    if left:
        targets = count(sum(map(len, left)), "more target")
        yield f"     {paint('=', 'frame')} and {targets} in {count(len(left), 'more zone')} (-v lists all)"
    if block.findings[0].help:
        yield f"     {paint('=', 'frame')} {paint('help', 'help')}: {shown(block.findings[0].help)}"


def _table(rules: Counter[tuple[str, str]], paint: Callable[[str, str], str], style: Style) -> Iterator[str]:
    """How many findings of which rule there are, the gravest and most frequent first."""
    rows = sorted(rules.items(), key=lambda row: (SEVERITIES.index(row[0][0]), -row[1], row[0][1]))
    size = max((len(f"{times:,}") for _, times in rows), default=0)
    for (severity, rule), times in rows:
        yield f"{f'{times:,}'.rjust(size)}  {paint(severity.ljust(7), severity)}  {_rule(rule, style)}"
    if rows:
        yield ""


def _skipped(paths: tuple[str, ...], style: Style) -> Iterator[str]:
    """Which files are somebody else's."""
    if not paths:
        return
    if style.all_places:
        yield from (f"skipped {shown_path(path)}" for path in paths)
    yield f"{count(len(paths), 'other YAML file')} skipped{'' if style.all_places else ' (-v lists them)'}"


def _finding(finding: Finding, paint: Callable[[str, str], str], style: Style) -> Iterator[str]:
    label = paint(f"{finding.severity}[{_rule(finding.rule, style)}]", finding.severity)
    yield f"{paint(_place(finding.span, style), 'place')}: {label}: {shown(finding.message)}"
    gutter = 4
    if has_lines(finding.span):
        number = finding.span.source.position(finding.span.start).line
        gutter = max(4, len(str(number)) + 1)
        yield from _excerpt(finding.span, paint, (gutter, style.columns, finding.severity))
    margin = f"{' ' * gutter} {paint('=', 'frame')}"
    for related in finding.related:
        yield f"{margin} {_place(related.span, style)}: {shown(related.message)}"
    if finding.help:
        yield f"{margin} {paint('help', 'help')}: {shown(finding.help)}"
    if finding.reference:
        yield f"{margin} see {shown(finding.reference)}"


def has_lines(span: Span) -> bool:
    """Whether there is a line to show: a finding about a whole file stands at its beginning, and marks nothing."""
    return bool(span.source.text and span.end)


def excerpt(span: Span, columns: int) -> Iterator[str]:
    """The lines that a span touches with carets below, without colours; nothing where there is no line to show."""
    if has_lines(span):
        gutter = max(4, len(str(span.source.position(span.start).line)) + 1)
        yield from _excerpt(span, _painter(False), (gutter, columns, "error"))


def _excerpt(span: Span, paint: Callable[[str, str], str], frame: tuple[int, int, str]) -> Iterator[str]:
    """The lines the span touches, each with carets under its part."""
    gutter, columns, severity = frame
    source = span.source
    first, last = source.position(span.start), source.position(max(span.start, span.end - 1))
    room = max(20, columns - gutter - 3)
    for number in range(first.line, min(last.line, first.line + _MOST_LINES - 1) + 1):
        line = source.line(number)
        begin = first.column - 1 if number == first.line else len(line) - len(line.lstrip())
        end = last.column if number == last.line else len(line)
        if number == first.line == last.line and span.end <= span.start:
            end = begin
        if number != first.line and not line.strip():
            continue
        text, column, length = window(line, begin, end, room)
        yield f"{paint(str(number).rjust(gutter) + ' |', 'frame')} {text}".rstrip()
        yield f"{paint(' ' * gutter + ' |', 'frame')} {' ' * column}{paint('^' * length, severity)}"
    if last.line - first.line >= _MOST_LINES:
        yield f"{paint(' ' * gutter + ' |', 'frame')} … {last.line - first.line + 1 - _MOST_LINES} more lines"


def _summary(tally: Counter[str], counts: Counts, done: str, paint: Callable[[str, str], str]) -> str:
    parts = [
        paint(count(tally[severity], "note" if severity == "info" else severity), severity)
        for severity in SEVERITIES
        if tally[severity]
    ]
    if counts.problems:
        parts.append(paint(count(len(counts.problems), "problem"), "error"))
    return f"{', '.join(parts) if parts else nothing_told(counts)}: {looked_at(counts, done)}"


def nothing_told(counts: Counts) -> str:
    """What an empty list of findings means: of what is unknown, nothing was to be reported."""
    return "not all is known" if counts.seen is not None and counts.seen.unknown else "nothing to report"


def _seen(counts: Counts) -> str:
    """How much a comparison learned."""
    if counts.seen is None:
        return ""
    unseen = counts.seen.undelegated
    told = f", delegation of {count(unseen, 'zone')} not seen" if unseen else ""
    return f", {counts.seen.unknown:,} unknown{told}" if counts.seen.unknown or told else ""


def looked_at(counts: Counts, done: str) -> str:
    """How much was looked at, and what was done with it."""
    looked = f"{count(counts.records, 'record')} of {count(counts.zones, 'zone')}"
    if counts.files != counts.zones:
        looked += f" in {count(counts.files, 'file')}"
    held = counts.suppressed.words()
    return f"{looked} {done}{_seen(counts)}{f'; {held}' if held else ''}"


def gate_lines(gate: Gate) -> Iterator[str]:
    """By what was judged, so that nobody takes a gate that was opened for one that found nothing."""
    if not gate.profiles:
        return
    named = [shown(path) for path in gate.configurations[:_MOST_NAMED]]
    if len(gate.configurations) > len(named):
        named.append(f"{len(gate.configurations) - len(named)} more configurations")
    profile = f"profile{'s' if len(gate.profiles) > 1 else ''} {shown(', '.join(gate.profiles[:_MOST_NAMED]))}"
    weaker = []
    if gate.off:
        weaker.append(f"{count(len(gate.off), 'error rule')} {'is' if len(gate.off) == 1 else 'are'} off")
    if gate.lowered:
        number = f"{len(gate.lowered):,}" if gate.off else count(len(gate.lowered), "error rule")
        weaker.append(f"{number} tell{'s' if len(gate.lowered) == 1 else ''} less than errors")
    by = f"by {', '.join((*named, profile))}" if named else f"without a configuration, by {profile}"
    yield f"judged {by}{': ' if weaker else ''}{' and '.join(weaker)}"
