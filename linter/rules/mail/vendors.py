"""Whether vendors' records are those that vendors ask for."""

from collections.abc import Iterator

from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.misplaced import Misplaced, misplaced
from linter.facts.mail.required import Required, required
from linter.facts.mail.sender_spf import NOT_COVERED, Coverage
from linter.facts.mail.senders import Sender
from linter.facts.mail.system_needs import SystemNeeds
from linter.facts.mail.vendor_view import Vendor
from linter.facts.witnesses import of_lookups, of_spf
from linter.finding import Witness
from linter.intent.model import Mail
from linter.providers.evidence import Evidence
from linter.records.spf.placeholder import placeholder
from linter.records.text.fault import quoted
from linter.records.text.name import shown
from mailzone import ERROR, INTENT, WARNING, At, Complaint, Facts, complaint, rule

from .spans import origin, spf_end


@rule("provider-record-missing", WARNING, "the vendor's documentation", when=INTENT)
def provider_record_missing(facts: Facts) -> Iterator[Complaint]:
    """One finding for each system of a name: the keys and tokens that are known to be missing."""
    for mail in declared_mail(facts).entries:
        missing: dict[str, list[Required]] = {}
        for each in required(facts, mail):
            if _is_lacking(each) and _is_vendors(facts, mail, each):
                missing.setdefault(each.system, []).append(each)
        for system, records in missing.items():
            yield _about_missing(facts, mail, system, records)
        for forwarder in declared_mail(facts).forwarding(mail):
            if forwarder.spf is not None and forwarder.spf.state == NOT_COVERED:
                yield _about_forwarder(facts, forwarder, forwarder.spf)


def _about_forwarder(facts: Facts, sender: Sender, spf: Coverage) -> Complaint:
    """A system that forwards what it gets, with senders of the domain that its SPF record does not let it use."""
    terms = " ".join(term for term in spf.uncovered if placeholder(term) is None)
    message = (
        f"{sender.needs.label} forwards mail with {shown(spf.domain)} in the MAIL FROM, and SPF does not let it: "
        f"{f'`{terms}`' if terms else 'its term'} is not covered"
    )
    end = spf_end(facts, spf.domain)
    way_out = f"add {f'`{terms}`' if terms else 'its term'} {'before it' if end else 'to the SPF record'}"
    if sender.needs.spf_to_look_up:
        way_out = f"{way_out}; not known: {sender.needs.spf_to_look_up}"
    related = (origin(sender.word, sender.mail),) if end else ()
    at, evidence = At(spf.domain, "TXT"), of_spf(facts, sender)
    return complaint(end or sender.word.span, message, help=way_out, at=at, related=related, evidence=evidence)


def _is_lacking(record: Required) -> bool:
    """Whether a key or a token is not there; a revoked key is none."""
    is_revoked = record.purpose == "sign" and record.type == "TXT" and record.state == "differs"
    return is_revoked or (record.state == "missing" and record.purpose in ("sign", "verify", "return"))


def _is_vendors(facts: Facts, mail: Mail, record: Required) -> bool:
    """Whether the vendor asks for it; selectors that the owner declared have a rule of their own."""
    needs = declared_mail(facts).systems[record.system]
    if needs.vendor is None or (record.purpose == "sign" and needs.system.dkim):
        return False
    if record.purpose != "sign":
        return True
    # A key that nobody declared may be the vendor's, who then signs with another selector than the usual one.
    is_open = declared_mail(facts).signs_perhaps(mail, record.system)
    return not is_open and not declared_mail(facts).is_unaligned(mail, record.system)


def _about_missing(facts: Facts, mail: Mail, system: str, records: list[Required]) -> Complaint:
    needs = declared_mail(facts).systems[system]
    word = next(word for word in mail.words if word.text == system)
    names = [_shown(each) for each in records]
    listed = " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    are = "are" if len(names) > 1 else "is"
    lack = "has no usable key" if records[0].state == "differs" else f"{are} missing"
    message = f"{needs.label} asks for {listed}, which {lack}"
    vendor = needs.vendor
    signs_nothing = sum(1 for each in records if each.purpose == "sign") == len(needs.selectors) > 0
    if vendor is not None and vendor.signs_otherwise and signs_nothing:
        message = f"{message}, so it signs with {vendor.signs_otherwise}"
    hint = records[0].hint
    way_out = f"publish what the vendor shows ({hint})" if hint else ""
    if all(each.values and each.purpose == "sign" for each in records):
        way_out = f"publish {' and '.join(f'`{each.values[0]}`' for each in records)}"
    is_firm = all(_is_sure(vendor, each) for each in records)
    if not is_firm:
        message = f"{message}; that it asks for this is not confirmed"
    reference = vendor.docs if vendor is not None else ""
    evidence = [witness for each in records for witness in _witnesses(facts, needs, each)]
    at = records[0]
    return complaint(word.span, message, help=way_out, at=at, is_firm=is_firm, reference=reference, evidence=evidence)


