"""In which files a DKIM key stands, told from their octets: no file is parsed to find out."""

import re
from collections.abc import Iterable
from functools import cached_property

from .scan import Scan

# A key is often cut into strings or lines; put one behind another they are whole again. Shorter runs are words.
_RUN = re.compile(rb"[A-Za-z0-9+/]{20,}={0,2}")
_OPENING = 44
"""Characters that RSA keys of one size begin with alike: the DER around the modulus."""
_PART = 32
"""Characters that are compared: 192 bits of a key."""
_APART = 64
"""Characters of a file for each key that it may hold: a third of the shortest, so that no file takes much memory."""
_SHORT_KEY = 44
"""Characters of an Ed25519 key, of which nothing is alike."""

_RSA = b"MI"
"""RSA keys are DER, which begins with a long SEQUENCE: this in base64, and now and then by chance elsewhere."""
_MARKS = (_RSA, b"d25519", b"D25519")
"""One of these stands in every file with a key: its begin, or what an Ed25519 key calls itself (RFC 8463 section 4)."""
_FEW = 4
"""Keys that are looked for one by one: to gather those of all files takes as long as to look for so many."""


class KeyIndex:
    """The files that hold keys, by a part of each key; `scan` says what a file holds."""

    def __init__(self, paths: Iterable[str], scan: Scan) -> None:
        self._files = tuple(paths)
        self._scan = scan
        self._asked = 0

    def paths(self, base64: str) -> tuple[str, ...]:
        """The files that probably hold a key, by the text of its `p=` without blanks."""
        part = part_of(base64.encode("ascii", "replace"))
        self._asked += 1
        if self._asked > _FEW or len(part) != _PART:
            return tuple(self._by_part.get(part, ()))
        # There are twenty characters between two cuts, so one of the two stretches is whole in every file that has it.
        near = self._scan.texts(self._files, (part[:12], part[12:20]), as_written=True)
        found = {path for path, octets in near if part in _parts(octets)}
        return tuple(path for path in self._files if path in found) if found else ()

    @cached_property
    def _by_part(self) -> dict[bytes, list[str]]:
        texts = self._scan.texts(self._files, _MARKS, as_written=True)
        parts = {path: set(_parts(octets)) for path, octets in texts}
        found: dict[bytes, list[str]] = {}
        for path in self._files:
            for part in parts.get(path, ()):
                found.setdefault(part, []).append(path)
        return found


def part_of(base64: bytes) -> bytes:
    """The part of a key by which it is found."""
    start = 0 if len(base64) <= _SHORT_KEY else _OPENING
    return base64[start : start + _PART]


def _parts(octets: bytes) -> Iterable[bytes]:
    if not any(mark in octets for mark in _MARKS):
        return
    runs = _RUN.findall(octets)
    for run in runs:
        if len(run) == _SHORT_KEY and run.endswith(b"="):
            yield part_of(run)
    joined = b"".join(runs)
    start, room = joined.find(_RSA), _FEW + len(joined) // _APART
    while start >= 0 and room > 0:
        yield joined[start + _OPENING : start + _OPENING + _PART]
        start, room = joined.find(_RSA, start + 1), room - 1
