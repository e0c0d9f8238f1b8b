"""MTA-STS policies as their hosts serve them, judged against the MX records that the zone's servers serve."""

from collections.abc import Callable, Iterator

from linter.facts.drift.names import mail_domains, text_role
from linter.facts.drift.values import served_value
from linter.facts.facts import Facts
from linter.facts.transport.sts_policies import policy_file
from linter.lookup.served import ALIAS, Served, ServedResolver
from linter.lookup.zone_index import ZoneIndex
from linter.records.transport.mta_sts_policy_value import LARGEST
from linter.source.text import Source
from linter.source.typed import TypeAlias
from linter.zone.model import Zone

from .check import Checker

Fetch: TypeAlias = Callable[[str, float], tuple[str | None, str]]
"""The policy of an absolute domain, over HTTPS within some seconds; None and why where there is none to be had."""

RULES = frozenset(
    {"mta-sts-policy-invalid", "mta-sts-policy-ignored-field", "mta-sts-policy-omits-mx", "mta-sts-max-age-short"}
)
"""The rules that judge policies."""


def url_of(domain: str) -> str:
    """Where the policy of an absolute domain is served (RFC 8461 section 3.2)."""
    return f"https://mta-sts.{domain.removesuffix('.')}/.well-known/mta-sts.txt"


def judge_policies(facts: Facts, served: Served, checker: Checker) -> None:
    """Judge the policies of a zone's domains against the records that are served."""
    policies = {}
    for domain, text in served.policies:
        url = url_of(domain)
        # Whoever fetched it has read no more than senders do, and put more octets in the place of odd ones.
        policies[domain] = policy_file(url, Source(url, text), min(len(text.encode()), LARGEST))
    empty = Zone(served.zone, (), (), complete=False)
    judged = Facts(ZoneIndex(empty), ServedResolver(served), facts.estate, facts.publishing, facts.parsers, policies)
    judged.is_internal = facts.is_internal
    checker.judge(judged)
    judged.let_go()


def policy_domains(facts: Facts, served: Served) -> Iterator[str]:
    """The mail domains that senders fetch a policy for: those with an MTA-STS record, or an alias to one."""
    for domain in sorted(mail_domains(facts)):
        name = f"_mta-sts.{domain}"
        said = served.first((name, "TXT"))
        is_alias = said.status == ALIAS or bool(served.first((name, "CNAME")).values)
        if is_alias or any(text_role(name, served_value("TXT", value) or "") == "MTA-STS" for value in said.values):
            yield domain
