"""Which rules there are: modules of rules with what a zone must hold for them to be loaded."""

import sys
from collections.abc import Collection, Iterable, Iterator
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
    FILE,
    INTENT,
    MTA_STS,
    MTA_STS_POLICY,
    MX,
    MX_HOSTS,
    MX_NULL,
    ODD_NAMES,
    RECORDS,
    SEEN,
    SERVED,
    SETS,
    SPF,
    SPF_LOOKUPS,
    SPF_RANGES,
    SPF_TERMS,
    SPOILT_TEXTS,
    SRV,
    TLS_RPT,
    TLSA,
    WILDCARDS,
    Trigger,
)
from linter.finding import Complaint
from linter.source.frozen import Frozen

from . import pages
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
    Module("spf.grammar", "spf", (SPF_TERMS,)),
    Module("spf.records", "spf", (MX, MX_HOSTS, SPF, SPF_TERMS, INTENT)),
    Module("spf.trees", "spf", (SPF_LOOKUPS,)),
    Module("spf.includes", "spf", (SPF_LOOKUPS,)),
    Module("spf.ends", "spf", (SPF_TERMS,)),
    Module("spf.terms", "spf", (SPF_TERMS,)),
    Module("spf.ranges", "spf", (SPF_RANGES,)),
    Module("hosts.mx_targets", "mx", (MX_HOSTS, SRV)),
    Module("hosts.mx_sets", "mx", (MX_HOSTS, MX_NULL, SPF, DMARC)),
    Module("hosts.mx_vendors", "mx", (MX_HOSTS,)),
    Module("dmarc.grammar", "dmarc", (DMARC_ODD,)),
    Module("dmarc.records", "dmarc", (MX_HOSTS, SPF_TERMS, DMARC_ODD, INTENT)),
    Module("dmarc.policies", "dmarc", (SPF_TERMS, DMARC, DMARC_LAX, DMARC_ODD)),
    Module("dmarc.reports", "dmarc", (DMARC, DMARC_LAX)),
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
    Module("mail.mismatch", "intent", (MX_HOSTS,)),
    Module("mail.allowed", "policy", (ALLOWED,)),
    Module("drift.sets", "drift", (SERVED,)),
    Module("drift.servers", "drift", (SERVED, SEEN)),
    Module("drift.delegation", "drift", (SERVED, SEEN)),
)
UNREAD = frozenset({"yaml-syntax", "yaml-limits"})
"""Rules that say that a file was not read to its end: with these held back, nothing found would read as clean."""
_OWN_FAMILIES = tuple(dict.fromkeys(module.family for module in MODULES))
_PLUGGED: list[Rule] = []


def plug(rules: Iterable[Rule]) -> None:
    """Take in rules of other people, which have their family; they are known by all that ours are known by."""
    _PLUGGED.extend(rules)


def plugged() -> tuple[Rule, ...]:
    """The rules of other people that were taken in."""
    return tuple(_PLUGGED)


def families() -> tuple[str, ...]:
    """What rules may be known by beside their names."""
    return (*_OWN_FAMILIES, *dict.fromkeys(rule.family for rule in _PLUGGED)) if _PLUGGED else _OWN_FAMILIES


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
        _LOADED[module] = tuple(rule._replace(family=module.family) for rule in declared_in(sys.modules[path].__name__))
    return _LOADED[module]


_LOADED: dict[Module, tuple[Rule, ...]] = {}


def own_rules() -> tuple[Rule, ...]:
    """Our own rules, in the order of the modules; everything is imported."""
    return tuple(rule for module in MODULES for rule in rules_of(module))


def all_rules() -> tuple[Rule, ...]:
    """All rules, in the order of the modules, those of other people last; everything is imported."""
    return (*own_rules(), *_PLUGGED)


def listed() -> tuple[Rule, ...]:
    """All rules in the same order; of ours nothing is imported, and no more known than a list of them tells."""
    from .listing import RULES

    own = ((module.family, row) for module in MODULES for row in RULES[module.path])
    told = (Rule(name, severity, _unloaded, "", (), None, aliases, family) for family, (name, severity, aliases) in own)
    return (*told, *_PLUGGED)


def _unloaded(_: object) -> Iterator[Complaint]:
    raise NotImplementedError


def names() -> frozenset[str]:
    """The names of all rules, without those that they had before; nothing is imported."""
    return pages.names() | {rule.name for rule in _PLUGGED}


def all_names() -> tuple[str, ...]:
    """The names of all rules in their order, then those that they had before."""
    return (*(rule.name for rule in all_rules()), *former_names())


def is_known(name: str) -> bool:
    """Whether a rule has this name, or had it before."""
    return name in names() or name in former_names()


def former_names() -> dict[str, str]:
    """The names that rules had before, with those that they have now."""
    return {alias: rule.name for rule in all_rules() for alias in rule.aliases}


def rule_named(name: str) -> Rule | None:
    """The rule of a name, also of one that it had before, or None where there is none."""
    family_first = sorted(MODULES, key=lambda module: not name.startswith(f"{module.family}-"))
    own = (rule for module in family_first for rule in rules_of(module))
    return next((rule for rule in chain(own, _PLUGGED) if is_named(rule, name)), None)


def is_named(rule: Rule, name: str) -> bool:
    """Whether a rule has a name, or had it before."""
    return name == rule.name or name in rule.aliases


def matches(rule: Rule, words: Iterable[str]) -> bool:
    """Whether a rule is meant by one of the words: its name, its family, or a prefix up to a hyphen."""
    return any(
        word == rule.family or is_named(rule, word) or rule.name.startswith(f"{word.rstrip('-')}-") for word in words
    )


def means_nothing(word: str) -> bool:
    """Whether a word given to --select or --ignore names no rule at all."""
    prefix = f"{word.rstrip('-')}-"
    return not (word in families() or any(name.startswith(prefix) for name in names()) or is_known(word))
