"""What the zones of an estate need to know of names elsewhere: everything that any rule or command would ask."""

from collections.abc import Iterable, Iterator

from linter.config.settings import ActiveRule, Settings
from linter.facts.outside import ask_outside
from linter.facts.texts import Parsers
from linter.facts.zone_facts import Facts
from linter.lookup.zone_index import ZoneIndex
from linter.rules.registry import entries

from .check import Checker
from .estate import Estate
from .refresh import Walk


def every_rule(active: Iterable[ActiveRule]) -> tuple[ActiveRule, ...]:
    """All rules, those that are switched on with their options.

    What the lock holds does not depend on which rules somebody has on today.
    """
    known = {rule.entry.name: rule for rule in active}
    return tuple(known.get(entry.name) or ActiveRule(entry, "info", False, {}) for entry in entries())


def walks(files: Iterable[str], estate: Estate, rules: tuple[ActiveRule, ...], settings: Settings) -> Iterator[Walk]:
    """One for each zone that these files declare. Raises Unreadable for a file that cannot be read."""
    parsers = Parsers()
    done: set[tuple[str, ...]] = set()
    for path in files:
        together = estate.zone_files(path)
        if together not in done:
            done.add(together)
            index = estate.zone_index(path)
            if index is not None:
                yield _walk(path, estate, index, rules, settings, parsers)


def _walk(
    path: str,
    estate: Estate,
    index: ZoneIndex,
    rules: tuple[ActiveRule, ...],
    settings: Settings,
    parsers: Parsers,
) -> Walk:
    def ask() -> None:
        checker = Checker(rules, settings)
        checker.parsers = parsers
        checker.check([path], estate)
        ask_outside(Facts(index, estate.resolver, estate, settings.publishing, parsers))

    return ask
