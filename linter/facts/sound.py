"""Texts of the common shape, one sound record in its place: nothing can be said of them but what they mean."""

from linter.lookup.zone_index import ZoneIndex
from linter.zone.model import Record

from .texts import DmarcText, KeyText


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
