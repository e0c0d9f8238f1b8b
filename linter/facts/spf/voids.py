"""The lookups of an SPF record that find nothing, as clients of each IP version make them (RFC 7208 section 4.6.4)."""

from collections.abc import Iterable
from functools import partial

from linter.source.frozen import Frozen

from .cost import DEAD, MOST, OFF, VERSIONS, SpfTree, TreeTerm, counted
from .limits import MAX_VOID_LOOKUPS
from .reading import leads

_SPENT = MAX_VOID_LOOKUPS + 1


class _Passage(Frozen):
    """What evaluating a record to its end does, for each number of void lookups counted before, up to `_SPENT`.

    `spent[before]` is how many are counted then, at most `_SPENT`; `lost[before]` whether a term that could match
    comes after the one too many, so that receivers that give up never reach it.
    """

    spent: tuple[int, ...]
    lost: tuple[bool, ...]


class HostVoids:
    """Counts void lookups of hosts for clients of each IP version, as often as a receiver makes them.

    An include that finds nothing is left aside: it ends the evaluation at once, whatever the count. So are the
    addresses of mail hosts, which most receivers do not count.
    """

    def __init__(self) -> None:
        self._counts: dict[int, dict[int, int]] = {version: {} for version in VERSIONS}
        self._passages: dict[int, dict[int, _Passage]] = {version: {} for version in VERSIONS}
        self._gone: dict[int, int] = {}

    def __call__(self, tree: SpfTree) -> int:
        """The count for a record and all below it, for the clients for which most lookups find nothing."""
        return max(self.count(tree, version) for version in VERSIONS)

    def count(self, tree: SpfTree, version: int) -> int:
        """The count for clients of an IP version."""
        return counted(tree, self._counts[version], partial(self._of_record, version))

    def of_term(self, term: TreeTerm, version: int) -> int:
        """The count for a term all of whose records are counted."""
        below = term.below_for(version)
        return len(_own(term, version)) + (self._counts[version][id(below)] if below else 0)

    def gone(self, tree: SpfTree) -> int:
        """How many lookups find nothing whatever the client: what is asked for is not there at all."""
        return counted(tree, self._gone, self._gone_in)

    def exceeded(self, tree: SpfTree) -> tuple[int, ...]:
        """The IP versions whose clients meet more void lookups than receivers need allow."""
        return tuple(version for version in VERSIONS if self.count(tree, version) > MAX_VOID_LOOKUPS)

    def is_match_lost(self, tree: SpfTree, version: int) -> bool:
        """Whether a term that such a client could match comes after the lookup that is one too many."""
        return counted(tree, self._passages[version], partial(self._passage, version)).lost[0]

    def _of_record(self, version: int, tree: SpfTree) -> int:
        return min(sum(self.of_term(term, version) for term in tree.terms), MOST)

    def _gone_in(self, tree: SpfTree) -> int:
        return min(sum(self._gone_of(term) for term in tree.terms), MOST)

    def _gone_of(self, term: TreeTerm) -> int:
        below = min((self._gone[id(record)] for record in term.below), default=0)
        return bool(term.voids4 and term.voids6 and not leads(term)) + below

    def _passage(self, version: int, tree: SpfTree) -> _Passage:
        ways = [self._walked(version, tree.terms, before) for before in range(_SPENT + 1)]
        return _Passage(tuple(spent for spent, _ in ways), tuple(lost for _, lost in ways))

    def _walked(self, version: int, terms: Iterable[TreeTerm], spent: int) -> tuple[int, bool]:
        lost = False
        for term in terms:
            if term.state in (DEAD, OFF):
                continue
            lost |= spent == _SPENT and version in term.matches
            spent = min(spent + len(_own(term, version)), _SPENT)
            below = term.below_for(version)
            if below is not None:
                passage = self._passages[version][id(below)]
                lost |= passage.lost[spent]
                spent = passage.spent[spent]
        return spent, lost


def _own(term: TreeTerm, version: int) -> tuple[str, ...]:
    return () if leads(term) else term.voids(version)
