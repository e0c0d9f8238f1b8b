"""SPF records at a name from which no mail comes, while the name above them has MX and no SPF."""

from linter.facts.facts import Facts, once
from linter.facts.texts import SpfText
from linter.lookup.answer import UNKNOWN, Resolver
from linter.records.spf.record import is_spf
from linter.records.text.name import parent
from linter.source.frozen import Frozen
from linter.zone.model import Mx

from .limits import ASIDE
from .places import authorising_term


class Astray(Frozen):
    """A record and the domain that it was plainly meant for, with the MX that makes the domain need one."""

    text: SpfText
    domain: str
    need: Mx


@once
def spf_astray(facts: Facts) -> tuple[Astray, ...]:
    """The records astray, one for each domain; silent where anything may still lead to the record.

    A record at `_spf` counts where no zone here mentions its name, one at a wildcard where it lets somebody send:
    `*` with `v=spf1 -all` says on purpose that no other name sends.
    """
    found: dict[str, Astray] = {}
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
            is_astray = authorising_term(text.spf) is not None
        else:
            is_astray = not facts.estate.mentions(name.removesuffix(".")) and not facts.estate.aliases_to(name)
        if is_astray:
            found[domain] = Astray(text, domain, hosts[0])
    return tuple(found.values())


def _has_no_spf(resolver: Resolver, name: str) -> bool:
    """Whether it is known that a name has no SPF record, not even one that literal quotes hide."""
    answer = resolver.lookup(name, "TXT")
    if answer.status == UNKNOWN or answer.is_failure:
        return False
    return not any(is_spf(value.lstrip(" \"'")) for value in answer.values if isinstance(value, str))
