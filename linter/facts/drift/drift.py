"""One declared zone held against what its servers said: what is missing, different, beyond the files, or not known."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from linter.facts.facts import Facts, once
from linter.lookup.served import NOT_DELEGATED, REFUSED, TRANSFER, UNASKED, UNKNOWN, Pair, Said, Served
from linter.source.frozen import Frozen
from linter.source.text import Span

from .expected import Expected, expectations
from .questions import wanted_sets
from .sets import Judged, judge
from .undeclared import Undeclared, bounded, undeclared

_MOST_OTHERS = 8
"""Sets that are told of beside the first one, where servers disagree on many."""


POLICY = "the MTA-STS policy"
"""What stands in the place of a record type where the policy of a domain could not be fetched."""


class TtlDrift(Frozen):
    """Sets that are all declared with one TTL and served with another: the first of them, and how many there are."""

    span: Span
    pair: Pair
    declared: int
    served: int
    number: int


class Disagreement(Frozen):
    """Sets of which some servers say something else than others do, all in the same way.

    `views` are the groups of servers with what they serve in words, those as declared first. `serials` are those of
    the zone by server, where they differ. `others` are further sets, each with its views; not all of very many.
    """

    span: Span
    pair: Pair
    views: tuple[tuple[tuple[str, ...], str], ...]
    serials: tuple[tuple[str, str], ...]
    number: int
    others: tuple["Disagreement", ...] = ()


class Failure(Frozen):
    """Questions to which the same servers gave no answer for the same reason: the first of them, and how many.

    `is_known` is whether another server answered. `pair` is ("", "") where the servers were not asked anything else.
    """

    span: Span
    pair: Pair
    servers: tuple[str, ...]
    reason: str
    number: int
    is_known: bool


class Unknown(Frozen):
    """A declared set, or with the type "AXFR" a whole zone, of which nothing was learned, and why."""

    pair: Pair
    reason: str


class Drift:
    """What the servers of a zone said, compared with its files; everything is computed once."""

    def __init__(self, facts: Facts, served: Served) -> None:
        self._facts = facts
        self.served = served
        self.expectations = expectations(facts)

    @cached_property
    def _asked(self) -> list[tuple[Pair, Expected]]:
        """The declared sets that somebody was asked for, in the order of the files."""
        found = []
        for pair, expected in self.expectations.sets(self.served.probe):
            if self.served.of(pair):
                found.append((pair, expected))
        return found

    @cached_property
    def _questions(self) -> list[Pair]:
        """All questions: the declared sets in the order of the files, then the others by name."""
        return list(dict.fromkeys((*(pair for pair, _ in self._asked), *sorted(self.served.pairs))))

    @cached_property
    def _judged(self) -> list[tuple[Pair, Expected, Judged]]:
        """The sets on which the servers agree, as far as they answered."""
        found = []
        for pair, expected in self._asked:
            if pair not in self._views and self.served.first(pair).status != UNKNOWN:
                found.append((pair, expected, judge(self._facts, self.served, pair, expected)))
        return found

    @cached_property
    def _views(self) -> dict[Pair, dict[str, list[str]]]:
        """The questions that servers answer in different ways: for each answer, the servers that give it."""
        if len(self.served.said) < 2:
            return {}
        found = {}
        expected = dict(self._asked)
        for pair in self._questions:
            answers = self.served.of(pair)
            if len({said[:2] for _, said in answers}) < 2:
                continue  # the same words, the same view
            views: dict[str, list[str]] = {}
            for server, said in answers:
                if not said.failed and pair[1] != "SOA":
                    views.setdefault(self.expectations.view(pair, said), []).append(server)
            if len(views) > 1 and (pair in expected or not pair[0].startswith(f"{self.served.probe}.")):
                found[pair] = views
        return found

    @cached_property
    def _wanted(self) -> list[tuple[Pair, Expected]]:
        return wanted_sets(self._facts, self.served.probe, self.served.every, self.served.names)

    @cached_property
    def unknown(self) -> tuple[Unknown, ...]:
        """The declared sets that no server of the zone answered for, and the whole zone where none of them gave it."""
        served = self.served
        found = []
        for pair, expected in self._wanted:
            said = served.of(pair)
            if all(each.failed for _, each in said):
                failed = [each for _, each in said] or [each for _, each in served.lost]
                reason = _reason(failed[0]) if failed else served.delegation.detail or "no server was asked"
                found.append(Unknown((expected.owner, expected.kind), reason))
        if served.untransferred and not served.whole:
            found.append(Unknown((served.zone, TRANSFER), served.untransferred[0][1].detail))
        return tuple(found)

    @property
    def compared(self) -> int:
        """How many declared sets were compared."""
        passed_over = sum(1 for _, _, judged in self._judged if judged.passed_over)
        unknown = sum(1 for each in self.unknown if each.pair[1] != TRANSFER)
        return max(0, len(self._wanted) - unknown - passed_over)

    @property
    def is_undelegated(self) -> bool:
        """Whether the zone above says that it delegates nothing there."""
        return self.served.delegation.status == NOT_DELEGATED

    @cached_property
    def unreachable(self) -> tuple[tuple[str, str], ...]:
        """Why no server answers for the zone: (server, reason) of each; nothing where one does, or none was asked."""
        served = self.served
        is_ours = all(said.status == UNASKED for _, said in served.lost)
        if served.said or self.is_undelegated or is_ours:
            return ()
        return tuple((server, _reason(said)) for server, said in served.lost)

    @cached_property
    def lacking(self) -> tuple[tuple[str, str], ...]:
        """The servers that do not have the zone though others do, each with what it says."""
        if not self.served.said:
            return ()
        return tuple((server, said.detail) for server, said in self.served.lost if said.status == REFUSED)

    @property
    def judged(self) -> list[tuple[Pair, Expected, Judged]]:
        """The sets that were compared: what was asked, what is declared, and how it compares."""
        return self._judged

    @cached_property
    def undeclared(self) -> tuple[Undeclared, ...]:
        """Mail records that are served and that no file declares."""
        found = undeclared(self._facts, self.served, self._judged, self._views)
        return tuple(bounded(self._facts, found))

    @cached_property
    def ttls(self) -> tuple[TtlDrift, ...]:
        """TTLs that differ, one entry for each pair of declared and served."""
        found: dict[tuple[int, int], TtlDrift] = {}
        for pair, expected, judged in self._judged:
            ttl = self.served.first(pair).ttl
            if judged.is_as_declared and ttl is not None and expected.ttl is not None and ttl != expected.ttl:
                key = (expected.ttl, ttl)
                held = found.get(key) or TtlDrift(expected.span, pair, *key, 0)
                found[key] = held._replace(number=held.number + 1)
        return tuple(found.values())

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Where servers disagree, one entry for all that the same servers say otherwise."""
        found: dict[tuple[tuple[str, ...], ...], Disagreement] = {}
        expected = dict(self._asked)
        told_of: set[Pair] = set()
        for asked, views in self._views.items():
            # Where one server has an alias, it differs in every type: that is one thing to say.
            pair = (asked[0], "CNAME") if any(view.startswith("CNAME ") for view in views) else asked
            if pair in told_of:
                continue
            told_of.add(pair)
            span = expected[asked].span if asked in expected else self.expectations.place(asked)
            told = sorted(
                ((tuple(servers), self.expectations.told(pair, view)) for view, servers in views.items()),
                key=lambda view: view[1] != "as declared",
            )
            key = tuple(sorted(servers for servers, _ in told))
            named = (_name(asked, expected), pair[1])
            fresh = Disagreement(span, named, tuple(told), self._serials(), 1)
            held = found.get(key)
            if held is None:
                found[key] = fresh
            else:
                others = held.others if len(held.others) == _MOST_OTHERS else (*held.others, fresh)
                found[key] = held._replace(number=held.number + 1, others=others)
        return tuple(found.values())

    def _serials(self) -> tuple[tuple[str, str], ...]:
        """The serial of the zone that each server has, where they differ (RFC 1035 section 3.3.13)."""
        words = (
            (server, said.values[0].split())
            for server, said in self.served.of((self.served.zone, "SOA"))
            if said.values
        )
        serials = tuple((server, fields[2]) for server, fields in words if len(fields) > 2)
        return serials if len({serial for _, serial in serials}) > 1 else ()

    @cached_property
    def failures(self) -> tuple[Failure, ...]:
        """Questions without an answer: servers that are lost first, then single ones."""
        start = Span(self._facts.zone.sources[0], 0, 0)
        is_known = bool(self.served.said)
        by_reason: dict[str, list[str]] = {}
        told = {server for server, _ in (*self.unreachable, *self.lacking)}
        for server, said in self.served.lost:
            if server not in told:
                by_reason.setdefault(_reason(said), []).append(server)
        lost = [Failure(start, ("", ""), tuple(each), why, 0, is_known) for why, each in by_reason.items()]
        return (*lost, *self._unfetched(), *self._single_failures())

    def _unfetched(self) -> Iterator[Failure]:
        """The policies that could not be had over HTTPS."""
        for domain, why in self.served.unfetched:
            span = self.expectations.place((f"_mta-sts.{domain}", "TXT"))
            host = f"mta-sts.{domain.removesuffix('.')}"
            yield Failure(span, (domain, POLICY), (host,), why, 1, False)

    def _single_failures(self) -> Iterable[Failure]:
        unanswered, known = self.served.unanswered, self.served.pairs
        expected = dict(self._asked)
        found: dict[tuple[tuple[str, ...], str, bool], Failure] = {}
        for pair in self._questions:
            if pair in known and pair not in unanswered:
                continue  # what was recorded of a whole name is not among the known questions
            failed: dict[str, list[str]] = {}
            said = self.served.of(pair)
            for server, each in said:
                if each.failed:
                    failed.setdefault(_reason(each), []).append(server)
            is_known = any(not each.failed for _, each in said)
            for reason, servers in failed.items():
                key = (tuple(servers), reason, is_known)
                span = expected[pair].span if pair in expected else self.expectations.place(pair)
                named = (_name(pair, expected), pair[1])
                held = found.get(key) or Failure(span, named, tuple(servers), reason, 0, is_known)
                found[key] = held._replace(number=held.number + 1)
        return found.values()


def _name(asked: Pair, expected: Mapping[Pair, Expected]) -> str:
    """The name to speak of: of a declared wildcard its own, and not the one by which it was asked for."""
    return expected[asked].owner if asked in expected else asked[0]


def _reason(said: Said) -> str:
    return f"{said.status}: {said.detail}" if said.detail else said.status


@once
def drift(facts: Facts) -> Drift | None:
    """The zone held against what its servers say; None where nobody asked them."""
    return Drift(facts, facts.served) if facts.served is not None else None
