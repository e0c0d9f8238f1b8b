"""Texts of the common shape, one sound record in its place: nothing can be said of them but what they mean."""

from linter.lookup.zone_index import ZoneIndex
from linter.records.spf.term import Mechanism
from linter.zone.model import Record

from .hosts.reserved_names import is_documentation, is_example
from .texts import DmarcText, KeyText, SpfText, Texts

LONGEST_STEP = 7
"""Labels of the longest name that the DMARC walk asks after the name itself (RFC 9989 section 4.10)."""

_SENDERS = frozenset({"include", "a", "mx", "ip4", "ip6"})
_ENDS = ("-all", "~all")
_OF_NAMES = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-.")


def is_sound_spf(text: SpfText, zone: str) -> bool:
    """Whether a record says who sends by plain names and addresses, each once, and refuses all others at its end."""
    spf = text.spf
    if spf.faults or not spf.terms or "your" in spf.text.lower():
        return False
    *terms, end = spf.terms
    senders = [term for term in terms if isinstance(term, Mechanism) and _is_plain(term)]
    if end.text not in _ENDS or len({_what(term) for term in senders}) < len(terms):
        return False
    return is_example(zone) or not any(is_documentation(term.target("")) for term in senders)


def _is_plain(term: Mechanism) -> bool:
    """Whether a term has addresses, no name, or a name in lower case without a final dot."""
    name = term.domain.text if term.domain is not None else ""
    return term.name in _SENDERS and _OF_NAMES.issuperset(name) and not name.endswith(".")


def _what(term: Mechanism) -> str | int:
    """What two terms that may repeat each other have in common."""
    if term.network is not None:
        return term.network.first
    return term.domain.text if term.domain is not None and term.name == "include" else term.name


def is_one_policy(text: DmarcText, index: ZoneIndex) -> bool:
    """Whether a text is the one policy at the `_dmarc` name of a domain, without faults."""
    dmarc, name = text.dmarc, text.record.name
    if dmarc.faults or dmarc.p is None or dmarc.t or dmarc.psd == "y":
        return False
    # A second `_dmarc` and a wildcard behind it are never asked for.
    is_asked = text.role == "policy" and "_dmarc" not in name[1:] and "*" not in name
    return is_asked and _is_alone(text.record, index)


def is_one_key(text: KeyText, index: ZoneIndex) -> bool:
    """Whether a text at a selector is its one key, or the one that revokes it, without faults."""
    key = text.key
    return not key.faults and (key.key is not None or key.revoked) and _is_alone(text.record, index)


def _is_alone(record: Record, index: ZoneIndex) -> bool:
    """Whether the one value of an entry is all that stands at its name."""
    return len(record.values) == 1 and len(index.records(record.name, "TXT")) == 1


def covers_zone(texts: Texts, zone: str) -> bool:
    """Whether a policy at the zone's own name covers all names below: a walk up reaches it (RFC 9989 section 4.10)."""
    is_near = zone.count(".") <= LONGEST_STEP
    return is_near and any(text.role == "policy" and text.record.name == f"_dmarc.{zone}" for text in texts.dmarc)
