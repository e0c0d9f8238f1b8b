"""Standard input as octets, where a command is told to read it by `-`."""

import sys

from linter.source.file import MAX_OCTETS, reason_of

from .refused import Refused

# The last stream that was read; a report describes the zones that the check has read before.
_read: list[tuple[object, bytes]] = []


def standard_input() -> bytes:
    """All of it, however often it is asked for, at most one octet more than the largest file may have.

    Raises Refused where there is nothing to read. Closed by whoever runs this, it is not an empty zone.
    """
    if sys.stdin is None:
        raise Refused("cannot read standard input: it is closed")
    for stream, known in _read:
        if stream is sys.stdin:
            return known
    try:
        octets: bytes | None = sys.stdin.buffer.read(MAX_OCTETS + 1)
    except (OSError, ValueError) as error:
        raise Refused(f"cannot read standard input: {reason_of(error)}") from error
    if octets is None:  # a descriptor that does not wait
        raise Refused("cannot read standard input: it has nothing to read yet")
    _read[:] = [(sys.stdin, octets)]
    return octets
