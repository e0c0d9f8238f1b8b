"""The worst case of an SPF record over its whole tree: every lookup counted, void ones and loops found."""

from collections.abc import Callable, Sequence

from linter.facts.spf.expand import is_domain
from linter.facts.spf.hosts import MOST_QUESTIONS, Hosts
from linter.facts.spf.reading import is_everywhere, leads, terms_in_order
from linter.finding import SNAPSHOT, Witness
from linter.lookup.answer import FOUND, NO_DATA, NO_NAME, UNKNOWN, Answer, Resolver
from linter.providers.snapshots import spf_sign
from linter.records.spf.record import Spf, is_spf

from .cost import (
    ANY,
    ASKS,
    IP4,
    IP6,
    LOOP,
    MALFORMED,
    MOST,
    NOT_FOLLOWED,
    ONE,
    SEVERAL,
    VARIES,
    VERSIONS,
    Lookups,
    SpfTree,
    TreeTerm,
    for_version,
    records_in,
    uncounted,
)

__all__ = ["Lookups", "SpfTree", "SpfTrees", "TreeTerm", "records_in", "uncounted"]

MOST_RECORDS = 12_000
"""Records followed below one record; beyond these, nothing is asked any more."""
_STRANGE = frozenset(',;:="\\/|()<>@[]')
"""Characters of several terms that grew together to one name (`a.example,include:b.example`); no domain has them."""


class SpfTrees:
    """Computes trees over one resolver; each record is read and counted once, whatever leads to it."""

    def __init__(self, resolver: Resolver, parser: Callable[[str], Spf]) -> None:
        self._resolver = resolver
        self._parser = parser
        self._records: dict[str, SpfTree] = {}
        self._read: dict[str, tuple[TreeTerm, ...]] = {}
        self._trees: dict[str, SpfTree] = {}
        self._alike: dict[str, SpfTree] = {}
        """Trees by the text of their record, where that says all, whatever the name that it stands at."""
        self._loops: dict[str, frozenset[str]] = {}
        self._hosts = Hosts(resolver)

    def at(self, name: str) -> SpfTree:
        """The tree of the record at an absolute lower-case name."""
        return self._tree(name)

    def of(self, name: str, spf: Spf) -> SpfTree:
        """The tree of a record at hand, which need not be what the resolver finds at its name."""
        found = self._record(name)
        if found.spf is not None and found.spf.text == spf.text:
            return self._tree(name)
        key = f"{name}\0{spf.text}"
        self._records.setdefault(key, SpfTree(name, FOUND, spf))
        return self._tree(key)

    def loop(self, tree: SpfTree, term: TreeTerm) -> tuple[str, ...]:
        """The names on the way from a record through one of its looped terms back to it, "…" for very many."""
        group = self._loops.get(tree.name, frozenset())
        target = next((target for target in term.targets if target in group), tree.name)
        return (tree.name, *(way(target, tree.name, self._links, group) or (target, "…", tree.name)))

    def loop_members(self, name: str) -> frozenset[str]:
        """The names that lead to a name and to which it leads; empty where it stands in no loop."""
        return self._loops.get(name, frozenset())

    def _tree(self, key: str) -> SpfTree:
        if key not in self._trees:
            record = self._record(key)
            alike = self._alike.get(record.spf.text) if record.spf is not None else None
            if alike is None:
                self._follow(key)
            else:
                self._trees[key] = alike._replace(name=record.name, span=record.span, witnesses=record.witnesses)
        return self._trees[key]

    def _follow(self, key: str) -> None:
        """Count a record and all below it."""
        self._hosts.left = MOST_QUESTIONS
        followed = 0
        for group in groups(key, self._new_links, MOST_RECORDS):
            followed += len(group)
            if len(group) > 1 or group[0] in self._links(group[0]):
                members = frozenset(group)
                self._loops.update((name, members) for name in group)
            for name in group:
                if name not in self._trees:
                    self._trees[name] = self._counted(name)
        spf = self._trees[key].spf
        # All that the text leads to is counted by now, so that a record which is not cannot be in a loop with it.
        if followed < MOST_RECORDS and self._hosts.left > 0 and key not in self._loops and spf and is_everywhere(spf):
            self._alike[spf.text] = self._trees[key]

    def _new_links(self, key: str) -> list[str]:
        return [] if key in self._trees else self._links(key)

    def _links(self, key: str) -> list[str]:
        """The names that a record leads to."""
        targets = (target for term in self._terms(key) if leads(term) for target in term.targets)
        return list(dict.fromkeys(targets))

    def _terms(self, key: str) -> tuple[TreeTerm, ...]:
        if key not in self._read:
            record = self._record(key)
            self._read[key] = tuple(terms_in_order(record.name, record.spf)) if record.spf else ()
        return self._read[key]

    def _record(self, name: str) -> SpfTree:
        """What stands at a name, its terms not counted yet."""
        if name not in self._records:
            self._records[name] = self._found(name)
        return self._records[name]

    def _found(self, name: str) -> SpfTree:
        if not is_domain(name):
            return SpfTree(name, MALFORMED)
        answer = self._resolver.lookup(name, "TXT")
        if answer.status == UNKNOWN and not _STRANGE.isdisjoint(name):
            return SpfTree(name, MALFORMED)
        if answer.status == UNKNOWN:
            return _unread(name, answer)
        if answer.status != FOUND:
            return SpfTree(name, answer.status, witnesses=answer.witnesses)
        texts = [value for value in answer.values if isinstance(value, str) and is_spf(value)]
        if len(set(texts)) != 1:
            return SpfTree(name, SEVERAL if texts else NO_DATA, witnesses=answer.witnesses)
        span = answer.spans[answer.values.index(texts[0])] if answer.spans else None
        return SpfTree(name, FOUND, self._parser(texts[0]), span, witnesses=answer.witnesses)

    def _counted(self, key: str) -> SpfTree:
        """The tree of a record all of whose targets have theirs."""
        terms: list[TreeTerm] = []
        record = self._record(key)
        total, voids = record.lookups, dict.fromkeys(VERSIONS, 0)
        for read in self._terms(key):
            term = self._asked(key, read)
            total = total.plus(term.lookups)
            for version in VERSIONS:
                inner = term.below_for(version)
                voids[version] += len(term.voids(version)) + (inner.voids(version) if inner else 0)
            terms.append(term._replace(total=total))
        below = [inner for term in terms for inner in term.below]
        return record._replace(
            terms=tuple(terms),
            lookups=total,
            voids4=min(voids[IP4], MOST),
            voids6=min(voids[IP6], MOST),
            is_looped=any(term.state == LOOP for term in terms) or any(inner.is_looped for inner in below),
            is_open=record.status == UNKNOWN or any(inner.is_open for inner in below),
            is_broken=any(inner.is_absent or inner.is_unreadable or inner.is_broken for inner in below),
            most_hosts=max((*(term.hosts for term in terms), *(inner.most_hosts for inner in below)), default=0),
        )

    def _asked(self, key: str, read: TreeTerm) -> TreeTerm:
        """A term with what it costs and what is known to stand there."""
        if read.state == VARIES:
            return read._replace(lookups=ANY)
        if read.state != ASKS:
            return read
        return self._led(key, read) if leads(read) else self._hosts.answered(read._replace(lookups=ONE))

    def _led(self, key: str, read: TreeTerm) -> TreeTerm:
        """An include or redirect with the records it leads to."""
        group = self._loops.get(key, frozenset())
        if any(target in group for target in read.targets):
            return read._replace(state=LOOP, lookups=ANY)
        below = tuple(self._trees.get(target) or SpfTree(target, NOT_FOLLOWED) for target in read.targets)
        costs = [record.lookups for record in below]
        lookups = ONE.plus(Lookups(min(cost.min for cost in costs), max(cost.max for cost in costs)))
        voids4, voids6 = (_absent(for_version(below, version)) for version in VERSIONS)
        unknown = tuple(record.name for record in below if record.status == UNKNOWN)
        return read._replace(lookups=lookups, voids4=voids4, voids6=voids6, unknown=unknown, below=below)


