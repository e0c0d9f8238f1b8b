"""Check files: read the zones, run the rules that are switched on, and gather what they find."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping

from linter import RELEASED
from linter.config.settings import ActiveRule, ActiveRules, Settings
from linter.facts.facts import Facts
from linter.facts.texts import Parsers
from linter.facts.triggers import ANSWERED, FILE, Trigger, triggers
from linter.finding import LIVE, PACK, Complaint, Finding, Related, Witness
from linter.lookup.zone_index import ZoneIndex
from linter.providers.in_force import use
from linter.records.text.fault import one_line
from linter.records.text.name import is_under
from linter.records.text.scripts import with_letters
from linter.source.text import SourceFault
from linter.source.typed import TYPE_CHECKING, TypeAlias
from linter.zone.document import Document
from linter.zone.layout import kind_of, layout_fault
from linter.zone.model import Zone

from .claims import Claims
from .crashes import Crashes
from .declared_twice import declared_twice
from .estate import Estate, ZoneFiles
from .estate_facts import facts_of
from .outcome import Judged, Outcome
from .silence import Silence
from .surplus import Surplus
from .work import Work

if TYPE_CHECKING:
    from linter.lookup.served import Served

    from .dependents import Checked

Used: TypeAlias = Mapping[Witness, frozenset[str]]
_Key: TypeAlias = tuple[str, str, int, int, str]
_MOST_RELATED = 50
_MOST_SERVERS = 8


class Checker:
    """Runs one set of rules over any number of files; `day` is the present one, as "2026-11-23"."""

    def __init__(self, rules: ActiveRules, settings: Settings, day: str = RELEASED) -> None:
        self.settings = settings
        self._silence = Silence(rules, settings, day)
        self.parsers = Parsers()
        self.rules = rules
        self.served: Callable[[str], Served | None] = lambda zone: None
        """What the servers of a zone say, by its name; None where nobody asked them."""
        self.used: Callable[[], Used] = dict
        """The names that dated recorded answers were given about so far, by witness."""
        self.day = day
        self._used: Used = {}
        self.seen_by: Callable[[str], Witness | None] = lambda zone: None
        """The recording of what a zone's servers said, by its name."""
        self.is_seen = False
        """Whether zones of which servers said something stand here as these have them, and not as declared."""
        self._work = Work(rules)
        self._found: dict[_Key, Finding] = {}
        self._surplus = Surplus()
        self._helps: dict[str, str] = {}
        """Ways out, each once: most are the same for very many findings."""
        self._files: set[str] = set()
        self._records: dict[tuple[str, str], int] = {}
        """The number of records of each zone, by name and first file: however many configurations have it."""
        self._skipped: dict[str, None] = {}
        self._not_zones: dict[str, str] = {}
        self._layouts: dict[str, tuple[Document, int]] = {}
        self.problems: list[tuple[str, str]] = []
        self.crashes = Crashes()

    def check(self, paths: Iterable[str], estate: Estate, claims: Claims | None = None) -> None:
        """Check every file of `paths`, all of which belong to `estate`, and what their zones mean for others.

        `claims` says which of them are zones; without, all are claimed to be.
        """
        self._check_dependents(self._check_files(paths, estate, claims), estate)
        self._check_declarations(estate)

    def judged(self, paths: Iterable[str], estate: Estate, claims: Claims | None = None) -> Judged:
        """Check only the files of `paths`, as one share of those that are to be checked."""
        done = self._check_files(paths, estate, claims)
        return self.told()._replace(done=tuple(sorted(done)), zones=estate.zone_names(done), used=self.used())

    def told(self) -> Judged:
        """What was found so far, as another checker takes it in."""
        files, commented = frozenset(self._files), self._silence.commented
        return Judged(self._outcome(), files, (), {}, self._records, self._layouts, commented)

    def gather(self, shares: Iterable[Judged], estate: Estate) -> None:
        """Take in what the shares of an estate's files gave, in their order, and what it means for others."""
        done: set[ZoneFiles] = set()
        for share in shares:
            self.take_in(share)
            done.update(share.done)
            estate.learn(share.zones)
        self._check_dependents(done, estate)
        self._check_declarations(estate)

    def take_in(self, share: Judged) -> None:
        """Take in what another checker has found."""
        self._files |= share.files
        self._records |= share.records
        self._skipped |= dict.fromkeys(share.outcome.skipped)
        self._not_zones |= share.outcome.not_zones
        for document, count in share.layouts.values():
            self._note_layout(document, count)
        self.problems += share.outcome.problems
        self.crashes.add(share.outcome.crashes)
        self._silence.gather(share.outcome.suppressed, share.commented)
        for finding in share.outcome.findings:
            self._keep(finding, _key(finding))
        self._used = _together(self._used, share.used)

    def _check_files(self, paths: Iterable[str], estate: Estate, claims: Claims | None) -> set[ZoneFiles]:
        """Judge the zones that the files belong to; these zones."""
        done: set[ZoneFiles] = set()
        for zone, document, index in self.opened(paths, estate, done, claims):
            if index is None:
                self.judge_document(document, estate, claims)
                continue
            self.count(zone, index.values)
            self._judge_zone(zone, index, estate)
        return done

    def opened(
        self, paths: Iterable[str], estate: Estate, done: set[ZoneFiles], claims: Claims | None = None
    ) -> Iterator[tuple[ZoneFiles, Document, ZoneIndex | None]]:
        """Every zone that the files belong to, once, read when it is its turn; None for what is not a zone.

        `done` gathers them, and their files are counted. Of files that nobody claims and that show no zone, nothing.
        """
        for path in paths:
            fresh: list[tuple[ZoneFiles, ZoneIndex | None]] = []
            with self.crashes.kept("reading", path):
                if claims is not None and not claims.are_ours(path, estate):
                    self._skipped[path] = None
                    continue
                document, zones = estate.document(path), estate.zones_of(path)
                fresh = [(zone, estate.index(zone)) for zone in zones if zone not in done]
                if not zones:
                    self._files.add(path)
            for zone, index in fresh:
                done.add(zone)
                self._files.update(zone.files)
                self._silence.note(document.source)
                for file in zone.files if len(zone.files) > 1 else ():
                    self._silence.note(estate.document(file).source)
                yield zone, document, index

    def _check_dependents(self, done: set[ZoneFiles], estate: Estate) -> None:
        """Findings in files that were not named, as far as one of the checked files has its part in them."""
        files = frozenset(path for zone in done for path in zone.files)
        found = estate.dependents(sorted(files), done)
        if not found.files:
            return
        from .dependents import Checked, opened  # most files are checked with all others

        about = Checked(files, found.zones)
        for zone, index in opened(found.files, estate, done, self.crashes):
            self._judge_zone(zone, index, estate, about)

    def _judge_zone(self, zone: ZoneFiles, index: ZoneIndex, estate: Estate, about: "Checked | None" = None) -> None:
        facts = self.facts(index, estate)
        self.judge(facts, about)
        facts.let_go()
        estate.release(zone)

    def _check_declarations(self, estate: Estate) -> None:
        """Say which files declare a zone that another one declares as well, once all that were named are read."""
        for zone in declared_twice(estate, self._files):
            self.judge(self.facts(ZoneIndex(zone), estate), present=frozenset((FILE,)))

    def _tell_layouts(self) -> None:
        """Say once of each layout that is not known that nothing in it is judged."""
        for document, count in self._layouts.values():
            self.tell([layout_fault(document, count - 1)])

    def _note_layout(self, document: Document, count: int) -> None:
        first, others = self._layouts.get(kind_of(document), (document, 0))
        self._layouts[kind_of(document)] = (first, others + count)

    @property
    def zones(self) -> int:
        """The number of zones checked."""
        return len(self._records)

    @property
    def records(self) -> int:
        """The number of their records."""
        return sum(self._records.values())

    @property
    def files(self) -> int:
        """The number of files checked."""
        return len(self._files)

    def outcome(self) -> Outcome:
        """All findings so far that count: by path, line, column and rule; and those that are held back."""
        self._tell_layouts()
        if self._silence.is_needed:
            self.tell(self._silence.faults(self._outcome().findings, self.is_seen, self.crashes.is_any))
        outcome = self._outcome()
        findings, held = self._silence.split(outcome.findings)
        return outcome._replace(findings=findings, suppressed=(*outcome.suppressed, *held))

    def judge_recordings(self, told: set[str]) -> None:
        """Say of each recording how old what was used of it is, but of those that were `told` of, to which it adds."""
        used = _together(self._used, self.used())
        used = {witness: names for witness, names in used.items() if os.path.realpath(witness.source) not in told}
        told.update(os.path.realpath(witness.source) for witness in used)
        if used:
            from .recordings import used_answers

            facts = self.facts(ZoneIndex(Zone("", (), (), ())), Estate([], ""))
            facts.used = tuple(used_answers(used, self.day))
            self.judge(facts, present=frozenset((ANSWERED,)))

    def _outcome(self) -> Outcome:
        findings = sorted((*self._found.values(), *self._surplus.summaries()), key=_place)
        return Outcome(
            tuple(findings),
            self.files,
            self.zones,
            self.records,
            (*self.problems, *self.crashes.unreadable),
            self.crashes.all(),
            skipped=tuple(self._skipped),
            not_zones=tuple(self._not_zones.items()),
            layouts=len(self._layouts),
            suppressed=self._silence.overridden(),
        )

    def judge_document(self, document: Document, estate: Estate, claims: Claims | None = None) -> None:
        """A file that is not a zone has only its own faults; one that was named as a zone is its user's mistake."""
        path = document.source.path
        if document.layout:
            self._note_layout(document, 1)
        elif claims is not None and document.lacks and len(document.faults) == 1 and path in claims.named:
            self._not_zones[path] = document.lacks
        elif claims is not None and document.lacks and len(document.faults) == 1 and claims.are_changes:
            self._skipped[path] = None
        else:
            self._judge_faults(document, estate)

    def tell(self, faults: Iterable[SourceFault]) -> None:
        """Faults of files that belong to no zone."""
        for fault in faults:
            zone = Zone("", (), (fault.span.source,), (fault,))
            self.judge(self.facts(ZoneIndex(zone), Estate([], "")))

    def _judge_faults(self, document: Document, estate: Estate) -> None:
        zone = Zone("", (), (document.source,), document.faults, complete=document.complete)
        self.judge(self.facts(ZoneIndex(zone), estate))

    def count(self, zone: ZoneFiles, records: int) -> None:
        """Count a zone with its number of records, once however often it comes."""
        self._records[zone.zone, zone.files[0]] = records

    def facts(self, index: ZoneIndex, estate: Estate) -> Facts:
        """The facts about one zone of an estate."""
        facts = facts_of(index, estate, self.settings, self.parsers)
        facts.served, facts.is_seen = self.served(index.zone.name), self.is_seen
        return facts

    def judge(self, facts: Facts, about: "Checked | None" = None, present: frozenset[Trigger] | None = None) -> None:
        """Run the rules; with `about`, only findings that are related to a place in one of these files count.

        `present` takes the place of the facts' own triggers where the rules need no more of them.
        """
        use(self.settings.providers)
        path, zone = facts.zone.sources[0].path if facts.zone.sources else "", facts.zone.name
        aside: frozenset[Trigger] | None = None
        if present is None:
            with self.crashes.kept("the search for work", path, zone):
                present = triggers(facts)
                aside = about.aside(facts) if about is not None else None
        for active, check in self._work.where(present, aside, self.crashes, (path, zone)):
            # Neither `kept` nor a call: there are many rules for a zone of five record sets, and most find nothing.
            try:
                for complaint in check(facts):
                    self._hear(active, complaint, facts, about)
            except Exception as error:  # which can only cost the rule's own findings
                self.crashes.note(error, f"the rule `{active.rule.name}`", path, zone, active.rule.name)

    def _hear(self, active: ActiveRule, complaint: Complaint, facts: Facts, about: "Checked | None") -> None:
        """Take what a rule says of a zone, if it counts."""
        if about is not None and not about.is_concerned(complaint):
            return
        if facts.served is not None:
            complaint = complaint._replace(evidence=(*complaint.evidence, *self._asked(facts.served)))
        self._add(active, complaint, facts.index)

    def _asked(self, served: "Served") -> Iterator[Witness]:
        """The servers whose word a drift is; where zones are judged as they were recorded, that recording."""
        seen = self.seen_by(served.zone) if self.is_seen else None
        if seen is not None:
            yield seen
            return
        yield from (Witness(LIVE, server, self.day) for server in served.servers[:_MOST_SERVERS])

    def _add(self, active: ActiveRule, complaint: Complaint, index: ZoneIndex) -> None:
        rule, severity = active.rule, active.severity
        if complaint.severity and not active.chosen:
            severity = complaint.severity
        related = _bounded(complaint.related) if complaint.related else ()
        if complaint.span.via:
            related = (Related(complaint.span.via, "used here"), *related)
        reference = complaint.reference or rule.reference
        if active.reason:
            complaint = complaint._replace(evidence=(*complaint.evidence, Witness(PACK, active.reason)))
        untold, way_out = complaint.untold, one_line(complaint.help)
        finding = Finding(
            rule.name,
            severity,
            one_line(f"{with_letters(complaint.message)}{f' ({untold})' if untold else ''}"),
            complaint.span,
            self._helps.setdefault(way_out, way_out),
            reference,
            related,
            self._zone_told(complaint, index.zone.name),
            complaint.name,
            complaint.type,
            "",
            complaint.evidence,
            complaint.fix,
        )
        if active.severity == "off" or self.settings.overrides:
            told = self._silence.overriding(finding, rule)
            if told is None:
                return
            finding = told
        if finding.severity == "error" and not complaint.is_firm:
            finding = finding._replace(severity="warning")
        key = _key(finding)
        if key in self._found or self._surplus.takes(finding, index):
            self._keep(finding, key)

    def _keep(self, finding: Finding, key: _Key) -> None:
        """Take a finding; one text that several records use through an alias is one fault, however often used."""
        known = self._found.get(key)
        # What several zones tell alike is told of the first by name, whichever was judged first.
        if known is None or (finding.zone, finding.name) < (known.zone, known.name):
            self._found[key] = finding

    def _zone_told(self, complaint: Complaint, zone: str) -> str:
        """The zone of a finding; none for a name that the configuration speaks of and that lies in another."""
        is_own = not complaint.name or is_under(complaint.name, zone)
        return zone if is_own or complaint.span.source.path != self.settings.path else ""


def _together(one: Used, other: Used) -> Used:
    """Both as one."""
    return {each: one.get(each, frozenset()) | other.get(each, frozenset()) for each in (*one, *other)}


def _key(finding: Finding) -> _Key:
    span = finding.span
    return (finding.rule, span.source.path, span.start, span.end, finding.message)


def _bounded(related: tuple[Related, ...]) -> tuple[Related, ...]:
    """Related places in lines of their own, the first of very many."""
    told = tuple(Related(each.span, one_line(each.message)) for each in related[:_MOST_RELATED])
    more = len(related) - len(told)
    return (*told, Related(related[len(told)].span, f"and {more} more places")) if more else told


def _place(finding: Finding) -> tuple[str, int, str, str]:
    return finding.span.source.path, finding.span.start, finding.rule, finding.message
