"""A reply is as expected if dnspython's reading of it gives the declared set, however the server writes it."""

import struct
from typing import Any

import dns.message
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linter.live.engine import Limits, Question, Reply, Server, ask
from linter.live.expected import Expected, expect, ttl_if_expected
from linter.live.message import question_section, read
from linter.live.wire_name import write_name
from linter.lookup.answer import FOUND

from .misbehaving import misbehaving
from .servers import running

OWNER = "www.Example.com."
SERVER = Server("192.0.2.53")
NAMES = st.sampled_from(
    ["mx.example.com.", "MX.example.com.", "a.b.example.net.", "com.", ".", "*.example.com.", "x_y.example.com."]
)
NUMBERS = st.integers(0, 3)
TEXTS = st.text(alphabet='ab;"\\ é\x07', max_size=6) | st.integers(250, 260).map("x".__mul__) | st.just("y" * 600)
VALUES = {
    "TXT": TEXTS,
    "A": st.integers(0, 3).map("192.0.2.{}".format),
    "AAAA": st.sampled_from(["2001:db8::1", "2001:DB8:0::1", "::ffff:192.0.2.1"]),
    "MX": st.builds("{} {}".format, NUMBERS, NAMES),
    "SRV": st.builds("{} {} 443 {}".format, NUMBERS, NUMBERS, NAMES),
    "CNAME": NAMES,
    "NS": NAMES,
    "PTR": NAMES,
    "TLSA": st.sampled_from(["3 1 1 " + "ab" * 32, "3 1 1 " + "AB" * 32, "2 0 1 " + "cd" * 32]),
    "CAA": st.sampled_from(['0 issue "ca.example"', '0 issue ";"', '128 issuewild "ca.example; a=b"']),
    "SSHFP": st.just("4 2 " + "ef" * 32),
}


def rdata_of(kind: str, value: str) -> Any:
    """A declared value as dnspython has it, one string for each 255 octets of a text."""
    if kind == "TXT":
        octets = value.encode()
        strings = [octets[start : start + 255] for start in range(0, len(octets), 255)] or [b""]
        value = " ".join('"' + "".join(f"\\{octet:03d}" for octet in string) + '"' for string in strings)
    return dns.rdata.from_text("IN", kind, value)


def canonical(rdata: Any) -> bytes:
    """What makes two values the same: DNS's canonical form (RFC 4034 section 6.2), and of a text its octets."""
    if rdata.rdtype == dns.rdatatype.TXT:
        return b"".join(rdata.strings)
    return bytes(rdata.to_digestable())