def _unread(name: str, answer: Answer) -> SpfTree:
    """A record that is not known; of some vendors it is known how much it costs at least."""
    sign = spf_sign(name)
    if sign is None or sign.least < 2:
        return SpfTree(name, UNKNOWN, witnesses=answer.witnesses)
    least = Lookups(sign.least - 1, sign.least - 1)  # the include itself counts where it is written
    witness = Witness(SNAPSHOT, sign.source, sign.seen, sign.confirmed)
    return SpfTree(name, UNKNOWN, lookups=least, witnesses=(*answer.witnesses, witness))


def _absent(record: SpfTree | None) -> tuple[str, ...]:
    """The name of a record whose lookup found nothing."""
    return (record.name,) if record is not None and record.status in (NO_DATA, NO_NAME) else ()


MAX_STEPS = 12


def groups(start: str, links: Callable[[str], Sequence[str]], most: int) -> list[list[str]]:
    """The names reachable from `start`, in groups whose members reach each other; targets before their sources.

    A group of several names is a loop; a name that leads to itself is a group of one. At most `most` names are
    followed. Works without recursion (Tarjan's algorithm): a chain of records can be longer than Python's stack.
    """
    order: dict[str, int] = {start: 0}
    lowest: dict[str, int] = {start: 0}
    path: list[tuple[str, list[str]]] = [(start, list(reversed(links(start))))]
    waiting: dict[str, None] = {start: None}
    found: list[list[str]] = []
    while path:
        name, pending = path[-1]
        if pending:
            target = pending.pop()
            if target in waiting:
                lowest[name] = min(lowest[name], order[target])
            elif target not in order and len(order) < most:
                order[target] = lowest[target] = len(order)
                waiting[target] = None
                path.append((target, list(reversed(links(target)))))
            continue
        path.pop()
        if path:
            above = path[-1][0]
            lowest[above] = min(lowest[above], lowest[name])
        if lowest[name] == order[name]:
            found.append(_popped(waiting, name))
    return found


def _popped(waiting: dict[str, None], name: str) -> list[str]:
    """The group of `name`: all that were met after it and still wait, and itself."""
    group = []
    while True:
        last, _ = waiting.popitem()
        group.append(last)
        if last == name:
            return group


def way(start: str, end: str, links: Callable[[str], Sequence[str]], within: frozenset[str]) -> tuple[str, ...]:
    """The shortest way between two names over those of `within`, both included; empty where it is long.

    Ways of more than MAX_STEPS are not looked for: no evaluation follows so many records.
    """
    came: dict[str, str] = {start: ""}
    row = [start]
    for _ in range(MAX_STEPS):
        following = []
        for name in row if end not in came else ():
            for target in links(name):
                if target in within and target not in came:
                    came[target] = name
                    following.append(target)
        row = following
    if end not in came:
        return ()
    steps = [end]
    while steps[-1] != start:
        steps.append(came[steps[-1]])
    return tuple(reversed(steps))
