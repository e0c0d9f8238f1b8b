"""Fixes of findings: which of them can be had, and what files hold once they are made, checked again until stable."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from linter.edit.change import CannotEdit, Edit, Taken, applied
from linter.edit.fixes import planned
from linter.finding import Finding, Fix
from linter.source.file import read_instead, read_octets
from linter.source.frozen import Frozen
from linter.source.text import Source

from .outcome import Outcome

_MOST_PASSES = 40
"""A record with several faults is fixed one after the other."""
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
    made: Mapping[int, Fix | None] = dict(zip(rows, planned(fixes), strict=True))
    findings = tuple(
        finding._replace(fix=made[row]) if row in made else finding for row, finding in enumerate(outcome.findings)
    )
    return outcome._replace(findings=findings)


def fixed(judge: Callable[[], Outcome], is_wanted: Callable[[Fix], bool]) -> Fixed:
    """The files with all fixes that are wanted, as often as another one comes of it.

    `judge` checks everything; a fix after which it finds an error that it did not find before is not made. Nothing is
    written. Raises what `judge` raises.
    """
    work = _Work(is_wanted)
    outcome = with_patches(judge())
    for _ in range(_MOST_PASSES):
        chosen = work.chosen(outcome)
        if not chosen:
            break
        texts = work.with_fixes(chosen)
        with read_instead({real: text.octets for real, text in texts.items()}):
            after = with_patches(judge())
        broken = _new_errors(outcome, after)
        if broken or len(after.problems) + len(after.crashes) > len(outcome.problems) + len(outcome.crashes):
            work.refuse(chosen, broken)
            continue
        work.texts, work.fixed = texts, work.fixed + len(chosen)
        outcome = after
    left = tuple(work.offered(finding) for finding in outcome.findings)
    changed = tuple(text for text in work.texts.values() if text.before != text.after)
    return Fixed(changed, outcome._replace(findings=left, fixed=work.fixed))


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

    def chosen(self, outcome: Outcome) -> list[Finding]:
        """The findings that are fixed next: of those that touch one another the first, of one value those of a rule."""
        found: list[Finding] = []
        rules: dict[tuple[str, int], str] = {}
        spelled: dict[str, str] = {}
        taken: dict[str, Taken] = {}
        for finding in outcome.findings:
            fix = finding.fix
            if len(found) == self._most:
                break
            if fix is None or not fix.patches or not self._is_wanted(fix) or _key(finding) in self._refused:
                continue
            values = [(each.scalar.source.path, each.scalar.start) for each in fix.rewrites]
            paths = {patch.path for patch in fix.patches}
            if any(rules.get(value, finding.rule) != finding.rule for value in values):
                continue
            if any(spelled.setdefault(os.path.realpath(path), path) != path for path in paths):
                continue
            held = [(taken.setdefault(patch.path, Taken()), patch) for patch in fix.patches]
            if not any(places.meets(patch.start, patch.end) for places, patch in held):
                rules.update(dict.fromkeys(values, finding.rule))
                for places, patch in held:
                    places.add(patch.start, patch.end)
                found.append(finding)
        return found

    def with_fixes(self, findings: Iterable[Finding]) -> dict[str, Text]:
        """The texts with these fixes made."""
        sources = {source.path: source for finding in findings for source in _sources(finding)}
        edits: dict[str, list[Edit]] = {}
        for finding in findings:
            for patch in finding.fix.patches if finding.fix is not None else ():
                edits.setdefault(patch.path, []).append(Edit(patch.start, patch.end, patch.text))
        texts = dict(self.texts)
        for path, each in edits.items():
            real, source = os.path.realpath(path), sources[path]
            known = texts.get(real)
            if known is None:
                known = Text(path, source.text, source.text, read_octets(path, len(_MARK)).startswith(_MARK))
            try:
                texts[real] = known._replace(after=applied(source.text, each))
            except CannotEdit:
                continue
        return texts

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


def _paths(finding: Finding) -> set[str]:
    """The files of the places of a finding."""
    return {finding.span.source.path, *(each.span.source.path for each in finding.related)}


def _sources(finding: Finding) -> Iterator[Source]:
    """The texts that the patches of a finding's fix are about."""
    if finding.fix is not None:
        yield from (each.scalar.source for each in finding.fix.rewrites)
        yield from (span.source for span in (*finding.fix.removals, *finding.fix.erased))
        yield from (source for growth in finding.fix.growths for source in growth.sources)


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
