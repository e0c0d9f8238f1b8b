"""What the rules about MTA-STS policy files share: the faults of one kind that the grammar finds in them."""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import At, complaint_of

from .grammar import first_of


def policy_complaints(facts: Facts, kind: str) -> Iterator[Complaint]:
    """The faults of one kind in the policies of the zone's mail domains, each at its place in the policy file."""
    for domain, file in facts.sts_policies.items():
        for fault in first_of(file.policy.faults, kind):
            yield complaint_of(fault, file.span(fault.start, fault.end), At(f"_mta-sts.{domain}", "TXT"))
