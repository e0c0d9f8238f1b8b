"""BIMI records."""

from collections.abc import Iterator

from linter.facts.dmarc.policy import dmarc_policies
from linter.facts.transport.bimi_policy import weakness
from linter.facts.witnesses import of_policy
from linter.records.text.name import shown
from linter.records.transport.bimi_value import KIND
from mailzone import BIMI, ERROR, WARNING, Complaint, Facts, Related, complaint, rule

from .texts import fault_complaint, grammar_complaints, second_records, syntax_complaints, wrong_names


@rule("bimi-syntax", ERROR, "draft-brand-indicators-for-message-identification section 4.3", when=BIMI)
def bimi_syntax(facts: Facts) -> Iterator[Complaint]:
    """The faults of the grammar that cost the whole record."""
    return syntax_complaints(facts.texts.bimi, KIND)


@rule("bimi-multiple-records", ERROR, "draft-brand-indicators-for-message-identification section 4.3", when=BIMI)
def bimi_multiple_records(facts: Facts) -> Iterator[Complaint]:
    """Every record after the first one of a name."""
    return second_records(facts.texts.bimi, KIND, "BIMI")


@rule("bimi-unknown-tag", WARNING, "draft-brand-indicators-for-message-identification section 4.3", when=BIMI)
def bimi_unknown_tag(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind."""
    return grammar_complaints(facts.texts.bimi, "unknown-tag")


@rule("bimi-wrong-name", ERROR, "draft-brand-indicators-for-message-identification section 4", when=BIMI)
def bimi_wrong_name(facts: Facts) -> Iterator[Complaint]:
    """Records at names that nobody asks for, nor leads to."""
    return wrong_names(facts, facts.texts.bimi, KIND, "BIMI")


@rule("bimi-without-enforcement", WARNING, "draft-brand-indicators-for-message-identification", when=BIMI)
def bimi_without_enforcement(facts: Facts) -> Iterator[Complaint]:
    """Every domain with a logo whose DMARC policy is known to be too weak."""
    seen = set()
    for text in facts.texts.bimi:
        domain = text.record.name.partition("._bimi.")[2]
        if not text.in_place or not domain or text.read.declines or domain in seen:
            continue
        seen.add(domain)
        found = weakness(facts, domain)
        if found is None:
            continue
        why = f"{shown(domain)} has no DMARC record"
        if found.tag:
            why = f"the DMARC record of {shown(found.domain)} says `{found.tag}`"
        related = (Related(found.span, "the DMARC record"),) if found.span else ()
        message = f"{why}, so receivers show no logo"
        way_out = "enforce `p=quarantine` or `p=reject` for all mail, or delete the BIMI record"
        evidence = of_policy(dmarc_policies(facts).by_tree_walk(domain))
        yield complaint(text.value.span, message, help=way_out, at=text.record, related=related, evidence=evidence)


@rule("bimi-evidence", WARNING, "draft-brand-indicators-for-message-identification section 4.3", when=BIMI)
def bimi_evidence(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind; to name no document at all is one's own choice."""
    for text in facts.texts.bimi:
        for fault in text.read.faults:
            if fault.kind == "evidence":
                made = fault_complaint(text, fault)
                yield made._replace(severity="info") if text.read.evidence == "" else made
