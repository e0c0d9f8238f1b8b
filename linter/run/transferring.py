"""Whole zones by transfer, in the form in which they are compared."""

from collections.abc import Mapping

from linter.facts.drift.names import is_made_by_servers
from linter.lookup.served import FOUND, REFUSED, Pair, Said
from linter.lookup.whole_zone import WholeZone
from linter.source.typed import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from linter.live.engine import Server
    from linter.live.transfer import Bounds
    from linter.live.tsig_key import TsigKey


class Transfer(Protocol):
    """How to have a whole zone."""

    def __call__(self, zone: str, server: "Server", seconds: float, declared: int = 0) -> "Mapping[Pair, Said] | Said":
        """All that a server has of a zone, within some seconds, where so many records are declared; why it does not
        give it, as what it said.
        """
        ...


_MORE, _TIMES = 10_000, 4
"""Records that a zone may have beyond what is declared: so many, and the declared ones so many times."""
_OCTETS, _OCTETS_EACH = 4 << 20, 2048
"""Octets that it may have: so many, and so many for each declared record."""


def transferring(probe: str, key: "TsigKey | None", bounds: "Bounds") -> Transfer:
    """Transfers zones, signed with a key where there is one; wildcards stand at the label `probe`."""
    from linter.live.transfer import NotConnected, NotTransferred, transfer

    unconnected: dict[Server, str] = {}

    def fetch(zone: str, server: "Server", seconds: float, declared: int = 0) -> Mapping[Pair, Said] | Said:
        if server in unconnected:  # many zones share a server, and each would wait for it
            return Said(REFUSED, detail=unconnected[server])
        # A server that sends without end costs a few seconds, and a zone that is as large as its file gets through.
        records = min(bounds.records, _MORE + _TIMES * declared)
        octets = min(bounds.octets, _OCTETS + _OCTETS_EACH * declared)
        within = bounds._replace(total=min(bounds.total, seconds), records=records, octets=octets)
        try:
            sets = transfer(zone, server, key or server.key, within)
        except NotTransferred as error:
            if isinstance(error, NotConnected):
                unconnected[server] = str(error)
            return Said(REFUSED, detail=str(error))
        found = {}
        for each in sets:
            if not is_made_by_servers(each.kind) or each.kind == "SOA":
                name = f"{probe}.{each.name[2:]}" if each.name.startswith("*.") else each.name
                found[name, each.kind] = Said(FOUND, each.values, each.ttl)
        return WholeZone(zone, found, probe)

    return fetch
