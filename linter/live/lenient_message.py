"""Messages as dnspython parses them, without losing a whole message to one record whose data it refuses.

Servers serve what they are given: a TLSA value of the wrong length, say. It is for rules to judge that. dnspython
refuses the message, or skips the record; here it is kept, with its data as it stands (RFC 3597).
"""

import struct
from collections.abc import Iterator

import dns.exception
import dns.message
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset

from linter.source.typed import Any, TypeAlias

from .wire_name import read_name

_HEADER = struct.Struct("!HHIH")
_NO_DATA = frozenset({int(dns.rdatatype.OPT), int(dns.rdatatype.TSIG)})
_NEVER_ODD = frozenset({int(dns.rdatatype.SOA), int(dns.rdatatype.CNAME), int(dns.rdatatype.NS)})
"""Types that a message is understood by; one that cannot be read spoils it."""
_MOST_SECONDS = 0x7FFFFFFF
_Refused: TypeAlias = tuple[bool, dns.name.Name, int, int, dns.rdata.GenericRdata]


def parse(octets: bytes, **options: Any) -> dns.message.Message:
    """A message; `options` are those of `dns.message.from_wire`.

    Raises what dnspython raises for what is not a message, or not signed as it should be.
    """
    message = dns.message.from_wire(octets, continue_on_error=True, **options)
    if message.errors:
        _restore(message, octets)
    return message


def presented(value: Any) -> str:
    """A value in presentation format; what dnspython cannot write is said in the form of RFC 3597."""
    if isinstance(value, dns.rdata.GenericRdata) and value.rdtype == dns.rdatatype.TLSA and len(value.data) > 3:
        usage, selector, matching_type = value.data[:3]
        return f"{usage} {selector} {matching_type} {value.data[3:].hex()}"
    try:
        return str(value.to_text())
    except (dns.exception.DNSException, ValueError):
        octets = value.to_generic().data
        return f"\\# {len(octets)} {octets.hex()}"


def _restore(message: dns.message.Message, octets: bytes) -> None:
    """Put back the records of the answer that were skipped. Raises the first error where more than that is wrong."""
    first = message.errors[0].exception
    try:
        refused = list(_refused(octets))
    except (ValueError, struct.error, IndexError) as error:
        raise first from error
    if not _is_all_that_is_wrong(message, refused):
        raise first
    restored: dict[tuple[dns.name.Name, int], dns.rrset.RRset] = {}
    for is_answer, name, ttl, _, value in refused:
        if not is_answer:
            continue
        found = message.get_rrset(message.answer, name, value.rdclass, value.rdtype)
        found = found or restored.get((name, int(value.rdtype)))
        if found is None:
            found = restored[name, int(value.rdtype)] = dns.rrset.RRset(name, value.rdclass, value.rdtype)
        found.add(value, ttl if ttl <= _MOST_SECONDS else 0)
    # In a transfer nothing may stand before the first SOA, nor behind the last.
    begin = int(bool(message.answer) and message.answer[0].rdtype == dns.rdatatype.SOA)
    message.answer[begin:begin] = restored.values()


def _is_all_that_is_wrong(message: dns.message.Message, refused: list[_Refused]) -> bool:
    """Whether each error is about the data of one such record, and there are no others.

    Any other error ends dnspython's reading early: what follows is then neither read nor covered by a signature.
    """
    if not isinstance(message, dns.message.QueryMessage) or len(refused) != len(message.errors):
        return False
    return all(
        int(value.rdtype) not in _NEVER_ODD and end - len(value.data) <= error.offset <= end
        for error, (_, _, _, end, value) in zip(message.errors, refused, strict=True)
    )


def _refused(octets: bytes) -> Iterator[_Refused]:
    """(whether in the answer, owner, TTL, where the data ends, data) of each record whose data dnspython refuses.

    Raises ValueError, IndexError and struct.error where the records cannot be told apart.
    """
    questions, answers, authorities, others = struct.unpack_from("!HHHH", octets, 4)
    position = 12
    for _ in range(questions):
        position = read_name(octets, position, len(octets))[1] + 4
    for index in range(answers + authorities + others):
        begin = position
        _, position = read_name(octets, begin, len(octets))
        kind, group, ttl, length = _HEADER.unpack_from(octets, position)
        start = position + _HEADER.size
        position = start + length
        if position > len(octets):
            raise ValueError("the message ends within a record")
        if kind in _NO_DATA:
            continue
        rdtype, rdclass = dns.rdatatype.RdataType.make(kind), dns.rdataclass.RdataClass.make(group)
        try:
            dns.rdata.from_wire(rdclass, rdtype, octets, start, length)
        except (dns.exception.DNSException, ValueError, struct.error, IndexError):
            owner = dns.name.from_wire(octets, begin)[0]
            yield index < answers, owner, ttl, position, dns.rdata.GenericRdata(rdclass, rdtype, octets[start:position])
