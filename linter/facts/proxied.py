"""Hosts before which a web proxy stands: what mail records lead to them, and whose addresses SPF authorises there."""

from collections.abc import Iterator

from linter.facts.spf.places import dead_terms
from linter.facts.texts import SpfText
from linter.lookup.zone_index import ZoneIndex
from linter.lookup.zones import ask_zone
from linter.records.spf.record import Mechanism
from linter.records.text.address import network
from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING
from linter.zone.model import PROXIED_TYPES, Address, Record, Target

from .hosts.special_networks import is_unreachable

if TYPE_CHECKING:
    from linter.facts.facts import Facts

_DISCARD = "100::"
"""The first address of the block that RFC 6666 gives for traffic to be thrown away."""

_PLACEHOLDERS = ("192.0.2.0", "192.0.2.1", "192.0.2.255")
"""Of a block that examples are written with, what people put behind a proxy where there is no server."""

SAME_ZONE, OTHER_ZONE, NO_PROXY_ZONE = "same zone", "other zone", "no zone of the proxy's"


class ProxiedHost(Frozen):
    """A target of MX or SRV that a proxy answers for, and the records at it.

    `place` is SAME_ZONE where one zone holds both, so that the proxy's owner gives the target an automatic name;
    NO_PROXY_ZONE where it is known that others publish the zone of `record`. `is_placeholder` is whether nothing can
    be reached behind the proxy.
    """

    record: Record
    target: Target
    at: tuple[Record, ...]
    place: str
    is_placeholder: bool


def proxied_hosts(facts: "Facts") -> Iterator[ProxiedHost]:
    """Every host that the MX and SRV records of a zone name and that a proxy answers for."""
    for record, target in facts.targets:
        if record.type not in ("MX", "SRV") or target.fault or target.name == "." or "{" in target.written:
            continue
        zone = facts.zone_at(target.name)
        found = proxied_at(zone, target.name) if zone is not None else ()
        if zone is not None and found:
            yield ProxiedHost(record, target, found, _place(facts, zone), is_placeholder(found))


def proxied_at(index: ZoneIndex, name: str) -> tuple[Record, ...]:
    """The records of a zone that a proxy answers for at a name, a wildcard's where one answers; none elsewhere."""
    if not index.has_proxied:
        return ()
    owner = ask_zone(index, name, "A")[0].owner
    return tuple(record for kind in PROXIED_TYPES for record in index.records(owner, kind) if record.is_proxied)


def is_placeholder(records: tuple[Record, ...]) -> bool:
    """Whether nothing is behind a proxy: its records hold addresses that nobody reaches, as `192.0.2.1` and `100::`."""
    values = [value for record in records for value in record.values]
    return bool(values) and all(isinstance(value, Address) and _is_unreachable(value.text) for value in values)


def stands_for_no_server(text: str) -> bool:
    """Whether an address is the one that providers of proxies say to write where there is no server."""
    return text == _DISCARD


def _is_unreachable(text: str) -> bool:
    if text in _PLACEHOLDERS:
        return True
    address = network(6 if ":" in text else 4, text)
    return address is not None and is_unreachable(address)


def _place(facts: "Facts", zone: ZoneIndex) -> str:
    if zone.zone.name == facts.zone.name:
        return SAME_ZONE
    return NO_PROXY_ZONE if not facts.publishing.may_proxy else OTHER_ZONE


class ProxiedTerm(Frozen):
    """An `a` of an SPF record that authorises the addresses of a proxy, the host's name, and the records there."""

    text: SpfText
    term: Mechanism
    host: str
    at: tuple[Record, ...]


def proxied_terms(facts: "Facts") -> Iterator[ProxiedTerm]:
    """Every `a` with "+" of the zone's SPF records whose host a proxy answers for."""
    for text in facts.texts.spf:
        dead = dead_terms(text.spf)
        for term in text.spf.mechanisms:
            if term.name != "a" or term.qualifier != "+" or term in dead:
                continue
            if term.domain is not None and term.domain.macros:
                continue
            host = term.target(text.record.name)
            zone = facts.zone_at(host)
            found = proxied_at(zone, host) if zone is not None else ()
            if found:
                yield ProxiedTerm(text, term, host, found)
