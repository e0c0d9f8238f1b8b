"""What a zone holds in the coarse, so that rules are loaded where they have something to judge."""

from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from .facts import Facts

Trigger: TypeAlias = Literal[
    "file", "records", "MX", "CNAME", "SRV", "TLSA", "spf", "dmarc", "dkim", "transport", "intent", "served", "seen"
]
EVERY_TRIGGER: frozenset[Trigger] = frozenset(get_args(Trigger))
FILE: Final = "file"
"""Faults that the readers of its files have found."""
RECORDS: Final = "records"
"""Any records at all."""
MX: Final = "MX"
CNAME: Final = "CNAME"
SRV: Final = "SRV"
TLSA: Final = "TLSA"
SPF: Final = "spf"
"""Texts that are SPF or were meant to be; records of the type SPF."""
DMARC: Final = "dmarc"
"""Texts that are DMARC, wherever they are, or were meant to be."""
DKIM: Final = "dkim"
"""Texts at selectors, keys elsewhere, and what DomainKeys has left."""
TRANSPORT: Final = "transport"
"""MTA-STS, TLS-RPT and BIMI: their texts, aliases at their names, policy files."""
INTENT: Final = "intent"
"""Anything that is declared about mail."""
SERVED: Final = "served"
"""What its servers say is known, and the zone is what is declared."""
SEEN: Final = "seen"
"""What its servers say is known, and the zone is that."""

_TYPES: tuple[Trigger, ...] = (MX, CNAME, SRV, TLSA)


def triggers(facts: "Facts") -> frozenset[Trigger]:
    """The triggers that hold for a zone."""
    zone, by_type, texts = facts.zone, facts.index.by_type, facts.texts
    found: set[Trigger] = {kind for kind in _TYPES if kind in by_type}
    if zone.faults:
        found.add(FILE)
    if zone.records or zone.bad_names:
        found.add(RECORDS)
    if texts.spf or texts.near_spf or texts.stray_spf or "SPF" in by_type:
        found.add(SPF)
    if texts.dmarc or texts.near_dmarc:
        found.add(DMARC)
    if texts.keys or texts.stray_keys or texts.host_names or texts.leftovers:
        found.add(DKIM)
    if texts.mta_sts or texts.tls_rpt or texts.bimi or facts.sts_policies or _has_sts_alias(facts):
        found.add(TRANSPORT)
    if facts.intent is not None:
        found.add(INTENT)
    if facts.served is not None:
        found.add(SEEN if facts.is_seen else SERVED)
    return frozenset(found)


def _has_sts_alias(facts: "Facts") -> bool:
    return any(record.name.startswith("_mta-sts.") for record in facts.index.by_type.get("CNAME", ()))
