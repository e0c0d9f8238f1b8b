"""A transferred zone answers every question as the server does that it came from."""

import socket

import pytest

from linter.live.engine import Limits, Question, Reply, Server, ask
from linter.live.transfer import Bounds
from linter.lookup.served import FOUND, Pair, Said
from linter.run.transferring import transferring
from linter.run.zone_talk import said_of
from tests.live import misbehaving_transfer as bad
from tests.live.servers import free_port, running

ZONE = """\
$ORIGIN example.com.
$TTL 300
@ SOA ns1 host 1 2 3 4 60
@ NS ns1
@ TXT "v=spf1 -all"
ns1 A 127.0.0.1
a.b.c TXT "deep"
alias 60 CNAME www.example.net.
child NS ns.child
ns.child A 192.0.2.53
*.wild MX 10 mx.example.net.
known.wild TXT "x"
*.other CNAME www.example.net.
"""
NAMES = (
    "", "ns1.", "b.c.", "a.b.c.", "none.b.c.", "alias.", "x.alias.", "child.", "x.child.", "ns.child.", "probe.wild.",
    "known.wild.", "x.known.wild.", "probe.other.", "nothing.",
)  # fmt: skip
KINDS = ("A", "TXT", "MX", "CNAME", "NS")


def test_a_transferred_zone_answers_as_its_server_does() -> None:
    # Of a referral only the servers are kept, so that below a delegation nobody can tell whose NS they are.
    below = ("x.child.", "ns.child.")
    pairs = [(f"{name}example.com.", kind) for name in NAMES for kind in KINDS if kind != "NS" or name not in below]
    asked: dict[Pair, Said] = {}

    def take(reply: Reply) -> None:
        said = said_of(reply, "example.com.")
        kept = said.ttl if said.status in (FOUND, "alias") and reply.authoritative else None
        asked[reply.question.name, reply.question.kind] = said._replace(ttl=kept)

    with running({"example.com.": ZONE}) as started:
        server = Server("127.0.0.1", started.port)
        whole = transferring("probe", None, Bounds())("example.com.", server, 60.0)
        ask([(Question(*pair), server) for pair in pairs], Limits(), take)

    assert not isinstance(whole, Said)
    for pair in pairs:
        got = whole[pair]
        # Where nothing is, and whether the name is there, is all the same to a comparison.
        told = got._replace(status="nodata" if got.is_empty else got.status)
        heard = asked[pair]._replace(status="nodata" if asked[pair].is_empty else asked[pair].status)
        if heard.status == "nodata" or heard.ttl is None:
            told, heard = told._replace(ttl=None), heard._replace(ttl=None)
        assert told == heard, pair


def test_a_server_that_gives_no_zone_says_why() -> None:
    fetch, nobody = transferring("probe", None, Bounds()), Server("127.0.0.1", free_port())

    got = fetch("example.com.", nobody, 60.0)

    assert isinstance(got, Said)
    assert got.failed
    assert got.detail.startswith("the connection failed")


def test_a_server_that_takes_no_connection_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    fetch, port = transferring("probe", None, Bounds()), free_port()
    first = fetch("example.com.", Server("127.0.0.1", port), 60.0)
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("it was tried again"))

    assert fetch("example.net.", Server("127.0.0.1", port), 60.0) == first


def test_a_transfer_ends_with_the_run() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = Server("127.0.0.1", silent.getsockname()[1])
        got = transferring("probe", None, Bounds())("example.com.", server, 0.1)

    assert isinstance(got, Said)
    assert got.detail == "the zone was not whole within 0.1 s"


@pytest.mark.parametrize(
    ("sends", "declared", "more", "words"),
    [
        (bad.endless, 0, 100, "more than 100 records"),
        (bad.endless, 50, 100, "more than 300 records"),
        (bad.large, 10, 10_000, "more than 86016 bytes"),
        (bad.deep, 0, 100, "too many names of very many labels"),
    ],
)
def test_a_server_that_sends_without_end_is_left_soon(
    sends: bad.Sends, declared: int, more: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linter.run.transferring._MORE", more)
    monkeypatch.setattr("linter.run.transferring._OCTETS", 1 << 16)
    with bad.sending(sends) as port:
        got = transferring("probe", None, Bounds())("example.com.", Server("127.0.0.1", port), 60.0, declared)

    assert isinstance(got, Said)
    assert words in got.detail


def test_a_zone_of_a_hostile_size_is_bounded_in_octets() -> None:
    """What a file declares little of is read up to 4 MiB, whoever has set what bounds."""
    seen: list[Bounds] = []

    def noted(zone: str, server: Server, key: object, bounds: Bounds) -> tuple[()]:
        seen.append(bounds)
        return ()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("linter.live.transfer.transfer", noted)
        fetch = transferring("probe", None, Bounds())
        for declared in (1, 1_000, 10_000_000):
            fetch("example.com.", Server("127.0.0.1"), 60.0, declared)

    assert [each.octets for each in seen] == [(4 << 20) + 2048, (4 << 20) + 2_048_000, Bounds().octets]
    assert [each.records for each in seen] == [10_004, 14_000, Bounds().records]
