"""Which findings are new and which are fixed: a fault that was there before, under an edited value, is not new."""

from collections.abc import Iterable, Iterator, Mapping

from linter.finding import SEVERITIES, Finding

from .compared import Compared

_Key = tuple[str, str, str]
STALE = "intent"
"""The family of rules that hold records against a declaration."""


def new_and_fixed(compared: Compared) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that only the moment after has, and those that only the one before had."""
    sides = (compared.before, compared.after)
    old, new = (_by_key(side.findings) for side in sides)
    # What is held back on one side is there all the same: to hold it back is no fix, and to let it out no fault.
    old_held, new_held = (_by_key(each.finding for each in side.held) for side in sides)
    came: list[Finding] = []
    went: list[Finding] = []
    for key in {**old, **new}:
        was, becomes = _unmatched(old.get(key, []), new.get(key, []))
        # Those that are left over are the same faults in other words, as many as there are on both sides.
        kept = min(len(was), len(becomes))
        graver = [each for each, other in zip(becomes, was, strict=False) if _is_graver(each, other)]
        hidden = len(new_held.get(key, ())) - len(old_held.get(key, ()))
        came += (*graver, *becomes[kept + max(0, -hidden) :])
        went += was[kept + max(0, hidden) :]
    lost = bool((set(compared.before.facts) | compared.before.unread) - set(compared.after.facts))
    fixed = (each for each in went if _is_judged(compared, each, lost))
    return tuple(each for each in came if each.zone not in compared.before.unread), tuple(fixed)


def _is_judged(compared: Compared, finding: Finding, lost: bool) -> bool:
    """Whether a fault that is no longer found was looked for: its zone is there, and it is not the one that changed."""
    if not finding.zone:
        return True
    old, new = compared.before.facts.get(finding.zone), compared.after.facts.get(finding.zone)
    if new is None or not new.zone.complete:
        return False
    if not lost or old is None:
        return True
    texts = [[source.text for source in facts.zone.sources] for facts in (old, new)]
    return texts[0] != texts[1]


def _by_key(findings: Iterable[Finding]) -> dict[_Key, list[Finding]]:
    found: dict[_Key, list[Finding]] = {}
    for finding in findings:
        found.setdefault(_key(finding), []).append(finding)
    return found


def _key(finding: Finding) -> _Key:
    """What a finding is about, whatever its words and its place: of a file without a name the path is left."""
    name = finding.name or finding.zone
    return finding.rule, name or finding.span.source.path.rpartition("/")[2], finding.type if finding.name else ""


def _unmatched(old: list[Finding], new: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Those of both that are not the same in words and severity, the gravest first."""
    left = list(old)
    came = []
    for finding in new:
        same = next((each for each in left if _said(each) == _said(finding)), None)
        if same is None:
            came.append(finding)
        else:
            left.remove(same)
    return sorted(left, key=_rank), sorted(came, key=_rank)


def _said(finding: Finding) -> tuple[str, str]:
    return finding.severity, finding.message


def _rank(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


def _is_graver(finding: Finding, other: Finding) -> bool:
    return _rank(finding) < _rank(other)


def without_stale(findings: Iterable[Finding], stale: Iterable[str], families: Mapping[str, str]) -> Iterator[Finding]:
    """The findings but those that hold a name's records against a declaration which they have left behind."""
    names = frozenset(stale)
    for finding in findings:
        if families.get(finding.rule) != STALE or (finding.name or finding.zone) not in names:
            yield finding
