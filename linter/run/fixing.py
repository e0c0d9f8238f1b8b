"""Fixes of findings: which of them can be had, and what files hold once they are made, checked again until stable."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from linter.edit.change import CannotEdit, Edit, Taken, applied
from linter.edit.fixes import planned
from linter.edit.growing import grown
from linter.finding import Finding, Fix, Growth, Patch
from linter.source.file import ReadInstead, read_octets
from linter.source.frozen import Frozen
from linter.source.text import Source

from .outcome import Outcome

_MOST_PASSES = 200
"""A value with faults of several rules is fixed one rule after the other; an end is only for what would have none."""
_MOST_ROUNDS = 4
"""How often what comes of a fix is fixed too, before the fix counts as one that breaks something."""
_MARK = b"\xef\xbb\xbf"

_Key = tuple[str, str, str, str, str]
"""A finding wherever it lies: rule, path, zone, name, message."""


class Text(Frozen):
    """A file that changes: as it is and as it shall be, both without a byte order mark, and whether it has one."""

    path: str
    before: str
    after: str
    is_marked: bool

    @property
    def octets(self) -> bytes:
        """What is to be written."""
        return (_MARK if self.is_marked else b"") + self.after.encode("utf-8", "surrogatepass")


class Fixed(Frozen):
    """`texts` are the files that change; `outcome` is what is found then, with the fixes that can still be made."""

    texts: tuple[Text, ...]
    outcome: Outcome


def with_patches(outcome: Outcome) -> Outcome:
    """What was found, with fixes only where they can be made, and these as edits."""
    rows = [row for row, finding in enumerate(outcome.findings) if finding.fix is not None]
    if not rows:
        return outcome
    fixes = [fix for row in rows if (fix := outcome.findings[row].fix) is not None]
    findings = list(outcome.findings)
    for row, made in zip(rows, planned(fixes), strict=True):
        findings[row] = findings[row]._replace(fix=made)
    return outcome._replace(findings=tuple(findings))


def fixed(judge: Callable[[], Outcome], is_wanted: Callable[[Fix], bool]) -> Fixed:
    """The files with all fixes that are wanted, as often as another one comes of it.

    `judge` checks everything. A fix after which it finds an error that it did not find before is not made, unless that
    error is gone with a fix of its own. Nothing is written. Raises what `judge` raises.
    """
    work = _Work(is_wanted)
    outcome = with_patches(judge())
    seen: list[Mapping[str, Text]] = [{}]
    while len(seen) <= _MOST_PASSES and (chosen := work.chosen(outcome.findings)):
        tried = _tried(judge, work, chosen, outcome)
        after = tried.outcome
        if tried.broken or len(after.problems) + len(after.crashes) > len(outcome.problems) + len(outcome.crashes):
            work.refuse(chosen, tried.broken)
        elif tried.texts in seen:  # nothing has changed, or one fix undoes another
            work.refuse(chosen, [])
        else:
            seen.append(tried.texts)
            work.texts, work.fixed = tried.texts, work.fixed + tried.made
            outcome = after
    left = tuple(work.offered(finding) for finding in outcome.findings)
    changed = tuple(text for text in work.texts.values() if text.before != text.after)
    return Fixed(changed, outcome._replace(findings=left, fixed=work.fixed))


class _Tried(Frozen):
    """Texts with fixes, how many were made in them, what is found then, and which errors have come of it."""

    texts: dict[str, Text]
    made: int
    outcome: Outcome
    broken: list[Finding]


def _tried(judge: Callable[[], Outcome], work: "_Work", chosen: list[Finding], before: Outcome) -> _Tried:
    """Make some fixes, then those of the errors that come of them, as long as each of these has one."""
    texts, made = work.texts, 0
    for _ in range(_MOST_ROUNDS):
        texts, made = work.with_fixes(chosen, texts), made + len(chosen)
        with ReadInstead({real: text.octets for real, text in texts.items()}):
            after = with_patches(judge())
        broken = _new_errors(before, after)
        chosen = work.chosen(broken) if all(map(work.is_to_fix, broken)) else []
        if not chosen:
            break
    return _Tried(texts, made, after, broken)


def is_as_read(text: Text) -> bool:
    """Whether a file still holds what was read of it. Raises Unreadable."""
    return read_octets(text.path) == text._replace(after=text.before).octets


class _Work:
    """What has been fixed so far, and which fixes are not to be made."""

    def __init__(self, is_wanted: Callable[[Fix], bool]) -> None:
        self.texts: dict[str, Text] = {}
        """By real path."""
        self.fixed = 0
        self._is_wanted = is_wanted
        self._refused: set[_Key] = set()
        self._most = sys.maxsize

    def offered(self, finding: Finding) -> Finding:
        """A finding without its fix where that is not to be made."""
        return finding._replace(fix=None) if _key(finding) in self._refused else finding

    def is_to_fix(self, finding: Finding) -> bool:
        """Whether a finding has a fix that can be made and is wanted."""
        fix = finding.fix
        return fix is not None and bool(fix.patches) and self._is_wanted(fix) and _key(finding) not in self._refused

    def chosen(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that are fixed next: of those that touch one another the first, of one value those of a rule."""
        found: list[Finding] = []
        rules: dict[tuple[str, int], str] = {}
        spelled: dict[str, str] = {}
        taken = _Taken()
        for finding in filter(self.is_to_fix, findings):
            fix = finding.fix
            if len(found) == self._most or fix is None:
                break
            values = [(each.scalar.source.path, each.scalar.start) for each in fix.rewrites]
            paths = {patch.path for patch in fix.patches}
            if any(rules.get(value, finding.rule) != finding.rule for value in values):
                continue
            if any(spelled.setdefault(os.path.realpath(path), path) != path for path in paths):
                continue
            if not taken.meets(fix):
                rules.update(dict.fromkeys(values, finding.rule))
                taken.add(fix)
                found.append(finding)
        return found

    def with_fixes(self, findings: Iterable[Finding], texts: Mapping[str, Text]) -> dict[str, Text]:
        """The texts with these fixes made too."""
        fixes = [finding.fix for finding in findings if finding.fix is not None]
        sources = {source.path: source for fix in fixes for source in _sources(fix)}
        edits: dict[str, list[Edit]] = {}
        for patch in _together(fixes):
            edits.setdefault(patch.path, []).append(Edit(patch.start, patch.end, patch.text))
        found = dict(texts)
        for path, each in edits.items():
            real, source = os.path.realpath(path), sources[path]
            known = found.get(real)
            if known is None:
                known = Text(path, source.text, source.text, read_octets(path, len(_MARK)).startswith(_MARK))
            try:
                found[real] = known._replace(after=applied(source.text, each))
            except CannotEdit:
                continue
        return found

    def refuse(self, chosen: list[Finding], broken: list[Finding]) -> None:
        """Make no fix that an error comes of: those of its name, else of its files; else fewer are tried at once."""
        found: set[_Key] = set()
        for error in broken:
            alike = [each for each in chosen if (each.zone, each.name) == (error.zone, error.name) and error.name]
            found.update(map(_key, alike or (each for each in chosen if not _paths(each).isdisjoint(_paths(error)))))
        if not found and len(chosen) > 1:
            self._most = len(chosen) // 2
        else:
            self._refused |= found or set(map(_key, chosen))
            self._most = sys.maxsize


