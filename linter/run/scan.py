"""Looking into files without reading them as zones: which mention a name, and which zone a file declares."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from linter.records.text.scripts import in_letters
from linter.source.file import Unreadable, read_octets
from linter.zone.document import Document

from .files import is_split_folder

MOST_KEPT = 16 * 1024 * 1024
"""Octets kept in memory, so that a second look needs no second opening."""
_FEW = 8


class Scan:
    """The octets of files, each opened once as long as they fit into MOST_KEPT.

    `files` lists what was opened, in order; a file that cannot be read mentions nothing.
    """

    def __init__(self) -> None:
        self.files: list[str] = []
        self._kept: dict[str, bytes] = {}
        self._room = MOST_KEPT
        self._asked = 0
        self._names: set[bytes] | None = None
        self._plain: set[str] = set()

    def read(self, path: str) -> bytes:
        """The octets of a file. Raises Unreadable."""
        return read_octets(path, plain=self._plain)

    def mentions(self, word: str, documents: Mapping[str, Document], paths: Iterable[str]) -> bool:
        """Whether a word is anywhere in the files, in whatever case; a name, or `@` and one, as a whole once many ask.

        Each of ten thousand zones may ask: from the ninth word on all files are read for all names at once.
        """
        wanted = word.lower().encode()
        self._asked += 1
        if self._asked <= _FEW or not {*b":="}.isdisjoint(wanted):
            return any(wanted in text for text in self.every(documents, paths))
        if self._names is None:
            self._names = set()
            for text in self.every(documents, paths):
                self._names |= _names_in(text)
                self._names.update(_hosts_of_addresses().findall(text))
        return wanted.strip(b".") in self._names

    def every(self, documents: Mapping[str, Document], paths: Iterable[str]) -> Iterator[bytes]:
        """What stands in every file, in lower case: in those that were read, then in the others."""
        yield from (document.source.text.lower().encode("utf-8", "replace") for document in documents.values())
        yield from (self.octets(path) for path in paths if path not in documents)

    def octets(self, path: str) -> bytes:
        """What stands in a file, in lower case."""
        return self.as_written(path).lower()

    def as_written(self, path: str) -> bytes:
        """What stands in a file; nothing where it cannot be read."""
        known = self._kept.get(path)
        if known is not None:
            return known
        self.files.append(path)
        try:
            octets = self.read(path)
        except Unreadable:
            octets = b""
        if len(octets) <= self._room:
            self._room -= len(octets)
            self._kept[path] = octets
        return octets

    def let_go(self) -> None:
        """Keep nothing of what was read so far."""
        self._kept.clear()
        self._room = MOST_KEPT

    def mentioning(self, paths: Iterable[str], names: Iterable[str]) -> list[str]:
        """The files in which one of these absolute names stands, or a name below one."""
        wanted = {form for name in names for form in _forms(name)}
        if len(wanted) <= _FEW:
            return [path for path in paths if _has_any(self.octets(path), wanted)]
        return [path for path in paths if not wanted.isdisjoint(_names_in(self.octets(path)))]

    def declared_zone(self, path: str) -> str:
        """The absolute name behind `zone:` at the beginning of a line; "" where none stands."""
        return declared_zone_in(self.octets(path))


def declared_zone_in(octets: bytes) -> str:
    """The same for the octets of a file, in lower case."""
    # Few files have the word; to look for it costs a sixth of what the expression does.
    found = _zone_line().search(octets) if b"zone" in octets else None
    return found[1].decode().strip(".") + "." if found else ""


def _forms(name: str) -> Iterable[bytes]:
    """How a name may be written: without the final dot, and with letters for its A-labels."""
    plain = name.rstrip(".").lower()
    yield plain.encode()
    if "xn--" in plain:
        yield in_letters(plain).encode()


def _has_any(octets: bytes, wanted: set[bytes]) -> bool:
    return any(word in octets for word in wanted)


def _names_in(octets: bytes) -> set[bytes]:
    """Every word with a dot in it, and what stands behind each of its dots."""
    found = set()
    for word in set(_word().findall(octets)):
        rest = word.strip(b".")
        while rest:
            found.add(rest)
            rest = rest.partition(b".")[2]
    return found


@cache
def _hosts_of_addresses() -> "re.Pattern[bytes]":
    return re.compile(rb"@[a-z0-9_\x80-\xff-]+(?:\.[a-z0-9_\x80-\xff-]+)*")


@cache
def _word() -> "re.Pattern[bytes]":
    return re.compile(rb"[a-z0-9_\x80-\xff-]+(?:\.[a-z0-9_\x80-\xff-]+)*")


@cache
def _zone_line() -> "re.Pattern[bytes]":
    return re.compile(rb"^[\"']?zone[\"']?[ \t]*:[ \t]+[\"']?([a-z0-9_.-]+)", re.MULTILINE)


def is_named_after_zone(path: str) -> bool:
    """Whether a file or its folder has a zone's name: one with a dot inside."""
    folder, file = os.path.split(path)
    return "." in os.path.splitext(file)[0].strip(".$") or is_split_folder(folder)
