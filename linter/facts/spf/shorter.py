"""How an SPF record gets under the limit of lookups: what can go or be written otherwise, and the count after each."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from linter.facts.hosts.special_networks import is_unreachable
from linter.lookup.answer import FOUND, Answer, Exchange, Resolver
from linter.lookup.zone_index import ZoneIndex
from linter.records.spf.record import Mechanism, Spf
from linter.records.text.address import Network, network
from linter.source.frozen import Frozen

from .address_sets import live_networks, repeated_terms
from .cost import ASKS, FREE, SpfTree, TreeTerm, records_in
from .limits import MAX_LOOKUPS, MAX_MX_HOSTS, RECORD_LENGTH
from .places import authorising_term
from .tree import SpfTrees

ZoneAt = Callable[[str], ZoneIndex | None]
"""The declared zone that a name lies in; None where it lies in none."""

_MOST_ADDRESSES = 4
"""Addresses that are written in the place of a host; more make the record too long."""
_MOST_TERMS, _MOST_RECORDS, _MOST_OWN = 400, 100, 40
"""What is looked at below one record."""


class Known(Frozen):
    """What is declared about who sends: terms of the record, as written, that serve nobody, and those that may serve.

    `is_clear` is whether nothing about the declared senders is unknown, so that other terms are nobody's.
    """

    unused: frozenset[str] = frozenset()
    serving: frozenset[str] = frozenset()
    is_clear: bool = True


UNDECLARED = Known()


class Step(Frozen):
    """One change of a record: `old` is a term as it is written, `new` what takes its place, "" for nothing.

    `why` is a clause that follows the term. `left` are the lookups after this step and those before it, at least.
    """

    old: str
    new: str
    why: str
    left: int


class Shorter(Frozen):
    """The steps for the record at `name`, each after the one before, and `record` as it is after all of them.

    `left` are the lookups of the whole that are left then. Where that is too many, `choices` are terms of which each
    alone would do, the least that goes first; where none does, terms that do together, `is_one_enough` false. They
    are no advice until somebody says that nothing is sent through them.
    """

    name: str
    steps: tuple[Step, ...]
    record: str
    left: int
    choices: tuple[Step, ...]
    is_one_enough: bool = True


def shorter(
    top: SpfTree,
    resolver: Resolver,
    parse: Callable[[str], Spf],
    zone_at: ZoneAt,
    known: Known = UNDECLARED,
    goal: int = MAX_LOOKUPS,
) -> Shorter | None:
    """What can be done about a record with too many lookups: about itself, or about the declared one that it leads to.

    `goal` is how many lookups are few enough to look no further for terms that can go. None where it does not parse
    or leads to very many records.
    """
    records = list(islice(records_in(top), _MOST_RECORDS + 1))
    terms = sum(len(record.terms) for record in records)
    if top.spf is None or not top.spf.is_valid or len(records) > _MOST_RECORDS or terms > _MOST_TERMS:
        return None
    own = [record for record in records if record is top or (record.span is not None and not record.origin)]
    tree = max(own, key=lambda record: sum(term.lookups.min > 0 for term in record.terms))
    if sum(term.lookups.min > 0 for term in tree.terms) > _MOST_OWN:
        return None
    way = _Way(top, tree, resolver, parse, zone_at, goal)
    for step in way.safe(known.unused if tree is top else frozenset()):
        way.take(step)
    steps, record, left = tuple(way.steps), way.text, way.left
    if left <= MAX_LOOKUPS or not known.is_clear:
        return Shorter(tree.name, steps, record, left, ())
    keeps = known.serving
    if keeps and tree is not top:
        return Shorter(tree.name, steps, record, left, ())
    single = sorted((step for step in way.removals(keeps) if step.left <= MAX_LOOKUPS), key=lambda step: -step.left)
    if single:
        return Shorter(tree.name, steps, record, left, tuple(single))
    way.steps.clear()
    for step in sorted(way.removals(keeps), key=lambda step: step.left):
        if way.left > MAX_LOOKUPS:
            way.drop(step.old)
    if way.left > MAX_LOOKUPS:
        return Shorter(tree.name, steps, record, left, ())
    return Shorter(tree.name, steps, record, left, tuple(way.steps), False)


class _Way:
    """The record of `tree` on its way to fewer lookups, its own or those of the record above that leads to it."""

    def __init__(
        self, top: SpfTree, tree: SpfTree, resolver: Resolver, parse: Callable[[str], Spf], zone_at: ZoneAt, goal: int
    ) -> None:
        self.text = tree.spf.text if tree.spf is not None else ""
        self.left = top.lookups.min
        self.steps: list[Step] = []
        self._top, self._tree, self._goal = top, tree, goal
        self._resolver, self._parse, self._zone_at = resolver, parse, zone_at
        self._trees: dict[str, SpfTrees] = {}

    def take(self, step: Step) -> None:
        """Make a step."""
        self.steps.append(step)
        self.text, self.left = _with(self.text, step.old, step.new), step.left

    def drop(self, text: str) -> None:
        """Take a term out, whatever it lets send."""
        self.steps.extend(self._step(term, "", "") for term in self._terms() if term.text == text)
        if self.steps:
            self.text, self.left = _with(self.text, text, ""), self.steps[-1].left

    def safe(self, unused: frozenset[str]) -> Iterator[Step]:
        """The steps by which nothing is lost, each found in the record as it then is, while it has too many lookups."""
        for find in (
            self._repeated,
            self._empty,
            lambda terms: self._unused(terms, unused),
            self._covered,
            self._hosts,
        ):
            for term in self._terms():
                if self.left <= (MAX_LOOKUPS if find == self._hosts else self._goal):
                    break
                now = next((each for each in self._terms() if each.text == term.text), None)
                found = next(iter(find((now,))), None) if now is not None else None
                if found is not None and found.left < self.left:
                    yield found

    def removals(self, keeps: frozenset[str]) -> Iterator[Step]:
        """Each term that costs lookups, taken out."""
        for term in self._terms():
            if term.lookups.min and term.text not in keeps:
                yield self._step(term, "", "")

    def _terms(self) -> tuple[TreeTerm, ...]:
        """The mechanisms of the record that ask DNS and let somebody send."""
        tree = self._as(self.text).of(self._tree.name, self._parse(self.text))
        asking = (term for term in tree.terms if term.state == ASKS and isinstance(term.term, Mechanism))
        return tuple(term for term in asking if getattr(term.term, "qualifier", "") == "+")

    def _as(self, text: str) -> SpfTrees:
        """The trees as they are with another text at the record's name."""
        if text not in self._trees:
            self._trees[text] = SpfTrees(_Instead(self._resolver, self._tree.name, text), self._parse)
        return self._trees[text]

    def _step(self, term: TreeTerm, new: str, why: str) -> Step:
        text = _with(self.text, term.text, new)
        return Step(term.text, new, why, self._as(text).at(self._top.name).lookups.min)

    def _is_open_to_all(self) -> bool:
        """Whether the order of the terms is of no effect: each of them passes whom it matches."""
        stop = self._parse(self.text).all_term
        live = (term for term in self._parse(self.text).mechanisms if stop is None or term.start < stop.start)
        return all(term.qualifier == "+" for term in live)

    def _repeated(self, terms: Iterable[TreeTerm]) -> Iterator[Step]:
        """A term that means what an earlier one means, or an include that an earlier include leads to."""
        if not self._is_open_to_all():
            return
        pairs = repeated_terms(self._parse(self.text), self._tree.name)
        repeated = {each.term: each.earlier for each in pairs}
        own = self._terms()
        for term in terms:
            earlier = repeated.get(term.term) if isinstance(term.term, Mechanism) else None
            if earlier is not None:
                yield self._step(term, "", f"which `{earlier.text}` says already")
                continue
            end = self._first_unsure(term)
            others = (each for each in own if each.text != term.text and each.term.start < end)
            holder = next((each for each in others if _leads_to(each, term)), None)
            if holder is not None:
                yield self._step(term, "", f"which `{holder.text}` includes")

    def _empty(self, terms: Iterable[TreeTerm]) -> Iterator[Step]:
        """A term that lets nobody send: a host without addresses, a record that authorises nobody."""
        for term in terms:
            if term.term.name in ("a", "mx") and self._addresses(term) == ():
                yield self._step(term, "", "which finds no address")
            below = term.below[0] if len(term.below) == 1 else None
            spf = below.spf if below is not None and not below.is_broken else None
            if spf is not None and spf.is_valid and authorising_term(spf) is None:
                yield self._step(term, "", "which authorises no sender")

    def _unused(self, terms: Iterable[TreeTerm], unused: frozenset[str]) -> Iterator[Step]:
        for term in terms:
            if term.text in unused:
                yield self._step(term, "", "which serves no declared sender")

    def _covered(self, terms: Iterable[TreeTerm]) -> Iterator[Step]:
        """An `a` or `mx` whose addresses the record lists anyway.

        What comes later takes its place where something between may end the evaluation.
        """
        for term in terms:
            found = self._addresses(term) if term.term.name in ("a", "mx") else None
            covering = self._covering(found) if found else ()
            if not covering:
                continue
            listed = " and ".join(f"`{each.text}`" for each in covering[:2])
            more = " and more" if len(covering) > 2 else ""
            end = self._first_unsure(term)
            later = " ".join(each.text for each in covering if each.start > end)
            yield self._step(term, later, f"whose addresses are in {listed}{more}")

    def _covering(self, wanted: Iterable[Network]) -> tuple[Mechanism, ...]:
        """The terms of the record that cover some networks; none where they do not cover all."""
        if not self._is_open_to_all():
            return ()
        live = live_networks(self._parse(self.text))
        found: dict[Mechanism, None] = {}
        for each in wanted:
            cover = next((term for term in live if term.network is not None and term.network.covers(each)), None)
            if cover is None:
                return ()
            found[cover] = None
        return tuple(found)

    def _first_unsure(self, term: TreeTerm) -> int:
        """Where the first term behind another one begins of which it is not known that it comes to a result."""
        tree = self._as(self.text).of(self._tree.name, self._parse(self.text))
        for each in tree.terms:
            unsure = each.unknown or not each.targets or any(below.is_open or below.is_broken for below in each.below)
            if each.term.start > term.term.start and each.state != FREE and unsure:
                return each.term.start
        return len(self.text)

    def _hosts(self, terms: Iterable[TreeTerm]) -> Iterator[Step]:
        """An `a` or `mx` of few addresses, written as these."""
        for term in terms:
            found = self._addresses(term) if term.term.name in ("a", "mx") else None
            if not found or len(found) > _MOST_ADDRESSES or any(map(is_unreachable, found)):
                continue
            rest = [
                each for each in found if not any(cover.start < term.term.start for cover in self._covering([each]))
            ]
            new = " ".join(f"ip{each.version}:{each.text}" for each in rest)
            if len(_with(self.text, term.text, new)) <= max(RECORD_LENGTH, len(self.text)):
                yield self._step(term, new, "")

    def _addresses(self, term: TreeTerm) -> tuple[Network, ...] | None:
        """The networks that an `a` or `mx` stands for; None where somebody else could say that there are others."""
        if len(term.targets) != 1 or not isinstance(term.term, Mechanism):
            return None
        hosts = [term.targets[0]]
        if term.term.name == "mx":
            answer = self._whole(hosts[0], "MX")
            if answer is None:
                return None
            hosts = [value.host for value in answer.values if isinstance(value, Exchange) and value.host != "."]
            if len(hosts) > MAX_MX_HOSTS:
                return None
        found: dict[Network, None] = {}
        for host in hosts:
            for version, kind, prefix in ((4, "A", term.term.prefix4), (6, "AAAA", term.term.prefix6)):
                answer = self._whole(host, kind)
                if answer is None:
                    return None
                for value in answer.values:
                    each = network(version, value) if isinstance(value, str) else None
                    if each is None:
                        return None
                    found[each if prefix is None else each._replace(prefix=prefix)] = None
        return tuple(found)

    def _whole(self, name: str, kind: str) -> Answer | None:
        """What is known to be all that a name answers; None where it is not, or where a provider adds to it."""
        answer = self._resolver.lookup(name, kind)
        if answer.status != FOUND and not answer.is_empty:
            return None
        index = self._zone_at(answer.owner)
        records = index.records(answer.owner, kind) if index is not None else ()
        return answer if all(record.complete for record in records) else None


