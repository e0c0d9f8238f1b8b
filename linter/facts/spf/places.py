"""What a place in SPF means: names that only includes reach, terms and records that nobody reads."""

from linter.facts.facts import Facts, once
from linter.facts.spf.limits import ASIDE
from linter.facts.spf.of_record import of_record
from linter.facts.texts import SpfText
from linter.lookup.answer import FOUND, UNKNOWN, Resolver
from linter.records.spf.record import DomainSpec, Mechanism, Modifier, Spf, is_repeated_version, is_spf, parse
from linter.records.spf.term import MECHANISMS, MODIFIERS
from linter.records.spf.term import term as term_of
from linter.records.text.fault import nearest
from linter.records.text.name import parent
from linter.source.frozen import Frozen
from linter.zone.model import Mx


def is_include_target(name: str) -> bool:
    """Whether a name can only be reached by include or redirect: it has an underscore, so no mail comes from it.

    Mail domains are host names (RFC 5321 section 2.3.5), and how such a record ends is of no effect.
    """
    return "_" in name


@of_record
def dead_terms(spf: Spf) -> tuple[Mechanism, ...]:
    """The mechanisms behind the first `all`, which are never evaluated (RFC 7208 section 5.1)."""
    stop = spf.all_term
    if stop is None:
        return ()
    return tuple(mechanism for mechanism in spf.mechanisms if mechanism.start > stop.start)


def glued_all(spf: Spf) -> int | None:
    """Where the `-all` begins that the last term has swallowed for want of a space: `include:a.example-all`.

    That is a valid name, a hyphen being allowed in it; `~all` and `?all` there are faults of the grammar.
    """
    last = spf.terms[-1] if spf.terms else None
    spec = last.domain if isinstance(last, Mechanism) else None
    if last is None or spec is None or spec.end < last.end or not spec.text.lower().endswith("-all"):
        return None
    return spec.end - len("-all")


@of_record
def pointer_terms(spf: Spf) -> tuple[Mechanism | Modifier, ...]:
    """The terms that make receivers ask for PTR records: `ptr`, and every `%{p}`."""
    found: list[Mechanism | Modifier] = []
    for term in spf.terms:
        spec = term.domain if isinstance(term, Mechanism) else term.value
        if (term.name == "ptr" and isinstance(term, Mechanism)) or (
            spec is not None and any(macro.letter == "p" for macro in spec.macros)
        ):
            found.append(term)
    return tuple(found)


@of_record
def dotted_names(spf: Spf) -> tuple[DomainSpec, ...]:
    """The names that DNS is asked for which end in a dot (RFC 7208 section 7.3)."""
    specs = (
        term.domain if isinstance(term, Mechanism) else term.value if term.name in MODIFIERS else None
        for term in spf.terms
    )
    return tuple(spec for spec in specs if spec is not None and spec.text.endswith("."))


@of_record
def authorising_term(spf: Spf) -> Mechanism | Modifier | None:
    """The first term by which somebody may send: a mechanism with "+" or "?" or "~", or a redirect.

    None for `v=spf1 -all` and its like, which authorise nobody.
    """
    for term in spf.terms:
        if isinstance(term, Modifier):
            if term.name == "redirect" and spf.all_term is None:
                return term
        elif term.qualifier == "+":
            return term
        elif term.name == "all":
            return None
    return None


def authorises_own_address(spf: Spf) -> bool:
    """Whether a record lets the host of its own name send: `a` without a domain."""
    return any(term.name == "a" and term.domain is None and term.qualifier == "+" for term in spf.mechanisms)


def names_hosts_only(spf: Spf) -> bool:
    """Whether a record lets hosts send that it names or whose addresses it lists, and nobody's service."""
    terms = [term for term in spf.mechanisms if term.qualifier == "+" and term.name != "all"]
    return spf.redirect is None and all(term.name in ("a", "mx", "ip4", "ip6") for term in terms)


def sending_term(spf: Spf, name: str, resolver: Resolver) -> Mechanism | Modifier | None:
    """The first term by which somebody may send as `name`, which has no mail hosts; None where nobody may.

    Left aside are `all`, which has rules of its own, `mx` of the name itself, hosts without addresses, and the
    record of another name where that is known to authorise nobody or where it is shared and not known.
    """
    for term in spf.terms:
        if isinstance(term, Modifier):
            if term.name == "redirect" and spf.all_term is None and _may_send(term.value, resolver) is True:
                return term
        elif term.name == "all":
            return None
        elif term.qualifier == "+" and _authorises(term, name, resolver):
            return term
    return None


