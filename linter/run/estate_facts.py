"""What rules and commands may know of a zone: its facts, among the zones that its view sees."""

from linter.config.settings import INTERNAL, Settings
from linter.facts.facts import Facts
from linter.facts.texts import Parsers
from linter.lookup.zone_index import ZoneIndex
from linter.providers.in_force import use
from linter.providers.publishing import Publishing

from .estate import Estate


def facts_of(index: ZoneIndex, estate: Estate, settings: Settings, parsers: Parsers) -> Facts:
    """The facts about one zone of an estate, the same for every command."""
    use(settings.providers)
    path = index.zone.sources[0].path if index.zone.sources else ""
    around = estate.around(path) if path else estate
    policies, intent = settings.mta_sts, settings.intent
    publishing = _published(estate, index.zone.name, settings.publishing)
    facts = Facts(index, around.resolver, around, publishing, parsers, policies, intent)
    facts.is_internal = settings.keeps_inside(index.zone.name) or estate.view_of(path) == INTERNAL
    facts.demands, facts.allowed = settings.demands, settings.allowed
    return facts


def _published(estate: Estate, zone: str, word: Publishing) -> Publishing:
    """What the publishers of a zone make of it: an octoDNS configuration says who they are, and the user has a word."""
    held = estate.assembly.zones.get(zone) if estate.assembly is not None else None
    return held.publishing.told(word) if held is not None else word
