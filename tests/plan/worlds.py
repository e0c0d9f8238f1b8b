"""Estates in memory for tests of plans: zones as text, a declaration, and SOA records that somebody has recorded."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from linter.config.load import load_profile
from linter.config.settings import ActiveRules, Settings
from linter.facts.transport.sts_policies import policy_file
from linter.intent.model import Intent
from linter.intent.reader import read_intent
from linter.plan.estate import Behaviour, Soa, View
from linter.plan.laws import LAWS
from linter.plan.laws.law import Law
from linter.plan.model import Plan
from linter.plan.planned import Planned
from linter.plan.reader import read_plan
from linter.plan.steps import worked_out
from linter.run.estate import Estate
from linter.run.planning import Planning
from linter.source.plain import entry_of
from linter.source.text import Source
from linter.source.tree import Mapping as Tree
from linter.source.yaml_reader import read_yaml

TODAY = date(2027, 1, 31)


@cache
def rules() -> ActiveRules:
    """The rules of the recommended profile."""
    return ActiveRules(load_profile("recommended"))


@cache
def no_rules() -> ActiveRules:
    """None at all, for tests of what laws alone are to see."""
    return ActiveRules(load_profile("recommended"), only=("no-rule",))


class World(Planning):
    """Zone files by path, all below `zones/`; MTA-STS policies by mail domain; SOA records by zone."""

    def __init__(
        self,
        files: Mapping[str, str],
        policies: Mapping[str, str] = {},
        soas: Mapping[str, Soa] = {},
        active: ActiveRules | None = None,
    ) -> None:
        self.files = dict(files)
        self.soas = soas
        held = {
            domain: policy_file(f"{domain}txt", Source(f"{domain}txt", text), len(text))
            for domain, text in policies.items()
        }
        super().__init__(self._made, rules() if active is None else active, Settings(mta_sts=held), ())

    def _made(self) -> Iterable[tuple[Estate, list[str]]]:
        estate = Estate(list(self.files), ".", (), None, True)
        for path, text in self.files.items():
            estate.add(Source(path, text))
        return [(estate, list(self.files))]

    def soa(self, zone: str) -> Soa | None:
        return self.soas.get(zone)


def intent(text: str) -> Intent:
    """What `systems:` and `mail:` of a text declare."""
    root = read_yaml(Source(".mailzone.yaml", text)).root
    assert isinstance(root, Tree)
    systems, mail = entry_of(root, "systems"), entry_of(root, "mail")
    found, faults = read_intent(systems and systems[1], mail and mail[1], "config")
    assert not faults, faults
    return found


def plan_of(text: str, base: Intent) -> Plan:
    """A plan that has no fault."""
    found, faults = read_plan(Source("PLAN.yaml", text), base)
    assert found is not None, faults
    return found


def planned(text: str, declared: str, world: World, laws: Iterable[Law] = LAWS) -> Planned:
    """A plan worked out."""
    return worked_out(plan_of(text, intent(declared)), world, TODAY, laws)


def view_of(world: World, declared: Intent, listening: Iterable[tuple[str, str]] = ()) -> View:
    """One moment of an estate."""
    pairs = frozenset(listening)
    return View(world, {}, Behaviour(declared, pairs, pairs))
