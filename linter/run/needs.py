"""What the zones of an estate need to know of names elsewhere: everything that any rule or command would ask."""

from collections.abc import Iterable

from linter.config.settings import ActiveRules, Settings
from linter.facts.external import prefetch_external
from linter.facts.facts import Facts
from linter.facts.texts import Parsers
from linter.finding import Finding
from linter.lookup.zone_index import ZoneIndex
from linter.records.spf.record import Spf

from .check import Checker
from .crashes import Crashes
from .estate import Estate, ZoneFiles
from .estate_facts import facts_of
from .refresh import Walk


def every_rule(active: ActiveRules) -> ActiveRules:
    """All rules, those that are switched on with their options.

    What the lock holds does not depend on which rules somebody has on today.
    """
    return active._replace(is_every=True)


class Needs:
    """The zones that some files of an estate declare, each with what it asks the estate's resolver for.

    `crashes` is what failed on the way. Raises Unreadable for a file that cannot be read.
    """

    def __init__(self, files: Iterable[str], estate: Estate, rules: ActiveRules, settings: Settings) -> None:
        self.estate = estate
        self.crashes = Crashes()
        self.zones: list[tuple[str, ZoneIndex]] = []
        self._rules = rules
        self._settings = settings
        self._parsers = Parsers()
        done: set[ZoneFiles] = set()
        for path in files:
            for zone in estate.zones_of(path):
                index = None if zone in done else estate.index(zone)
                done.add(zone)
                if index is not None:
                    self.zones.append((path, index))

    def walks(self) -> list[Walk]:
        """One for each zone: everything that any rule asks, and what mail depends on besides."""
        return [self._walk(path, index) for path, index in self.zones]

    def spf_records(self) -> list[tuple[str, Spf]]:
        """Every SPF record that the zones declare, with its name."""
        return [(text.record.name, text.spf) for _, index in self.zones for text in self._facts(index).texts.spf]

    def errors(self) -> list[Finding]:
        """What rules call errors of these zones, by what the estate's resolver says now."""
        self.estate.forget_trees()
        checker = Checker(self._rules, self._settings)
        checker.parsers, checker.crashes = self._parsers, self.crashes
        judged = checker.judged(dict.fromkeys(path for path, _ in self.zones), self.estate)
        return [finding for finding in judged.outcome.findings if finding.severity == "error"]

    def _walk(self, path: str, index: ZoneIndex) -> Walk:
        def ask() -> None:
            self.estate.forget_trees()
            checker = Checker(self._rules, self._settings)
            checker.parsers = self._parsers
            checker.crashes = self.crashes
            checker.judged([path], self.estate)  # what others need of this zone, they ask themselves
            with self.crashes.kept("looking for names elsewhere", path, index.zone.name):
                prefetch_external(self._facts(index))

        return ask

    def _facts(self, index: ZoneIndex) -> Facts:
        return facts_of(index, self.estate, self._settings, self._parsers)
