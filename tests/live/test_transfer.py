"""A zone is had whole from real servers, with and without a key, or not at all from those that misbehave."""

import pytest

from linter.live.server import Server
from linter.live.transfer import Bounds, NotTransferred, RecordSet, transfer
from linter.live.tsig_key import TsigKey
from tests.live import misbehaving_transfer as bad

from .servers import free_port, running

KEY = TsigKey("mailzone.test.", "hmac-sha256", b"0123456789abcdef0123456789abcdef")
QUICK = Bounds(idle=0.3, total=5.0)
ZONE = """\
$ORIGIN example.com.
$TTL 300
@ SOA ns1 host 1 2 3 4 60
@ NS ns1
@ 60 MX 10 Mail
@ 60 MX 20 mail.other.example.
@ TXT "v=spf1 " "-all"
ns1 A 127.0.0.1
_25._tcp.mail TLSA 3 1 1 0000000000000000000000000000000000000000000000000000000000000000
child NS ns.child
ns.child A 192.0.2.53
*.wild CNAME Mail
"""
SETS = {
    RecordSet("example.com.", "SOA", 300, ("ns1.example.com. host.example.com. 1 2 3 4 60",)),
    RecordSet("example.com.", "NS", 300, ("ns1.example.com.",)),
    RecordSet("example.com.", "TXT", 300, ('"v=spf1 " "-all"',)),
    RecordSet("ns1.example.com.", "A", 300, ("127.0.0.1",)),
    RecordSet("_25._tcp.mail.example.com.", "TLSA", 300, (f"3 1 1 {'0' * 64}",)),
    RecordSet("child.example.com.", "NS", 300, ("ns.child.example.com.",)),
    RecordSet("ns.child.example.com.", "A", 300, ("192.0.2.53",)),
}
KINDS = ["nsd", "knot"]


def lowered(each: RecordSet) -> RecordSet:
    """With sorted values, names in lower case: servers may keep the case or not, and no order is promised."""
    return each._replace(values=tuple(sorted(each.values if each.kind == "TXT" else map(str.lower, each.values))))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", [None, KEY, *(KEY._replace(algorithm=f"hmac-sha{bits}") for bits in (1, 384, 512))])
