"""The ordering laws: what must not lie between two moments of an estate."""

from collections.abc import Iterable, Iterator

from linter.plan.estate import View

from . import receiving, sending, transport
from .law import Broken, Law

LAWS = (
    Law("L1", "TTL first", "RFC 1035 section 3.2.1, RFC 2181 section 5.2", receiving.ttl_first),
    Law("L2", "names before their use", "RFC 2308 section 5, RFC 4592", receiving.negative),
    Law("L3", "verify first", "Microsoft, Google: domain verification", receiving.verify_first),
    Law("L4", "one SPF record for old and new", "RFC 7208 sections 4.5 and 5", sending.spf_union),
    Law("L5", "keys before signatures", "RFC 6376 section 3.6.2", sending.dkim_first),
    Law("L6", "senders pass before DMARC is strict", "RFC 9989 section 5.1.6", sending.dmarc_safe),
    Law("L7", "report mailboxes before reports", "RFC 9989 section 5.1.3, RFC 9990 section 4", sending.report_first),
    Law("L8", "recipients before MX", "Microsoft 5.4.1, Set-AcceptedDomain", receiving.recipients_first),
    Law("L9", "MTA-STS lists both", "RFC 8461 sections 8.1 and 3.3", transport.sts_lists_both),
    Law("L10", "TLSA first", "RFC 7671 section 8.1, RFC 7672", transport.tlsa_first),
    Law("L11", "one system in an MX set", "RFC 5321 section 5.1", receiving.one_system),
    Law("L12", "the old host listens", "RFC 5321 section 4.5.4.1", receiving.old_listens),
    Law("L13", "mail programs last", "Microsoft cutover step 8", receiving.clients_last),
    Law("L14", "a sender goes last", "practice of DMARC vendors", sending.sender_last_out),
    Law("L15", "a key goes last", "RFC 6376 sections 3.1 and 5.2", sending.key_last_out),
    Law("L16", "MTA-STS ends by mode none", "RFC 8461 section 8.3", transport.sts_remove),
    Law("L17", "DS after keys", "RFC 6781 section 4.1", transport.dnssec),
    Law("L18", "TTLs up at the end", "practice", receiving.ttl_up),
    Law("L19", "DMARC strict last", "RFC 9989 sections 5.1.5 to 5.1.7", sending.tighten_last),
    Law("L20", "one tenant", "Microsoft: domain verification", receiving.one_tenant),
)


def between(before: View, after: View, laws: Iterable[Law] = LAWS) -> Iterator[Broken]:
    """What must not lie between two moments, whatever caches and servers still have of either."""
    for law in laws:
        yield from law.judge(before, after)
