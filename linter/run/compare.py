"""Compare zones with what their servers serve: ask, judge, and let go of each zone as its answers arrive."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from linter.facts.drift_expected import Expectations
from linter.facts.drift_questions import first_questions, next_questions
from linter.facts.zone_facts import Facts
from linter.lookup.served import ALIAS, FOUND, REFERRAL, Pair, Said, Served
from linter.source.frozen import Frozen

from .check import Checker
from .estate import Estate, ZoneFiles

if TYPE_CHECKING:
    from linter.live.conversation import Conversation
    from linter.live.engine import Question, Reply, Server

    from .authority import Authority, Finder
    from .policies import Fetch
    from .transferring import Transfer

Batch: TypeAlias = "Sequence[tuple[Question, Server]]"
Replies: TypeAlias = "Sequence[Reply]"


_MOST_NAMED = 20
"""Sets that are named of those that were passed over; a million zones may have a million."""


class Work(Frozen):
    """Files that belong to one estate, and who judges them."""

    files: list[str]
    estate: Estate
    checker: Checker


class PassedOver(Frozen):
    """A declared set of which nothing can be said, and why."""

    pair: Pair
    reason: str


class Opened(Frozen):
    """A zone that is being compared."""

    work: Work
    zone: ZoneFiles
    facts: Facts


class Comparison:
    """What came of it so far, beside the findings: those gather in the checkers.

    `compared` counts declared sets, `zones` those that were judged; `unrecorded` are zones of which a recording
    holds nothing. `passed_over` counts sets of which nothing can be said. `probe` is a label that nobody has records
    at. `keep` gets what was served of each zone. With `transfer`, zones are transferred and seen whole;
    with `fetch`, the policies of MTA-STS are fetched and judged.
    """

    def __init__(
        self,
        every: bool,
        probe: str,
        keep: Callable[[Served], None] = lambda served: None,
        transfer: "Transfer | None" = None,
        fetch: "Fetch | None" = None,
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

    def opened(self, works: Iterable[Work]) -> Iterator[Opened]:
        """Every zone of the works, read when it is its turn; files that are none are judged at once."""
        for work in works:
            for zone, document, index in work.checker.opened(work.files, work.estate, set()):
                if index is None:
                    work.checker.judge_document(document, work.estate)
                else:
                    yield Opened(work, zone, work.checker.facts(index, work.estate))

    def judge(self, opened: Opened, served: Served) -> None:
        """Judge one zone, note what could not be judged, and let go of it."""
        facts, checker = opened.facts, opened.work.checker
        self._keep(served)
        if self._fetch is not None:
            from .policies import judge_policies

            served = judge_policies(facts, served, checker, self._fetch)
        facts.served = served
        present = {"served", *(fault.kind for fault in facts.zone.faults)}
        checker.judge(facts, present=frozenset(present))
        checker.zones += 1
        drift = facts.drift
        if drift is not None:
            checker.records += drift.compared
            self.compared += drift.compared
            for _, expected, judged in drift.judged:
                if judged.passed_over:
                    self.passed_over += 1
                    if len(self.first_passed_over) < _MOST_NAMED:
                        passed = PassedOver((expected.owner, expected.kind), judged.passed_over)
                        self.first_passed_over.append(passed)
        self.zones += 1
        opened.work.estate.release(opened.zone)
        # The collector is off, and facts refer to each other in circles.
        vars(facts).clear()

    def talks(self, works: Iterable[Work], finder: "Finder") -> "Iterator[Conversation[tuple[Opened, Served]]]":
        """A conversation with the servers of each zone."""
        return (self._talk(opened, finder) for opened in self.opened(works))

    def _talk(self, opened: Opened, finder: "Finder") -> "Conversation[tuple[Opened, Served]]":
        from linter.live.engine import Question

        from .authority import unfit

        index = opened.facts.index
        zone = index.zone.name
        authorities = yield from finder.find(index)
        lost = list(authorities.lost)
        contacts = yield [(Question(zone, "SOA"), each.server) for each in authorities.servers]
        said: dict[str, dict[Pair, Said]] = {}
        fit: list[Authority] = []
        for authority, reply in zip(authorities.servers, contacts, strict=True):
            why = unfit(authority, reply)
            if why is not None:
                lost.append((authority.label, why))
            else:
                fit.append(authority)
                said[authority.label] = {(zone, "SOA"): said_of(reply)}
        labels = tuple(dict.fromkeys((*(each.label for each in authorities.servers), *(name for name, _ in lost))))
        if self._transfer is not None:
            whole, failed = _transferred(zone, fit, self._transfer)
            return opened, Served(zone, labels, whole, self.probe, (*lost, *failed), True, self.every)
        served = Served(zone, labels, said, self.probe, tuple(lost), False, self.every)
        expectations = opened.facts.expectations
        yield from _ask(expectations, first_questions(opened.facts, self.probe, self.every), fit, said)
        yield from _ask(expectations, next_questions(opened.facts, served), fit, said)
        return opened, served

    def replay(self, works: Iterable[Work], served_of: Callable[[str], Served | None]) -> None:
        """Judge all zones by what was recorded of them."""
        for opened in self.opened(works):
            served = served_of(opened.facts.zone.name)
            if served is None:
                self.unrecorded.append(opened.facts.zone.name)
                opened.work.estate.release(opened.zone)
            else:
                self.judge(opened, served)


def _transferred(
    zone: str, fit: "Sequence[Authority]", transfer: "Transfer"
) -> tuple[dict[str, Mapping[Pair, Said]], list[tuple[str, Said]]]:
    """The zone as each server has it, and the servers that do not give it."""
    whole: dict[str, Mapping[Pair, Said]] = {}
    failed = []
    for authority in fit:
        got = transfer(zone, authority.server)
        if isinstance(got, Said):
            failed.append((authority.label, got))
        else:
            whole[authority.label] = got
    return whole, failed


def _ask(
    expectations: Expectations, pairs: Sequence[Pair], fit: "Sequence[Authority]", said: dict[str, dict[Pair, Said]]
) -> "Generator[Batch, Replies, None]":
    """Put questions to every server, and note what each says."""
    questions = [question_of(expectations, pair) for pair in pairs]
    replies = yield [(question, authority.server) for authority in fit for question in questions]
    asked = ((authority.label, pair) for authority in fit for pair in pairs)
    for (label, pair), reply in zip(asked, replies, strict=True):
        said[label][pair] = said_of(reply)


def question_of(expectations: Expectations, pair: Pair) -> "Question":
    """The one place where a question is made, with what is expected to be heard: such a reply is read in no time."""
    from linter.live.engine import Question, expect

    expected = expectations.at(pair)
    if expected is None or not expected.is_exact or expected.kind != pair[1]:
        return Question(*pair)
    return Question(*pair, expect(expected.kind, expected.texts))


def said_of(reply: "Reply") -> Said:
    """A reply as what is compared: of an alias only where it leads, of a referral to whom."""
    if reply.failed:
        return Said(reply.status, detail=reply.detail)
    # What a cache answers counts down, and says nothing about the zone's own TTL.
    ttl = reply.ttl if reply.authoritative else None
    kind = reply.question.kind
    if reply.aliases and kind != "CNAME":
        _, alias_ttl, target = reply.aliases[0]
        return Said(ALIAS, (target,), alias_ttl if reply.authoritative else None)
    if reply.status == FOUND:
        return Said(FOUND, reply.values, ttl)
    if reply.delegated and not reply.authoritative:
        return Said(FOUND if kind == "NS" else REFERRAL, reply.delegated)
    return Said(reply.status)
