"""A run that is kept: what it has looked at and what it has said, as one text and back.

It is a list of texts, the length of each in the first line. JSON would do as well, but to load what reads it takes
longer than to look at four hundred files again.
"""

from linter.source.frozen import Frozen
from linter.source.inputs import Look
from linter.source.typed import Iterator

from .tape import Piece

_NAMES = "surrogatepass"
"""Names of files may hold octets that are no text, which Python makes surrogates of."""


class Kept(Frozen):
    """A run: its exit status, what it has written, the paths of what it read, and what every look has shown."""

    status: int
    pieces: tuple[Piece, ...]
    paths: tuple[str, ...]
    seen: tuple[tuple[Look, str], ...]


def octets_of(key: str, kept: Kept) -> bytes:
    """A run under its key, which may be any text."""
    parts = [key, str(kept.status), str(len(kept.pieces)), str(len(kept.paths))]
    for piece in kept.pieces:
        parts += piece
    parts += kept.paths
    for look, shown in kept.seen:
        parts += (str(len(look)), *look, shown)
    lengths = " ".join(map(str, map(len, parts)))
    return f"{lengths}\n{''.join(parts)}".encode(errors=_NAMES)


def kept_in(octets: bytes, key: str) -> Kept | None:
    """The run that these octets hold; None where it is one of another key, or they hold none."""
    try:
        parts = _parts(octets.decode(errors=_NAMES))
        if next(parts) != key:
            return None
        status, pieces, paths = int(next(parts)), int(next(parts)), int(next(parts))
        return Kept(
            status,
            tuple([(next(parts), next(parts), next(parts)) for _ in range(pieces)]),
            tuple([next(parts) for _ in range(paths)]),
            tuple(_seen(parts)),
        )
    except (ValueError, StopIteration, RuntimeError):  # the last is what a generator makes of its end
        return None


def _parts(text: str) -> Iterator[str]:
    """Texts of known lengths. Raises ValueError where these are not the lengths of what follows."""
    told, _, held = text.partition("\n")
    lengths = [int(length) for length in told.split(" ")]
    if min(lengths) < 0 or sum(lengths) != len(held):
        raise ValueError
    start = 0
    for length in lengths:
        yield held[start : start + length]
        start += length


def _seen(parts: Iterator[str]) -> Iterator[tuple[Look, str]]:
    for count in parts:
        yield tuple([next(parts) for _ in range(int(count))]), next(parts)