class _Instead:
    """A resolver that has another SPF record at one name."""

    def __init__(self, resolver: Resolver, name: str, text: str) -> None:
        self._resolver, self._name, self._text = resolver, name, text

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute name and a type."""
        if name == self._name and kind == "TXT":
            return Answer(FOUND, (self._text,), (), name)
        return self._resolver.lookup(name, kind)


def _leads_to(term: TreeTerm, wanted: TreeTerm) -> bool:
    """Whether an include lets through all that another one lets through: its record does nothing but include that."""
    if term.term.name != "include" or wanted.term.name != "include" or len(term.below) != 1:
        return False
    record, met = [term.below[0]], set[int]()
    while record:
        current = record.pop()
        if id(current) in met or current.spf is None or not current.spf.is_valid:
            continue
        met.add(id(current))
        live = [each for each in current.terms if each.state == ASKS or getattr(each.term, "network", None) is not None]
        if any(getattr(each.term, "qualifier", "+") != "+" for each in live):
            continue
        if any(each.term.name == "include" and each.targets == wanted.targets for each in live):
            return True
        record.extend(each.below[0] for each in live if len(each.below) == 1)
    return False


def _with(record: str, old: str, new: str) -> str:
    """A record with its last term of that text taken out, or replaced by terms that then stand at no later place."""
    words = record.split(" ")
    places = [place for place, word in enumerate(words) if word == old]
    if not places:
        return record
    fresh = new.split(" ") if new else []
    after = [word for word in words[places[-1] + 1 :] if word not in fresh]
    known = words[: places[-1]]
    return " ".join((*known, *(word for word in fresh if word not in known), *after))
