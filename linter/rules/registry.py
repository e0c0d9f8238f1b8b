"""Which rules there are: modules of rules with what a zone must hold for them to be loaded."""

import sys
from collections.abc import Collection, Iterator
from itertools import chain

from linter.facts.triggers import (
    ALLOWED,
    ANSWERED,
    AUTODISCOVER,
    BIMI,
    CNAME,
    DELEGATIONS,
    DKIM,
    DKIM_ALIAS,
    DKIM_KEYS,
    DKIM_ODD,
    DMARC,
    DMARC_LAX,
    DMARC_ODD,
    DMARC_OPEN,
    DMARC_REPORTS,
    FILE,
    INTENT,
    MTA_STS,
    MTA_STS_POLICY,
    MX,
    MX_HOSTS,
    MX_NULL,
    MX_VENDORS,
    ODD_NAMES,
    RECORDS,
    SEEN,
    SERVED,
    SETS,
    SPF,
    SPF_LOOKUPS,
    SPF_ODD,
    SPF_RANGES,
    SPF_TERMS,
    SPOILT_TEXTS,
    SRV,
    TLS_RPT,
    TLSA,
    WILDCARDS,
    Trigger,
)
from linter.source.frozen import Frozen

from .known import is_named, plugged
from .rule import Rule, declared_in


class Module(Frozen):
    """A module of rules below this package, the family they belong to, and the triggers by which it is loaded."""

    path: str
    family: str
    when: tuple[Trigger, ...]


MODULES = (
    Module("source.file", "source", (FILE,)),
    Module("source.semicolons", "source", (RECORDS,)),
    Module("source.recordings", "source", (ANSWERED,)),
    Module("zone.names", "zone", (ODD_NAMES,)),
    Module("zone.aliases", "zone", (ODD_NAMES, CNAME)),
    Module("zone.sets", "zone", (RECORDS, SETS, SPF, DMARC)),
    Module("zone.texts", "zone", (SPOILT_TEXTS,)),
    Module("zone.hidden", "zone", (WILDCARDS, DELEGATIONS)),
    Module("spf.grammar", "spf", (SPF_ODD,)),
    Module("spf.records", "spf", (MX, MX_HOSTS, SPF, SPF_TERMS, INTENT)),
    Module("spf.trees", "spf", (SPF_LOOKUPS,)),
    Module("spf.includes", "spf", (SPF_LOOKUPS,)),
    Module("spf.ends", "spf", (SPF_ODD,)),
    Module("spf.terms", "spf", (SPF_ODD,)),
    Module("spf.ranges", "spf", (SPF_RANGES,)),
    Module("hosts.mx_targets", "mx", (MX_HOSTS, SRV)),
    Module("hosts.mx_sets", "mx", (MX_HOSTS, MX_NULL, SPF, DMARC)),
    Module("hosts.mx_vendors", "mx", (MX_VENDORS,)),
    Module("dmarc.grammar", "dmarc", (DMARC_ODD,)),
    Module("dmarc.records", "dmarc", (DMARC_ODD, DMARC_OPEN)),
    Module("dmarc.policies", "dmarc", (SPF_TERMS, DMARC, DMARC_LAX, DMARC_ODD)),
    Module("dmarc.reports", "dmarc", (DMARC, DMARC_LAX, DMARC_REPORTS)),
    Module("dkim.keys", "dkim", (DKIM, DKIM_KEYS, DKIM_ODD)),
    Module("dkim.selectors", "dkim", (DKIM_ODD, DKIM_ALIAS)),
    Module("transport.mta_sts", "transport", (MTA_STS,)),
    Module("transport.mta_sts_policy", "transport", (MTA_STS_POLICY,)),
    Module("transport.tls_rpt", "transport", (TLS_RPT,)),
    Module("transport.tlsa", "transport", (TLSA,)),
    Module("transport.bimi", "transport", (BIMI,)),
    Module("hosts.clients", "clients", (SRV,)),
    Module("mail.autodiscover", "clients", (INTENT, AUTODISCOVER)),
    Module("mail.clients", "clients", (INTENT,)),
    Module("mail.declarations", "intent", (INTENT,)),
    Module("mail.policies", "intent", (INTENT,)),
    Module("mail.receiving", "intent", (INTENT,)),
    Module("mail.sending", "intent", (INTENT,)),
    Module("mail.vendors", "intent", (INTENT,)),
    Module("mail.mismatch", "intent", (MX_VENDORS,)),
    Module("mail.allowed", "policy", (ALLOWED,)),
    Module("drift.sets", "drift", (SERVED,)),
    Module("drift.servers", "drift", (SERVED, SEEN)),
    Module("drift.delegation", "drift", (SERVED, SEEN)),
)
UNREAD = frozenset({"yaml-syntax", "yaml-limits"})
"""Rules that say that a file was not read to its end: with these held back, nothing found would read as clean."""


def modules_for(present: Collection[Trigger]) -> Iterator[Module]:
    """The modules whose rules may have something to judge where these triggers hold."""
    held = frozenset(present)
    return (module for module in MODULES if not held.isdisjoint(module.when))


def rules_of(module: Module) -> tuple[Rule, ...]:
    """The rules of one module, which is imported now."""
    if module not in _LOADED:
        # importlib would do the same and costs a millisecond to load.
        path = f"{__package__}.{module.path}"
        __import__(path)
        declared = declared_in(sys.modules[path].__name__)
        _LOADED[module] = tuple(Rule(*rule[:-1], module.family) for rule in declared)  # the last field is the family
    return _LOADED[module]


_LOADED: dict[Module, tuple[Rule, ...]] = {}


def own_rules() -> tuple[Rule, ...]:
    """Our own rules, in the order of the modules; everything is imported."""
    return tuple(rule for module in MODULES for rule in rules_of(module))


def all_rules() -> tuple[Rule, ...]:
    """All rules, in the order of the modules, those of other people last; everything is imported."""
    return (*own_rules(), *plugged())


def rule_named(name: str) -> Rule | None:
    """The rule of a name, also of one that it had before, or None where there is none."""
    family_first = sorted(MODULES, key=lambda module: not name.startswith(f"{module.family}-"))
    own = (rule for module in family_first for rule in rules_of(module))
    return next((rule for rule in chain(own, plugged()) if is_named(rule, name)), None)
