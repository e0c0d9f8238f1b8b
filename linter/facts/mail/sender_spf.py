"""Whether the SPF of a domain covers what a system sends from."""

from collections.abc import Callable, Iterable, Iterator

from linter.facts.spf.address_sets import MOST_SEGMENTS, Edges, networks_of
from linter.facts.spf.check import Client, check_host
from linter.facts.spf.cost import ASKS, FREE, SEVERAL, SpfTree, TreeTerm, records_in
from linter.facts.spf.places import authorising_term
from linter.facts.spf.reading import terms_in_order
from linter.facts.spf.tree import SpfTrees
from linter.lookup.answer import FOUND, NO_DATA, NO_NAME, UNKNOWN, Answer, Exchange, Resolver
from linter.records.spf.placeholder import placeholder
from linter.records.spf.record import Mechanism, Modifier, Spf, Term
from linter.records.text.address import Network, is_address_of, network
from linter.records.text.name import dotless
from linter.source.frozen import Frozen
from linter.source.typed import Final, Literal, TypeAlias

State: TypeAlias = Literal["pass", "not covered", "broken", "no record", "unknown"]
PASS: Final = "pass"
NOT_COVERED: Final = "not covered"
BROKEN: Final = "broken"
NO_RECORD: Final = "no record"
NOT_KNOWN: Final = "unknown"
"""What SPF says of a system: covered; no term lets it send; receivers answer permerror; nothing there; nobody knows."""

_MOST_HOSTS = 20
_MOST_UNKNOWN, _MOST_GUESSES = 3, 64
"""Unknown records of which all answers are tried out for one address, and addresses for which that is done."""
UNSURE = "unsure"
"""What stands for the result of an address that passes by some answers to what is unknown, and not by others."""
_ANYBODY = "192.0.2.254"
"""A client that no record names but by mistake (RFC 5737)."""


class Coverage(Frozen):
    """What the SPF of one domain says of one system.

    `uncovered` are the terms that the record lacks, `by` the terms of the domain's own record that let the system
    send. `is_told` is whether `by` holds all of these, so that other terms serve somebody else. `why` tells in a few
    words what stands against a verdict.
    """

    domain: str
    state: State
    uncovered: tuple[str, ...] = ()
    by: tuple[TreeTerm, ...] = ()
    tree: SpfTree | None = None
    is_told: bool = False
    why: str = ""


class _Accounted:
    """A resolver that takes the unknown records of known others for records that let nobody else send.

    An include that belongs to another declared system, or to a vendor of the catalogue, will not authorise this one.
    """

    def __init__(self, resolver: Resolver, is_others: Callable[[str], bool]) -> None:
        self._resolver = resolver
        self._is_others = is_others

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute name and a type."""
        if kind == "TXT" and placeholder(name.removesuffix(".")) is not None:
            return Answer(NO_NAME, (), (), name)
        answer = self._resolver.lookup(name, kind)
        if kind == "TXT" and answer.status == UNKNOWN and self._is_others(answer.owner or name):
            return Answer(FOUND, ("v=spf1 -all",), (), name)
        return answer


class _Known:
    """A resolver that takes one record, if nobody knows it, for one that lets every client send."""

    def __init__(self, resolver: Resolver, name: str) -> None:
        self._resolver = resolver
        self._name = name

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute name and a type."""
        answer = self._resolver.lookup(name, kind)
        is_meant = kind == "TXT" and name == self._name and answer.status == UNKNOWN
        return Answer(FOUND, ("v=spf1 +all",), (), name) if is_meant else answer


