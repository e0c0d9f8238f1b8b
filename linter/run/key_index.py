"""In which files a DKIM key stands, told from their octets: no file is parsed to find out."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property

# A key is often cut into strings or lines; put one behind another they are whole again. Shorter runs are words.
_RUN = re.compile(rb"[A-Za-z0-9+/]{20,}={0,2}")
_OPENING = 44
"""Characters that RSA keys of one size begin with alike: the DER around the modulus."""
_PART = 32
"""Characters that are compared: 192 bits of a key."""
_SHORT_KEY = 44
"""Characters of an Ed25519 key, of which nothing is alike."""


_FEW = 4
"""Keys that are looked for one by one: to gather those of all files takes as long as to look for so many."""


class KeyIndex:
    """The files that hold keys, by a part of each key; `read` says what a file holds."""

    def __init__(self, paths: Iterable[str], read: Callable[[str], bytes]) -> None:
        self._files = tuple(paths)
        self._read = read
        self._asked = 0

    def paths(self, base64: str) -> tuple[str, ...]:
        """The files that probably hold a key, by the text of its `p=` without blanks."""
        part = part_of(base64.encode("ascii", "replace"))
        self._asked += 1
        if self._asked <= _FEW and len(part) == _PART:
            return tuple(path for path in self._files if _holds(self._read(path), part))
        return tuple(self._by_part.get(part, ()))

    @cached_property
    def _by_part(self) -> dict[bytes, list[str]]:
        found: dict[bytes, list[str]] = {}
        for path in self._files:
            for part in set(_parts(self._read(path))):
                found.setdefault(part, []).append(path)
        return found


def part_of(base64: bytes) -> bytes:
    """The part of a key by which it is found."""
    start = 0 if len(base64) <= _SHORT_KEY else _OPENING
    return base64[start : start + _PART]


def _holds(octets: bytes, part: bytes) -> bool:
    """Whether a file holds that part of a key.

    There are twenty characters between two cuts, so that one of the two stretches is whole in every file that does.
    """
    return (part[:12] in octets or part[12:20] in octets) and part in _parts(octets)


def _parts(octets: bytes) -> Iterable[bytes]:
    if b"p=" not in octets:
        return
    runs = _RUN.findall(octets)
    for run in runs:
        if len(run) == _SHORT_KEY and run.endswith(b"="):
            yield part_of(run)
    joined = b"".join(runs)
    # RSA keys are DER, which begins with a long SEQUENCE: "MI" in base64, and now and then by chance elsewhere.
    start = joined.find(b"MI")
    while start >= 0:
        yield joined[start + _OPENING : start + _OPENING + _PART]
        start = joined.find(b"MI", start + 1)