class Writer:
    """Writes a reply as some server may: names in any case, compressed or not, texts cut anywhere."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.octets = bytearray()
        self.places: dict[bytes, list[int]] = {}

    def name(self, wire: bytes) -> None:
        """A name, each label in some case, and from any label on a pointer to where the rest stands already."""
        while wire != b"\0":
            known = self.places.get(wire.lower(), [])
            if known and self.draw(st.booleans()):
                self.octets += struct.pack("!H", 0xC000 | self.draw(st.sampled_from(known)))
                return
            self.places.setdefault(wire.lower(), []).append(len(self.octets))
            label, wire = wire[: 1 + wire[0]], wire[1 + wire[0] :]
            self.octets += label.upper() if self.draw(st.booleans()) else label
        self.octets += b"\0"

    def record(self, owner: bytes, rdata: Any, ttl: int) -> None:
        """A whole record."""
        self.name(owner)
        self.octets += struct.pack("!HHI", rdata.rdtype, rdata.rdclass, ttl)
        place = len(self.octets)
        self.octets += b"\0\0"
        kind = dns.rdatatype.to_text(rdata.rdtype)
        if kind == "TXT" and self.draw(st.booleans()):
            joined = b"".join(rdata.strings)
            while joined:
                size = self.draw(st.integers(0, min(255, len(joined))))
                self.octets += bytes((size,)) + joined[:size]
                joined = joined[size:]
            self.octets += b"\0"
        elif kind in ("MX", "SRV", "CNAME", "NS", "PTR"):
            name = rdata.exchange if kind == "MX" else rdata.target
            written = rdata.to_wire()
            self.octets += written[: len(written) - len(name.to_wire())]
            self.name(name.to_wire())
        else:
            self.octets += rdata.to_wire()
        struct.pack_into("!H", self.octets, place, len(self.octets) - place - 2)


@st.composite
def replies(draw: st.DrawFn) -> tuple[str, list[str], bytes]:
    """(type, declared values, a reply that has these values or nearly so)."""
    kind = draw(st.sampled_from(sorted(VALUES)))
    most = 1 if kind == "CNAME" else 4
    declared = draw(st.lists(VALUES[kind], min_size=1, max_size=most))
    served = draw(st.permutations(declared) | st.lists(VALUES[kind], max_size=most))
    owner = write_name(draw(st.sampled_from([OWNER, OWNER, OWNER, "other.example."])))
    writer = Writer(draw)
    code = draw(st.sampled_from([0, 0, 0, 2, 3]))
    authorities, others = draw(NUMBERS), draw(NUMBERS)
    rdatas = list({canonical(each): each for each in (rdata_of(kind, value) for value in served)}.values())
    writer.octets += struct.pack("!HHHHHH", 7, 0x8400 | code, 1, len(rdatas), authorities, others)
    writer.name(write_name(OWNER))
    writer.octets += struct.pack("!HH", rdatas[0].rdtype if rdatas else dns.rdatatype.from_text(kind), 1)
    for rdata in rdatas:
        writer.record(owner, rdata, draw(st.sampled_from([0, 300, 3600])))
    for _ in range(authorities):
        writer.record(write_name("example.com."), rdata_of("NS", draw(NAMES)), 300)
    for number in range(others):
        if number:
            writer.record(write_name("mx.example.com."), rdata_of("A", "192.0.2.1"), 60)
        else:
            writer.octets += b"\0" + struct.pack("!HHIH", 41, 1232, draw(st.sampled_from([0, 0, 1 << 24])), 0)
    return kind, declared, bytes(writer.octets)


def judged(octets: bytes, kind: str, declared: list[str]) -> int | None:
    """The TTL if dnspython reads the declared set from a reply; none where that says there is no such name, too."""
    question = Question(OWNER.lower(), kind)
    reply = read(octets, question, SERVER)
    if reply.status != FOUND or reply.aliases:
        return None
    message = dns.message.from_wire(octets, ignore_trailing=True)
    if message.rcode():
        return None
    name = dns.name.from_text(OWNER)
    (found,) = [each for each in message.answer if each.name == name]
    wanted = {canonical(rdata_of(kind, value)) for value in declared}
    return reply.ttl if sorted(map(canonical, found)) == sorted(wanted) else None


def asked(kind: str, declared: list[str]) -> tuple[bytes, Expected]:
    expected = expect(kind, declared)
    assert expected is not None
    return question_section(Question(OWNER.lower(), kind)), expected


@given(replies())
def test_the_fast_reader_says_what_dnspython_says(reply: tuple[str, list[str], bytes]) -> None:
    kind, declared, octets = reply
    section, expected = asked(kind, declared)

    assert ttl_if_expected(octets, section, expected) == judged(octets, kind, declared)


@given(replies(), st.data())
def test_whatever_a_message_is_made_of_the_fast_reader_says_yes_only_with_dnspython(
    reply: tuple[str, list[str], bytes], data: st.DataObject
) -> None:
    kind, declared, octets = reply
    section, expected = asked(kind, declared)
    spoilt = bytearray(octets)
    behind = 12 + len(section)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(2, len(spoilt) - 1))
        assume(not 4 <= place < 6 and not 12 <= place < behind and (place != 2 or spoilt[2] & 0x80))
        spoilt[place] = data.draw(st.integers(0, 255) | st.sampled_from([0, 1, 0xC0, 12]))
    octets = bytes(spoilt[: data.draw(st.integers(behind, len(spoilt)) | st.just(len(spoilt)))])
    ttl = ttl_if_expected(octets, section, expected)

    if ttl is not None:
        assert ttl == judged(octets, kind, declared)


@given(st.data())
def test_what_is_expected_is_said_as_the_full_reader_says_it(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(VALUES)))
    declared = data.draw(st.lists(VALUES[kind], min_size=1, max_size=1 if kind == "CNAME" else 3))
    expected = expect(kind, declared)

    assert expected is not None
    read_again = [dns.rdata.from_text("IN", kind, value) for value in expected.values]
    assert {canonical(each) for each in read_again} == {canonical(rdata_of(kind, value)) for value in declared}
    assert expected.data == tuple(sorted({canonical(each) for each in read_again}))
    if kind == "TXT":
        assert [each.to_text() for each in read_again] == list(expected.values)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("TXT", []),
        ("A", ["nonsense"]),
        ("A", ["192.0.2.1\0"]),
        ("A", ["192.0.2.1", "2001:db8::1"]),
        ("AAAA", ["192.0.2.1"]),
        ("AAAA", ["fe80::1%eth0"]),
        ("MX", ["10 mx"]),
        ("MX", ["65536 mx.example."]),
        ("MX", ["123456 mx.example."]),
        ("MX", ["mx.example."]),
        ("MX", ["10 20 mx.example."]),
        ("MX", ["10 " + "a" * 64 + ".example."]),
        ("SRV", ["0 0 mx.example."]),
        ("CNAME", ["relative"]),
        ("CNAME", [""]),
        ("CNAME", ["a.example.", "b.example."]),
        ("CNAME", ["a b.example."]),
        ("TLSA", ["3 1 1 nothex"]),
        ("TLSA", ["256 1 1 00"]),
        ("TLSA", ["1000003 1 1 00"]),
        ("TXT", ["\ud800"]),
        ("NOTATYPE", ["x"]),
        ("ANY", ["x"]),
    ],
)
def test_what_no_server_can_serve_is_left_to_the_full_reader(kind: str, values: list[str]) -> None:
    assert expect(kind, values) is None


def test_an_answer_to_another_type_is_not_as_expected() -> None:
    _, expected = asked("A", ["192.0.2.1"])
    section = question_section(Question(OWNER.lower(), "AAAA"))
    octets = struct.pack("!HHHHHH", 7, 0x8400, 1, 1, 0, 0) + section + b"\xc0\x0c" + expected.start
    octets += struct.pack("!IH", 60, 4) + expected.data[0]

    assert ttl_if_expected(octets, section, expected) is None


def reply_with(kind: str, data: bytes, flags: int = 0x8400, ttl: int = 60) -> bytes:
    """A reply of one record and nothing else."""
    section = question_section(Question(OWNER.lower(), kind))
    record = b"\xc0\x0c" + section[-4:] + struct.pack("!IH", ttl, len(data)) + data
    return struct.pack("!HHHHHH", 7, flags, 1, 1, 0, 0) + section + record


@pytest.mark.parametrize(
    ("kind", "value", "data", "odd"),
    [
        ("A", "192.0.2.1", b"\xc0\0\2\1", {"flags": 0x8600}),  # truncated
        ("A", "192.0.2.1", b"\xc0\0\2\1", {"flags": 0xA400}),  # the reply to a NOTIFY
        ("A", "192.0.2.1", b"\xc0\0\2\1", {"flags": 0x8403}),
        ("A", "192.0.2.1", b"\xc0\0\2\1", {"ttl": 1 << 31}),
        ("MX", "10 mx.example.", b"\0\x0a\2mx\7example\0\0", {}),
        ("MX", "10 mx.example.", b"\0\x0a\2mx\7example", {}),
        ("TXT", "text", b"\2te\3xt", {}),
        ("TXT", "text", b"\4text\1", {}),
        ("TXT", "", b"", {}),
    ],
)
def test_what_is_nearly_as_expected_is_left_to_the_full_reader(
    kind: str, value: str, data: bytes, odd: dict[str, int]
) -> None:
    section, expected = asked(kind, [value])
    right = rdata_of(kind, value).to_wire()

    assert ttl_if_expected(reply_with(kind, right), section, expected) == 60
    assert ttl_if_expected(reply_with(kind, data, **odd), section, expected) is None


ZONE = """\
$ORIGIN example.com.
$TTL 300
@ SOA ns1 host 1 2 3 4 60
@ NS ns1
@ MX 20 m
@ 300 MX 10 Other.Example.net.
@ TXT "v=spf1 " "-all"
ns1 A 127.0.0.1
m A 192.0.2.1
alias 120 CNAME m
away A 192.0.2.9
"""


@pytest.mark.parametrize("kind", ["nsd", "knot"])
def test_real_servers_serve_what_is_declared_or_not(kind: str) -> None:
    long = "x" * 3000
    strings = " ".join(f'"{"x" * 250}"' for _ in range(12))
    declared = {
        ("example.com.", "MX"): ["10 other.example.net.", "20 M.example.com."],
        ("example.com.", "TXT"): ["v=spf1 -all"],
        ("example.com.", "NS"): ["ns1.example.com."],
        ("long.example.com.", "TXT"): [long],
        ("alias.example.com.", "CNAME"): ["m.example.com."],
        ("alias.example.com.", "A"): ["192.0.2.1"],
        ("m.example.com.", "A"): ["192.0.2.2"],
        ("away.example.com.", "TXT"): ["gone"],
        ("gone.example.com.", "A"): ["192.0.2.2"],
    }
    found: dict[tuple[str, str], Reply] = {}
    with running({"example.com.": f"{ZONE}long TXT {strings}\n"}, kind) as started:
        server = Server("127.0.0.1", started.port)
        questions = [(Question(*pair, expect(pair[1], values)), server) for pair, values in declared.items()]
        ask(questions, Limits(), lambda reply: found.update({(reply.question.name, reply.question.kind): reply}))

    assert {pair: (reply.as_expected, reply.status, reply.ttl) for pair, reply in found.items()} == {
        ("example.com.", "MX"): (True, "found", 300),
        ("example.com.", "TXT"): (True, "found", 300),
        ("example.com.", "NS"): (True, "found", 300),
        ("long.example.com.", "TXT"): (True, "found", 300),  # by TCP
        ("alias.example.com.", "CNAME"): (True, "found", 120),
        ("alias.example.com.", "A"): (False, "found", 120),  # through an alias that was not declared
        ("m.example.com.", "A"): (False, "found", 300),
        ("away.example.com.", "TXT"): (False, "nodata", 60),
        ("gone.example.com.", "A"): (False, "nxdomain", 60),
    }
    assert found["example.com.", "MX"].values == ("10 other.example.net.", "20 M.example.com.")
    assert found["example.com.", "MX"].authoritative
    assert found["m.example.com.", "A"].values == ("192.0.2.1",)


def test_a_forged_reply_is_not_compared_with_what_is_expected() -> None:
    question = Question("x.example.", "TXT", expect("TXT", ["forged"]))
    found: list[Reply] = []
    with misbehaving({"x.example.": "wrong-id"}) as server:
        ask([(question, Server("127.0.0.1", server.port))], Limits(), found.append)

    assert [(reply.as_expected, reply.values) for reply in found] == [(False, ('"honest"',))]


def test_a_question_with_what_it_expects_is_a_key() -> None:
    one, other = (Question("x.example.", "TXT", expect("TXT", ["text"])) for _ in range(2))

    assert {one: 1}[other] == 1
