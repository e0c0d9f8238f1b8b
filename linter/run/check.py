"""Check files: read the zones, run the rules that are switched on, and gather what they find."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from linter.config.settings import INTERNAL, ActiveRule, Settings
from linter.facts.texts import Parsers
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Finding, Related
from linter.lookup.zone_index import ZoneIndex
from linter.records.name import is_under
from linter.rules.registry import load
from linter.rules.rule import Rule
from linter.source.file import Unreadable
from linter.source.frozen import Frozen
from linter.zone.document import Document
from linter.zone.model import Zone

from .declared_twice import declared_twice
from .estate import Estate, ZoneFiles

if TYPE_CHECKING:
    from linter.lookup.served import Served


class Outcome(Frozen):
    """What checking gave: findings in their order, counts, and (path, reason) of what could not be read."""

    findings: tuple[Finding, ...]
    files: int
    zones: int
    records: int
    problems: tuple[tuple[str, str], ...]


class Judged(Frozen):
    """What one share of an estate's files gave, in a form that crosses from one process to another.

    `files` are those that count, `done` the zones that were judged, `zones` the names of the zones by file.
    """

    outcome: Outcome
    files: frozenset[str]
    done: tuple[ZoneFiles, ...]
    zones: dict[str, str]


class Checker:
    """Runs one set of rules over any number of files."""

    def __init__(self, rules: tuple[ActiveRule, ...], settings: Settings) -> None:
        self.settings = settings
        self.parsers = Parsers()
        self.rules = rules
        self.served: Callable[[str], Served | None] = lambda zone: None
        """What the servers of a zone say, by its name; None where nobody asked them."""
        self.is_seen = False
        """Whether zones of which servers said something stand here as these have them, and not as declared."""
        self._loaded: dict[str, tuple[Rule, Any]] = {}
        self._work: dict[frozenset[str], tuple[ActiveRule, ...]] = {}
        self._found: dict[tuple[Any, ...], Finding] = {}
        self._files: set[str] = set()
        self.zones = self.records = 0
        self.problems: list[tuple[str, str]] = []

    def check(self, paths: Iterable[str], estate: Estate) -> None:
        """Check every file of `paths`, all of which belong to `estate`, and what their zones mean for others."""
        self._check_dependents(self._check_files(paths, estate), estate)
        self._check_declarations(estate)

    def judged(self, paths: Iterable[str], estate: Estate) -> Judged:
        """Check only the files of `paths`, as one share of those that are to be checked."""
        done = self._check_files(paths, estate)
        return Judged(self.outcome(), frozenset(self._files), tuple(sorted(done)), estate.zone_names(done))

    def gather(self, shares: Iterable[Judged], estate: Estate) -> None:
        """Take in what the shares of an estate's files gave, in their order, and what it means for others."""
        done: set[ZoneFiles] = set()
        for share in shares:
            self._files |= share.files
            self.zones += share.outcome.zones
            self.records += share.outcome.records
            self.problems += share.outcome.problems
            for finding in share.outcome.findings:
                self._keep(finding)
            done.update(share.done)
            estate.learn(share.zones)
        self._check_dependents(done, estate)
        self._check_declarations(estate)

    def _check_files(self, paths: Iterable[str], estate: Estate) -> set[ZoneFiles]:
        """Judge the zones that the files belong to; these zones."""
        done: set[ZoneFiles] = set()
        for zone, document, index in self.opened(paths, estate, done):
            if index is None:
                self.judge_document(document, estate)
                continue
            self.zones += 1
            self.records += sum(len(record.values) for record in index.zone.records)
            self.judge(self.facts(index, estate))
            estate.release(zone)
        return done

    def opened(
        self, paths: Iterable[str], estate: Estate, done: set[ZoneFiles]
    ) -> Iterator[tuple[ZoneFiles, Document, ZoneIndex | None]]:
        """Every zone that the files belong to, once, read when it is its turn; None for what is no zone.

        `done` gathers them, and their files are counted.
        """
        for path in paths:
            try:
                document, zones = estate.document(path), estate.zones_of(path)
                fresh = [(zone, estate.index(zone)) for zone in zones if zone not in done]
            except Unreadable as error:
                self.problems.append((error.path, error.reason))
                continue
            if not zones:
                self._files.add(path)
            for zone, index in fresh:
                done.add(zone)
                self._files.update(zone.files)
                yield zone, document, index

    def _check_dependents(self, done: set[ZoneFiles], estate: Estate) -> None:
        """Findings in files that were not named, as far as one of the checked files has its part in them."""
        checked = frozenset(path for zone in done for path in zone.files)
        for path in estate.dependents(sorted(checked)):
            try:
                zones = [zone for zone in estate.zones_of(path) if zone.zone and zone not in done]
                indexes = [estate.index(zone) for zone in zones]
            except Unreadable:  # it was not asked for
                continue
            done.update(zones)
            for index in indexes:
                if index is not None:
                    self.judge(self.facts(index, estate), checked)

    def _check_declarations(self, estate: Estate) -> None:
        """Say which files declare a zone that another one declares as well, once all that were named are read."""
        for zone in declared_twice(estate, self._files):
            facts = self.facts(ZoneIndex(zone), estate)
            kinds = {fault.kind for fault in zone.faults}
            self._run([rule for rule in self.rules if not kinds.isdisjoint(rule.entry.needs)], facts)

    @property
    def files(self) -> int:
        """The number of files checked."""
        return len(self._files)

    def outcome(self) -> Outcome:
        """All findings so far: by path, line, column and rule."""
        findings = sorted(self._found.values(), key=_place)
        return Outcome(tuple(findings), self.files, self.zones, self.records, tuple(self.problems))

    def judge_document(self, document: Document, estate: Estate) -> None:
        """A file that is no zone has only its own faults."""
        zone = Zone("", (), (document.source,), document.faults, complete=document.complete)
        self.judge(self.facts(ZoneIndex(zone), estate))

    def facts(self, index: ZoneIndex, estate: Estate) -> Facts:
        """The facts about one zone of an estate."""
        settings = self.settings
        policies, intent = settings.mta_sts, settings.intent
        path = index.zone.sources[0].path if index.zone.sources else ""
        around = estate.around(path) if path else estate
        facts = Facts(index, around.resolver, around, settings.publishing, self.parsers, policies, intent)
        facts.served, facts.is_seen = self.served(index.zone.name), self.is_seen
        facts.is_internal = settings.keeps_inside(index.zone.name) or estate.view_of(path) == INTERNAL
        return facts

    def judge(self, facts: Facts, about: frozenset[str] | None = None, present: frozenset[str] | None = None) -> None:
        """Run the rules; with `about`, only findings that are related to a place in one of these files count.

        `present` stands in for that of the facts where the rules need no more of it.
        """
        self._run(self._wanted(facts.present if present is None else present), facts, about)

    def _run(self, rules: Iterable[ActiveRule], facts: Facts, about: frozenset[str] | None = None) -> None:
        for active in rules:
            rule, options = self._loaded_rule(active)
            given = rule.check(facts) if options is None else rule.check(facts, options)
            for complaint in given:
                if about is not None and not any(each.span.source.path in about for each in complaint.related):
                    continue
                self._add(rule, active, complaint, facts.zone.name)

    def _wanted(self, present: frozenset[str]) -> tuple[ActiveRule, ...]:
        """The rules that have work to do; many zones hold the same kinds of things."""
        if present not in self._work:
            needed = (rule for rule in self.rules if not rule.entry.needs or not present.isdisjoint(rule.entry.needs))
            self._work[present] = tuple(needed)
        return self._work[present]

    def _loaded_rule(self, active: ActiveRule) -> tuple[Rule, Any]:
        name = active.entry.name
        if name not in self._loaded:
            rule = load(active.entry)
            self._loaded[name] = (rule, _options(rule, active))
        return self._loaded[name]

    def _add(self, rule: Rule, active: ActiveRule, complaint: Complaint, zone: str) -> None:
        severity = active.severity
        if complaint.severity and not active.chosen:
            severity = complaint.severity
        if severity == "error" and not complaint.is_firm:
            severity = "warning"
        related = complaint.related
        if complaint.span.via:
            related = (Related(complaint.span.via, "used here"), *related)
        reference = complaint.reference or rule.reference
        finding = Finding(
            rule=rule.name,
            severity=severity,
            message=complaint.message,
            span=complaint.span,
            help=complaint.help,
            reference=reference,
            related=related,
            zone=self._zone_told(complaint, zone),
            name=complaint.name,
            type=complaint.type,
        )
        self._keep(finding)

    def _keep(self, finding: Finding) -> None:
        """Take a finding; one text that several records use through an alias is one fault, however often used."""
        span = finding.span
        key = (finding.rule, span.source.path, span.start, span.end, finding.message)
        known = self._found.get(key)
        # What several zones tell alike is told of the first by name, whichever was judged first.
        if known is None or (finding.zone, finding.name) < (known.zone, known.name):
            self._found[key] = finding

    def _zone_told(self, complaint: Complaint, zone: str) -> str:
        """The zone of a finding; none for a name that the configuration speaks of and that lies in another."""
        is_own = not complaint.name or is_under(complaint.name, zone)
        return zone if is_own or complaint.span.source.path != self.settings.path else ""


def _options(rule: Rule, active: ActiveRule) -> Any:
    if rule.options is None:
        return None
    return rule.options(**{name.replace("-", "_"): value for name, value in active.options.items()})


def _place(finding: Finding) -> tuple[str, int, int, str, str]:
    position = finding.span.source.position(finding.span.start)
    return (finding.span.source.path, *position, finding.rule, finding.message)