class _Guessed:
    """A resolver that takes unknown records for such as let every client send, or none; `asked` are all that it met."""

    def __init__(self, resolver: Resolver, letting: frozenset[str]) -> None:
        self._resolver = resolver
        self._letting = letting
        self.asked: set[str] = set()

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute name and a type."""
        answer = self._resolver.lookup(name, kind)
        if kind != "TXT" or answer.status != UNKNOWN:
            return answer
        self.asked.add(name)
        return Answer(FOUND, ("v=spf1 +all" if name in self._letting else "v=spf1 -all",), (), name)


class _Ranges(Frozen):
    """Networks that a system sends from; `is_whole` is whether there are no others."""

    known: tuple[Network, ...]
    is_whole: bool


class SenderSpf:
    """Coverage of one system by one resolver.

    `is_own(name)` tells whether the SPF record at a name is the system's vendor's, so that to include it is to
    authorise the system; `is_others(name)` whether it is spoken for by somebody else. With `is_declared` its owner said
    what it sends from: then the vendor's record lets it send only as far as that is one of the vendor's too.
    """

    def __init__(
        self,
        resolver: Resolver,
        parser: Callable[[str], Spf],
        is_own: Callable[[str], bool],
        is_others: Callable[[str], bool],
        is_declared: bool = False,
    ) -> None:
        self._is_declared = is_declared
        self._plain = resolver
        self._resolver = _Accounted(resolver, is_others)
        self._parser = parser
        self._is_own = is_own
        self._trees = SpfTrees(self._resolver, parser)
        self._known: dict[tuple[str, str], str | None] = {}
        self._guesses = 0

    def coverage(self, domain: str, terms: Iterable[Term], owner: str) -> Coverage:
        """Whether mail with `domain` in its MAIL FROM passes from everything that `terms` mean at `owner`."""
        tree = self._trees.at(domain)
        if tree.status == UNKNOWN:
            return Coverage(domain, NOT_KNOWN, tree=tree, why=f"the SPF record of {dotless(domain)} is not known")
        if tree.status == SEVERAL or (tree.spf is not None and not tree.spf.is_valid):
            return Coverage(domain, BROKEN, tree=tree)
        if tree.spf is None:
            state: State = NO_RECORD if tree.status in (NO_DATA, NO_NAME) else NOT_KNOWN
            return Coverage(domain, state, tree=tree)
        uncovered: list[str] = []
        by: list[TreeTerm] = []
        states, told = set(), True
        for term in terms:
            state = self._term(tree, term, owner)
            states.add(state)
            if state == NOT_COVERED:
                uncovered.append(term.text)
            letting = [found for found in tree.terms if self._lets(found, term, owner)]
            by.extend(letting)
            told = told and bool(letting)
        graver: tuple[State, ...] = (NOT_COVERED, BROKEN, NOT_KNOWN)
        state = next((state for state in graver if state in states), PASS)
        return Coverage(domain, state, tuple(uncovered), tuple(by), tree, told)

    def without_terms(self, domain: str, is_of_domain: bool) -> Coverage:
        """What can be said of a system whose terms nobody knows: that a record lets nobody send, and no more.

        `is_of_domain` is whether its mail is known to have `domain` in its MAIL FROM.
        """
        tree = self._trees.at(domain)
        if tree.spf is None or not tree.spf.is_valid:
            return self.coverage(domain, (), domain)
        if any(self._is_its(target) for term in tree.terms for each in _passing(term) for target in each.targets):
            return Coverage(domain, PASS, tree=tree)
        stop = tree.spf.all_term
        is_shut = authorising_term(tree.spf) is None and stop is not None and stop.qualifier in "-~"
        why = "its SPF term is not known"
        return Coverage(domain, NOT_COVERED if is_shut and is_of_domain else NOT_KNOWN, tree=tree, why=why)

    def _is_its(self, name: str) -> bool:
        """Whether the SPF record at a name is the system's vendor's; a placeholder is nobody's."""
        return placeholder(name) is None and self._is_own(name)

    def _term(self, tree: SpfTree, term: Term, owner: str) -> State:
        """What SPF says of one term of a system.

        What receivers evaluate is believed; only where that is unknown does the text of the record tell.
        """
        ranges = self._ranges(term, owner)
        results = self._results(tree, ranges.known)
        if not results <= {"pass", None, "temperror", "permerror", UNSURE}:
            return NOT_COVERED
        if "permerror" in results:
            return BROKEN
        if results == {"pass"} and ranges.is_whole:
            return PASS
        if UNSURE in results and isinstance(term, Mechanism) and term.network is not None:
            return NOT_KNOWN
        if any(self._lets(found, term, owner) for found in tree.terms):
            return self._as_asked(tree, term, owner)
        if _means(term) == "include" and self._result(tree.name, _ANYBODY) == "permerror":
            return BROKEN
        if term.name in ("a", "mx", "ip4", "ip6") or results == {"pass"}:
            return NOT_KNOWN
        return NOT_KNOWN if any(record.status == UNKNOWN for record in records_in(tree)) else NOT_COVERED

    def _ranges(self, term: Term, owner: str) -> "_Ranges":
        """The networks that a term of a system stands for, as far as they are known."""
        if isinstance(term, Mechanism) and term.network is not None:
            return _Ranges((term.network,), True)
        if term.name in ("a", "mx"):
            hosts = self._hosts(_host(term, owner), term.name)
            return _Ranges(tuple(each for each in map(_single, hosts) if each is not None), bool(hosts))
        targets = _targets(term, owner)
        if _means(term) != "include" or len(targets) != 1:
            return _Ranges((), False)
        return self._included(targets[0])

    def _included(self, name: str) -> "_Ranges":
        """The networks from which the record of an include passes; whole where no part of it is unknown."""
        tree = self._trees.at(name)
        if tree.spf is None or tree.is_open or tree.is_broken:
            return _Ranges((), False)
        terms = [term for record in records_in(tree) for term in record.terms]
        is_whole = all(term.term.name not in ("exists", "ptr") and not term.unknown for term in terms)
        found = [each for term in terms for each in networks_of(term, self._resolver)]
        if len(found) > MOST_SEGMENTS:
            return _Ranges((), False)
        edges = Edges(tree, self._resolver)
        passing = []
        for each in found:
            places = edges.within(each)
            results = {self._result(name, place) for place in places or ()}
            if results == {"pass"}:
                passing.append(each)
            elif places is None or not results.isdisjoint({"pass", None, UNSURE}):
                is_whole = False
        return _Ranges(tuple(passing), is_whole and bool(passing))

    def _as_asked(self, tree: SpfTree, term: Term, owner: str) -> State:
        """What receivers say of a client that only the term itself matches, whose record nobody here may know."""
        targets = _targets(term, owner)
        if _means(term) != "include" or len(targets) != 1:
            return PASS
        own = [target for found in tree.terms for each in _passing(found) for target in each.targets]
        meant = next((target for target in own if self._is_its(target)), targets[0])
        resolver = _Known(self._resolver, targets[0] if targets[0] in own else meant)
        outcome = check_host(_client(_ANYBODY, tree.name), tree.name, resolver, self._parser)
        return BROKEN if outcome.result == "permerror" else PASS

    def _lets(self, found: TreeTerm, term: Term, owner: str) -> bool:
        """Whether a term of a record, or one it leads to, lets through what `term` means, without asking DNS."""
        is_led = _means(term) == "include"
        if is_led and self._is_declared:
            is_led = any(map(self._is_its, _targets(term, owner)))
        return any(
            _is_same(each, term, owner) or (is_led and any(map(self._is_its, each.targets))) for each in _passing(found)
        )

    def _results(self, tree: SpfTree, ranges: Iterable[Network]) -> set[str | None]:
        """What check_host says of mail from every address of some networks; None for what cannot be told."""
        edges = Edges(tree, self._resolver)
        results: set[str | None] = set()
        for each in ranges:
            places = edges.within(each)
            results |= {None} if places is None else {self._result(tree.name, place) for place in places}
        return results

    def _result(self, domain: str, address: str) -> str | None:
        """What check_host says of mail from one address."""
        key = (domain, address)
        if key not in self._known:
            outcome = check_host(_client(address, domain), domain, self._resolver, self._parser)
            self._known[key] = outcome.result
            if outcome.result is None and self._guesses < _MOST_GUESSES:
                self._guesses += 1
                self._known[key] = self._whatever_is_said(domain, address)
        return self._known[key]

    def _whatever_is_said(self, domain: str, address: str) -> str | None:
        """What mail from an address gets whatever the records say that are not known; None where that is too much.

        "fail" for what never passes, UNSURE for what passes by some answers and not by others.
        """
        waiting, done, names, results = [frozenset[str]()], set[frozenset[str]](), set[str](), set[str]()
        while waiting:
            letting = waiting.pop()
            done.add(letting)
            guessed = _Guessed(self._resolver, letting)
            result = check_host(_client(address, domain), domain, guessed, self._parser).result
            names |= guessed.asked
            if result is None or len(names) > _MOST_UNKNOWN:
                return None
            results.add(result)
            more = (letting | {name} for name in guessed.asked)
            waiting.extend(each for each in more if each not in done and each not in waiting)
        if len(results) == 1:
            return results.pop()
        return UNSURE if "pass" in results else "fail"

    def _hosts(self, name: str, kind: str) -> list[str]:
        """The addresses of a host, or of the mail hosts of a domain, as far as they are known."""
        names = [name]
        if kind == "mx":
            answer = self._plain.lookup(name, "MX")
            names = [value.host for value in answer.values if isinstance(value, Exchange)][:_MOST_HOSTS]
        found: list[str] = []
        for each in names:
            for record in ("A", "AAAA"):
                answer = self._plain.lookup(each, record)
                texts = (value for value in answer.values if isinstance(value, str))
                found.extend(text for text in texts if is_address_of(record, text))
        return found[:_MOST_HOSTS]


