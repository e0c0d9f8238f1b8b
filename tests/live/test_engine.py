"""Questions over the network: each has one reply, the right one, whatever servers and strangers send."""

import gc
import time
from collections import Counter
from contextlib import ExitStack

import pytest

from linter.live.engine import Limits, Question, Reply, Server, _Run, ask
from linter.live.peer import Peer
from linter.live.server import parse_server, system_servers

from .misbehaving import misbehaving
from .servers import free_port, running

QUICK = Limits(timeout=0.3, tries=2)
PATIENT = Limits(timeout=5.0, tries=2)
ZONE = """\
$ORIGIN example.com.
$TTL 300
@ SOA ns1 host 1 2 3 4 60
@ NS ns1
@ MX 10 m
@ MX 20 m.other.example.
ns1 A 127.0.0.1
m A 192.0.2.1
alias 120 CNAME m
away CNAME www.other.example.
child NS ns.child
ns.child A 192.0.2.53
"""


def replies(server: Server, *asked: tuple[str, str], limits: Limits = PATIENT) -> dict[tuple[str, str], Reply]:
    """What is said to each (name, type)."""
    found: list[Reply] = []
    ask([(Question(*each), server) for each in asked], limits, found.append)
    assert len(found) == len(asked)
    return {(reply.question.name, reply.question.kind): reply for reply in found}


@pytest.mark.parametrize("kind", ["nsd", "knot"])
def test_a_real_server_is_understood(kind: str) -> None:
    long = " ".join(f'"{letter * 250}"' for letter in "abcdefgh")
    with running({"example.com.": f"{ZONE}long TXT {long}\n"}, kind) as started:
        found = replies(
            Server("127.0.0.1", started.port),
            ("example.com.", "MX"),
            ("m.example.com.", "A"),
            ("m.example.com.", "TXT"),
            ("nope.example.com.", "A"),
            ("alias.example.com.", "A"),
            ("away.example.com.", "A"),
            ("www.child.example.com.", "A"),
            ("long.example.com.", "TXT"),
            ("other.example.", "A"),
        )

    assert sorted(found["example.com.", "MX"].values) == ["10 m.example.com.", "20 m.other.example."]
    assert (found["m.example.com.", "A"].status, found["m.example.com.", "A"].ttl) == ("found", 300)
    assert (found["m.example.com.", "TXT"].status, found["m.example.com.", "TXT"].ttl) == ("nodata", 60)
    assert found["nope.example.com.", "A"].status == "nxdomain"
    alias = found["alias.example.com.", "A"]
    assert (alias.values, alias.ttl, alias.aliases) == (
        ("192.0.2.1",),
        120,
        (("alias.example.com.", 120, "m.example.com."),),
    )
    away = found["away.example.com.", "A"]
    assert (away.values, [each[2] for each in away.aliases]) == ((), ["www.other.example."])
    referral = found["www.child.example.com.", "A"]
    assert (referral.authoritative, referral.delegated) == (False, ("ns.child.example.com.",))
    assert found["long.example.com.", "TXT"].values == (long,)
    assert found["other.example.", "A"].status == "refused"
    assert all(found[key].authoritative for key in (("example.com.", "MX"), ("nope.example.com.", "A")))


def test_thousands_of_questions_have_a_reply_each() -> None:
    zone = ZONE + "".join(f'h{number} TXT "text {number}"\n' for number in range(2000))
    found: list[Reply] = []
    with running({"example.com.": zone}) as started:
        server = Server("127.0.0.1", started.port)
        asked = ((Question(f"h{number}.example.com.", "TXT"), server) for number in range(2000))
        ask(asked, Limits(concurrency=100, per_second=100_000), found.append)

    assert Counter(reply.status for reply in found) == {"found": 2000}
    assert {reply.question.name: reply.values for reply in found} == {
        f"h{number}.example.com.": (f'"text {number}"',) for number in range(2000)
    }


def test_what_may_be_over_or_misunderstood_is_asked_again() -> None:
    names = {f"{trick}.example.": trick for trick in ("no-edns", "servfail-once", "silent-once")}
    with misbehaving(names) as server:
        at = Server("127.0.0.1", server.port)
        found = replies(at, *((name, "TXT") for name in names), limits=Limits(timeout=1.0, tries=3))

    assert {name: reply.values for (name, _), reply in found.items()} == dict.fromkeys(names, ('"honest"',))


def test_a_server_that_has_answered_is_asked_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linter.live.peer._SHORTEST_WAIT", 0.01)
    names = ["a.example.", "silent.example."]
    found: list[Reply] = []
    with misbehaving({"silent.example.": "silent-once"}) as server:
        at = Server("127.0.0.1", server.port)
        # The one try that it had alone would take a minute.
        ask(((Question(name, "TXT"), at) for name in names), Limits(60.0, 2, concurrency=1), found.append)

    assert [reply.status for reply in found] == ["found", "found"]


