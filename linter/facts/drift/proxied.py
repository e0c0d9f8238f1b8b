"""What is served in place of a host that a web proxy answers for: its addresses, and names that lead past it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from linter.facts.proxied import proxied_at
from linter.records.text.name import is_under
from linter.zone.model import PROXIED_TYPES, Mx, Srv

from .expected import Expected

if TYPE_CHECKING:
    from linter.facts.facts import Facts


def is_behind_proxy(expected: Expected) -> bool:
    """Whether a set is served as addresses of a proxy, which only the provider knows."""
    return expected.kind in PROXIED_TYPES and all(record.is_proxied for record in expected.records)


def is_led_past(facts: "Facts", expected: Expected, values: Sequence[str]) -> bool:
    """Whether an MX or SRV set is served as declared but for proxied hosts of the zone.

    In place of each of those Cloudflare answers with a name of its own making, `_dc-mx.….example.com` for MX and
    `dc-….example.com` for SRV, with the same numbers.
    """
    left = [value for value in values if value not in expected.texts]
    for text, value in expected.values:
        if text in values:
            continue
        host = value.exchange if isinstance(value, Mx) else value.target if isinstance(value, Srv) else None
        if host is None or not proxied_at(facts.index, host.name):
            return False
        numbers = text.rpartition(" ")[0]
        made = next((each for each in left if _is_made(each, numbers, expected.kind, facts.zone.name)), None)
        if made is None:
            return False
        left.remove(made)
    return not left


def _is_made(value: str, numbers: str, kind: str, zone: str) -> bool:
    """Whether a value names a host of Cloudflare's making below the zone, with these numbers before it."""
    given, _, host = value.rpartition(" ")
    lead = "_dc-mx." if kind == "MX" else "dc-"
    return given == numbers and host.startswith(lead) and is_under(host, zone)
