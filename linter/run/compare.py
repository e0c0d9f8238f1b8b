"""Compare zones with what their servers serve: ask, judge, and let go of each zone as its answers arrive."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING

from linter.facts.drift.drift import Drift, drift
from linter.facts.drift.lines import TELLING, ZoneDrift, zone_drift
from linter.facts.drift.questions import is_named
from linter.facts.facts import Facts
from linter.facts.triggers import FILE, SERVED, Trigger
from linter.lookup.served import UNASKED, UNSEEN, Pair, Said, Served
from linter.report.counts import Seen, UnknownSet
from linter.rules.registry import rule_named
from linter.source.frozen import Frozen

from .check import Checker
from .claims import Claims
from .estate import Estate, ZoneFiles

if TYPE_CHECKING:
    from linter.live.conversation import Conversation

    from .authority import Finder, Whom
    from .policies import Fetch
    from .transferring import Transfer

_MOST_NAMED = 20
"""Sets that are named of those that were passed over; a million zones may have a million."""
_MOST_LINES, _MOST_OF_ZONE = 5_000, 200
"""Lines of drift that are kept, of all zones and of one."""
_MOST_LISTED = 10_000
"""Sets that are listed of those that stayed unknown."""


class Work(Frozen):
    """Files that belong to one estate, and who judges them."""

    files: list[str]
    estate: Estate
    checker: Checker
    claims: Claims | None = None


class PassedOver(Frozen):
    """A declared set of which nothing can be said, and why."""

    pair: Pair
    reason: str


class Opened(Frozen):
    """A zone that is being compared."""

    work: Work
    zone: ZoneFiles
    facts: Facts

    def kept(self, what: str) -> AbstractContextManager[None]:
        """Whatever goes wrong with this zone inside is noted and costs no other zone its verdict."""
        return self.work.checker.crashes.kept(what, self.zone.files[0], self.facts.zone.name)

    def let_go(self) -> None:
        """Let go of it: the collector is off, and facts refer to each other in circles."""
        self.work.estate.release(self.zone)
        self.facts.let_go()


class Comparison:
    """What came of it so far, beside the findings: those gather in the checkers.

    `compared` counts declared sets, `zones` those that were judged; `unrecorded` are zones of which a recording
    holds nothing. `passed_over` counts sets of which nothing can be said. `probe` is a label that nobody has records
    at. `untransferred` are zones by (server, reason), where a server did not give them whole; `undelegated` are those
    whose delegation could not be seen, by why. `keep` gets what was served of each zone, `whom` says whom to ask for a
    zone. With `transfer`, zones are transferred and seen whole where a server lets that be; with
    `fetch`, the policies of MTA-STS are fetched and judged. A run may take `seconds`. With `names`, globs, only the
    sets of these names are compared.
    """

    def __init__(
        self,
        every: bool,
        probe: str,
        keep: Callable[[Served], None] = lambda served: None,
        transfer: "Transfer | None" = None,
        fetch: "Fetch | None" = None,
        seconds: float = 0.0,
        whom: "Callable[[Opened], Whom] | None" = None,
        names: Iterable[str] = (),
    ) -> None:
        self.every = every
        self.probe = probe
        self.compared = self.zones = 0
        self.passed_over = 0
        self.first_passed_over: list[PassedOver] = []
        self.unrecorded: list[str] = []
        self._keep = keep
        self._transfer = transfer
        self._fetch = fetch
        self._seconds = seconds
        self._whom = whom
        self._globs = tuple(name.lower().rstrip(".") for name in names)
        self.untransferred: dict[tuple[str, str], list[str]] = {}
        self.undelegated: dict[str, list[str]] = {}
        self.over = ""
        """Why the run ended before all was asked."""
        self._unknown = 0
        self._listed: list[UnknownSet] = []
        self._left: dict[str, None] = {}
        self._drift: list[ZoneDrift] = []
        self._telling: dict[Checker, frozenset[str]] = {}
        self._room = _MOST_LINES

    @property
    def is_complete(self) -> bool:
        """Whether every zone was come to."""
        return not self._left

    @property
    def seen(self) -> Seen:
        """How much was learned."""
        why = self.over or "it was not come to"
        left = [UnknownSet(path, "", "", "", why) for path in list(self._left)[:_MOST_LISTED]]
        number = self._unknown + len(self._left)
        zones = tuple(sorted(self._drift, key=lambda each: each.zone))
        return Seen(number, (*self._listed, *left), sum(map(len, self.undelegated.values())), zones)

    def opened(self, works: Iterable[Work]) -> Iterator[Opened]:
        """Every zone of the works, read when it is its turn; files that are none are judged at once."""
        for work in works:
            for zone, document, index in work.checker.opened(work.files, work.estate, set(), work.claims):
                self._come_to(zone.files)
                if index is None:
                    work.checker.judge_document(document, work.estate, work.claims)
                elif not self._globs or any(
                    is_named(self._globs, each) for each in (*index.names, *index.between, index.zone.name)
                ):
                    yield Opened(work, zone, work.checker.facts(index, work.estate))
            self._come_to(work.files)

    def expect(self, files: Iterable[str]) -> None:
        """These files are to be compared; those of them that the run does not come to hold nothing that is known."""
        self._left = dict.fromkeys(files)

    def _come_to(self, files: Iterable[str]) -> None:
        for path in files:
            self._left.pop(path, None)

    def judge(self, opened: Opened, served: Served | None) -> None:
        """Judge one zone, note what could not be judged, and let go of it; None where asking has failed."""
        if served is not None:
            with opened.kept("comparing"):
                self._judge(opened, served)
            self.zones += 1
        opened.let_go()

    def _judge(self, opened: Opened, served: Served) -> None:
        facts, checker = opened.facts, opened.work.checker
        if self._globs:
            served = served.only(partial(is_named, self._globs))
        self._keep(served)
        for server, said in served.untransferred:
            self.untransferred.setdefault((server, said.detail), []).append(served.zone)
        if served.policies:
            from .policies import judge_policies

            judge_policies(facts, served, checker)
        facts.served = served
        present: tuple[Trigger, ...] = (SERVED, FILE) if facts.zone.faults else (SERVED,)
        checker.judge(facts, present=frozenset(present))
        found = drift(facts)
        checker.count(opened.zone, found.compared if found is not None else 0)
        if found is not None:
            self.compared += found.compared
            self._note_unknown(opened, found)
            self._note_lines(found, checker)
            for _, expected, judged in found.judged:
                if judged.passed_over:
                    self.passed_over += 1
                    if len(self.first_passed_over) < _MOST_NAMED:
                        passed = PassedOver((expected.owner, expected.kind), judged.passed_over)
                        self.first_passed_over.append(passed)

    def _note_unknown(self, opened: Opened, found: Drift) -> None:
        """What nothing was learned of, in one zone."""
        path, served = opened.zone.files[0], found.served
        self._unknown += len(found.unknown)
        for each in found.unknown[: _MOST_LISTED - len(self._listed)]:
            self._listed.append(UnknownSet(path, served.zone, *each.pair, each.reason))
        if served.delegation.status == UNSEEN:
            self.undelegated.setdefault(served.delegation.detail, []).append(served.zone)

    def _note_lines(self, found: Drift, checker: Checker) -> None:
        """What differs in one zone, as long as there is room."""
        if checker not in self._telling:
            rules = (checker.rules.of(rule) for name in TELLING if (rule := rule_named(name)) is not None)
            self._telling[checker] = frozenset(active.rule.name for active in rules if active is not None)
        lines = zone_drift(found, self._telling[checker], min(self._room, _MOST_OF_ZONE))
        if lines.lines:
            self._drift.append(lines)
            self._room -= len(lines.lines)

    def talks(self, works: Iterable[Work], finder: "Finder") -> "Iterator[Conversation[tuple[Opened, Served | None]]]":
        """A conversation with the servers of each zone."""
        return (self._talk(opened, finder) for opened in self.opened(works))

    def _talk(self, opened: Opened, finder: "Finder") -> "Conversation[tuple[Opened, Served | None]]":
        from .zone_talk import Wanted, talk

        wanted = Wanted(self.every, self.probe, self._transfer, self._fetch, self._seconds, names=self._globs)
        served: Served | None = None
        with opened.kept("asking"):
            if self._whom is not None:
                wanted = wanted._replace(whom=self._whom(opened))
            served = yield from talk(opened.facts, finder, wanted)
        return opened, served

    def settle(self, works: Iterable[Work], heard: "Callable[[Opened], tuple[Served | None] | None]") -> None:
        """Judge all zones by what others have heard of them, as `judge` does; of what is None nobody has come to it."""
        missed: dict[str, None] = {}
        for opened in self.opened(works):
            found = heard(opened)
            if found is not None:
                self.judge(opened, *found)
                continue
            missed.update(dict.fromkeys(opened.zone.files))
            opened.let_go()
        self._left.update(missed)

    def replay(self, works: Iterable[Work], served_of: Callable[[str], Served | None]) -> None:
        """Judge all zones by what was recorded of them."""
        for opened in self.opened(works):
            served = served_of(opened.facts.zone.name)
            if served is None:
                name = opened.facts.zone.name
                self.unrecorded.append(name)
                lost = (("the recording", Said(UNASKED, detail="nothing is recorded of the zone")),)
                opened.facts.served = Served(name, (), {}, "unasked", lost, False, self.every)
                with opened.kept("comparing"):
                    found = drift(opened.facts)
                    if found is not None:
                        self._note_unknown(opened, found)
                opened.work.estate.release(opened.zone)
            else:
                self.judge(opened, served)