def test_what_was_lost_before_a_servers_first_answer_is_asked_again_soon() -> None:
    names = ["silent.example.", "a.example."]
    found: list[Reply] = []
    with misbehaving({"silent.example.": "silent-once"}) as server:
        at = Server("127.0.0.1", server.port)
        # Nobody had answered when it was sent; it would have had a second otherwise, and a minute before.
        ask(((Question(name, "TXT"), at) for name in names), Limits(60.0, 2), lambda reply: found.append(reply))
        asked = Counter(name for _, name in server.asked)

    assert [(reply.question.name, reply.status) for reply in found] == [(name, "found") for name in reversed(names)]
    assert asked == {"silent.example.": 2, "a.example.": 1}


def test_a_server_that_never_answers_has_its_tries_and_no_more() -> None:
    with misbehaving({"silent.example.": "silent"}) as server:
        found = replies(Server("127.0.0.1", server.port), ("silent.example.", "TXT"), limits=Limits(0.2, 3))
        asked = Counter(name for _, name in server.asked)

    assert [reply.status for reply in found.values()] == ["timeout"]
    assert asked == {"silent.example.": 3}


def test_nothing_more_is_waited_for_once_there_is_a_reason() -> None:
    found: list[Reply] = []
    with misbehaving({"silent.example.": "silent"}) as server:
        asked = [
            (Question(name, "TXT"), Server("127.0.0.1", server.port)) for name in ("a.example.", "silent.example.")
        ]
        ask(asked, Limits(60.0, 2), found.append, None, lambda: "enough" if found else "")

    assert {(reply.question.name, reply.status, reply.detail) for reply in found} == {
        ("a.example.", "found", ""),
        ("silent.example.", "unasked", "enough"),
    }


TRICKS = ["wrong-id", "wrong-name", "wrong-source", "garbage", "silent-once"]


def test_what_no_honest_server_sends_is_waited_out() -> None:
    names = {f"{trick}.example.": trick for trick in TRICKS}
    with misbehaving(names) as server:
        found = replies(
            Server("127.0.0.1", server.port), *((name, "TXT") for name in names), limits=Limits(timeout=1.0, tries=3)
        )

    assert {name: reply.values for (name, _), reply in found.items()} == dict.fromkeys(names, ('"honest"',))


@pytest.mark.parametrize(
    ("udp", "tcp", "status", "detail"),
    [
        ("silent", "", "timeout", "no answer within 0.6 s and 2 tries"),
        ("unreadable", "", "malformed", "cannot be read"),
        ("truncated", "close", "unreachable", "TCP: the server closed the connection"),
        ("truncated", "half", "unreachable", "TCP: the server closed the connection"),
        ("truncated", "drip", "timeout", "TCP: no answer"),
        ("truncated", "wrong-id", "unreachable", "TCP: a reply to something else"),
        ("truncated", "truncated", "malformed", "TCP: a reply that says of itself that it is cut short"),
        ("servfail", "", "servfail", "the server says SERVFAIL"),
        ("header", "", "malformed", "a reply without question and answer"),
        ("header-refused", "", "refused", "the server says REFUSED"),
    ],
)
def test_what_fails_says_how_and_is_never_taken_for_missing(udp: str, tcp: str, status: str, detail: str) -> None:
    with misbehaving({"x.example.": udp}, {"x.example.": tcp}) as server:
        (reply,) = replies(Server("127.0.0.1", server.port), ("x.example.", "TXT"), limits=QUICK).values()

    assert (reply.status, detail in reply.detail, reply.failed) == (status, True, True), reply
    assert reply.values == ()


def test_a_reply_that_is_cut_short_is_fetched_by_tcp() -> None:
    with misbehaving({"x.example.": "truncated"}) as server:
        (reply,) = replies(Server("127.0.0.1", server.port), ("x.example.", "TXT")).values()

    assert (reply.status, reply.values) == ("found", ('"by tcp"',))
    assert server.asked == [("udp", "x.example."), ("tcp", "x.example.")]


def test_a_server_that_sends_long_replies_without_end_is_not_listened_to_for_ever() -> None:
    names = [f"n{number}.example." for number in range(60)]
    with misbehaving({"*": "truncated", "short.example.": "honest"}, {"*": "long"}) as server:
        at = Server("127.0.0.1", server.port)
        found = replies(at, *((name, "TXT") for name in names), ("short.example.", "TXT"), limits=Limits(timeout=30.0))

    long = [reply for (name, _), reply in found.items() if name in names]
    read = [reply for reply in long if reply.status == "found"]
    assert found["short.example.", "TXT"].status == "found"
    assert 0 < sum(sum(map(len, reply.values)) for reply in read) <= (512 + 61) << 10
    assert {reply.detail for reply in long if reply not in read} == {"too many long replies, not read"}


def test_one_silent_name_holds_up_no_other() -> None:
    with misbehaving({"silent.example.": "silent"}) as server:
        found = replies(
            Server("127.0.0.1", server.port), ("silent.example.", "TXT"), ("x.example.", "TXT"), limits=QUICK
        )

    assert {name: reply.status for (name, _), reply in found.items()} == {
        "silent.example.": "timeout",
        "x.example.": "found",
    }


