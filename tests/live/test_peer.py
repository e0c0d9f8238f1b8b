"""How much one server may have read."""

import struct

import pytest

from linter.live.peer import Peer
from linter.live.server import Server


def reply(octets: int, records: int) -> bytes:
    """A reply of so many octets with so many answers, as its header has it."""
    return struct.pack("!6H", 0, 0x8000, 1, records, 0, 0).ljust(octets, b"\0")


@pytest.mark.parametrize(
    ("octets", "records", "read"),
    [
        (1024, 92, 3000),
        (4000, 3, 3000),
        (4000, 250, 299),
        (10_000, 300, 183),
        (65_535, 1, 54),
        (65_535, 65_535, 1),
    ],
)
def test_long_replies_and_those_of_many_records_are_read_a_few_times(octets: int, records: int, read: int) -> None:
    peer = Peer(Server("127.0.0.1"), {}, 1)

    assert sum(peer.has_room(reply(octets, records)) for _ in range(3000)) == read
