"""What a zone holds in the coarse, so that rules are loaded where they have something to judge."""

from linter.source.typed import Final, Literal, TypeAlias, get_args

from .facts import Facts, once
from .spf.limits import ASKING

Trigger: TypeAlias = Literal[
    "file",
    "records",
    "MX",
    "CNAME",
    "SRV",
    "TLSA",
    "spf",
    "spf-lookups",
    "spf-ranges",
    "dmarc",
    "dkim",
    "dkim-alias",
    "mta-sts",
    "mta-sts-policy",
    "tls-rpt",
    "bimi",
    "autodiscover",
    "intent",
    "served",
    "seen",
    "answered",
    "allowed",
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
SPF_LOOKUPS: Final = "spf-lookups"
"""SPF records with terms that cost a lookup."""
SPF_RANGES: Final = "spf-ranges"
"""SPF records with addresses or prefixes."""
DMARC: Final = "dmarc"
"""Texts that are DMARC, wherever they are, or were meant to be."""
DKIM: Final = "dkim"
"""Texts at selectors, keys elsewhere, and what DomainKeys has left."""
DKIM_ALIAS: Final = "dkim-alias"
"""Aliases at selectors, or at what was to be one."""
MTA_STS: Final = "mta-sts"
"""Texts that are MTA-STS or were meant to be, aliases at their names, policy files."""
MTA_STS_POLICY: Final = "mta-sts-policy"
"""Policy files of MTA-STS."""
TLS_RPT: Final = "tls-rpt"
"""Texts that are TLS-RPT or were meant to be."""
BIMI: Final = "bimi"
"""Texts that are BIMI or were meant to be."""
AUTODISCOVER: Final = "autodiscover"
"""Records that lead Outlook to a host."""
INTENT: Final = "intent"
"""Anything that is declared about mail."""
SERVED: Final = "served"
"""What its servers say is known, and the zone is what is declared."""
SEEN: Final = "seen"
"""What its servers say is known, and the zone is that."""

ANSWERED: Final = "answered"
"""Recorded answers were used in judging zones; what is judged then is these recordings."""
ALLOWED: Final = "allowed"
"""The profile in force lists what is allowed."""

_RANGES = ("ip4", "ip6")
_TYPES: tuple[Trigger, ...] = (MX, CNAME, SRV, TLSA)


@once
def triggers(facts: Facts) -> frozenset[Trigger]:
    """The triggers that hold for a zone."""
    zone, by_type, texts = facts.zone, facts.index.by_type, facts.texts
    found: set[Trigger] = {kind for kind in _TYPES if kind in by_type}
    if zone.faults:
        found.add(FILE)
    if zone.records or zone.bad_names or zone.doubled:
        found.add(RECORDS)
    if texts.spf or texts.near_spf or texts.stray_spf or "SPF" in by_type:
        found.add(SPF)
    if any(term.name in ASKING for text in texts.spf for term in text.spf.terms):
        found.add(SPF_LOOKUPS)
    if any("/" in text.spf.text or term.name in _RANGES for text in texts.spf for term in text.spf.terms):
        found.add(SPF_RANGES)
    if texts.dmarc or texts.near_dmarc:
        found.add(DMARC)
    aliases = by_type.get("CNAME", ())
    if texts.keys or texts.stray_keys or texts.host_names or texts.leftovers:
        found.add(DKIM)
    if any("domainkey" in alias.name for alias in aliases):
        found.add(DKIM_ALIAS)
    if texts.mta_sts or any(alias.name.startswith("_mta-sts.") for alias in aliases):
        found.add(MTA_STS)
    if _has_sts_policy(facts):
        found |= {MTA_STS, MTA_STS_POLICY}
    if texts.tls_rpt:
        found.add(TLS_RPT)
    if texts.bimi:
        found.add(BIMI)
    if facts.autodiscover_targets:
        found.add(AUTODISCOVER)
    if facts.intent is not None:
        found.add(INTENT)
    if facts.served is not None:
        found.add(SEEN if facts.is_seen else SERVED)
    if facts.used:
        found.add(ANSWERED)
    if facts.allowed is not None:
        found.add(ALLOWED)
    return frozenset(found)


def _has_sts_policy(facts: Facts) -> bool:
    if not facts.policies:
        return False
    from .transport.sts_coverage import sts_policies  # of the few that name a policy file

    return bool(sts_policies(facts))
