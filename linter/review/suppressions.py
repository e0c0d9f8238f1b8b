"""What a change widens: rules that are switched off or lowered, files that are left out, zones that are kept inside."""

import os
from collections.abc import Iterable, Iterator, Mapping

from linter.config.overrides import Override
from linter.config.settings import ActiveRules, Settings
from linter.facts.allowed import Allowed
from linter.records.text.fault import few, quoted
from linter.records.text.name import shown
from linter.report.suppressed import BASELINE, IGNORED, OVERRIDDEN, SINCE, Suppressed
from linter.rules.registry import all_rules
from linter.source.frozen import Frozen

from .model import Place, Widened
from .side import Side

_ORDER = ("error", "warning", "info", "off")
_MOST = 20
_BOUNDS = ("never", "error", "warning", "info")
_MEANS = {IGNORED: "a comment", OVERRIDDEN: "an override", BASELINE: "the baseline", SINCE: "a revision"}


class Gate(Frozen):
    """By what zones are judged at one moment: a configuration as read, the rules that run, the name of the profile."""

    settings: Settings
    rules: ActiveRules
    profile: str

    @property
    def fail_on(self) -> str:
        """What the configuration says of the mildest severity that fails, "" for nothing."""
        return self.settings.defaults.fail_on if self.settings.defaults else ""

    @property
    def baseline(self) -> str:
        """The file of the baseline, "" for none."""
        return self.settings.defaults.baseline.rpartition("/")[2] if self.settings.defaults else ""


def strictest(bounds: Iterable[str]) -> str:
    """Of several bounds the one that lets least pass: what a change loosens does not count for itself."""
    given = {bound or "error" for bound in bounds}
    return next((each for each in reversed(_BOUNDS) if each in given), "")


def held_back(before: Side, after: Side) -> Iterator[Widened]:
    """Findings that something holds back now, and did not before."""
    known = {_key(each) for each in before.held}
    for each in after.held:
        if _key(each) in known:
            continue
        finding = after.shown(each.finding)
        why = f": {quoted(each.reason, 80)}" if each.reason else ""
        message = f"{_MEANS[each.means]} holds back `{finding.rule}` of {shown(finding.name or finding.zone)}{why}"
        at = finding.span.source.position(finding.span.start)
        yield Widened(each.means, message, Place(finding.span.source.path, at.line, finding.span))


def _key(each: Suppressed) -> tuple[str, str, str]:
    finding = each.finding
    return finding.rule, finding.name or finding.zone, finding.type


def widened(before: Mapping[str, Gate], after: Mapping[str, Gate], files: Iterable[str]) -> tuple[Widened, ...]:
    """What of the configurations lets more pass than before; both by the path of the configuration, "" for none.

    `files` are those that are judged afterwards: a configuration that goes with all of its files widens nothing.
    """
    found: list[Widened] = []
    folders = {folder for file in files for folder in _folders(file)}
    left = {path for path in before if os.path.dirname(path) in folders}
    for path in sorted({*left, *after}):
        old, new = governing(path, before), governing(path, after)
        if old is not None and new is not None:
            place = Place(path, 1) if path else None
            found += (each._replace(place=place) for each in _between(old, new))
    return tuple(dict.fromkeys(found))


def governing(path: str, gates: Mapping[str, Gate]) -> Gate | None:
    """The gate of a configuration; for another path, of the nearest configuration above it, else of any."""
    above = [each for each in gates if os.path.dirname(each) in _folders(path)]
    nearest = max(above, key=lambda each: len(os.path.dirname(each)), default=next(iter(gates), ""))
    return gates.get(path, gates.get(nearest))


def _folders(path: str) -> Iterator[str]:
    """The folders that a path lies in, up to the root."""
    while path:
        path = os.path.dirname(path)
        yield path


