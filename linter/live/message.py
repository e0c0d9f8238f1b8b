"""One question and its reply on the wire (RFC 1035 section 4): written by hand, read by dnspython."""

import struct
from collections.abc import Iterable
from functools import lru_cache

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

from linter.lookup.answer import FOUND, NO_DATA, NO_NAME, SERVFAIL
from linter.lookup.served import FAILURES, MALFORMED, REFUSED, SaidStatus
from linter.source.frozen import Frozen

from .expected import Expected, ttl_if_expected
from .lenient_message import parse, presented
from .negative_reply import ttl_if_nothing
from .server import Server
from .wire_name import write_name
from .zone_reply import set_if_plain

UDP_SIZE = 1232
"""Octets that a reply by UDP may have: what passes every network unfragmented (DNS flag day 2020)."""
_STATUSES: dict[int, SaidStatus] = {2: SERVFAIL, 5: REFUSED}
_RECURSION_DESIRED = 0x0100
_MOST_ALIASES = 16
_MOST_GLUE = 64
_HEADER_OCTETS = 12
_new = tuple.__new__
_HEADERS = {
    (is_recursive, has_edns): struct.pack("!HHHHH", _RECURSION_DESIRED * is_recursive, 1, 0, 0, int(has_edns))
    for is_recursive in (False, True)
    for has_edns in (False, True)
}
_EDNS = struct.pack("!BHHIH", 0, dns.rdatatype.OPT, UDP_SIZE, 0, 0)


class Question(Frozen):
    """What is asked: an absolute lower-case name and a type's mnemonic.

    With `expected`, what `expect` makes of a declared record set, a reply that says just that is read at a
    twentieth of the cost. `is_recursive` is whether the server may ask others for the answer: a zone's own servers
    are to say what they have themselves.
    """

    name: str
    kind: str
    expected: Expected | None = None
    is_recursive: bool = True


class Reply(Frozen):
    """What one server said to one question.

    `values` are in presentation format, sorted as the server sent them; `ttl` is the smallest of the set's and of
    the aliases', in seconds, or for negative answers the zone's (RFC 2308 section 5), None where nobody said.
    `aliases` are the CNAMEs that were followed: (owner, TTL, target). `delegated` are the name servers of a referral,
    `cut` is the name that it delegates, `glue` are (host, address) that came with it. `is_cached` is whether
    it comes out of a resolver's memory, where TTLs count down. `detail` says in words what went wrong.

    `as_expected` is true where the question's record set was served, whole and with nothing else; `values` are then
    as they were declared. False says nothing: the values have to be compared.
    """

    question: Question
    server: Server
    status: SaidStatus
    ttl: int | None = None
    values: tuple[str, ...] = ()
    aliases: tuple[tuple[str, int, str], ...] = ()
    authoritative: bool = False
    delegated: tuple[str, ...] = ()
    detail: str = ""
    as_expected: bool = False
    cut: str = ""
    glue: tuple[tuple[str, str], ...] = ()
    is_cached: bool = False

    @property
    def failed(self) -> bool:
        """Whether nothing was learned."""
        return self.status in FAILURES


@lru_cache(maxsize=128)
def kind_of(kind: str) -> int:
    """The number of a type's mnemonic. Raises ValueError for one that DNS does not have."""
    try:
        return int(dns.rdatatype.from_text(kind))
    except dns.rdatatype.UnknownRdatatype as error:
        raise ValueError(f"`{kind}` is not a record type") from error


def question_section(question: Question) -> bytes:
    """The question on the wire. Raises ValueError for a name that no message can carry."""
    return write_name(question.name) + struct.pack("!HH", kind_of(question.kind), dns.rdataclass.IN)


def query(identifier: int, section: bytes, is_recursive: bool = True, has_edns: bool = True) -> bytes:
    """A whole query, with EDNS (RFC 6891) unless the server does not know it."""
    header = _HEADERS[is_recursive, has_edns]
    return identifier.to_bytes(2, "big") + header + section + (_EDNS if has_edns else b"")


def is_reply(octets: bytes, identifier: int, section: bytes) -> bool:
    """Whether a datagram answers this very query: its identifier, name in any case, type and class.

    Servers that cannot read a query answer without the question, often with the header alone.
    """
    if len(octets) < _HEADER_OCTETS or octets[:2] != identifier.to_bytes(2, "big") or not octets[2] & 0x80:
        return False
    if octets[4:6] == b"\0\0":
        return len(octets) == _HEADER_OCTETS or bool(octets[3] & 0x0F)
    end = _HEADER_OCTETS + len(section)
    asked = octets[_HEADER_OCTETS:end]
    if len(octets) < end or octets[4:6] != b"\0\1":
        return False
    return asked == section or (asked[-4:] == section[-4:] and asked.lower() == section.lower())


def is_truncated(octets: bytes) -> bool:
    """Whether the server had more to say than the datagram holds (RFC 2181 section 9)."""
    return bool(octets[2] & 0x02)


