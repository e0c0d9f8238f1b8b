"""Check files: read the zones, run the rules that are switched on, and gather what they find."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from linter.config.settings import ActiveRule, Settings
from linter.facts.texts import Parsers
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Finding, Related
from linter.lookup.zone_index import ZoneIndex
from linter.rules.registry import load
from linter.rules.rule import Rule
from linter.source.file import Unreadable
from linter.source.frozen import Frozen
from linter.zone.document import Document
from linter.zone.model import Zone

from .estate import Estate

if TYPE_CHECKING:
    from linter.lookup.served import Served


class Outcome(Frozen):
    """What checking gave: findings in their order, counts, and (path, reason) of what could not be read."""

    findings: tuple[Finding, ...]
    files: int
    zones: int
    records: int
    problems: tuple[tuple[str, str], ...]


class Checker:
    """Runs one set of rules over any number of files."""

    def __init__(self, rules: tuple[ActiveRule, ...], settings: Settings) -> None:
        self.settings = settings
        self.parsers = Parsers()
        self.rules = rules
        self.served: Callable[[str], Served | None] = lambda zone: None
        """What the servers of a zone say, by its name; None where nobody asked them."""
        self._loaded: dict[str, tuple[Rule, Any]] = {}
        self._found: dict[tuple[Any, ...], Finding] = {}
        self.files = self.zones = self.records = 0
        self.problems: list[tuple[str, str]] = []

    def check(self, paths: Iterable[str], estate: Estate) -> None:
        """Check every file of `paths`, all of which belong to `estate`, and what their zones mean for others."""
        done: set[tuple[str, ...]] = set()
        paths = tuple(paths)
        for path in paths:
            try:
                document = estate.document(path)
                files = estate.zone_files(path) if document.names is not None else (path,)
                if files in done:
                    continue
                done.add(files)
                index = estate.zone_index(path) if document.names is not None else None
            except Unreadable as error:
                self.problems.append((error.path, error.reason))
                continue
            self.files += len(files)
            if index is None:
                self.judge_document(document, estate)
                continue
            self.zones += 1
            self.records += sum(len(record.values) for record in index.zone.records)
            self.judge(self.facts(index, estate))
            estate.release(files)
        self._check_dependents(done, estate)

    def _check_dependents(self, done: set[tuple[str, ...]], estate: Estate) -> None:
        """Findings in files that were not named, as far as one of the checked files has its part in them."""
        checked = frozenset(path for files in done for path in files)
        for path in estate.dependents(sorted(checked)):
            try:
                document = estate.document(path)
                files = estate.zone_files(path) if document.names is not None else ()
                index = estate.zone_index(path) if files and files not in done else None
            except Unreadable:  # it was not asked for
                continue
            if index is not None:
                done.add(files)
                self.judge(self.facts(index, estate), checked)

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
        facts = Facts(index, estate.resolver, estate, settings.publishing, self.parsers, policies, intent)
        facts.served = self.served(index.zone.name)
        return facts

    def judge(self, facts: Facts, about: frozenset[str] | None = None, present: frozenset[str] | None = None) -> None:
        """Run the rules; with `about`, only findings that are related to a place in one of these files count.

        `present` stands in for that of the facts where the rules need no more of it.
        """
        present = facts.present if present is None else present
        for active in self.rules:
            if active.entry.needs and present.isdisjoint(active.entry.needs):
                continue
            rule, options = self._loaded_rule(active)
            given = rule.check(facts) if options is None else rule.check(facts, options)
            for complaint in given:
                if about is not None and not any(each.span.source.path in about for each in complaint.related):
                    continue
                self._add(rule, active, complaint, facts.zone.name)

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
            zone=zone,
            name=complaint.name,
            type=complaint.type,
        )
        # One text that several records use through an alias is one fault, however often it is used.
        span = complaint.span
        key = (rule.name, span.source.path, span.start, span.end, complaint.message)
        self._found.setdefault(key, finding)


def _options(rule: Rule, active: ActiveRule) -> Any:
    if rule.options is None:
        return None
    return rule.options(**{name.replace("-", "_"): value for name, value in active.options.items()})


def _place(finding: Finding) -> tuple[str, int, int, str, str]:
    position = finding.span.source.position(finding.span.start)
    return (finding.span.source.path, *position, finding.rule, finding.message)
