"""Which names the records of an estate point to: the files that mention one are read, or all of them, once."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from linter.facts.targets import pointers
from linter.lookup.zone_index import ZoneIndex

from .declared import Declared

_SEARCHES = 200
"""To read a file as a zone takes as long as to search so many for a name."""


class Pointing:
    """The records of one type, by the name that they point to.

    `near` gives the files in which a label may stand, however it is written, `indexes_of` the zones that a file is a
    part of; `read_files` grows by each file that is read for that. However many ask, answers cost no more than to read
    all files twice: ten thousand zones may each have the same slip.
    """

    def __init__(
        self,
        kind: str,
        declared: Declared,
        read_files: Sequence[str],
        near: Callable[[str], Iterable[str]],
        indexes_of: Callable[[str], Iterable[ZoneIndex]],
    ) -> None:
        self._kind, self._declared, self._read_files = kind, declared, read_files
        self._near, self._indexes_of = near, indexes_of
        self._spent = 0.0
        self._owners: dict[str, set[str]] | None = None

    def owners(self, target: str) -> tuple[str, ...]:
        """The names of the records that point to an absolute name, sorted."""
        if self._owners is None and self._spent > len(self._declared.files):
            self._owners = {}
            for owner, name in self._pairs(self._declared.files):
                self._owners.setdefault(name, set()).add(owner)
        if self._owners is not None:
            return tuple(sorted(self._owners.get(target, ())))
        read = len(self._read_files)
        near = self._near(target.partition(".")[0])
        found = tuple(sorted({owner for owner, name in self._pairs(near) if name == target}))
        self._spent += len(self._read_files) - read + len(self._declared.files) / _SEARCHES
        return found

    def _pairs(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Each record's owner name with each name that it points to."""
        for path in paths:
            for index in self._indexes_of(path):
                yield from ((each.name, to.name) for each, to in pointers(index.by_type.get(self._kind, ())))
