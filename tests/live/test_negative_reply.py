"""What the fast reader takes for "nothing is there" is what the full reader says, whatever the message is made of."""

import struct

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linter.live.engine import Limits, Question, Reply, Server, ask
from linter.live.message import question_section, read, reply_of
from linter.live.negative_reply import ttl_if_nothing

from .servers import running

QUESTION = Question("a.www.example.com.", "TXT")
SECTION = question_section(QUESTION)
SERVER = Server("192.0.2.53")


CODES = [dns.rcode.NOERROR, dns.rcode.NXDOMAIN, dns.rcode.SERVFAIL, dns.rcode.BADVERS]


@st.composite
def messages(draw: st.DrawFn) -> tuple[bytes, bool]:
    """A reply, more or less as servers send it, and whether it is what says that nothing is there."""
    query = dns.message.make_query(QUESTION.name, QUESTION.kind, use_edns=draw(st.sampled_from([False, 0])))
    reply = dns.message.make_response(query)
    code = draw(st.sampled_from(CODES))
    reply.set_rcode(code)
    reply.flags |= draw(st.sampled_from([0, dns.flags.AA]))
    minimum, ttl = draw(st.sampled_from([0, 60, 86400])), draw(st.sampled_from([0, 300]))
    values = {"SOA": f"ns.example.com. host. 1 2 3 4 {minimum}", "NS": "ns.example.com.", "A": "192.0.2.1"}
    kinds = draw(st.just(["SOA"]) | st.lists(st.sampled_from(sorted(values)), unique=True))
    for kind in kinds:
        section = reply.answer if kind == "A" else reply.authority
        section.append(dns.rrset.from_text("example.com.", ttl, "IN", kind, values[kind]))
    return reply.to_wire(), kinds == ["SOA"] and code in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN)


@given(messages())
def test_nothing_is_seen_as_the_full_reader_sees_it(message: tuple[bytes, bool]) -> None:
    octets, says_nothing = message

    assert (ttl_if_nothing(octets, SECTION) is not None) == says_nothing
    assert reply_of(octets, SECTION, QUESTION, SERVER) == read(octets, QUESTION, SERVER)


@given(messages(), st.data())
def test_whatever_a_message_is_made_of_both_readers_agree(message: tuple[bytes, bool], data: st.DataObject) -> None:
    octets, _ = message
    spoilt, behind = bytearray(octets), 12 + len(SECTION)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(2, len(spoilt) - 1))
        assume(not 4 <= place < 6 and not 12 <= place < behind)
        spoilt[place] = data.draw(st.integers(0, 255) | st.sampled_from([0, 1, 3, 6, 0xC0, 12]))
    octets = bytes(spoilt[: data.draw(st.integers(behind, len(spoilt)) | st.just(len(spoilt)))])

    if octets[2] & 0x80 and ttl_if_nothing(octets, SECTION) is not None:
        assert reply_of(octets, SECTION, QUESTION, SERVER) == read(octets, QUESTION, SERVER)


@pytest.mark.parametrize("kind", ["nsd", "knot"])
def test_real_servers_say_that_nothing_is_there(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    zone = "$ORIGIN example.com.\n$TTL 300\n@ SOA ns1 host 1 2 3 4 60\n@ NS ns1\nns1 A 127.0.0.1\n"
    asked = [("ns1.example.com.", "TXT"), ("_dmarc.example.com.", "TXT"), ("example.com.", "MX")]
    found: list[Reply] = []
    monkeypatch.setattr("linter.live.message.read", lambda *_: pytest.fail("left to the full reader"))
    with running({"example.com.": zone}, kind) as started:
        ask([(Question(*pair), Server("127.0.0.1", started.port)) for pair in asked], Limits(), found.append)

    assert {(reply.question.name, reply.question.kind): (reply.status, reply.ttl) for reply in found} == {
        ("ns1.example.com.", "TXT"): ("nodata", 60),
        ("_dmarc.example.com.", "TXT"): ("nxdomain", 60),
        ("example.com.", "MX"): ("nodata", 60),
    }
    assert all(reply.authoritative for reply in found)


@pytest.mark.parametrize(
    ("behind", "others", "ttl"),
    [(b"", 0, 5), (b"\0", 0, None), (b"", 2, None), (b"", 1, None)],
)
def test_what_nearly_says_nothing_is_left_to_the_full_reader(behind: bytes, others: int, ttl: int | None) -> None:
    data = b"\0\0" + struct.pack("!5I", 1, 2, 3, 4, 5) + behind
    header = struct.pack("!HHHHHH", 1, 0x8400, 1, 0, 1, others) + SECTION
    soa = b"\0" + struct.pack("!HHIH", 6, 1, 60, len(data)) + data
    opts = (b"\0" + struct.pack("!HHIH", 41, 1232, 0, 0)) * 2

    assert ttl_if_nothing(header + soa + (opts if others == 2 else b""), SECTION) == ttl


def test_a_message_of_a_header_and_a_question_says_nothing() -> None:
    assert ttl_if_nothing(struct.pack("!HHHHHH", 1, 0x8400, 1, 0, 1, 0) + SECTION, SECTION) is None
    assert ttl_if_nothing(struct.pack("!HHHHHH", 1, 0x8400, 1, 0, 0, 0) + SECTION, SECTION) is None
