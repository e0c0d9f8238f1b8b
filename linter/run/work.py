"""Which rules have work to do where a zone holds certain things: found once, since many zones hold the same."""

from functools import cache

from linter.config.settings import ActiveRule, ActiveRules, with_work
from linter.facts.triggers import EVERY_TRIGGER, FILE, Trigger
from linter.rules.registry import Module, modules_for
from linter.rules.rule import Check

from .crashes import Crashes
from .silence import with_unread


class Work:
    """The rules of a run, those of ours loaded when they are asked for the first time."""

    def __init__(self, rules: ActiveRules) -> None:
        self._rules = rules
        self._active: dict[Module, tuple[ActiveRule, ...]] = {}
        self._found: dict[
            tuple[frozenset[Trigger], frozenset[Trigger] | None], tuple[tuple[ActiveRule, Check], ...]
        ] = {}

    def where(
        self,
        present: frozenset[Trigger] | None,
        aside: frozenset[Trigger] | None,
        crashes: Crashes,
        place: tuple[str, str],
    ) -> tuple[tuple[ActiveRule, Check], ...]:
        """The rules with something to judge where these triggers hold, all where that is unknown; each as it is called.

        With `aside`, of ours only those whose findings may lead from one zone to another, by other triggers than
        these. `place` is the file and the zone for which a module may fail to load.
        """
        if present is None:
            present = EVERY_TRIGGER
        known = self._found.get((present, aside))
        if known is not None:
            return known
        wanted: list[ActiveRule] = []
        onward = present - aside if aside else present
        for module in modules_for(onward):
            with crashes.kept(f"the rules of `{module.path}`", *place):
                if module not in self._active:
                    self._active[module] = self._rules.of_module(module)
                wanted += with_work(self._active[module], onward)
        if aside is not None:
            from linter.rules.alone import ALONE  # most zones are judged for themselves

            wanted = [active for active in wanted if active.rule.name not in ALONE]
        wanted += with_work(self._rules.of_others(), present)
        every = with_unread(wanted) if FILE in present else wanted
        found = self._found[present, aside] = tuple((active, _called(active)) for active in every)
        return found


def _called(active: ActiveRule) -> Check:
    """The check of a rule as a function of facts alone; options that cannot be made fail where they are used."""
    rule = active.rule
    if rule.options is None:
        return rule.check
    given = cache(lambda: active.given)
    return lambda facts: rule.check(facts, given())
