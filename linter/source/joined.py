"""Many files read one after another and put together, so that one search goes through all of them."""

import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, repeat

from .file import MAX_OCTETS, Unreadable, are_replaced, glances, octets_at, read_octets
from .inputs import READ, Look, looked_for, note_inputs, note_later

_TOGETHER = 96 * 1024
"""Octets of files that are put together; for more, new pages are asked of the system, which takes a tenth longer."""
_BETWEEN = b"\xff"
"""What stands between two files: an octet that no UTF-8 has, so that no word reaches from one into the next."""


class Joined:
    """Some files, and what they hold, None for one that cannot be read, of which nothing stands here."""

    def __init__(self, held: dict[str, bytes | None]) -> None:
        self.paths = tuple(held)
        self._failed = {path for path, octets in held.items() if octets is None}
        texts = [octets or b"" for octets in held.values()]
        self._octets = _BETWEEN.join(texts)
        self._numbers: dict[str, int] | None = None
        self._in_lower_case: bytes | None = None
        self._lowered = 0
        self._asked: tuple[tuple[bytes, ...], bool] | None = None
        self._found: list[int] = []
        self._starts = list(accumulate([len(octets) + 1 for octets in texts], initial=0))

    @property
    def size(self) -> int:
        """How many octets these are."""
        return len(self._octets)

    @property
    def has_double_quotes(self) -> bool:
        """Whether a double quote stands anywhere: without one YAML knows no escapes, and DNS no strings."""
        return b'"' in self._octets

    @property
    def has_escapes(self) -> bool:
        """Whether a backslash stands before anything but a semicolon, where octoDNS wants one."""
        return self._octets.count(b"\\") != self._octets.count(b"\\;")

    def number_of(self, path: str) -> int:
        """Which of the files one is."""
        if self._numbers is None:
            self._numbers = {path: number for number, path in enumerate(self.paths)}
        return self._numbers[path]

    def text(self, number: int, as_written: bool = False) -> bytes:
        """What one of the files holds, in lower case or as it is written."""
        octets = self._octets[self._starts[number] : self._starts[number + 1] - 1]
        return octets if as_written else octets.lower()

    def having(self, words: tuple[bytes, ...], as_written: bool = False) -> list[int]:
        """The numbers of the files in which one of the words stands."""
        if self._asked == (words, as_written):
            return self._found
        octets, found = self._octets if as_written else self._lower(), set()
        for word in words:
            place = octets.find(word)
            while place >= 0:
                number = bisect_right(self._starts, place)
                found.add(number - 1)
                place = octets.find(word, self._starts[number])
        self._asked, self._found = (words, as_written), sorted(found)
        return self._found

    def _lower(self) -> bytes:
        """All in lower case, which is kept once somebody asks again: most files are searched for one zone's name."""
        self._lowered += 1
        lower = self._octets.lower() if self._in_lower_case is None else self._in_lower_case
        if self._lowered > 1:
            self._in_lower_case = lower
        return lower

    def looks(self) -> Iterator[tuple[Look, bytes | None]]:
        """The looks that these files took, and what they have shown."""
        for number, path in enumerate(self.paths):
            shown = None if path in self._failed else self.text(number, as_written=True)
            yield (READ, path, str(MAX_OCTETS)), shown


def read_together(paths: Iterable[str], plain: set[str]) -> Iterator[Joined]:
    """Files, some at a time; `plain` are folders that no link leads to, as `read_octets` has them.

    What they show is noted once the run turns out to be worth it: whoever lets go of them before has it noted first.
    """
    held: dict[str, bytes | None] = {}
    room = _TOGETHER
    for path, octets in _glances(paths, plain):
        if octets is None:
            octets = _octets(path, plain)
        held[path] = octets
        room -= len(octets or b"")
        if room < 0:
            yield _joined(held)
            held, room = {}, _TOGETHER
    if held:
        yield _joined(held)


def _joined(held: dict[str, bytes | None]) -> Joined:
    joined = Joined(held)
    if not are_replaced():
        note_inputs(joined.paths)
        note_later(joined.looks)
    return joined


def _glances(paths: Iterable[str], plain: set[str]) -> Iterable[tuple[str, bytes | None]]:
    return zip(paths, repeat(None)) if are_replaced() else glances(paths, plain)


def _octets(path: str, plain: set[str]) -> bytes | None:
    """What stands in a file that was not to be seen at a glance."""
    if are_replaced():
        return _read(lambda: read_octets(path, plain=plain))
    if path.rpartition(os.sep)[0] not in plain:
        looked_for(os.path.dirname(path))
    return _read(lambda: octets_at(path, MAX_OCTETS, plain))


def _read(read: Callable[[], bytes]) -> bytes | None:
    try:
        return read()
    except Unreadable:
        return None
