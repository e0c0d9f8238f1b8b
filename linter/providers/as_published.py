"""A zone as its DNS providers take it from octoDNS: absolute targets, TTLs, types, and what a proxy answers for."""

from linter.source.plain import node_at
from linter.source.scalar_type import value_of
from linter.source.tree import Scalar
from linter.zone.model import Record, Zone
from linter.zone.processed import dotted_targets

from .publishing import Publishing

_JUDGED = "SPF"
"""A type that is kept where octoDNS leaves it out: the rule about it says more than that it is missing."""


def as_published(zone: Zone, publishing: Publishing) -> Zone:
    """The zone as served, as far as its publishers are known; by the user's word nothing is changed here."""
    if not publishing.is_known:
        return zone
    kept = [record for record in zone.records if not _is_left_out(record, publishing)]
    gone = {(record.name, record.type) for record in zone.records if _is_left_out(record, publishing)}
    records = tuple(_published(record, zone.name, publishing) for record in kept)
    return zone._replace(records=records, unmanaged=zone.unmanaged | gone)


def _is_left_out(record: Record, publishing: Publishing) -> bool:
    """Whether octoDNS leaves a record out, with a warning, since no publisher has its type: it stays as it is there."""
    is_known = record.type in publishing.types or record.type in publishing.as_txt or "/" in record.type
    return publishing.leaves_out and not is_known and record.type != _JUDGED


def _published(record: Record, origin: str, publishing: Publishing) -> Record:
    kind = "TXT" if record.type in publishing.as_txt else record.type
    if kind == "CNAME" and record.name == origin and publishing.flattens_at(is_apex=True):
        kind = "ALIAS"  # what it leads to is served, beside whatever else the name has
    is_proxied = record.is_proxied and publishing.may_proxy
    ttl = _ttl(record, publishing)
    if (kind, is_proxied, ttl) != (record.type, record.is_proxied, record.ttl):
        record = record._replace(type=kind, is_proxied=is_proxied, ttl=ttl)
    is_absolute = not publishing.target_dots and publishing.takes_as_absolute(record.type)
    return dotted_targets(record, origin) if is_absolute else record


def _ttl(record: Record, publishing: Publishing) -> int | None:
    """The TTL that is served; None where the publisher chooses it, or nobody says."""
    if record.ttl is None or (record.is_proxied and publishing.may_proxy) or _is_automatic(record, publishing):
        return None
    ttl = max(record.ttl, publishing.least_ttl)
    return None if ttl in publishing.automatic_ttls else ttl


def _is_automatic(record: Record, publishing: Publishing) -> bool:
    """Whether the record itself leaves its TTL to the publisher."""
    settings = record.settings if publishing.automatic_flag and publishing.proxy_key else None
    if settings is None:
        return False
    flag = node_at(settings, (publishing.proxy_key, publishing.automatic_flag))[0]
    return isinstance(flag, Scalar) and value_of(flag) is True
