"""MTA-STS policy files: their grammar, and the hosts that they name."""

from collections.abc import Iterator

from linter.facts.transport.sts_coverage import Coverage, Omitted, coverages, sts_policies
from linter.facts.witnesses import of_lookups
from linter.records.text.name import dotless, parent, shown
from linter.records.transport.mta_sts_policy_value import LARGEST
from linter.source.frozen import Frozen
from linter.source.text import Span
from mailzone import (
    ERROR,
    MTA_STS_POLICY,
    WARNING,
    At,
    Complaint,
    Facts,
    Related,
    complaint,
    complaint_of,
    fault_rules,
    rule,
)

from .texts import first_of


@fault_rules(
    {
        "policy-ignored-field": ("mta-sts-policy-ignored-field", WARNING, "RFC 8461 section 3.2"),
    },
    when=MTA_STS_POLICY,
)
def policy_complaints(facts: Facts, kind: str) -> Iterator[Complaint]:
    """The faults of one kind in the policies of the zone's mail domains, each at its place in the policy file."""
    for domain, file in sts_policies(facts).items():
        for fault in first_of(file.policy.faults, kind):
            yield complaint_of(fault, file.span(fault.start, fault.end), At(f"_mta-sts.{domain}", "TXT"))


@rule("mta-sts-policy-invalid", ERROR, "RFC 8461 section 3.2", when=MTA_STS_POLICY)
def mta_sts_policy_invalid(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind, and policies larger than what senders read."""
    yield from policy_complaints(facts, "policy-invalid")
    for file in sts_policies(facts).values():
        if file.is_cut:
            message = f"the policy is larger than {LARGEST} bytes, and senders may stop reading there"
            yield complaint(file.span(0, 0), message, help="make it shorter", reference="RFC 8461 section 3.3")


@rule("mta-sts-policy-omits-mx", ERROR, "RFC 8461 section 4.1", when=MTA_STS_POLICY)
def mta_sts_policy_omits_mx(facts: Facts) -> Iterator[Complaint]:
    """Hosts that are left out; lines for no host only where none is left out, since the two have one cause."""
    for coverage in coverages(facts):
        if coverage.file.policy.mode == "none":
            continue
        for omitted in coverage.omitted:
            yield _omission(facts, coverage, omitted)
        for pattern in coverage.idle if not coverage.omitted else ():
            domains = coverage.domains
            whose = shown(domains[0]) if len(domains) == 1 else f"the {len(domains)} domains of this policy"
            message = f"`{pattern.text}` allows no MX host of {whose}"
            way_out = "remove the line, unless the MX is about to move there"
            span = coverage.file.span(pattern.start, pattern.end)
            name = f"_mta-sts.{domains[0]}"
            evidence = [witness for domain in domains for witness in of_lookups(facts, domain, "MX")]
            at = At(name, "TXT")
            yield complaint(span, message, help=way_out, at=at, severity="warning", evidence=evidence)


def _omission(facts: Facts, coverage: Coverage, omitted: Omitted) -> Complaint:
    host, near = shown(omitted.host), omitted.near
    whose = f"an MX host of {shown(omitted.domain)}"
    outcome, severity = "senders do not deliver to it", ""
    if coverage.file.policy.mode == "testing":
        outcome, severity = "senders will not deliver to it once the policy is enforced", "warning"
    message = f"no `mx` line allows {host}, {whose}, so {outcome}"
    way_out = f"add `mx: {dotless(omitted.host)}`"
    if near is not None:
        message = f"`{near.text}` does not allow {host}, {whose}, since `*` is exactly one label, so {outcome}"
        way_out = f"change it to `mx: *.{dotless(parent(omitted.host))}`"
    related = (Related(omitted.span, "the MX record"),) if omitted.span else ()
    span, name = _place(coverage, omitted), f"_mta-sts.{omitted.domain}"
    at, evidence = At(name, "TXT"), of_lookups(facts, omitted.domain, "MX")
    return complaint(span, message, help=way_out, at=at, related=related, severity=severity, evidence=evidence)


def _place(coverage: Coverage, omitted: Omitted) -> Span:
    """The pattern that was meant to allow the host, else the last one: there the next belongs."""
    pattern = omitted.near or coverage.file.policy.mx[-1]
    return coverage.file.span(pattern.start, pattern.end)


_WEEK = 604_800


class Options(Frozen):
    """`minimum_seconds`: the shortest `max_age` that is not reported."""

    minimum_seconds: int = 86_400


@rule("mta-sts-max-age-short", WARNING, "RFC 8461 section 3.2", when=MTA_STS_POLICY, options=Options)
def mta_sts_max_age_short(facts: Facts, options: Options) -> Iterator[Complaint]:
    """Enforced policies that are kept for less than the minimum."""
    for domain, file in sts_policies(facts).items():
        age, line = file.policy.max_age, file.policy.line("max_age")
        if file.policy.mode == "enforce" and line and age is not None and age < options.minimum_seconds:
            wanted = max(_WEEK, options.minimum_seconds)
            message = f"senders keep the policy for {age} seconds only; expected {options.minimum_seconds} or more"
            span = file.span(line.value_start, line.value_end)
            yield complaint(span, message, help=f"write `{wanted}`", at=At(f"_mta-sts.{domain}", "TXT"))
