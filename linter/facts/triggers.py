"""What a zone holds in the coarse, so that rules are loaded where they have something to judge."""

from collections.abc import Iterator

from linter.source.typed import Final, Literal, TypeAlias, get_args

from .facts import Facts, once
from .sound import covers_zone, is_one_key, is_one_policy, is_sound_spf
from .spf.limits import ASKING

Trigger: TypeAlias = Literal[
    "file",
    "records",
    "sets",
    "odd-names",
    "wildcards",
    "delegations",
    "spoilt-texts",
    "MX",
    "mx-hosts",
    "mx-null",
    "mx-vendors",
    "CNAME",
    "SRV",
    "TLSA",
    "spf",
    "spf-terms",
    "spf-odd",
    "spf-lookups",
    "spf-ranges",
    "dmarc",
    "dmarc-lax",
    "dmarc-odd",
    "dmarc-open",
    "dmarc-reports",
    "dkim",
    "dkim-keys",
    "dkim-odd",
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
SETS: Final = "sets"
"""Record sets of several values or entries, and entries that others replace."""
ODD_NAMES: Final = "odd-names"
"""Owner names and targets that are no names, lack their final dot, or have the zone's own name where it is too much."""
WILDCARDS: Final = "wildcards"
DELEGATIONS: Final = "delegations"
SPOILT_TEXTS: Final = "spoilt-texts"
"""TXT values with literal quotes, or with characters that are not ASCII."""
MX: Final = "MX"
MX_HOSTS: Final = "mx-hosts"
"""MX records that name a host."""
MX_NULL: Final = "mx-null"
"""MX records that refuse all mail."""
MX_VENDORS: Final = "mx-vendors"
"""MX records that name hosts of known vendors."""
CNAME: Final = "CNAME"
SRV: Final = "SRV"
TLSA: Final = "TLSA"
SPF: Final = "spf"
"""Texts that are SPF or were meant to be; records of the type SPF."""
SPF_TERMS: Final = "spf-terms"
"""Such texts and records that are more than `v=spf1 -all`."""
SPF_ODD: Final = "spf-odd"
"""Such texts and records that are anything but sound: names, addresses and an end that refuses all others."""
SPF_LOOKUPS: Final = "spf-lookups"
"""SPF records with terms that cost a lookup."""
SPF_RANGES: Final = "spf-ranges"
"""SPF records with addresses or prefixes."""
DMARC: Final = "dmarc"
"""Texts that are DMARC, wherever they are, or were meant to be."""
DMARC_LAX: Final = "dmarc-lax"
"""DMARC records that have receivers reject less than all that fails."""
DMARC_ODD: Final = "dmarc-odd"
"""Such texts that are anything but one sound policy at the name of a domain."""
DMARC_OPEN: Final = "dmarc-open"
"""Mail, where no policy at the zone's own name covers all names below it."""
DMARC_REPORTS: Final = "dmarc-reports"
"""DMARC records that name a mailbox for reports."""
DKIM: Final = "dkim"
"""Texts at selectors, keys elsewhere, and what DomainKeys has left."""
DKIM_KEYS: Final = "dkim-keys"
"""Keys that decode."""
DKIM_ODD: Final = "dkim-odd"
"""Such texts that are anything but one sound key at a selector."""
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
_OF_MAIL = frozenset({MX_HOSTS, SPF_TERMS, INTENT})
_REFUSING = "v=spf1 -all"
_ALL_REJECTED = (None, "reject")


@once
def triggers(facts: Facts) -> frozenset[Trigger]:
    """The triggers that hold for a zone."""
    by_type, texts = facts.index.by_type, facts.texts
    found: set[Trigger] = {kind for kind in _TYPES if kind in by_type}
    found.update(_of_records(facts))
    if MX in found:
        found.update(_of_mx(facts))
    if texts.spf or texts.near_spf or texts.stray_spf or "SPF" in by_type:
        found.update(_of_spf(facts))
    if texts.dmarc or texts.near_dmarc:
        found.update(_of_dmarc(facts))
    if texts.keys or texts.stray_keys or texts.host_names or texts.leftovers:
        found.update(_of_dkim(facts))
    aliases = by_type.get("CNAME", ())
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
    if not (found.isdisjoint(_OF_MAIL) or facts.is_internal or covers_zone(texts, facts.zone.name)):
        found.add(DMARC_OPEN)
    if facts.served is not None:
        found.add(SEEN if facts.is_seen else SERVED)
    if facts.used:
        found.add(ANSWERED)
    if facts.allowed is not None:
        found.add(ALLOWED)
    return frozenset(found)


def _of_records(facts: Facts) -> Iterator[Trigger]:
    zone, index = facts.zone, facts.index
    if zone.faults:
        yield FILE
    if zone.records or zone.bad_names or zone.doubled:
        yield RECORDS
    if index.has_sets or zone.replaced:
        yield SETS
    if zone.bad_names or zone.doubled or _has_odd_targets(facts):
        yield ODD_NAMES
    if any(name.startswith("*.") for name in index.names):
        yield WILDCARDS
    if index.cuts:
        yield DELEGATIONS
    if facts.texts.spoilt:
        yield SPOILT_TEXTS


def _has_odd_targets(facts: Facts) -> bool:
    origin, names = facts.zone.name, facts.index.names
    for _, target in facts.targets:
        name = target.name
        if target.fault is not None or not target.dotted or (name.endswith(origin) and name not in names):
            return True
    return False


def _of_mx(facts: Facts) -> Iterator[Trigger]:
    hosts = [host for values in facts.mail_hosts.values() for host in values]
    if any(host.is_null for host in hosts):
        yield MX_NULL
    if not all(host.is_null for host in hosts):
        yield MX_HOSTS
        from .vendor_sets import vendor_sets  # whose hosts there are is a large table

        if vendor_sets(facts):
            yield MX_VENDORS


def _of_spf(facts: Facts) -> Iterator[Trigger]:
    texts = facts.texts
    yield SPF
    is_meant = texts.near_spf or "SPF" in facts.index.by_type
    if is_meant or any(text.spf.text != _REFUSING for text in texts.spf):
        yield SPF_TERMS
        if is_meant or not all(is_sound_spf(text, facts.zone.name) for text in texts.spf):
            yield SPF_ODD
    if any(term.name in ASKING for text in texts.spf for term in text.spf.terms):
        yield SPF_LOOKUPS
    if any("/" in text.spf.text or term.name in _RANGES for text in texts.spf for term in text.spf.terms):
        yield SPF_RANGES


def _of_dmarc(facts: Facts) -> Iterator[Trigger]:
    texts = facts.texts
    yield DMARC
    for text in texts.dmarc:
        dmarc = text.dmarc
        if dmarc.p != "reject" or dmarc.sp not in _ALL_REJECTED or dmarc.np not in _ALL_REJECTED:
            yield DMARC_LAX
    if any(text.dmarc.rua or text.dmarc.ruf for text in texts.dmarc):
        yield DMARC_REPORTS
    if texts.near_dmarc or not all(is_one_policy(text, facts.index) for text in texts.dmarc):
        yield DMARC_ODD


def _of_dkim(facts: Facts) -> Iterator[Trigger]:
    texts = facts.texts
    yield DKIM
    if any(text.key.key is not None for text in (*texts.keys, *texts.stray_keys)):
        yield DKIM_KEYS
    is_odd = texts.stray_keys or texts.host_names or texts.leftovers
    if is_odd or not all(is_one_key(text, facts.index) for text in texts.keys):
        yield DKIM_ODD


def _has_sts_policy(facts: Facts) -> bool:
    if not facts.policies:
        return False
    from .transport.sts_coverage import sts_policies  # of the few that name a policy file

    return bool(sts_policies(facts))
