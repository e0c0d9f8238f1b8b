"""MTA-STS records, and what mail needs besides for them to work."""

from collections.abc import Iterator

from linter.facts.transport.sts_domains import receives_nothing, sts_domains
from linter.facts.witnesses import of_answers, of_lookups
from linter.lookup.answer import FOUND, NO_NAME
from linter.records.text.name import shown
from linter.records.transport.mta_sts import KIND
from linter.records.transport.tls_rpt import is_tls_rpt, near_miss
from mailzone import ERROR, INFO, MTA_STS, WARNING, Complaint, Facts, Related, complaint, rule

from .texts import grammar_complaints, second_records, syntax_complaints, wrong_names


@rule("mta-sts-syntax", ERROR, "RFC 8461 section 3.1", when=MTA_STS)
def mta_sts_syntax(facts: Facts) -> Iterator[Complaint]:
    """The faults of the grammar that cost the whole record."""
    return syntax_complaints(facts.texts.mta_sts, KIND)


@rule("mta-sts-multiple-records", ERROR, "RFC 8461 section 3.1", when=MTA_STS)
def mta_sts_multiple_records(facts: Facts) -> Iterator[Complaint]:
    """Every record after the first one of a name."""
    return second_records(facts.texts.mta_sts, KIND, "MTA-STS")


@rule("mta-sts-ignored-field", WARNING, "RFC 8461 section 3.1", when=MTA_STS)
def mta_sts_ignored_field(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind."""
    return grammar_complaints(facts.texts.mta_sts, "ignored-field")


@rule("mta-sts-wrong-name", ERROR, "RFC 8461 section 3.1", when=MTA_STS)
def mta_sts_wrong_name(facts: Facts) -> Iterator[Complaint]:
    """Records at names that nobody asks for, nor leads to."""
    return wrong_names(facts, facts.texts.mta_sts, KIND, "MTA-STS")


@rule("mta-sts-host-missing", ERROR, "RFC 8461 section 3.3", when=MTA_STS)
def mta_sts_host_missing(facts: Facts) -> Iterator[Complaint]:
    """Every domain whose policy host is known to have no address."""
    for found in sts_domains(facts):
        host = f"mta-sts.{found.domain}"
        answers = [facts.resolver.lookup(host, kind) for kind in ("A", "AAAA")]
        if not all(answer.is_empty for answer in answers):
            continue
        steps = answers[0].steps
        what = "does not exist" if answers[0].status == NO_NAME else "has no address"
        if steps:
            what = f"is an alias of {shown(steps[-1].target)}, which {what}"
        message = f"{shown(host)}, the host of the policy, {what}"
        related = tuple(Related(step.span, "the alias") for step in steps if step.span)
        way_out = "add the host that serves the policy, or delete the record"
        evidence = of_answers(answers)
        yield complaint(found.span, message, help=way_out, at=found, related=related, evidence=evidence)


@rule("mta-sts-without-mx", WARNING, "RFC 8461 section 2", when=MTA_STS)
def mta_sts_without_mx(facts: Facts) -> Iterator[Complaint]:
    """Every domain known to have no MX host."""
    for found in sts_domains(facts):
        why = receives_nothing(facts, found.domain)
        if why:
            message = f"{shown(found.domain)} {why}, so there is no delivery that MTA-STS could protect"
            way_out = "delete the record, or move it to the mail domain"
            yield complaint(found.span, message, help=way_out, at=found, evidence=of_lookups(facts, found.domain, "MX"))


@rule("mta-sts-without-tls-rpt", INFO, "RFC 8460 section 1", when=MTA_STS)
def mta_sts_without_tls_rpt(facts: Facts) -> Iterator[Complaint]:
    """Every domain known to have no TLS-RPT record, nor a text that was meant as one."""
    for found in sts_domains(facts):
        name = f"_smtp._tls.{found.domain}"
        answer = facts.resolver.lookup(name, "TXT")
        is_known = answer.is_empty or answer.status == FOUND
        if not is_known or any(_is_meant(str(value)) for value in answer.values):
            continue
        if receives_nothing(facts, found.domain):
            continue  # mta-sts-without-mx
        message = f"{shown(found.domain)} has MTA-STS and no TLS-RPT record, so failed deliveries are not reported"
        way_out = f"publish `v=TLSRPTv1; rua=mailto:…` at {shown(name)}"
        yield complaint(found.span, message, help=way_out, at=found, evidence=answer.witnesses)


def _is_meant(text: str) -> bool:
    return is_tls_rpt(text) or near_miss(text, at_tls_rpt_name=True) is not None
