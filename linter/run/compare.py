"""Compare zones with what their servers serve: ask, judge, and let go of each zone as its answers arrive."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import partial

from linter.facts.drift.drift import drift
from linter.facts.drift.lines import TELLING, zone_drift
from linter.facts.drift.questions import is_named
from linter.facts.facts import Facts
from linter.facts.triggers import FILE, SERVED, Trigger
from linter.lookup.served import UNASKED, Said, Served
from linter.rules.registry import rule_named
from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING

from .check import Checker
from .claims import Claims
from .compared import Compared
from .estate import Estate, ZoneFiles

if TYPE_CHECKING:
    from linter.live.conversation import Conversation

    from .authority import Finder, Whom
    from .policies import Fetch
    from .transferring import Transfer


class Work(Frozen):
    """Files that belong to one estate, and who judges them."""

    files: list[str]
    estate: Estate
    checker: Checker
    claims: Claims | None = None


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
    """Judges zones by what their servers say: findings gather in the checkers, all else in `done`.

    `probe` is a label that nobody has records at. `keep` gets what was served of each zone, `whom` says whom to ask for
    a zone. With `transfer`, zones are transferred and seen whole where a server lets that be; with `fetch`, the
    policies of MTA-STS are fetched and judged. A run may take `seconds`. With `names`, globs, only the sets of these
    names are compared.
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
        files: Iterable[str] = (),
    ) -> None:
        self.every = every
        self.probe = probe
        self.done = Compared(files)
        self._keep = keep
        self._transfer = transfer
        self._fetch = fetch
        self._seconds = seconds
        self._whom = whom
        self._globs = tuple(name.lower().rstrip(".") for name in names)
        self._telling: dict[Checker, frozenset[str]] = {}

    def opened(self, works: Iterable[Work]) -> Iterator[Opened]:
        """Every zone of the works, read when it is its turn; files that are none are judged at once."""
        for work in works:
            for zone, document, index in work.checker.opened(work.files, work.estate, set(), work.claims):
                self.done.come_to(zone.files)
                if index is None:
                    work.checker.judge_document(document, work.estate, work.claims)
                elif not self._globs or any(
                    is_named(self._globs, each) for each in (*index.names, *index.between, index.zone.name)
                ):
                    yield Opened(work, zone, work.checker.facts(index, work.estate))
            self.done.come_to(work.files)

    def judge(self, opened: Opened, served: Served | None) -> None:
        """Judge one zone, note what could not be judged, and let go of it; None where asking has failed."""
        if served is not None:
            with opened.kept("comparing"):
                self._judge(opened, served)
            self.done.zones += 1
        opened.let_go()

    def _judge(self, opened: Opened, served: Served) -> None:
        facts, checker = opened.facts, opened.work.checker
        if self._globs:
            served = served.only(partial(is_named, self._globs))
        self._keep(served)
        if served.policies:
            from .policies import judge_policies

            judge_policies(facts, served, checker)
        facts.served = served
        present: tuple[Trigger, ...] = (SERVED, FILE) if facts.zone.faults else (SERVED,)
        checker.judge(facts, present=frozenset(present))
        found = drift(facts)
        checker.count(opened.zone, found.compared if found is not None else 0)
        if found is not None:
            self.done.note(opened.zone.files[0], found)
            self.done.note_compared(found)
            self.done.note_lines(zone_drift(found, self._told_by(checker), self.done.room))

    def _told_by(self, checker: Checker) -> frozenset[str]:
        """The rules that a checker has switched on, of those that tell what differs."""
        if checker not in self._telling:
            rules = (checker.rules.of(rule) for name in TELLING if (rule := rule_named(name)) is not None)
            self._telling[checker] = frozenset(active.rule.name for active in rules if active is not None)
        return self._telling[checker]

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
        missed: list[str] = []
        for opened in self.opened(works):
            found = heard(opened)
            if found is not None:
                self.judge(opened, *found)
                continue
            missed += opened.zone.files
            opened.let_go()
        self.done.miss(missed)

    def replay(self, works: Iterable[Work], served_of: Callable[[str], Served | None]) -> None:
        """Judge all zones by what was recorded of them."""
        for opened in self.opened(works):
            served = served_of(opened.facts.zone.name)
            if served is None:
                name = opened.facts.zone.name
                self.done.unrecorded.append(name)
                lost = (("the recording", Said(UNASKED, detail="nothing is recorded of the zone")),)
                opened.facts.served = Served(name, (), {}, "unasked", lost, False, self.every)
                with opened.kept("comparing"):
                    found = drift(opened.facts)
                    if found is not None:
                        self.done.note(opened.zone.files[0], found)
                opened.let_go()
            else:
                self.judge(opened, served)