def test_replies_that_came_while_one_was_dealt_with_have_come_in_time() -> None:
    found: list[Reply] = []

    def slowly(reply: Reply) -> None:
        time.sleep(0 if found else 1.0)  # longer than a try may take
        found.append(reply)

    names = [f"h{number}.example." for number in range(16)]
    with misbehaving({}) as server:
        asked = [(Question(name, "TXT"), Server("127.0.0.1", server.port)) for name in names]
        ask(asked, Limits(timeout=0.5, tries=1), slowly)

    assert [reply.status for reply in found] == ["found"] * 16


def test_an_address_that_cannot_be_reached_leaves_no_socket_open() -> None:
    found = replies(Server("255.255.255.255"), ("x.example.", "TXT"), limits=QUICK)  # nobody may send there
    gc.collect()

    assert found["x.example.", "TXT"].status == "unreachable"


def test_idle_sockets_are_closed_where_there_are_many_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linter.live.engine._MOST_SOCKETS", 6)
    opened, found = list[int](), list[Reply]()
    with ExitStack() as stack:
        ports = [stack.enter_context(misbehaving({})).port for _ in range(8)]
        servers = [Server("127.0.0.1", port) for port in ports]
        run = _Run(Limits(concurrency=3), found.append)
        try:
            for _ in range(3):
                run.all((Question("x.example.", "TXT"), server) for server in servers)
                opened.append(len(run.selector.get_map()))
        finally:
            run.close()

    assert [reply.status for reply in found] == ["found"] * 24
    assert max(opened) <= 6


@pytest.mark.parametrize(
    ("server", "name", "status"),
    [
        (Server("127.0.0.1", 0), "x.example.", "timeout"),
        (Server("name.invalid"), "x.example.", "unreachable"),
        (Server("127.0.0.1"), f"{'a' * 64}.example.", "unreachable"),
        (Server("127.0.0.1"), f"{'abcdefgh.' * 32}example.", "unreachable"),
        (Server("a..b"), "x.example.", "unreachable"),
        (Server("x" * 300), "x.example.", "unreachable"),
    ],
)
def test_what_cannot_be_asked_has_a_reply_too(server: Server, name: str, status: str) -> None:
    if server.port == 0:
        server = Server(server.host, free_port())
    (reply,) = replies(server, (name, "A"), limits=QUICK).values()

    assert (reply.status, bool(reply.detail)) == (status, True)


def test_an_unknown_type_is_asked_for_by_its_number_or_not_at_all() -> None:
    found = replies(Server("127.0.0.1"), ("x.example.", "NOTATYPE"), limits=QUICK)

    assert found["x.example.", "NOTATYPE"].detail == "`NOTATYPE` is not a record type"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("192.0.2.1", Server("192.0.2.1", 53)),
        ("192.0.2.1:5353", Server("192.0.2.1", 5353)),
        ("ns1.example.com", Server("ns1.example.com", 53)),
        ("ns1.example.com:53", Server("ns1.example.com", 53)),
        ("2001:db8::1", Server("2001:db8::1", 53)),
        ("[2001:db8::1]", Server("2001:db8::1", 53)),
        ("[2001:db8::1]:5353", Server("2001:db8::1", 5353)),
    ],
)
def test_servers_are_read_as_people_write_them(text: str, expected: Server) -> None:
    assert parse_server(text) == expected
    assert parse_server(str(expected)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":53",
        "a:b",
        "a:0",
        "a:65536",
        "a:²",
        "[::1",
        "[::1]x",
        "[a]:53",
        "a b",
        "http://a",
        "a@b",
        "a:" + "9" * 9000,
    ],
)
def test_what_is_no_server_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a (server|port)"):
        parse_server(text)


def test_the_systems_servers_are_those_of_its_configuration(tmp_path: object) -> None:
    path = f"{tmp_path}/resolv.conf"
    with open(path, "w", encoding="utf-8") as stream:
        stream.write("# comment\nsearch example.com\nnameserver 192.0.2.1\nnameserver fe80::1%eth0\nnameserver\n")

    assert system_servers(path) == (Server("192.0.2.1"), Server("fe80::1"))
    assert system_servers(f"{path}.missing") == ()


def test_what_is_known_of_a_server_is_kept_from_one_call_to_the_next() -> None:
    peers: dict[Server, Peer] = {}
    kept: list[Reply] = []
    with misbehaving({"*": "truncated"}, {"*": "long"}) as server:
        at = Server("127.0.0.1", server.port)
        for call in range(30):
            ask([(Question(f"n{call}.example.", "TXT"), at)], Limits(timeout=30.0), kept.append, peers=peers)

    # 44 kB for each of them, and half a MiB for all.
    assert len([reply for reply in kept if reply.status == "found"]) == 11
    assert peers[at].sockets == []
