"""The fixes of what is found in files, made one by one: each does what it says, and breaks nothing."""

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from linter.edit.change import Edit, applied
from linter.edit.fixes import planned
from linter.finding import Finding, Fix

Judge = Callable[[Mapping[str, str]], tuple[Finding, ...]]
"""What is found where some files, by path, hold other texts."""


def untrue_fixes(found: tuple[Finding, ...], judge: Judge) -> list[str]:
    """What is wrong with the fixes of what was found, in lines; none where each finding is gone with its fix, and
    nothing is found that was not there before.
    """
    wrong: list[str] = []
    with_fix = [(finding, finding.fix) for finding in found if finding.fix is not None]
    for (finding, _), fix in zip(with_fix, planned([fix for _, fix in with_fix]), strict=True):
        if fix is None:
            wrong.append(f"{finding.rule}: the fix of `{finding.message}` cannot be made")
            continue
        after = judge(_texts(fix))
        before, now = Counter(map(_key, found)), Counter(map(_key, after))
        if now[_key(finding)] >= before[_key(finding)]:
            wrong.append(f"{finding.rule}: `{finding.message}` is still found after its fix")
        new = (each for each in after if not before[_key(each)])
        wrong += (f"{finding.rule}: its fix makes a finding of {each.rule}: {each.message}" for each in new)
    return wrong


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.name, finding.message


def _texts(fix: Fix) -> dict[str, str]:
    """The files that a fix changes, as they are then."""
    edits: dict[str, list[Edit]] = {}
    for patch in fix.patches:
        edits.setdefault(patch.path, []).append(Edit(patch.start, patch.end, patch.text))
    return {path: applied(Path(path).read_text(encoding="utf-8"), each) for path, each in edits.items()}
