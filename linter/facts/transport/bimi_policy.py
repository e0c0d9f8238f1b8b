"""Whether DMARC is enforced as receivers want it before they show a logo (BIMI draft, "DMARC prerequisites")."""

from linter.facts.dmarc.policy import dmarc_policies
from linter.facts.facts import Facts
from linter.lookup.answer import NO_DATA
from linter.records.dmarc.record import Dmarc
from linter.source.frozen import Frozen
from linter.source.text import Span

_ENFORCED = ("quarantine", "reject")


class Weakness(Frozen):
    """Why the policy is too weak: the tag, as in `sp=none`, and whose record has it; "" where there is no record."""

    domain: str
    tag: str
    span: Span | None


def weakness(facts: Facts, domain: str) -> Weakness | None:
    """The first weakness of the policy that governs a domain, or of its organisational domain's.

    None where the policy is strong enough, where that is not known, and where a rule about DMARC speaks already:
    of a record that is missing from a domain that takes part in mail, and of one with faults.
    """
    policies = dmarc_policies(facts)
    governing = policies.by_tree_walk(domain)
    if governing.status == NO_DATA:
        is_meant = any(step.is_meant for step in governing.asked)
        is_told = domain in facts.mail_hosts or domain in facts.spf_by_name
        return None if is_meant or is_told else Weakness(domain, "", None)
    if governing.record is None or not governing.tag:
        return None
    if governing.policy not in _ENFORCED:
        return _found(facts, governing.domain, f"{governing.tag}={governing.policy}")
    for name in dict.fromkeys((governing.domain, governing.org_domain)):
        record = policies.records.at(name).record
        tag = _weak_tag(record) if record is not None else ""
        if tag:
            return _found(facts, name, tag)
    return None


def _weak_tag(record: Dmarc) -> str:
    if record.p == "none":
        return "p=none"
    if record.sp == "none":
        return "sp=none"
    if record.t:
        return "t=y"
    return f"pct={record.pct}" if record.pct is not None and record.pct < 100 else ""


def _found(facts: Facts, domain: str, tag: str) -> Weakness:
    answer = facts.resolver.lookup(f"_dmarc.{domain}", "TXT")
    return Weakness(domain, tag, answer.spans[0] if answer.spans else None)
