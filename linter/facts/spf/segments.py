"""Addresses that stand for all others of a range: between two edges of the networks of an SPF tree nothing changes."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from linter.lookup.answer import Exchange, Resolver
from linter.records.spf.record import Mechanism
from linter.records.text.address import Network, ip4_text, ip6_text, network

from .cost import SpfTree, TreeTerm, records_in

MOST_SEGMENTS = 1_000
"""Stretches of one range that are looked at; a record of ten thousand networks tells nobody who reads it anything."""


class Edges:
    """Where the networks of a record, and of all records below it, begin and end."""

    def __init__(self, tree: SpfTree, resolver: Resolver) -> None:
        found: dict[int, set[int]] = {4: set(), 6: set()}
        for record in records_in(tree):
            for term in record.terms:
                for each in networks_of(term, resolver):
                    found[each.version] |= {each.first, each.last + 1}
        self._edges = {version: sorted(edges) for version, edges in found.items()}

    def within(self, wanted: Network) -> tuple[str, ...] | None:
        """The first address of each stretch of a network in which no network begins or ends; None for too many."""
        edges = self._edges[wanted.version]
        low, high = bisect_right(edges, wanted.first), bisect_left(edges, wanted.last + 1)
        if high - low >= MOST_SEGMENTS:
            return None
        text = ip4_text if wanted.version == 4 else ip6_text
        return tuple(text(each) for each in (wanted.first, *edges[low:high]))


def networks_of(term: TreeTerm, resolver: Resolver) -> Iterator[Network]:
    """The networks that a term itself may match, as far as they are known (RFC 7208 sections 5.3, 5.4 and 5.6)."""
    mechanism = term.term
    if not isinstance(mechanism, Mechanism):
        return
    if mechanism.network is not None:
        yield mechanism.network
    elif mechanism.name in ("a", "mx"):
        hosts = list(term.targets) if mechanism.name == "a" else _mail_hosts(term.targets, resolver)
        for host in hosts:
            yield from _of_host(host, mechanism, resolver)


def _mail_hosts(names: Iterable[str], resolver: Resolver) -> list[str]:
    found = (value for name in names for value in resolver.lookup(name, "MX").values)
    return [value.host for value in found if isinstance(value, Exchange)]


def _of_host(host: str, mechanism: Mechanism, resolver: Resolver) -> Iterator[Network]:
    for version, kind, prefix in ((4, "A", mechanism.prefix4), (6, "AAAA", mechanism.prefix6)):
        for value in resolver.lookup(host, kind).values:
            found = network(version, value) if isinstance(value, str) else None
            if found is not None:
                yield found if prefix is None else found._replace(prefix=prefix)