def _between(old: Gate, new: Gate) -> Iterator[Widened]:
    lowered = [*_lowered(old.rules, new.rules), *_loosened(old.rules, new.rules)]
    if old.profile != new.profile and lowered:
        yield Widened("profile", f"the profile is `{new.profile}`, before `{old.profile}`")
    for name, was, becomes in lowered[:_MOST]:
        yield Widened("rules", f"`{name}` {becomes}, before {was}")
    if len(lowered) > _MOST:
        yield Widened("rules", f"and {len(lowered) - _MOST} more rules are off or milder than before")
    for each in _fresh_allowed(old.settings.allowed, new.settings.allowed):
        yield Widened("profile", each)
    for each in _fresh_overrides(old.settings, new.settings):
        yield Widened("overrides", each)
    if _BOUNDS.index(new.fail_on or "error") < _BOUNDS.index(old.fail_on or "error"):
        yield Widened("fail-on", f"`fail-on` is `{new.fail_on or 'error'}`, before `{old.fail_on or 'error'}`")
    if new.baseline and new.baseline != old.baseline:
        yield Widened("baseline", f"findings in `{new.baseline}` do not count")
    for glob in _fresh(old.settings.exclude, new.settings.exclude):
        yield Widened("exclude", f"files that `{glob}` fits are left out")
    for glob in _fresh(old.settings.internal, new.settings.internal):
        yield Widened("internal", f"zones that `{glob}` fits count as internal")
    if new.settings.zones and old.settings.zones:
        for glob in _fresh(new.settings.zones, old.settings.zones):
            yield Widened("zones", f"`zones` no longer has `{glob}`")


def _fresh_allowed(old: Allowed | None, new: Allowed | None) -> Iterator[str]:
    """What the profile allows and did not before, in words."""
    for kind in Allowed._fields:
        was, becomes = getattr(old, kind, None), getattr(new, kind, None)
        fresh = list(_fresh(was.values, becomes.values)) if was is not None and becomes is not None else []
        if fresh:
            yield f"the profile allows {few(map(shown, fresh))} for `{kind}`"
        elif was is not None and becomes is None:
            yield f"the profile no longer says what is allowed for `{kind}`"


def _fresh_overrides(old: Settings, new: Settings) -> Iterator[str]:
    """Overrides that make rules milder than those before did, in words; their places aside."""
    for each in new.overrides:
        lowered = [
            f"`{name}` {severity}"
            for name, severity in each.rules.items()
            if _ORDER.index(severity) > max((0, *_degrees(old, each, name)))
        ]
        if lowered:
            about = ", ".join(f"`{glob}`" for glob in (*each.paths, *each.names)[:3]) or "all"
            why = f": {quoted(each.reason, 80)}" if each.reason else ""
            yield f"an override for {about} makes {', '.join(lowered[:3])}{why}"


def _degrees(old: Settings, each: Override, name: str) -> Iterator[int]:
    """How mild overrides before made a rule for the same files and names, for at least as long."""
    for other in old.overrides:
        is_same = (other.paths, other.names) == (each.paths, each.names)
        if is_same and name in other.rules and (not other.until or "" < each.until <= other.until):
            yield _ORDER.index(other.rules[name])


def _fresh(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[str]:
    return (glob for glob in new if glob not in old)


def _lowered(old: ActiveRules, new: ActiveRules) -> Iterator[tuple[str, str, str]]:
    if old == new:
        return
    for rule in all_rules():
        found = [active.severity if (active := rules.of(rule)) is not None else "off" for rules in (old, new)]
        if _ORDER.index(found[1]) > _ORDER.index(found[0]):
            yield rule.name, found[0], f"is {found[1]}"


def _loosened(old: ActiveRules, new: ActiveRules) -> Iterator[tuple[str, str, str]]:
    """Options by which a rule may find less than before."""
    for rule in all_rules() if old != new else ():
        was, becomes = old.of(rule), new.of(rule)
        if rule.options is None or was is None or becomes is None:
            continue
        for name in rule.options._fields:
            values = [getattr(each.given, name) for each in (was, becomes)]
            if _is_looser(name, *values):
                texts = [str(value).lower() if isinstance(value, bool) else str(value) for value in values]
                yield rule.name, texts[0], f"has `{name.replace('_', '-')}: {texts[1]}`"


def _is_looser(name: str, old: object, new: object) -> bool:
    """Whether an option lets more pass: a bound that is lower at its lower end or higher at its upper one."""
    if isinstance(old, int) and isinstance(new, int):
        return new < old if isinstance(old, bool) or name.startswith("minimum") else new > old
    return old != new