def knows_no_edns(octets: bytes) -> bool:
    """Whether the server may not have understood the query for its EDNS (RFC 6891 section 7): FORMERR or NOTIMP."""
    return octets[3] & 0x0F in (1, 4)


def is_servfail(octets: bytes) -> bool:
    """Whether the server says that it failed, which may be over in a moment."""
    return octets[3] & 0x0F == 2


def reply_of(octets: bytes, section: bytes, question: Question, server: Server) -> Reply:
    """What a message says that `is_reply` has taken for the answer: as expected, or whatever it takes to read."""
    if octets[4:6] == b"\0\0":
        return _of_header(octets[3] & 0x0F, question, server)
    expected = question.expected
    if expected is not None:
        ttl = ttl_if_expected(octets, section, expected)
        if ttl is not None:
            authoritative = bool(octets[2] & 0x04)
            return _new(
                Reply, (question, server, FOUND, ttl, expected.values, (), authoritative, (), "", True, "", (), False)
            )
    nothing = ttl_if_nothing(octets, section)
    if nothing is not None:
        status = NO_NAME if octets[3] & 0x0F else NO_DATA
        authoritative = bool(octets[2] & 0x04)
        return _new(Reply, (question, server, status, nothing, (), (), authoritative, (), "", False, "", (), False))
    zone_set = set_if_plain(octets, section)
    if zone_set is not None:
        authoritative, is_cached = bool(octets[2] & 0x04), octets[2] & 0x04 == 0 and octets[3] & 0x80 != 0
        ttl, values = zone_set
        return Reply(question, server, FOUND, ttl, values, authoritative=authoritative, is_cached=is_cached)
    return read(octets, question, server)


def read(octets: bytes, question: Question, server: Server) -> Reply:
    """What a message says, whatever was expected."""
    try:
        message = parse(octets, ignore_trailing=True)
    except (dns.exception.DNSException, ValueError, struct.error, IndexError) as error:
        return Reply(question, server, MALFORMED, detail=f"a reply that cannot be read ({type(error).__name__})")
    return said_in(message, question, server)


def said_in(message: dns.message.Message, question: Question, server: Server) -> Reply:
    """What a message says that has been read already."""
    code = int(message.rcode())
    return _answer(message, question, server, code == 3) if code in (0, 3) else _failure(code, question, server)


def _failure(code: int, question: Question, server: Server) -> Reply:
    name = dns.rcode.to_text(dns.rcode.Rcode.make(code))
    return Reply(question, server, _STATUSES.get(code, REFUSED), detail=f"the server says {name}")


def _of_header(code: int, question: Question, server: Server) -> Reply:
    """A reply without the question: what went wrong can be believed, and nothing else."""
    if code not in (0, 3):
        return _failure(code, question, server)
    return Reply(question, server, MALFORMED, detail="a reply without question and answer")


def _answer(message: dns.message.Message, question: Question, server: Server, is_missing: bool) -> Reply:
    name, kind = dns.name.from_text(question.name), dns.rdatatype.from_text(question.kind)
    sets = {(each.name, each.rdtype): each for each in message.answer if each.rdclass == dns.rdataclass.IN}
    aliases: list[tuple[str, int, str]] = []
    authoritative = bool(message.flags & dns.flags.AA)
    is_cached = not authoritative and bool(message.flags & dns.flags.RA)
    status: SaidStatus = NO_NAME if is_missing else NO_DATA
    reply = Reply(question, server, status, authoritative=authoritative, is_cached=is_cached)
    while (name, kind) not in sets:
        alias = sets.get((name, dns.rdatatype.CNAME))
        if alias is None or len(aliases) == _MOST_ALIASES or kind == dns.rdatatype.CNAME:
            reply = reply._replace(ttl=_negative_ttl(message.authority), aliases=tuple(aliases))
            return reply if aliases or authoritative else _referred(reply, message)
        target = alias[0].target
        aliases.append((name.to_text().lower(), alias.ttl, target.to_text().lower()))
        name = target
    found = sets[name, kind]
    ttl = min(found.ttl, *(each[1] for each in aliases)) if aliases else found.ttl
    values = tuple(presented(value) for value in found)
    return reply._replace(status=FOUND, ttl=ttl, values=values, aliases=tuple(aliases))


def _negative_ttl(authority: Iterable[dns.rrset.RRset]) -> int | None:
    for each in authority:
        if each.rdtype == dns.rdatatype.SOA:
            return int(min(each.ttl, each[0].minimum))
    return None


def _referred(reply: Reply, message: dns.message.Message) -> Reply:
    """A reply with whom it refers to, where it does: the name servers of one name, and their addresses."""
    found = next((each for each in message.authority if each.rdtype == dns.rdatatype.NS), None)
    if found is None:
        return reply
    hosts = tuple(value.target.to_text().lower() for value in found)
    glue = tuple(
        (each.name.to_text().lower(), value.address)
        for each in message.additional
        if each.rdtype in (dns.rdatatype.A, dns.rdatatype.AAAA)
        for value in each
    )
    return reply._replace(delegated=hosts, cut=found.name.to_text().lower(), glue=glue[:_MOST_GLUE])
