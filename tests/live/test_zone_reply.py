"""What the fast reader takes for a zone's SOA or NS is what the full reader says, whatever the message is made of."""

import struct

import dns.flags
import dns.message
import dns.rrset
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linter.live.engine import Limits, Question, Reply, Server, ask
from linter.live.message import question_section, read, reply_of
from linter.live.zone_reply import set_if_plain

from .servers import running

SERVER = Server("192.0.2.53")
NAME = "www.example.com."
HOSTS = ["ns1.example.com.", "NS2.Example.com.", "ns2.example.com.", "a\\.b.example.com.", "_x-1.other.example.", "."]


@st.composite
def messages(draw: st.DrawFn) -> tuple[bytes, Question]:
    """A reply with a zone's SOA or NS, more or less as servers send it."""
    question = Question(NAME, draw(st.sampled_from(["SOA", "NS", "MX"])))
    query = dns.message.make_query(question.name, question.kind, use_edns=draw(st.sampled_from([False, 0])))
    reply = dns.message.make_response(query)
    reply.flags |= draw(st.sampled_from([0, dns.flags.AA, dns.flags.RA, dns.flags.AA | dns.flags.RA]))
    hosts = draw(st.lists(st.sampled_from(HOSTS), min_size=1, max_size=4, unique=True))
    serial = draw(st.integers(0, 0xFFFFFFFF))
    values = {
        "SOA": [f"{hosts[0]} Host.{hosts[-1]} {serial} 2 3 4 60".replace(" Host..", " Host.")],
        "NS": hosts,
        "MX": [f"10 {hosts[0]}"],
    }
    kind = draw(st.sampled_from(["SOA", "NS", "MX"]) | st.just(question.kind))
    reply.answer.append(dns.rrset.from_text_list(NAME, draw(st.sampled_from([0, 300])), "IN", kind, values[kind]))
    if draw(st.booleans()):
        reply.authority.append(dns.rrset.from_text_list(NAME, 300, "IN", "NS", hosts))
    if draw(st.booleans()):
        reply.additional.append(dns.rrset.from_text("ns1.example.com.", 300, "IN", "A", "192.0.2.1"))
    return reply.to_wire(want_shuffle=False), question


@given(messages())
def test_a_zones_own_sets_are_read_as_the_full_reader_reads_them(message: tuple[bytes, Question]) -> None:
    octets, question = message

    assert reply_of(octets, question_section(question), question, SERVER) == read(octets, question, SERVER)


@given(messages(), st.data())
def test_whatever_a_message_is_made_of_both_readers_agree(message: tuple[bytes, Question], data: st.DataObject) -> None:
    octets, question = message
    section = question_section(question)
    spoilt, behind = bytearray(octets), 12 + len(section)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(2, len(spoilt) - 1))
        assume(not 4 <= place < 6 and not 12 <= place < behind)
        spoilt[place] = data.draw(st.integers(0, 255) | st.sampled_from([0, 1, 2, 3, 6, 0xC0, 12, 0x5C, 0x2E]))
    octets = bytes(spoilt[: data.draw(st.integers(behind, len(spoilt)) | st.just(len(spoilt)))])

    if octets[2] & 0x80 and set_if_plain(octets, section) is not None:
        assert reply_of(octets, section, question, SERVER) == read(octets, question, SERVER)


@pytest.mark.parametrize("kind", ["nsd", "knot", "bind", "pdns"])
def test_real_servers_need_no_full_reader(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    zone = "$ORIGIN example.com.\n$TTL 300\n@ SOA NS1 host 7 2 3 4 60\n@ NS NS1\n@ NS ns2\nns1 A 127.0.0.1\n"
    found: list[Reply] = []
    monkeypatch.setattr("linter.live.message.read", lambda *_: pytest.fail("left to the full reader"))
    with running({"example.com.": zone + "ns2 A 127.0.0.1\n"}, kind) as started:
        asked = [Question("example.com.", kind, None, False) for kind in ("SOA", "NS")]
        ask([(each, Server("127.0.0.1", started.port)) for each in asked], Limits(), found.append)

    said = {reply.question.kind: reply for reply in found}
    assert said["SOA"].values[0].lower() == "ns1.example.com. host.example.com. 7 2 3 4 60"
    assert sorted(value.lower() for value in said["NS"].values) == ["ns1.example.com.", "ns2.example.com."]
    assert all(reply.ttl == 300 and reply.authoritative for reply in found)


@pytest.mark.parametrize("numbers", [4, 5, 6])
def test_an_soa_has_five_numbers(numbers: int) -> None:
    section = question_section(Question(NAME, "SOA"))
    data = b"\xc0\x0c\xc0\x0c" + struct.pack(f"!{numbers}I", *range(numbers))
    header = struct.pack("!HHHHHH", 1, 0x8400, 1, 1, 0, 0) + section
    octets = header + b"\xc0\x0c" + struct.pack("!HHIH", 6, 1, 60, len(data)) + data

    assert set_if_plain(octets, section) == ((60, (f"{NAME} {NAME} 0 1 2 3 4",)) if numbers == 5 else None)


def test_two_soas_are_left_to_the_full_reader() -> None:
    section = question_section(Question(NAME, "SOA"))
    data = [b"\xc0\x0c\xc0\x0c" + struct.pack("!5I", serial, 1, 2, 3, 4) for serial in (1, 2)]
    records = b"".join(b"\xc0\x0c" + struct.pack("!HHIH", 6, 1, 60, len(each)) + each for each in data)

    assert set_if_plain(struct.pack("!HHHHHH", 1, 0x8400, 1, 2, 0, 0) + section + records, section) is None
