"""Words for what a zone holds, so that only those rules are loaded that have something to judge."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

from linter.lookup.answer import UNKNOWN, Answer, Resolver
from linter.lookup.zone_index import ZoneIndex
from linter.records.address import Network
from linter.records.dmarc import Dmarc
from linter.records.fault import Fault
from linter.records.name import is_host_name
from linter.records.spf import Spf
from linter.records.spf_term import MODIFIERS
from linter.zone.model import Mx, Record, Srv, Target, Text, Zone

from .present_mail import mail_words
from .reserved_names import may_be_unfit
from .spf_limits import ASIDE, ASKING, ORDINARY, RECORD_LENGTH, TOO_WIDE
from .spf_names import odd_names
from .targets import TYPES, is_autodiscover, pointers, without_second_origin
from .texts import DmarcText, KeyText, Texts
from .vendors import vendor_words

if TYPE_CHECKING:
    from .spf_cases import SpfCase
    from .sts_policies import PolicyFile


class Held(Protocol):
    """What is looked at: the facts of a zone."""

    @property
    def zone(self) -> Zone:
        """The zone."""
        ...

    @property
    def index(self) -> ZoneIndex:
        """Its names and types."""
        ...

    @property
    def resolver(self) -> Resolver:
        """Who answers for names."""
        ...

    def zone_at(self, name: str) -> ZoneIndex | None:
        """The deepest declared zone that an absolute name lies in."""
        ...

    @property
    def texts(self) -> Texts:
        """Its sorted texts."""
        ...

    @property
    def intent(self) -> object:
        """What is declared about its mail."""
        ...

    @property
    def is_seen(self) -> bool:
        """Whether the zone is what its servers say, and not what is declared."""
        ...

    @property
    def served(self) -> object:
        """What its servers say, where somebody asked them."""
        ...

    @property
    def sts_policies(self) -> "dict[str, PolicyFile]":
        """The policy files of its mail domains."""
        ...

    @property
    def spf_cases(self) -> "tuple[SpfCase, ...]":
        """Its SPF records that ask DNS, with their trees."""
        ...


def present(facts: Held) -> frozenset[str]:
    """All words that hold for a zone; `Facts.present` lists them."""
    zone, index = facts.zone, facts.index
    words = set(index.by_type)
    words.update(fault.kind for fault in zone.faults)
    if any(record.name.startswith("_mta-sts.") for record in index.by_type.get("CNAME", ())):
        words.add("mta-sts")
    if zone.bad_names:
        words.add("name-fault")
    words.update(_of_texts(facts.texts))
    for policy_file in facts.sts_policies.values():
        words.add("mta-sts-policy")
        words.update(_kinds("mta-sts", policy_file.policy.faults))
        if policy_file.is_cut:
            words.add("mta-sts:policy-cut")
    if any(term.name in ASKING for text in facts.texts.spf for term in text.spf.terms):
        from .spf_cases import words as words_of_trees  # only for records that ask DNS

        words.update(words_of_trees(facts.spf_cases))
    words.update(_of_values(index))
    words.update(_of_names(index))
    words.update(vendor_words(index, facts.texts))
    if any(_is_known(facts.resolver.lookup(target.name, "A")) for target in _mx_targets(index)):
        words.add("known-mx")
    if _leads_to_proxies(facts):
        words.add("proxied-host")
    if any(not is_host_name(target.name) or may_be_unfit(target.name) for target in _mx_targets(index)):
        words.add("mx-odd-host")
    if facts.intent is not None:
        words.add("intent")
    if facts.served is not None:
        words.add("seen" if facts.is_seen else "served")
    words.update(mail_words(facts.texts, index, facts.resolver))
    words.update(_of_words(words))
    if index.zone.escaped and not words.isdisjoint(("semicolons-bare", "semicolons-escaped")):
        words.add("semicolons-mixed")
    return frozenset(words)


def _of_words(words: set[str]) -> Iterator[str]:
    """What words mean together."""
    if "semicolons-bare" in words and "semicolons-escaped" in words:
        yield "semicolons-mixed"
    if "no-dmarc-at-apex" in words and not words.isdisjoint(("MX", "spf", "intent")):
        yield "mail-without-dmarc"


def _of_texts(texts: Texts) -> Iterator[str]:
    for word, held in (
        ("spf", texts.spf),
        ("near-spf", texts.near_spf),
        ("near-dmarc", texts.near_dmarc),
        ("stray-spf", texts.stray_spf),
        ("dkim", texts.keys),
        ("stray-dkim", texts.stray_keys),
        ("dkim-host", texts.host_names),
        ("dkim-leftover", texts.leftovers),
        ("mta-sts", texts.mta_sts),
        ("tls-rpt", texts.tls_rpt),
        ("bimi", texts.bimi),
    ):
        if held:
            yield word
    for spf_text in texts.spf:
        yield from _of_spf(spf_text.spf)
        if spf_text.record.name.startswith(ASIDE):
            yield "spf-aside"
        yield from _kinds("spf", spf_text.spf.faults)
    if len({text.record.name for text in texts.spf}) < len(texts.spf):
        yield "spf-several"
    for dmarc_text in texts.dmarc:
        yield from _of_dmarc(dmarc_text)
    yield from _of_keys((*texts.keys, *texts.stray_keys))
    if any(may_be_unfit(f"{uri.host}.") for tls_text in texts.tls_rpt for uri in tls_text.read.rua):
        yield "tls-rpt:odd-host"
    for word, found in (("mta-sts", texts.mta_sts), ("tls-rpt", texts.tls_rpt), ("bimi", texts.bimi)):
        for text in found:
            yield from _kinds(word, text.read.faults)
            if not text.in_place:
                yield f"stray-{word}"
        if len({text.record.name for text in found}) < len(found):
            yield f"{word}-several"


def _of_dmarc(text: DmarcText) -> Iterator[str]:
    yield "dmarc" if text.role == "policy" else f"{text.role}-dmarc"
    if ".*." in text.record.name or text.record.name.startswith("_dmarc._dmarc."):
        yield "stray-dmarc"
    if text.role != "report":
        yield from _of_policy(text.dmarc)
    yield from _kinds("dmarc", text.dmarc.faults)


def _of_keys(keys: tuple[KeyText, ...]) -> Iterator[str]:
    for text in keys:
        yield from _kinds("dkim", text.key.faults)
        if text.key.key:
            yield "dkim-key"
            if text.key.algorithm == "ed25519":
                yield "dkim:ed25519"
    if len({text.record.name for text in keys}) < len(keys):
        yield "dkim-several"


def _is_known(answer: Answer) -> bool:
    """Whether anything can be said about a name: an alias is something, wherever it leads."""
    return answer.status != UNKNOWN or bool(answer.steps)


def _leads_to_proxies(facts: Held) -> bool:
    """Whether an MX, SRV or SPF `a` names a host in a zone in which a web proxy answers for some."""
    hosts = [target.name for target in _mx_targets(facts.index)]
    services = (value for record in facts.index.by_type.get("SRV", ()) for value in record.values)
    hosts += [value.target.name for value in services if isinstance(value, Srv)]
    for text in facts.texts.spf:
        terms = (term for term in text.spf.mechanisms if term.name == "a")
        hosts += [f"{term.domain.text.rstrip('.').lower()}." if term.domain else text.record.name for term in terms]
    zones = (facts.zone_at(host) for host in dict.fromkeys(hosts))
    return any(zone is not None and zone.has_proxied for zone in zones)


def _mx_targets(index: ZoneIndex) -> Iterator[Target]:
    for record in index.by_type.get("MX", ()):
        for value in record.values:
            if isinstance(value, Mx) and not value.is_null:
                yield value.exchange


def _kinds(grammar: str, faults: Iterable[Fault]) -> Iterator[str]:
    return (f"{grammar}:{fault.kind}" for fault in faults)


def _of_spf(spf: Spf) -> Iterator[str]:
    stop = spf.all_term
    yield f"spf:{stop.qualifier}all" if stop else "spf:no-all"
    if stop and spf.terms[-1] is not stop:
        yield "spf:all-inside"
    if spf.redirect:
        yield "spf:redirect"
    if "%{" in spf.text or "ptr" in spf.text.lower():
        yield "spf:ptr"
    if ". " in spf.text or "./" in spf.text or spf.text.endswith("."):
        yield "spf:dotted"
    if len(spf.text) > RECORD_LENGTH:
        yield "spf:long"
    if any(modifier.name not in MODIFIERS for modifier in spf.modifiers):
        yield "spf:unknown-modifier"
    if any(True for _ in odd_names(spf)):
        yield "spf:odd-name"
    yield from _of_mechanisms(spf)


def _of_mechanisms(spf: Spf) -> Iterator[str]:
    mechanisms = spf.mechanisms
    networks = [found for mechanism in mechanisms if (found := mechanism.network) is not None]
    others = [mechanism.name for mechanism in mechanisms if mechanism.network is None]
    if len(set(others)) < len(others):
        yield "spf:same"
    if len(networks) > 1 and _overlap(networks):
        yield from ("spf:same", "spf:overlap")
    for found in networks:
        if found.first != found.value:
            yield "spf:host-bits"
        if found.value >> found.bits - 8 not in ORDINARY[found.version]:
            yield "spf:special"
        if found.prefix < TOO_WIDE[found.version]:
            yield "spf:wide"
    for mechanism in mechanisms:
        shortest4, shortest6 = mechanism.prefix4, mechanism.prefix6
        if (shortest4 is not None and shortest4 < TOO_WIDE[4]) or (shortest6 is not None and shortest6 < TOO_WIDE[6]):
            yield "spf:wide"


def _overlap(networks: list[Network]) -> bool:
    """Whether two networks have an address in common: in order, one then begins before an earlier one has ended."""
    reached = (0, -1)
    for version, first, last in sorted((found.version, found.first, found.last) for found in networks):
        if (version, first) <= reached:
            return True
        reached = (version, last)
    return False


def _of_policy(dmarc: Dmarc) -> Iterator[str]:
    yield f"dmarc:p={dmarc.p or 'missing'}"
    if dmarc.sp or dmarc.np:
        yield "dmarc:subdomains"
    if dmarc.t:
        yield "dmarc:t=y"
    if dmarc.psd == "y":
        yield "dmarc:psd=y"
    if not dmarc.rua:
        yield "dmarc:no-rua"


def _of_values(index: ZoneIndex) -> Iterator[str]:
    for kind, records in index.by_type.items():
        if kind in index.repeated:
            yield from ("several", f"several:{kind}", "several-entries")
        elif any(len(record.values) > 1 for record in records):
            yield from ("several", f"several:{kind}")
        if kind not in ("A", "AAAA"):
            for record in records:
                yield from _of_record(record)


def _of_names(index: ZoneIndex) -> Iterator[str]:
    """Wildcards, and names and targets with the zone's own name behind what may be complete."""
    origin = index.zone.name
    names = "\n".join(("", *index.names, ""))  # one search in all is cheaper than one in each
    if "\n*." in names:
        yield "wildcard"
    if f"{origin}{origin}\n" in names:
        yield "doubled-name"
    found = pointers((*index.by_type.get("CNAME", ()), *index.by_type.get("SRV", ())))
    if any(is_autodiscover(pointer) and may_be_unfit(pointer.target.name) for pointer in found):
        yield "autodiscover-odd-host"
    for kind in TYPES:
        for _, target in pointers(index.by_type.get(kind, ())):
            if target.dotted and without_second_origin(target, index):
                yield "doubled-target"
                return


def _of_record(record: Record) -> Iterator[str]:
    for value in record.values:
        if isinstance(value, Text):
            if value.has_quotes or "\\" in value.text:
                yield "quotes"
            if ";" in value.node.text:
                escaped = value.node.text.count("\\;")
                if escaped:
                    yield "semicolons-escaped"
                if escaped < value.node.text.count(";"):
                    yield "semicolons-bare"
            if not value.text.isascii():
                yield "non-ascii"
            continue
        target = value.exchange if isinstance(value, Mx) else value.target if isinstance(value, Srv) else value
        if isinstance(value, Mx) and value.is_null:
            yield "null-mx"
        if isinstance(target, Target):
            if not target.dotted:
                yield "undotted"
            if target.fault:
                yield "target-fault"
