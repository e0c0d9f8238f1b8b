"""What a command writes, piece by piece, so that a later run can write the same."""

from typing import TypeAlias

OUTPUT, ERROR, FILE = ("output", "error", "file")
"""Where a piece went: to standard output, to standard error, or into a file."""

Piece: TypeAlias = tuple[str, str, str]
"""One of the words above, the path of the file, and the text."""

_pieces: list[Piece] | None = None


def begin_tape() -> None:
    """From now on every piece is kept."""
    global _pieces
    _pieces = []


def end_tape() -> tuple[Piece, ...]:
    """All pieces since the beginning; from now on none is kept."""
    global _pieces
    pieces, _pieces = tuple(_pieces or ()), None
    return pieces


def taped(piece: Piece) -> None:
    """A piece is written."""
    if _pieces is not None:
        _pieces.append(piece)