def test_a_real_zone_is_had_whole(kind: str, key: TsigKey | None) -> None:
    with running({"example.com.": ZONE}, kind, key) as started:
        found = transfer("example.com.", Server("127.0.0.1", started.port), key)

    assert found[0].kind == "SOA"
    assert len(found) == len(SETS) + 2
    assert set(map(lowered, found)) == SETS | {
        RecordSet("example.com.", "MX", 60, ("10 mail.example.com.", "20 mail.other.example.")),
        RecordSet("*.wild.example.com.", "CNAME", 300, ("mail.example.com.",)),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_zone_of_many_messages_is_had_whole(kind: str) -> None:
    many = "".join(f'h{number} TXT "{"x" * 200}"\n' for number in range(3000))
    with running({"example.com.": ZONE + many}, kind, KEY) as started:
        server = Server("localhost", started.port)
        found = transfer("example.com.", server, KEY)
        with pytest.raises(NotTransferred, match="more than 200000 bytes"):
            transfer("example.com.", server, KEY, Bounds(octets=200_000))
        with pytest.raises(NotTransferred, match="more than 500 records"):
            transfer("example.com.", server, KEY, Bounds(records=500))

    assert len(found) == 3000 + len(SETS) + 2
    assert {each.values for each in found if each.name.startswith("h")} == {(f'"{"x" * 200}"',)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("key", "words"),
    [
        (None, "refuses the transfer .* only to other addresses or to who has a key"),
        (KEY._replace(name="other.test."), "does not know the key `other.test.`"),
        (KEY._replace(secret=b"wrong"), "another secret for the key `mailzone.test.`"),
        (KEY._replace(algorithm="hmac-sha512"), "does not know the key|another secret|not give it to this key"),
    ],
)
def test_who_has_no_right_to_a_zone_is_told_so(kind: str, key: TsigKey | None, words: str) -> None:
    with (
        running({"example.com.": ZONE}, kind, KEY) as started,
        pytest.raises(NotTransferred, match=words) as told,
    ):
        transfer("example.com.", Server("127.0.0.1", started.port), key)

    assert "wrong" not in str(told.value)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("zone", ["other.example.", "child.example.com."])
def test_a_zone_that_is_not_served_is_refused(kind: str, zone: str) -> None:
    with (
        running({"example.com.": ZONE}, kind) as started,
        pytest.raises(NotTransferred, match=r"refuses the transfer .* does not have the zone"),
    ):
        transfer(zone, Server("127.0.0.1", started.port))


@pytest.mark.parametrize(
    ("sends", "words"),
    [
        (bad.closed, "the server closed the connection before the zone was whole$"),
        (bad.cut, "closed the connection before the zone was whole, after 2 records"),
        (bad.half, "closed the connection before the zone was whole$"),
        (bad.silent, r"sent no whole message within 0\.3 s$"),
        (bad.stuck, r"sent no more within 0\.3 s, after 2 records"),
        (bad.garbage, "is not a zone transfer"),
        (bad.short, "is not a zone transfer"),
        (bad.http, r"sent no whole message within 0\.3 s|closed the connection"),
        (bad.endless, "more than 100 records"),
        (bad.deep, "too many names of very many labels"),
        (bad.endlessly_empty, "sends a message without records, after 2 records"),
        (bad.no_soa, "is not a zone transfer"),
        (bad.empty, "is not a zone transfer"),
        (bad.other_serial, "is not a zone transfer"),
        (bad.other_zone, "is not a zone transfer"),
        (bad.wrong_id, "a reply to something else"),
        (bad.servfail, "the server says SERVFAIL"),
    ],
)
def test_what_is_no_whole_zone_is_none(sends: bad.Sends, words: str) -> None:
    with bad.sending(sends) as port, pytest.raises(NotTransferred, match=words):
        transfer("example.com.", Server("127.0.0.1", port), None, QUICK._replace(records=100))


def test_a_server_that_never_ends_is_left_when_its_time_is_over() -> None:
    bounds = Bounds(idle=5.0, total=0.3, records=10**9)
    with bad.sending(bad.endless) as port, pytest.raises(NotTransferred, match=r"not whole within 0\.3 s, after"):
        transfer("example.com.", Server("127.0.0.1", port), None, bounds)


@pytest.mark.parametrize("sends", [bad.honest, bad.in_octets, bad.in_messages, bad.foreign])
def test_a_zone_may_come_in_any_pieces(sends: bad.Sends) -> None:
    with bad.sending(sends) as port:
        found = transfer("example.com.", Server("127.0.0.1", port))

    assert {(each.name, each.kind) for each in found} - {("t1.example.com.", "TXT")} == {
        ("example.com.", "SOA"),
        ("t0.example.com.", "TXT"),
    }


@pytest.mark.parametrize("sends", [bad.honest, bad.in_messages])
def test_what_is_not_signed_is_not_taken_for_the_answer_to_a_signed_question(sends: bad.Sends) -> None:
    with bad.sending(sends) as port, pytest.raises(NotTransferred, match=r"not signed|not a zone transfer"):
        transfer("example.com.", Server("127.0.0.1", port), KEY, QUICK)


@pytest.mark.parametrize(
    ("zone", "server", "words"),
    [
        ("example.com.", Server("127.0.0.1", 0), "the connection failed"),
        ("example.com.", Server("name.invalid"), "no address for name.invalid"),
        ("a..b.", Server("127.0.0.1"), "is not a name"),
    ],
)
def test_what_cannot_be_asked_says_so(zone: str, server: Server, words: str) -> None:
    if server.port == 0:
        server = Server(server.host, free_port())
    with pytest.raises(NotTransferred, match=words):
        transfer(zone, server, None, QUICK)
