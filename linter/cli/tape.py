"""What a command writes, piece by piece, so that a later run can write the same."""

from linter.source.typed import TypeAlias

OUTPUT, ERROR, FILE = ("output", "error", "file")
"""Where a piece went: to standard output, to standard error, or into a file."""

Piece: TypeAlias = tuple[str, str, str]
"""One of the words above, the path of the file, and the text."""

MOST_KEPT = 32 * 1024 * 1024
"""Characters that are kept; of what says more, nothing is."""

_pieces: list[Piece] | None = None
_room = 0


def begin_tape() -> None:
    """From now on every piece is kept."""
    global _pieces, _room
    _pieces, _room = [], MOST_KEPT


def end_tape() -> tuple[Piece, ...] | None:
    """All pieces since the beginning, None where they were too long; from now on none is kept."""
    global _pieces
    pieces, _pieces = None if _pieces is None else tuple(_pieces), None
    return pieces


def taped(piece: Piece) -> None:
    """A piece is written."""
    global _pieces, _room
    if _pieces is not None:
        _room -= len(piece[2])
        if _room < 0:
            _pieces = None
        else:
            _pieces.append(piece)
