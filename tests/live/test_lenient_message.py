"""A message with a record that dnspython refuses is read all the same, and one that is not what it seems never."""

import struct
from typing import Any

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import dns.tsig
import pytest

from linter.live.engine import Limits, Question, Reply, Server, ask, expect
from linter.live.lenient_message import parse, presented
from linter.live.transfer import RecordSet, transfer
from linter.live.tsig_key import TsigKey

from .servers import running

OWNER = "_25._tcp.mx.example.com."
KEY = dns.tsig.Key("key.example.", b"secret")
OTHER = dns.tsig.Key("key.example.", b"another")
SHORT = bytes((3, 1, 1, 0, 255))
SOA = "ns. host. 1 2 3 4 5"


def odd(data: bytes = SHORT, kind: str = "TLSA", owner: str = OWNER) -> dns.rrset.RRset:
    """A record set with data as it stands."""
    rdtype = dns.rdatatype.from_text(kind)
    return dns.rrset.from_rdata(owner, 300, dns.rdata.GenericRdata(dns.rdataclass.IN, rdtype, data))


def plain(kind: str, value: str, owner: str = "example.com.") -> dns.rrset.RRset:
    return dns.rrset.from_text(owner, 60, "IN", kind, value)


def answer(*sets: dns.rrset.RRset, key: Any = None) -> tuple[bytes, dns.message.Message]:
    """A reply with these sets, signed or not, and the query."""
    query = dns.message.make_query(OWNER, "TLSA")
    if key:
        query.use_tsig(key)
        query.to_wire()
    reply = dns.message.make_response(query)
    reply.answer.extend(sets)
    return reply.to_wire(), query


def values(message: dns.message.Message) -> list[tuple[str, list[str]]]:
    return [(each.name.to_text(), [presented(value) for value in each]) for each in message.answer]


def test_what_is_right_is_read_as_ever() -> None:
    octets, _ = answer(plain("MX", "10 mx.example."))

    assert values(parse(octets)) == [("example.com.", ["10 mx.example."])]


@pytest.mark.parametrize(
    ("record", "shown"),
    [
        (odd(), "3 1 1 00ff"),
        (odd(SHORT[:3]), r"\# 3 030101"),
        (odd(b"\0\5issuex", "CAA"), r"0 issue \"x\""),
        (odd(b"", "CAA"), r"\# 0"),
        (odd(b"\1", "SRV"), r"\# 1 01"),
        (odd(b"", "TXT"), r"\# 0"),
        (odd(b"\xff", "MX"), r"\# 1 ff"),
    ],
)
def test_a_record_that_is_refused_is_kept_with_its_data(record: dns.rrset.RRset, shown: str) -> None:
    octets, _ = answer(plain("A", "192.0.2.1", "a."), record, plain("A", "192.0.2.1", "z."))
    found = {name: [each.strip() for each in texts] for name, texts in values(parse(octets))}

    assert found == {"a.": ["192.0.2.1"], "z.": ["192.0.2.1"], OWNER: [shown.replace('\\"', '"')]}


def test_a_set_of_both_kinds_is_one_set() -> None:
    octets, _ = answer(plain("TLSA", f"3 1 1 {'00' * 32}", OWNER), odd(), odd(b"\3\1\2\0"))
    (found,) = values(parse(octets))

    assert found == (OWNER, [f"3 1 1 {'00' * 32}", "3 1 1 00ff", "3 1 2 00"])


def test_in_a_transfer_it_stands_within_the_zone() -> None:
    octets, _ = answer(plain("SOA", SOA), odd(), plain("SOA", SOA))

    assert [each.rdtype.name for each in parse(octets, xfr=True).answer] == ["SOA", "TLSA", "SOA"]


def test_a_signature_is_checked_whatever_else_is_odd() -> None:
    octets, query = answer(odd(), key=KEY)

    assert values(parse(octets, keyring=KEY, request_mac=query.mac)) == [(OWNER, ["3 1 1 00ff"])]
    with pytest.raises(dns.exception.DNSException):
        parse(octets, keyring=OTHER, request_mac=query.mac)
    spoilt = octets.replace(SHORT, SHORT[:-1] + b"\0")
    with pytest.raises(dns.exception.DNSException):
        parse(spoilt, keyring=KEY, request_mac=query.mac)


def record(kind: int, data: bytes, group: int = 1) -> bytes:
    return b"\0" + struct.pack("!HHIH", kind, group, 0, len(data)) + data


@pytest.mark.parametrize("flags", [0x8400, 0xAC00])
@pytest.mark.parametrize("stopper", [record(250, b"", 255), record(41, b""), record(6, b"x"), record(5, b""), b"\x40"])
def test_what_ends_the_reading_early_is_not_made_up_for(stopper: bytes, flags: int) -> None:
    # dnspython stops at the first, so that neither it nor a signature has covered the second.
    header = struct.pack("!HHHHHH", 1, flags, 0, 2, 0, 0)
    for octets in (header + stopper + record(52, SHORT), header + record(52, SHORT) + stopper):
        with pytest.raises((dns.exception.DNSException, ValueError)):
            parse(octets, xfr=True, multi=True)


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_a_message_that_is_cut_is_none(cut: int) -> None:
    octets, _ = answer(plain("A", "192.0.2.1", "a."), odd())

    with pytest.raises(dns.exception.DNSException):
        parse(octets[:-cut])


@pytest.mark.parametrize("kind", ["nsd", "knot"])
def test_an_odd_record_hides_neither_itself_nor_its_zone(kind: str) -> None:
    zone = "$ORIGIN example.com.\n$TTL 300\n@ SOA ns1 host 1 2 3 4 60\n@ NS ns1\nns1 A 127.0.0.1\n"
    key = TsigKey("key.example.", "hmac-sha256", b"secret")
    found: list[Reply] = []
    with running({"example.com.": f"{zone}_25._tcp.mx TLSA 3 1 1 00ff\n"}, kind, key) as started:
        server = Server("127.0.0.1", started.port)
        sets = transfer("example.com.", server, key)
        for declared in ("3 1 1 00ff", "3 1 1 00"):
            ask([(Question(OWNER, "TLSA", expect("TLSA", [declared])), server)], Limits(), found.append)

    assert RecordSet(OWNER, "TLSA", 300, ("3 1 1 00ff",)) in sets
    assert len(sets) == 4
    assert [(reply.as_expected, reply.values) for reply in found] == [(True, ("3 1 1 00ff",)), (False, ("3 1 1 00ff",))]
