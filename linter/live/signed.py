"""Questions signed with a key, and replies whose signature is looked at (TSIG, RFC 8945)."""

import struct

import dns.exception
import dns.message
import dns.name
import dns.tsig

from linter.lookup.served import MALFORMED, REFUSED

from .lenient_message import parse
from .message import Question, Reply, said_in
from .server import Server
from .tsig_key import TsigKey

_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (dns.tsig.PeerBadKey, "the server does not know the key {key}"),
    (dns.tsig.PeerBadSignature, "the server does not accept the signature: it has another secret for the key {key}"),
    (dns.tsig.PeerBadTime, "the server does not accept the time of the signature: its clock and this one differ"),
    (dns.tsig.PeerError, "the server does not accept the signature"),
    (dns.tsig.BadSignature, "the signature of a reply is wrong: it does not come from who has the key {key}"),
    (dns.tsig.BadTime, "the time of a reply's signature is wrong: the server's clock and this one differ"),
    (dns.tsig.BadKey, "a reply is signed with another key than {key}"),
    (dns.tsig.BadAlgorithm, "a reply is signed with another algorithm than that of the key {key}"),
    (dns.message.UnknownTSIGKey, "a reply is signed with an unknown key"),
)


def key_of(key: TsigKey) -> dns.tsig.Key:
    """A key as dnspython takes it."""
    # The oldest algorithm has a longer name than people know it by (RFC 8945 section 6).
    algorithm = dns.tsig.HMAC_MD5 if key.algorithm == "hmac-md5" else dns.name.from_text(key.algorithm)
    return dns.tsig.Key(dns.name.from_text(key.name), key.secret, algorithm)


def refusal_of(error: Exception, key: TsigKey | None) -> str:
    """What an error about a signature says, in words; "" for any other error."""
    told = f"`{key.name}`" if key else ""
    return next((words.format(key=told) for kind, words in _WORDS if isinstance(error, kind)), "")


def sign(query: bytes, key: TsigKey) -> tuple[bytes, bytes]:
    """A query with its signature, and the code that the reply's signature covers."""
    message = dns.message.from_wire(query)
    message.use_tsig(key_of(key))
    return message.to_wire(), message.mac or b""


def signed_reply(octets: bytes, code: bytes, question: Question, server: Server) -> Reply:
    """What a reply to a signed query says, if it is signed by who has the key."""
    key = server.key
    assert key is not None
    try:
        message = parse(octets, keyring=key_of(key), request_mac=code, ignore_trailing=True)
    except (dns.exception.DNSException, ValueError, struct.error, IndexError) as error:
        why = refusal_of(error, key)
        if why:
            return Reply(question, server, REFUSED, detail=why)
        return Reply(question, server, MALFORMED, detail=f"a reply that cannot be read ({type(error).__name__})")
    if not message.had_tsig:
        return Reply(question, server, MALFORMED, detail="a reply that is not signed, though the question was")
    return said_in(message, question, server)
