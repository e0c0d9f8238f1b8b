"""Looking into files without reading them as zones: which mention a name, and which zone a file declares."""

import os
import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from linter.records.text.scripts import in_letters
from linter.source.file import read_again, read_octets
from linter.source.inputs import note_now
from linter.source.joined import Joined, read_together
from linter.source.unhidden import ESCAPES, JOINT, unhidden
from linter.zone.document import Document

from .files import is_split_folder

MOST_KEPT = 16 * 1024 * 1024
"""Octets kept in memory, so that a second look needs no second opening."""
_FEW = 8
_FEW_ASKED = 3
"""Names that are looked for one by one, before those of all files are gathered."""
MARKS = ("@", "include:", "redirect=")
"""What a name may be asked for with: as the host of an address, or as somebody's SPF."""
_ZONE = b"zone"
_LONGEST = 1024
"""Octets of the longest name that is looked for: 253 characters, of four octets each where they are letters."""
_INCLUDE = b"!include"
_HIDING = (_INCLUDE, *ESCAPES, b"{record_", b"{zone_")
"""Where any word may come of: text of another file, characters by their codes, a line that goes on, a template."""
_ANY = (b"",)
"""What stands in every file."""


class Scan:
    """The octets of files, each opened once as long as they fit into MOST_KEPT.

    `files` lists what was opened, in order; a file that cannot be read mentions nothing.
    """

    def __init__(self) -> None:
        self.files: list[str] = []
        self._kept: list[Joined] = []
        self._places: dict[str, Joined] = {}
        self._room = MOST_KEPT
        self._asked = 0
        self._words: list[bytes] | None = None
        self._hosts: set[bytes] | None = None
        self._plain: set[str] = set()

    def read(self, path: str) -> bytes:
        """The octets of a file. Raises Unreadable."""
        seen = self._seen(path)
        return read_octets(path, plain=self._plain) if seen is None else read_again(path, seen, self._plain)

    def _seen(self, path: str) -> bytes | None:
        """What a file has shown that was looked into, None where nothing is known of it or it could not be read."""
        joined = self._places.get(path)
        if joined is None or path.rpartition(os.sep)[0] not in self._plain:
            return None
        return joined.text(joined.number_of(path), as_written=True) or None

    def mentions(self, word: str, documents: Mapping[str, Document], paths: Iterable[str]) -> bool:
        """Whether a name stands in the files as a word or the end of one, or whole behind one of MARKS, in any case.

        Each of ten thousand zones may ask: once some have, all files are read for all names at once.
        """
        mark = next((each for each in MARKS if word.startswith(each)), "")
        wanted = {mark.encode() + form for form in forms_of(word.removeprefix(mark).strip("."))}
        if mark not in ("", "@"):
            texts = self.every(documents, paths, wanted)
            return any(_stands_whole(text, form) for text in texts for form in wanted)
        self._asked += 1
        if self._asked <= _FEW_ASKED:
            texts = self.every(documents, paths, wanted)
            return any(not wanted.isdisjoint(_hosts_in(text)) if mark else has_name(text, wanted) for text in texts)
        if mark:
            return not wanted.isdisjoint(self._all_hosts(documents, paths))
        return any(_is_end(form, self._all_words(documents, paths)) for form in wanted)

    def _all_hosts(self, documents: Mapping[str, Document], paths: Iterable[str]) -> set[bytes]:
        """Every `@` in the files with the word behind it."""
        if self._hosts is None:
            texts = self.every(documents, paths, (b"@",))
            self._hosts = {host for text in texts for host in _hosts_in(text)}
        return self._hosts

    def _all_words(self, documents: Mapping[str, Document], paths: Iterable[str]) -> list[bytes]:
        """Every word in the files, written backwards, sorted."""
        if self._words is None:
            texts = self.every(documents, paths)
            self._words = sorted({word[::-1] for text in texts for word in words_in(text)})
        return self._words

    def every(
        self, documents: Mapping[str, Document], paths: Iterable[str], words: Iterable[bytes] = _ANY
    ) -> Iterator[bytes]:
        """What stands in every file with one of the words: in those that were read, then in the others."""
        texts = (document.source.text.lower().encode("utf-8", "replace") for document in documents.values())
        yield from (text for text in texts if any(word in text for word in words))
        yield from (text for _, text in self.texts([path for path in paths if path not in documents], words))

    def texts(
        self, paths: Iterable[str], words: Iterable[bytes] = _ANY, as_written: bool = False
    ) -> Iterator[tuple[str, bytes]]:
        """The files in which one of the words stands, and what each holds, in lower case or as it is written."""
        wanted, words = dict.fromkeys(paths), tuple(sorted(words))
        for joined in self._joined(wanted):
            for number in joined.having(words, as_written):
                path = joined.paths[number]
                if path in wanted:
                    yield path, joined.text(number, as_written)

    def _joined(self, wanted: Iterable[str]) -> Iterator[Joined]:
        """All that is kept, and the wanted files that are not."""
        yield from tuple(self._kept)
        yield from map(self._put_away, read_together([p for p in wanted if p not in self._places], self._plain))

    def _put_away(self, joined: Joined) -> Joined:
        """Keep files that were read, if there is room."""
        self.files += joined.paths
        if joined.size <= self._room:
            self._room -= joined.size
            self._kept.append(joined)
            self._places.update(dict.fromkeys(joined.paths, joined))
        else:
            note_now()
        return joined

    def octets(self, path: str) -> bytes:
        """What stands in a file, in lower case."""
        joined = self._places.get(path) or self._put_away(next(read_together([path], self._plain)))
        return joined.text(joined.number_of(path))

    def let_go(self) -> None:
        """Keep nothing of what was read so far, once half of the room is taken."""
        if self._room > MOST_KEPT // 2:
            return
        note_now()
        self._kept.clear()
        self._places.clear()
        self._room = MOST_KEPT

    def mentioning(self, paths: Iterable[str], names: Iterable[str], alone: Iterable[str] = ()) -> list[str]:
        """The files in which one of these absolute names stands, or a name below one; of those `alone` itself."""
        paths, wanted = tuple(paths), {form for name in names for form in forms_of(name)}
        whole = {form for name in alone for form in forms_of(name)}
        if len(wanted) + len(whole) > _FEW:
            found = [path for path, text in self.texts(paths) if has_name(text, wanted, whole)]
        elif whole:
            found = [path for path, text in self.texts(paths, wanted | whole) if has_name(text, wanted, whole)]
        else:
            found = [path for path, _ in self.texts(paths, wanted)]
        hiding = (path for path, text in self._hiding(paths) if has_name(unhidden(text), wanted, whole))
        return [*dict.fromkeys((*found, *hiding))]

    def _hiding(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The files in which a name may be written otherwise than it reads, and what each holds."""
        wanted = dict.fromkeys(paths)
        for joined in self._joined(wanted):
            if not joined.has_double_quotes:
                continue  # as in most repositories
            words = (JOINT, *ESCAPES) if joined.has_escapes else (JOINT,)
            for number in joined.having(words, as_written=True):
                if joined.paths[number] in wanted:
                    yield joined.paths[number], joined.text(number, as_written=True)

    def including(self, paths: Iterable[str], parts: Iterable[str]) -> list[str]:
        """The files with an `!include` in which the name of one of these files stands, or its last word."""
        names = (os.path.basename(part).lower().encode(errors="surrogateescape") for part in parts)
        wanted = {word for name in names for word in _run().findall(name)[-1:]}
        using = self.texts(paths, (_INCLUDE,)) if wanted else ()
        return [path for path, text in using if not wanted.isdisjoint(_run().findall(text))]

    def holding(self, paths: Iterable[str], label: str) -> Iterator[str]:
        """The files that may hold a label, also by an `!include`, an escape or a template, or in letters."""
        return (path for path, _ in self.texts(paths, (*forms_of(label), *_HIDING)))

    def declared_zone(self, path: str) -> str:
        """The absolute name behind `zone:` at the beginning of a line; "" where none stands."""
        return declared_zone_in(self.octets(path))

    def declared_zones(self, paths: Iterable[str], names: Iterable[str] = ()) -> dict[str, str]:
        """The same for each of these files that has one; with names, at least for those that declare one of these."""
        wanted = {form for name in names for form in forms_of(name)}
        words = wanted if 0 < len(wanted) <= _FEW else (_ZONE,)
        found = ((path, declared_zone_in(text)) for path, text in self.texts(paths, words))
        return {path: zone for path, zone in found if zone}


def declared_zone_in(octets: bytes) -> str:
    """The same for the octets of a file, in lower case."""
    # Few files have the word; to look for it costs a sixth of what the expression does.
    found = _zone_line().search(octets) if _ZONE in octets else None
    return found[1].decode().strip(".") + "." if found else ""


def forms_of(name: str) -> Iterable[bytes]:
    """How a name may be written: without the final dot, and with letters for its A-labels."""
    plain = name.rstrip(".").lower()
    yield plain.encode()
    if "xn--" in plain:
        letters = in_letters(plain)
        yield letters.encode()
        # What holds them is put into lower case letter by letter of ASCII alone.
        yield "".join(each if each.isascii() else each.upper() for each in letters).encode()


def has_name(octets: bytes, wanted: Collection[bytes], whole: Collection[bytes] = ()) -> bool:
    """Whether one of these names is a word, or what stands behind a dot of one; of the `whole` ones a word.

    No name is longer than `_LONGEST`: of a word that is, only its end can be one, however many dots it has.
    """
    for word in words_in(octets):
        if word in whole:
            return True
        rest = word if len(word) <= _LONGEST else word[-_LONGEST:].partition(b".")[2]
        while rest:
            if rest in wanted:
                return True
            rest = rest.partition(b".")[2]
    return False


def _stands_whole(octets: bytes, word: bytes) -> bool:
    """Whether a word stands there and its last name does not go on."""
    place = octets.find(word)
    while place >= 0:
        behind = octets[place + len(word) : place + len(word) + 2].removeprefix(b".")
        if not _run().match(behind):
            return True
        place = octets.find(word, place + len(word))
    return False


def _is_end(name: bytes, words: list[bytes]) -> bool:
    """Whether a name is a word, or what stands behind a dot of one; `words` are written backwards, and sorted."""
    begun = name[::-1]
    for sought in (begun, begun + b"."):
        place = bisect_left(words, sought)
        if place < len(words) and (words[place] == begun or words[place].startswith(begun + b".")):
            return True
    return False


def words_in(octets: bytes) -> Iterator[bytes]:
    """Every word, with dots between its labels."""
    for run in set(_run().findall(octets)):
        yield from filter(None, (part.strip(b".") for part in run.split(b"..")))


def _hosts_in(octets: bytes) -> Iterator[bytes]:
    """Every `@` with the word behind it."""
    return (run.partition(b"..")[0].rstrip(b".") for run in _hosts_of_addresses().findall(octets))


@cache
def _hosts_of_addresses() -> "re.Pattern[bytes]":
    return re.compile(rb"@[a-z0-9_\x80-\xff-][a-z0-9_.\x80-\xff-]*")


@cache
def _run() -> "re.Pattern[bytes]":
    # To ask for labels with dots between them takes memory for each label.
    return re.compile(rb"[a-z0-9_.\x80-\xff-]+")


@cache
def _zone_line() -> "re.Pattern[bytes]":
    return re.compile(rb"^[\"']?zone[\"']?[ \t]*:[ \t]+[\"']?([a-z0-9_.-]+)", re.MULTILINE)


def is_named_after_zone(path: str) -> bool:
    """Whether a file or its folder has a zone's name: one with a dot inside."""
    stem = path.rpartition(os.sep)[2].rpartition(".")[0]
    return "." in stem.strip(".$") or is_split_folder(os.path.dirname(path))
