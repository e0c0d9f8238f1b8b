"""MTA-STS policies as their hosts serve them, judged against the MX records that the zone's servers serve."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from linter.facts.drift_names import mail_domains, text_role
from linter.facts.drift_values import served_value
from linter.facts.sts_policies import PolicyFile, policy_file
from linter.facts.zone_facts import Facts
from linter.lookup.served import ALIAS, Served
from linter.lookup.served_resolver import ServedResolver
from linter.lookup.zone_index import ZoneIndex
from linter.source.text import Source
from linter.zone.model import Zone

from .check import Checker

Fetch: TypeAlias = Callable[[str], str]
"""The policy of an absolute domain, over HTTPS. Raises Unfetched."""

RULES = frozenset(
    {"mta-sts-policy-invalid", "mta-sts-policy-ignored-field", "mta-sts-policy-omits-mx", "mta-sts-max-age-short"}
)
"""The rules that judge policies."""


class Unfetched(Exception):
    """There is no policy to be had; the text says why."""


def url_of(domain: str) -> str:
    """Where the policy of an absolute domain is served (RFC 8461 section 3.2)."""
    return f"https://mta-sts.{domain.removesuffix('.')}/.well-known/mta-sts.txt"


def judge_policies(facts: Facts, served: Served, checker: Checker, fetch: Fetch) -> Served:
    """Fetch and judge the policies of a zone's domains; what was served, with the policies that could not be had."""
    policies: dict[str, PolicyFile] = {}
    unfetched = []
    for domain in _domains(facts, served):
        try:
            text = fetch(domain)
        except Unfetched as error:
            unfetched.append((domain, str(error)))
        else:
            url = url_of(domain)
            policies[domain] = policy_file(url, Source(url, text), len(text.encode()))
    if policies:
        empty = Zone(served.zone, (), (), complete=False)
        resolver = ServedResolver(served)
        judged = Facts(ZoneIndex(empty), resolver, facts.estate, facts.publishing, facts.parsers, policies)
        checker.judge(judged)
        vars(judged).clear()
    return served._replace(unfetched=tuple(unfetched))


def _domains(facts: Facts, served: Served) -> Iterator[str]:
    """The mail domains that senders fetch a policy for: those with an MTA-STS record, or an alias to one."""
    for domain in sorted(mail_domains(facts)):
        name = f"_mta-sts.{domain}"
        said = served.first((name, "TXT"))
        is_alias = said.status == ALIAS or bool(served.first((name, "CNAME")).values)
        if is_alias or any(text_role(name, served_value("TXT", value) or "") == "MTA-STS" for value in said.values):
            yield domain
