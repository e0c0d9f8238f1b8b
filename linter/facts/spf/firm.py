"""What an SPF record costs for certain: without what is only known from vendors' snapshots."""

from linter.lookup.answer import UNKNOWN
from linter.providers import snapshots

from .cost import MOST, SpfTree, TreeTerm, counted, records_in


class FirmLookups:
    """Counts the lookups of a record, those in records that a snapshot told of left out; each record once.

    A snapshot is what a vendor published on some day and not what the user has locked: it may have changed since.
    """

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def __call__(self, tree: SpfTree) -> int:
        """The count for a record and all below it."""
        return counted(tree, self._known, self._of_record)

    def _of_record(self, tree: SpfTree) -> int:
        return 0 if is_assumed(tree) else min(sum(map(self._of_term, tree.terms)), MOST)

    def _of_term(self, term: TreeTerm) -> int:
        if not term.below:
            return term.lookups.min
        return min(1, term.lookups.min) + min(self._known[id(below)] for below in term.below)


def is_snapshot(record: SpfTree) -> bool:
    """Whether a snapshot has its part in what a record is."""
    return snapshots.is_snapshot(record.witnesses)


def is_assumed(record: SpfTree) -> bool:
    """Whether what a record costs is only what it cost its vendor's customers on some day."""
    return is_snapshot(record) or record.status == UNKNOWN


def assumed_in(tree: SpfTree) -> list[SpfTree]:
    """The records below whose cost is assumed, as far as they cost anything."""
    return [record for record in records_in(tree) if is_assumed(record) and record.lookups.min]
