"""What an editor offers at a finding: the fix where it has one, and a comment that holds it back."""

from collections import Counter
from collections.abc import Callable, Iterator

from linter.finding import Finding
from linter.rules.registry import UNREAD
from linter.source.file import Unreadable, read_source
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern
from linter.source.text import Source, Span

from .judge import Verdict

_IGNORE = Pattern(r"#[ \t]*[Mm]ailzone:[ \t]*ignore\[")
_MOST_LINES = 40
"""Lines above a finding in which the beginning of its value is looked for."""
_ABOUT_COMMENTS = frozenset({"ignore-without-reason"})


class Insertion(Frozen):
    """In a text [start:end] becomes `text`; offsets are code points, a byte order mark not counted."""

    source: Source
    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """The stretch that is replaced."""
        return Span(self.source, self.start, self.end)


class Offer(Frozen):
    """One thing that can be done about a finding; `is_safe` is whether what is served stays the same."""

    title: str
    finding: Finding
    edits: tuple[Insertion, ...]
    is_safe: bool = False


def fixes(finding: Finding, source: Source) -> Iterator[Offer]:
    """The fix of a finding, if it has one that can be made."""
    fix = finding.fix
    if fix is None or not fix.patches:
        return
    patches = fix.patches
    try:
        texts = {path: source if path == source.path else read_source(path)[0] for path in {p.path for p in patches}}
    except Unreadable:
        return
    change = f" ({fix.why})" if fix.why else ""
    edits = tuple(Insertion(texts[patch.path], patch.start, patch.end, patch.text) for patch in patches)
    yield Offer(f"Fix {finding.rule}{change}", finding, edits, fix.is_safe)


def ignoring(finding: Finding, source: Source, judge: Callable[[Source], Verdict]) -> Iterator[Offer]:
    """A comment that holds a finding back: the first place for one after which it is gone and nothing else is found."""
    if finding.rule in UNREAD or finding.span.source.path != source.path:
        return
    untouched = judge(source)
    before = _found(untouched)
    for edit in _places(finding, source):
        text = f"{source.text[: edit.start]}{edit.text}{source.text[edit.end :]}"
        verdict = judge(Source(source.path, text))
        after = _found(verdict)
        # Within a text of several lines it would be no comment, and another record.
        if verdict.held <= untouched.held or verdict.problem:
            continue
        if not after - before and _count(after, finding) < _count(before, finding):
            yield Offer(f"Ignore {finding.rule} here", finding, (edit,))
            return


def _places(finding: Finding, source: Source) -> Iterator[Insertion]:
    """Where the comment may go: into one that is there, at the end of the line, on a line above."""
    number = source.position(finding.span.start).line
    line = source.line(number)
    start = finding.span.start - (source.position(finding.span.start).column - 1)
    there = _IGNORE.search(line)
    if there is not None:
        place = start + there.end()
        yield Insertion(source, place, place, f"{finding.rule}, ")
    bare = len(line.rstrip())
    yield Insertion(source, start + bare, start + bare, f"  # mailzone: ignore[{finding.rule}]")
    end = "\r\n" if source.text.startswith("\r\n", start + len(line)) else "\n"
    for above, indent in _above(source, number, start):
        yield Insertion(source, above, above, f"{' ' * indent}# mailzone: ignore[{finding.rule}]{end}")


def _above(source: Source, number: int, start: int) -> Iterator[tuple[int, int]]:
    """Where a line of its own may begin, with its indent: above a line, and above those that it lies in."""
    least = _indent(source.line(number)) + 1
    for row in range(number, max(0, number - _MOST_LINES), -1):
        line = source.line(row)
        if row < number:
            start = source.text.rfind(line, 0, start) if line else start - 1
        if line.strip() and _indent(line) < least:
            least = _indent(line)
            yield start, least


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _found(verdict: Verdict) -> Counter[tuple[str, str]]:
    held = (each for each in verdict.findings if each.rule not in _ABOUT_COMMENTS)
    return Counter((each.rule, each.message) for each in held)


def _count(found: Counter[tuple[str, str]], finding: Finding) -> int:
    return found[finding.rule, finding.message]