def _authorises(term: Mechanism, name: str, resolver: Resolver) -> bool:
    own = term.target(name) == name
    if own and term.name == "mx":
        return False
    if own and term.name == "a":
        return not all(resolver.lookup(name, kind).is_empty for kind in ("A", "AAAA"))
    if term.name == "include" and term.domain is not None:
        return _may_send(term.domain, resolver) is not False
    return True


def _may_send(domain: DomainSpec, resolver: Resolver) -> bool | None:
    """Whether the record of another name authorises anybody; None where that is not known."""
    if domain.macros:
        return None
    answer = resolver.lookup(domain.absolute, "TXT")
    records = [value for value in answer.values if isinstance(value, str) and is_spf(value)]
    if answer.status != FOUND:
        return False if answer.is_empty else None
    return any(authorising_term(parse(text)) is not None for text in records)


class IdleModifier(Frozen):
    """A modifier that no receiver knows, and the term that was probably meant; "" where nothing suggests one."""

    modifier: Modifier
    meant: str


_REPORTING = ("ra", "rp", "rr")
"""Modifiers that RFC 6652 defines, for reports about failures."""
_DRAFTS = ("default", "match_subdomains", "op", "pra", "moo")
_SPELLINGS = {"ipv4": "ip4", "ipv6": "ip6", "ip": "ip4", "address": "ip4", "inc": "include", "redir": "redirect"}


@of_record
def idle_modifiers(spf: Spf) -> tuple[IdleModifier, ...]:
    """The modifiers that do nothing; neither those that RFC 6652 defines nor those that a fault speaks of."""
    found = []
    for modifier in spf.modifiers:
        if modifier.name in (*MODIFIERS, *_REPORTING) or is_repeated_version(modifier):
            continue
        if not any(fault.start <= modifier.end and modifier.start <= fault.end for fault in spf.faults):
            found.append(IdleModifier(modifier, _meant(modifier)))
    return tuple(found)


def _meant(modifier: Modifier) -> str:
    name, argument = modifier.name, modifier.value.text
    known = (*MECHANISMS, *MODIFIERS)
    if name in _DRAFTS:
        return ""
    right = name if name in known else _SPELLINGS.get(name) or nearest(name, known)
    if right == "ip4" and ":" in argument:
        right = "ip6"
    written = f"{right}{'=' if right in MODIFIERS else ':'}{argument}"
    return written if right and term_of(written, 0) is not None else ""


def term_at(spf: Spf, offset: int) -> tuple[int, int]:
    """Where the term stands that an offset falls into, or the first behind it; the end of the record without one."""
    found = next((each for each in spf.terms if each.end > offset), None)
    return (found.start, found.end) if found else (min(offset, len(spf.text)), len(spf.text))


class MisplacedSpf(Frozen):
    """A record and the domain that it was plainly meant for, with the MX that makes the domain need one."""

    text: SpfText
    domain: str
    need: Mx


@once
def misplaced_spf(facts: Facts) -> tuple[MisplacedSpf, ...]:
    """The misplaced records, one for each domain; silent where anything may still lead to the record.

    A record at `_spf` counts where no zone here mentions its name, one at a wildcard where it lets somebody send:
    `*` with `v=spf1 -all` says on purpose that no other name sends.
    """
    found: dict[str, MisplacedSpf] = {}
    meant = {miss.record.name for miss in facts.texts.near_spf} | {record.name for record in facts.records("SPF")}
    for text in facts.texts.spf:
        name = text.record.name
        if not name.startswith(ASIDE):
            continue
        domain = parent(name)
        hosts = facts.mail_hosts.get(domain)
        if hosts is None or domain in found or domain in meant or not _has_no_spf(facts.resolver, domain):
            continue
        if name.startswith("*."):
            is_misplaced = authorising_term(text.spf) is not None
        else:
            is_misplaced = not facts.estate.mentions(name.removesuffix(".")) and not facts.estate.aliases_to(name)
        if is_misplaced:
            found[domain] = MisplacedSpf(text, domain, hosts[0])
    return tuple(found.values())


def _has_no_spf(resolver: Resolver, name: str) -> bool:
    """Whether it is known that a name has no SPF record, not even one that literal quotes hide."""
    answer = resolver.lookup(name, "TXT")
    if answer.status == UNKNOWN or answer.is_failure:
        return False
    return not any(is_spf(value.lstrip(" \"'")) for value in answer.values if isinstance(value, str))