class _Taken:
    """Where files change in one pass: a file that gets record sets has no other edits, since these are made at once."""

    def __init__(self) -> None:
        self._places: dict[str, Taken] = {}
        self._growing: set[str] = set()

    def meets(self, fix: Fix) -> bool:
        """Whether a fix touches one of those."""
        if fix.growths:
            return any(patch.path in self._places and patch.path not in self._growing for patch in fix.patches)
        return any(
            patch.path in self._growing
            or (patch.path in self._places and self._places[patch.path].meets(patch.start, patch.end))
            for patch in fix.patches
        )

    def add(self, fix: Fix) -> None:
        """One more, which meets none of them."""
        for patch in fix.patches:
            self._places.setdefault(patch.path, Taken()).add(patch.start, patch.end)
            if fix.growths:
                self._growing.add(patch.path)


def _together(fixes: Iterable[Fix]) -> Iterator[Patch]:
    """The edits of several fixes: record sets that zones shall have are written together."""
    growths: list[Growth] = []
    for fix in fixes:
        growths += fix.growths
        yield from () if fix.growths else fix.patches
    yield from grown(growths)


def _paths(finding: Finding) -> set[str]:
    """The files of the places of a finding."""
    return {finding.span.source.path, *(each.span.source.path for each in finding.related)}


def _sources(fix: Fix) -> Iterator[Source]:
    """The texts that the patches of a fix are about."""
    yield from (each.scalar.source for each in fix.rewrites)
    yield from (span.source for span in (*fix.removals, *fix.erased))
    yield from (source for growth in fix.growths for source in growth.sources)


def _key(finding: Finding) -> _Key:
    return (finding.rule, finding.span.source.path, finding.zone, finding.name, finding.message)


def _new_errors(before: Outcome, after: Outcome) -> list[Finding]:
    """Errors that were not found before, and whatever could not be judged any more."""
    known = Counter(_key(each) for each in before.findings if each.severity == "error")
    found = []
    for finding in after.findings:
        if finding.severity == "error":
            if not known[_key(finding)]:
                found.append(finding)
            known[_key(finding)] -= 1
    return found
