"""Whole zones by transfer, in the form in which they are compared."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from linter.facts.drift_names import is_made_by_servers
from linter.lookup.served import FOUND, REFUSED, Pair, Said
from linter.lookup.whole_zone import WholeZone

if TYPE_CHECKING:
    from linter.live.engine import Server
    from linter.live.transfer import Bounds
    from linter.live.tsig_key import TsigKey

Transfer: TypeAlias = "Callable[[str, Server], Mapping[Pair, Said] | Said]"
"""All that a server has of a zone; why it does not give it, as what it said."""


def transferring(probe: str, key: "TsigKey | None", bounds: "Bounds") -> Transfer:
    """Transfers zones, signed with a key where there is one; wildcards stand at the label `probe`."""
    from linter.live.transfer import NotTransferred, transfer

    def fetch(zone: str, server: "Server") -> Mapping[Pair, Said] | Said:
        try:
            sets = transfer(zone, server, key, bounds)
        except NotTransferred as error:
            return Said(REFUSED, detail=f"no transfer: {error}")
        found = {}
        for each in sets:
            if not is_made_by_servers(each.kind) or each.kind == "SOA":
                name = f"{probe}.{each.name[2:]}" if each.name.startswith("*.") else each.name
                found[name, each.kind] = Said(FOUND, each.values, each.ttl)
        return WholeZone(zone, found, probe)

    return fetch