def _passing(found: TreeTerm) -> Iterator[TreeTerm]:
    """A term and all terms of the records it leads to, as far as a match there is a pass at the top.

    What an included record passes matches; what it fails does not (RFC 7208 section 5.2).
    """
    waiting, met = [found], set[int]()
    while waiting:
        current = waiting.pop()
        if current.state in (ASKS, FREE) and getattr(current.term, "qualifier", "+") == "+":
            yield current
            for record in current.below:
                if id(record) not in met:
                    met.add(id(record))
                    waiting.extend(record.terms)


def _is_same(found: TreeTerm, term: Term, owner: str) -> bool:
    if found.term.name == "all":
        return True
    if isinstance(term, Mechanism) and term.network is not None:
        own = found.term.network if isinstance(found.term, Mechanism) else None
        return own is not None and own.covers(term.network)
    targets = _targets(term, owner)
    return _means(found.term) == _means(term) and (
        found.targets == targets if targets else found.term.text == term.text
    )


def _means(term: Term) -> str:
    """The name under which a term is compared: a redirect leads to the same record as an include."""
    return "include" if isinstance(term, Modifier) and term.name == "redirect" else term.name


def _targets(term: Term, owner: str) -> tuple[str, ...]:
    """The names that a term asks about when it stands in a record of `owner`."""
    return next(terms_in_order(owner, Spf("", (term,), ()))).targets


def _host(term: Term, owner: str) -> str:
    targets = _targets(term, owner)
    return targets[0] if targets else owner


def _single(address: str) -> Network | None:
    return network(6 if ":" in address else 4, address)


def _client(address: str, domain: str) -> Client:
    bare = domain.removesuffix(".")
    return Client(address, f"postmaster@{bare}", bare)


def place_for_term(spf: Spf) -> tuple[int, int]:
    """Where a term is to be put into a record: at its `all` or redirect, else at its end."""
    stop = spf.all_term or spf.redirect
    return (stop.start, stop.end) if stop is not None else (max(0, len(spf.text) - 1), len(spf.text))