def _witnesses(facts: Facts, needs: SystemNeeds, record: Required) -> tuple[Witness, ...]:
    """Who says that a record is there or not, and who that the vendor asks for it."""
    selector, label, _ = record.name.partition("._domainkey.")
    provider = needs.vendor.provider if needs.vendor is not None else None
    facts_of: tuple[Evidence, ...] = ()
    if provider is not None and label:
        facts_of = tuple(each.evidence for each in provider.dkim if each.selector == selector)
    elif provider is not None and record.purpose == "verify":
        facts_of = tuple(each.evidence for each in provider.verification)
    elif provider is not None:
        facts_of = tuple(each.evidence for each in provider.envelope)
    asked = of_lookups(facts, record.name, record.type)
    return (*asked, *dict.fromkeys(each.witness for each in facts_of))


def _is_sure(vendor: Vendor | None, record: Required) -> bool:
    """Whether it is confirmed that the vendor asks for a record; its token is what the owner declared."""
    selector = record.name.partition("._domainkey.")[0]
    return record.purpose != "sign" or vendor is None or vendor.asks_for_key(selector)


def _shown(record: Required) -> str:
    if record.purpose == "verify":
        return f"the TXT value `{record.values[0]}` at {shown(record.name)}"
    return f"{record.type} {shown(record.name)}"


@rule("provider-record-differs", ERROR, "the vendor's documentation", when=INTENT)
def provider_record_differs(facts: Facts) -> Iterator[Complaint]:
    """Every key that stands there and is not the system's, and every value that is made for another domain."""
    for mail in declared_mail(facts).entries:
        made_for_others = list(misplaced(declared_mail(facts), mail))
        yield from (_about_misplaced(facts, mail, found) for found in made_for_others)
        told = {found.name for found in made_for_others}
        asked = required(facts, mail)
        yield from (_about_return_path(facts, mail, each) for each in asked if _is_strange_return(each))
        records = [each for each in asked if each.purpose == "sign" and each.type == "CNAME"]
        # What is another sender's key is reported as a selector that both want.
        others = {each.name for each in records if each.state == "present"}
        for each in records:
            if each.state == "differs" and each.spans and each.name not in others and each.name not in told:
                yield _about_different(facts, mail, each)


def _is_strange_return(record: Required) -> bool:
    return record.purpose == "return" and record.state == "differs" and bool(record.spans)


def _about_return_path(facts: Facts, mail: Mail, record: Required) -> Complaint:
    """A return path that leads to others than the vendor that is to take its bounces."""
    needs = declared_mail(facts).systems[record.system]
    word = next(word for word in mail.words if word.text == record.system)
    host = quoted(record.found[0].split()[-1].rstrip("."), 80)
    message = f"{host} is not what {needs.label} asks for as {record.type} of {shown(record.name)}, its return path"
    way_out = f"write `{record.values[0]}`" if record.values else f"write what the vendor shows ({record.hint})"
    is_firm = needs.vendor is not None and needs.vendor.is_sure_of_return_path
    related, evidence = (origin(word, mail),), _witnesses(facts, needs, record)
    span = record.spans[0]
    return complaint(span, message, help=way_out, at=record, related=related, is_firm=is_firm, evidence=evidence)


def _about_misplaced(facts: Facts, mail: Mail, found: Misplaced) -> Complaint:
    """A host, a key, a term or a token of another domain: sure where it spells one, else it only looks like one."""
    own, foreign = shown(mail.name.text), found.foreign
    text = quoted(found.text.rstrip("."), 100)
    if foreign.domain:
        message = f"{text} is what {found.needs.label} gives {shown(foreign.domain)}, not {own}"
    elif foreign.is_sure:
        message = f"{text} is what {found.needs.label} gives `{foreign.token}`, not {own}"
    else:
        message = f"{text} looks like that of another domain than {own}: `{foreign.token}` does not spell it"
    way_out = f"write what the vendor shows for {own}{f' ({found.hint})' if found.hint else ''}"
    word = next(word for word in mail.words if word.text == found.needs.name)
    severity = "" if foreign.is_sure else "warning"
    at = At(found.name, found.type)
    related = (origin(word, mail),)
    return complaint(
        found.span,
        message,
        help=way_out,
        at=at,
        related=related,
        severity=severity,
        is_firm=found.is_firm,
        evidence=(*of_lookups(facts, found.name, found.type), *found.needs.witnesses_of(found.type)),
    )


def _about_different(facts: Facts, mail: Mail, record: Required) -> Complaint:
    needs = declared_mail(facts).systems[record.system]
    word = next(word for word in mail.words if word.text == record.system)
    selector = record.name.partition("._domainkey.")[0]
    message = f"{shown(record.found[0])} is not a target of `{selector}` of {needs.label}"
    tenant = dict(needs.system.parameters).get("tenant")
    if record.values:
        message, way_out = (
            f"{message}, which is declared to be {shown(record.values[0])}",
            f"write `{record.values[0]}`",
        )
    else:
        message = f"{message}, tenant `{tenant.text}`" if tenant is not None else message
        way_out = f"write what the vendor shows ({record.hint})" if record.hint else ""
    is_sure = bool(record.values) or needs.vendor is None or needs.vendor.is_sure_of_key(selector)
    if not is_sure:
        message = f"{message}; what its targets look like is not confirmed"
    related = (origin(word, mail),)
    evidence = _witnesses(facts, needs, record)
    docs = needs.vendor.docs if needs.vendor is not None else ""
    return complaint(
        record.spans[0],
        message,
        help=way_out,
        at=record,
        related=related,
        is_firm=is_sure,
        reference=docs,
        evidence=evidence,
    )
