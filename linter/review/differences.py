"""Which record sets differ between two sides, and of which nothing can be said."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from linter.facts.targets import pointers
from linter.lookup.zone_index import ZoneIndex
from linter.plan.estate import Pair
from linter.records.spf.record import Mechanism
from linter.records.text.name import ancestors
from linter.source.frozen import Frozen
from linter.zone.model import UNREAD

from .model import Hunk
from .side import Side
from .subjects import CUT, HOST, MX, TLSA, domain_of, subject_of

MOST_NAMES = 1_000
"""Mail domains that are looked into; of the others only what differs is told."""


class Subject(Frozen):
    """A set that differs and has to do with mail: what it is, and the domains whose mail it is about."""

    hunk: Hunk
    subject: str
    domains: tuple[str, ...]


class Differences:
    """What differs between two sides.

    A name that one side knows nothing of (its zone is not there, or is incomplete, or a delegation leads away) has no
    difference: what is not there is unknown, not gone.
    """

    def __init__(self, before: Side, after: Side) -> None:
        self.before = before
        self.after = after
        self.moved: dict[str, int] = {}
        """How many sets are the same and lie in another file now, by that file."""
        self.unread = 0
        """Sets of which an entry could not be read on either side."""
        self.hunks = tuple(self._hunks())

    def _hunks(self) -> Iterator[Hunk]:
        old, new = self.before.plain.sets, self.after.plain.sets
        for pair in {**old, **new}:
            was, becomes = old.get(pair), new.get(pair)
            if was is not None and becomes is not None:
                if set(was.values) == set(becomes.values) and was.seconds == becomes.seconds:
                    path = self.after.file(pair)
                    if path != self.before.file(pair):
                        self.moved[path] = self.moved.get(path, 0) + 1
                    continue
            elif not (_knows(self.after, pair) if becomes is None else _may_know(self.before, pair)):
                continue
            if _is_open(self.before, pair) or _is_open(self.after, pair):
                self.unread += 1
                continue
            yield Hunk(*pair, was, becomes, self.before.place(pair), self.after.place(pair))

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """The differences that have to do with mail, whatever their TTL."""
        found = []
        for hunk in self.hunks:
            values = (*hunk.gone, *hunk.new) or (hunk.after.values if hunk.after is not None else ())
            subject = subject_of(hunk.name, hunk.type, values, self.hosts)
            if subject:
                found.append(Subject(hunk, subject, self._domains(hunk, subject)))
        return tuple(found)

    def of(self, *subjects: str) -> Iterator[Subject]:
        """Those of some subjects whose values differ."""
        return (each for each in self.subjects if each.subject in subjects and not each.hunk.is_same)

    def _domains(self, hunk: Hunk, subject: str) -> tuple[str, ...]:
        domain = domain_of(hunk.name, subject)
        if subject in (TLSA, HOST):
            return tuple(sorted(self.by_host.get(domain, ())))
        return () if subject == CUT else (domain,)

    @cached_property
    def by_host(self) -> Mapping[str, set[str]]:
        """The mail domains whose MX names a host, on either side."""
        found: dict[str, set[str]] = {}
        for side in (self.before, self.after):
            for facts in side.facts.values():
                for name, values in facts.mail_hosts.items():
                    for value in values:
                        found.setdefault(value.exchange.name, set()).add(name)
        return found

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The names that mail, SPF and mail programs are led to, on either side."""
        found = set(self.by_host)
        for side in (self.before, self.after):
            found.update(_asked_by_spf(side))
            for facts in side.facts.values():
                found |= {each.target.name for each in pointers(facts.records("SRV"))}
        return frozenset(found)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The mail domains that are touched, first those whose mail may go elsewhere."""
        changed = [each for each in self.subjects if not each.hunk.is_same]
        changed.sort(key=lambda each: each.subject != MX)
        names = dict.fromkeys(domain for each in changed for domain in each.domains if domain)
        return tuple(dict.fromkeys((*names, *self._with_other_policy())))

    def _with_other_policy(self) -> Iterator[str]:
        """The mail domains whose MTA-STS policy file differs."""
        old, new = self.before.policies, self.after.policies
        for name in sorted({*old, *new}):
            texts = [held[name].source.text if name in held else "" for held in (old, new)]
            if texts[0] != texts[1]:
                yield name

    def comparable(self) -> Iterator[tuple[str, ZoneIndex, ZoneIndex]]:
        """The zones that both sides have."""
        for zone, facts in self.after.facts.items():
            old = self.before.facts.get(zone)
            if old is not None:
                yield zone, old.index, facts.index


def _asked_by_spf(side: Side) -> Iterator[str]:
    """The names whose addresses or MX some SPF record takes."""
    for facts in side.facts.values():
        for name, texts in facts.spf_by_name.items():
            for text in texts:
                for term in text.spf.terms:
                    if isinstance(term, Mechanism) and term.name in ("a", "mx"):
                        yield term.target(name)


def _knows(side: Side, pair: Pair) -> bool:
    """Whether a side would have a set if it were there."""
    name, kind = pair
    facts = side.plain.facts_of(name)
    if facts is None or not facts.zone.complete or kind in facts.zone.left:
        return False
    cut = facts.index.cut_above(name)
    if cut is not None and (kind not in ("NS", "DS") or name != cut):
        return False
    return not any(each == (name, kind) or each == (name, UNREAD) for each in facts.zone.unmanaged)


def _may_know(side: Side, pair: Pair) -> bool:
    """Whether a set that is new may be told as new: its zone is new as a whole, or was known."""
    if not side.unread.isdisjoint(ancestors(pair[0])):
        return False
    return side.plain.facts_of(pair[0]) is None or _knows(side, pair)


def _is_open(side: Side, pair: Pair) -> bool:
    return any(not record.complete for record in side.entries.get(pair, ()))
