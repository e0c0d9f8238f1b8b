"""What a change widens: rules that are switched off or lowered, files that are left out, zones that are kept inside."""

from collections.abc import Iterator, Mapping

from linter.config.settings import ActiveRules, Settings
from linter.rules.registry import all_rules
from linter.source.frozen import Frozen

from .model import Place, Widened

_ORDER = ("error", "warning", "info", "off")
_MOST = 20


class Gate(Frozen):
    """By what zones are judged at one moment: a configuration as read, the rules that run, the name of the profile."""

    settings: Settings
    rules: ActiveRules
    profile: str


def widened(before: Mapping[str, Gate], after: Mapping[str, Gate]) -> tuple[Widened, ...]:
    """What of the configurations lets more pass than before; both by the path of the configuration, "" for none."""
    found: list[Widened] = []
    for path in sorted({*before, *after}):
        old = before.get(path) or next(iter(before.values()), None)
        new = after.get(path)
        if old is not None and new is not None:
            place = Place(path, 1) if path else None
            found += (each._replace(place=place) for each in _between(old, new))
    return tuple(dict.fromkeys(found))


def _between(old: Gate, new: Gate) -> Iterator[Widened]:
    lowered = list(_lowered(old.rules, new.rules))
    if old.profile != new.profile and lowered:
        yield Widened("profile", f"the profile is `{new.profile}`, before `{old.profile}`")
    for name, was, becomes in lowered[:_MOST]:
        yield Widened("rules", f"`{name}` is {becomes}, before {was}")
    if len(lowered) > _MOST:
        yield Widened("rules", f"and {len(lowered) - _MOST} more rules are off or milder than before")
    for glob in _fresh(old.settings.exclude, new.settings.exclude):
        yield Widened("exclude", f"files that `{glob}` fits are left out")
    for glob in _fresh(old.settings.internal, new.settings.internal):
        yield Widened("internal", f"zones that `{glob}` fits count as internal")
    if new.settings.zones and old.settings.zones:
        for glob in _fresh(new.settings.zones, old.settings.zones):
            yield Widened("zones", f"`zones` no longer has `{glob}`")


def _fresh(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[str]:
    return (glob for glob in new if glob not in old)


def _lowered(old: ActiveRules, new: ActiveRules) -> Iterator[tuple[str, str, str]]:
    if old == new:
        return
    for rule in all_rules():
        found = [active.severity if (active := rules.of(rule)) is not None else "off" for rules in (old, new)]
        if _ORDER.index(found[1]) > _ORDER.index(found[0]):
            yield rule.name, found[0], found[1]
