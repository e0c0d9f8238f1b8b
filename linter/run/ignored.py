"""Which findings the comments of their files hold back, and which comments hold back nothing."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from linter.finding import Finding
from linter.report.suppressed import IGNORED, Suppressed
from linter.rules.registry import UNREAD
from linter.rules.rule import Rule
from linter.source.comments import Beside, beside
from linter.source.text import Source, SourceFault
from linter.source.typed import TypeAlias

from .ignore_comments import MOST_FAULTS, UNUSED, WITHOUT_REASON, Comments, Ignore, whole_comment, with_comma

_OWN = frozenset({UNUSED, WITHOUT_REASON})


class Ignored:
    """Reads the comments of files when a finding lies in one, or when asked to; each once.

    `day` is the present one, `others` are rules of other people; `parts` are paths of files whose first keys are no
    names, such as a configuration, `policies` those of files that are no YAML and have no comments.
    """

    def __init__(
        self, day: str, others: tuple[Rule, ...] = (), parts: Iterable[str] = (), policies: Iterable[str] = ()
    ) -> None:
        self._day = day
        self._others = others
        self._parts = frozenset(parts)
        self._files: dict[str, _File | None] = dict.fromkeys(policies)

    def split(self, findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...]]:
        """The findings that count, and those that a comment holds back, both in their order."""
        kept: list[Finding] = []
        held: list[Suppressed] = []
        for _, group in groupby(findings, key=_path):
            listed = list(group)
            file = self._file(listed[0].span.source)
            by = file.holding(listed) if file is not None else {}
            for row, finding in enumerate(listed):
                if row in by:
                    held.append(Suppressed(finding, IGNORED, by[row].reason))
                else:
                    kept.append(finding)
        return tuple(kept), tuple(held)

    def faults(self, judged: Iterable[Source], ran: frozenset[str]) -> Iterator[SourceFault]:
        """What is wrong with the comments of files that were judged, by rules that `ran`, and split before."""
        for source in judged:
            file = self._file(source)
            if file is not None:
                yield from file.comments.faults
                yield from islice(file.unused(ran), MOST_FAULTS)
                yield from islice(file.without_reason(), MOST_FAULTS)

    def _file(self, source: Source) -> "_File | None":
        if source.path not in self._files:
            layout = beside(source) if holds_comments(source) else None
            is_part = source.path in self._parts
            made = _File(Comments(layout, self._day, self._others), is_part) if layout is not None else None
            self._files[source.path] = made
        return self._files[source.path]


def holds_comments(source: Source) -> bool:
    """Whether it is worth a look: most files hold none."""
    return "ailzone:" in source.text


def _path(finding: Finding) -> str:
    return finding.span.source.path


_Word: TypeAlias = tuple[int, int]
"""A word in brackets: the number of its comment, and its own in it."""
_Scope: TypeAlias = dict[frozenset[str], _Word]
"""What is held back in one place: names of rules, and the word that means them, of equal ones the first."""


class _File:
    """The comments of one file by what they are about."""

    def __init__(self, comments: Comments, is_part: bool) -> None:
        self.comments = comments
        layout = comments.layout
        self._lowest = 1 if is_part or _is_document(layout) else 0
        self._used: set[_Word] = set()
        self._file: _Scope = {}
        self._lines: dict[int, _Scope] = {}
        self._stretches: dict[tuple[int, int], _Scope] = {}
        self._lost: set[int] = set()
        for number, ignore in enumerate(comments.ignores):
            scopes = list(self._scopes(ignore, layout))
            if not scopes:
                self._lost.add(number)
            for scope in scopes:
                for row, (_, rules) in enumerate(ignore.words):
                    scope.setdefault(rules, (number, row))

    def _scopes(self, ignore: Ignore, layout: Beside) -> Iterator[_Scope]:
        """The places that a comment is about."""
        line = ignore.comment.line
        if ignore.is_of_file:
            yield self._file
        elif not ignore.comment.is_alone:
            yield self._lines.setdefault(line, {})
            for start, end, depth in layout.of_line(line):
                if not 0 < depth <= self._lowest:
                    yield self._stretches.setdefault((start, end), {})
        elif (below := layout.below(ignore.comment)) is not None:
            if below.is_entry and below.depth <= self._lowest:
                yield self._lines.setdefault(layout.line_of(below.start), {})
            else:
                yield self._stretches.setdefault((below.start, below.end), {})

    def holding(self, findings: list[Finding]) -> dict[int, Ignore]:
        """The comment that holds back each finding of the file, by the finding's number in the list."""
        found: dict[int, Ignore] = {}
        ahead = sorted(self._stretches, reverse=True)
        around: list[tuple[int, int]] = []
        for row in sorted(range(len(findings)), key=lambda row: findings[row].span.start):
            offset = findings[row].span.start
            while ahead and ahead[-1][0] <= offset:
                around.append(ahead.pop())
            # What has ended is dropped; the others lie inside of each other, so there are few.
            around = [each for each in around if offset < each[1] or offset == each[0]]
            scopes = [self._lines.get(self.comments.layout.line_of(offset), {})]
            scopes += (self._stretches[each] for each in reversed(around))
            for scope in (*scopes, self._file):
                number = self._holder(scope, findings[row].rule)
                if number is not None:
                    found[row] = self.comments.ignores[number]
                    break
        return found

    def _holder(self, scope: _Scope, rule: str) -> int | None:
        """The number of a comment that holds back a rule in a place."""
        if rule in UNREAD:
            return None
        words = [word for rules, word in scope.items() if rule in rules]
        self._used.update(words)
        return words[0][0] if words else None

    def unused(self, ran: frozenset[str]) -> Iterator[SourceFault]:
        """Words that held back nothing though a rule that they mean ran, and comments that are about nothing."""
        for number, ignore in enumerate(self.comments.ignores):
            if number in self._lost:
                way_out = "put it at the end of the line, or right above the record or value"
                told = "no record and no value begins in the line below this"
                yield SourceFault(ignore.span, UNUSED, told, way_out, spare=whole_comment(ignore))
                continue
            for row, (span, rules) in enumerate(ignore.words):
                if (number, row) not in self._used and not rules <= _OWN and not ran.isdisjoint(rules):
                    what = "in this file" if ignore.is_of_file else "here"
                    way_out = "delete the comment" if len(ignore.words) == 1 else "take it out of the brackets"
                    spare = whole_comment(ignore) if len(ignore.words) == 1 else with_comma(span)
                    yield SourceFault(span, UNUSED, f"nothing of `{span.text}` is found {what}", way_out, spare=spare)

    def without_reason(self) -> Iterator[SourceFault]:
        """Comments in force that do not say why."""
        for ignore in self.comments.ignores:
            if not ignore.reason:
                way_out = "say behind the brackets why this is right"
                yield SourceFault(ignore.span, WITHOUT_REASON, "this comment gives no reason", way_out)


def _is_document(layout: Beside) -> bool:
    """Whether the first keys of a file are no names: those of a native zone, and of octoDNS's configuration."""
    keys = layout.root_keys
    return {"zone", "records"} <= keys or {"providers", "zones"} <= keys
