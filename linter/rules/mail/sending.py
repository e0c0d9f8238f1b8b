"""Whether the records let send who is declared, and nobody else."""

from collections.abc import Iterator

from linter.facts.mail.bounces import lost_bounces
from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.sender_spf import NO_RECORD, NOT_COVERED, PASS
from linter.facts.mail.senders import FAILS, Sender
from linter.facts.mail.signing import NONE_DECLARED, UNSIGNED
from linter.intent.model import Mail
from linter.records.spf.placeholder import placeholder
from linter.records.spf.record import Mechanism
from linter.records.text.fault import one_of, quoted
from linter.records.text.name import shown
from mailzone import ERROR, INFO, INTENT, WARNING, At, Complaint, Facts, complaint, rule

from .places import origin, spf_end


@rule("intent-sender-unauthorised", ERROR, "RFC 7208 section 2.4", when=INTENT)
def sender_unauthorised(facts: Facts) -> Iterator[Complaint]:
    """Each sender of each name that is known not to be covered, at the end of the record."""
    for mail in declared_mail(facts).entries:
        for sender in declared_mail(facts).senders(mail):
            if sender.spf is None:
                continue
            if sender.spf.state == NOT_COVERED:
                yield _about_unauthorised(facts, sender)
            elif sender.spf.state == NO_RECORD and sender.spf.domain not in (sender.name, *facts.mail_hosts):
                # What a name lacks that has MX, or whose mail fails DMARC for it, other rules say.
                yield from () if sender.is_unaligned else (_without_record(sender, sender.spf.domain),)


def _about_unauthorised(facts: Facts, sender: Sender) -> Complaint:
    spf = sender.spf
    assert spf is not None
    known = [term for term in spf.uncovered if placeholder(term) is None]
    terms = " ".join(known)
    why = f"`{terms}` is not covered" if known else "no term of it is there"
    message = f"SPF of {shown(spf.domain)} does not let {sender.needs.label} send: {why}"
    if sender.verdict == FAILS and sender.policy in ("quarantine", "reject"):
        message = f"{message}, and DMARC says `p={sender.policy}`"
    what = f"`{terms}`" if known else "its term"
    span, way_out = sender.word.span, f"add {what} to its SPF record"
    end = spf_end(facts, spf.domain)
    if end is not None:
        span, way_out = end, f"add {what} before it"
    if sender.needs.spf_to_look_up:
        way_out = f"{way_out}; what is not known here: {sender.needs.spf_to_look_up}"
    return complaint(span, message, help=way_out, at=At(spf.domain, "TXT"), related=(origin(sender.word, sender.mail),))


def _without_record(sender: Sender, domain: str) -> Complaint:
    """A domain of its own for the MAIL FROM, at which nothing stands; its mail may still pass by its signature."""
    message = f"{shown(domain)}, which {sender.needs.label} has in its MAIL FROM, has no SPF record"
    way_out = f"publish {_proposed(sender)} there"
    span = sender.needs.system.envelope.span if sender.needs.system.envelope else sender.word.span
    related = (origin(sender.word, sender.mail),)
    return complaint(span, message, help=way_out, at=At(domain, "TXT"), related=related, severity="warning")


def _proposed(sender: Sender) -> str:
    """The SPF record of a domain that only one system has in its MAIL FROM; never one that shuts it out."""
    if sender.needs.spf_to_look_up:
        return f"an SPF record with its term (to look up: {sender.needs.spf_to_look_up})"
    return f"`v=spf1 {' '.join(term.text for term in sender.needs.terms)} -all`"


_FATES = {"reject": "would be rejected", "quarantine": "would go to junk", "none": "counts as failed in reports"}


@rule("intent-sender-unaligned", ERROR, "RFC 9989 section 4.4", when=INTENT)
def sender_unaligned(facts: Facts) -> Iterator[Complaint]:
    """Senders that are known to fail, where no record that SPF lacks is the reason."""
    for mail in declared_mail(facts).entries:
        for sender in declared_mail(facts).senders(mail):
            if sender.is_unaligned:
                yield _about_unaligned(sender)


def _about_unaligned(sender: Sender) -> Complaint:
    message = (
        f"mail that {sender.needs.label} sends as {shown(sender.name)} {_FATES[sender.policy]} by DMARC "
        f"(`p={sender.policy}`): {_spf(sender)}, and {_dkim(sender)}"
    )
    way_out = f"have it sign with {shown(sender.name)}, or send with a MAIL FROM below it"
    if sender.signing.state == UNSIGNED and sender.dkim_aligned:
        places = " and ".join(shown(key.name) for key in sender.signing.missing[:2])
        way_out = f"publish its key at {places}" if places else _given(sender)
    if sender.spf is not None and sender.spf.state == NO_RECORD and sender.spf_aligned:
        also = f", and {way_out}" if sender.signing.state == UNSIGNED else ""
        way_out = f"publish {_proposed(sender)} at {shown(sender.spf.domain)}{also}"
    severity = "warning" if sender.policy == "none" else ""
    return complaint(sender.word.span, message, help=way_out, at=At(sender.name, "TXT"), severity=severity)


def _spf(sender: Sender) -> str:
    if sender.spf is None or sender.spf_aligned:
        missing = sender.spf is not None and sender.spf.state == NO_RECORD
        return f"{shown(sender.name)} has no SPF record" if missing else "SPF does not pass"
    passes = "passes for" if sender.spf.state == PASS else "is judged for"
    return f"SPF {passes} {shown(sender.spf.domain)}{_strictly(sender, 'aspf')}"


def _dkim(sender: Sender) -> str:
    if sender.signing.state == NONE_DECLARED:
        return "it is not declared to sign"
    if sender.dkim_aligned:
        vendor = sender.needs.vendor
        instead = f", so it signs with {vendor.signs_otherwise}" if vendor and vendor.signs_otherwise else ""
        return f"its DKIM keys are not published{instead}"
    return f"DKIM signs for {shown(sender.signing.domain)}{_strictly(sender, 'adkim')}"


def _strictly(sender: Sender, tag: str) -> str:
    record = sender.governing.record
    return f", and `{tag}=s` asks for the same name" if record is not None and getattr(record, tag) == "s" else ""


@rule("intent-sender-unsigned", WARNING, "RFC 9989 section 7.4", when=INTENT)
def sender_unsigned(facts: Facts) -> Iterator[Complaint]:
    """Senders whose mail only SPF saves from an enforced policy, so that forwarding loses it."""
    declared = declared_mail(facts)
    for mail in declared.entries:
        for sender in declared.unsigned(mail):
            does = "does not sign mail"
            if sender.signing.state != NONE_DECLARED:
                does = f"signs for {shown(sender.signing.domain)} alone what it sends"
            message = (
                f"{sender.needs.label} {does} as {shown(sender.name)} under `p={sender.policy}`: "
                "forwarded mail fails DMARC"
            )
            way_out = f"have it sign for {shown(sender.name)}, and say with which selectors by `dkim:`"
            yield complaint(sender.word.span, message, help=way_out, at=At(sender.name, "TXT"))


@rule("intent-envelope-unreachable", WARNING, "RFC 5321 section 4.4", when=INTENT)
def envelope_unreachable(facts: Facts) -> Iterator[Complaint]:
    """Domains in a MAIL FROM that take no bounces: null MX, or neither MX nor address."""
    for found in lost_bounces(facts):
        label = found.sender.needs.label
        message = f"bounces to {shown(found.domain)}, which {label} has in its MAIL FROM, are lost: {found.why}"
        way_out = "publish an MX there that takes them, or send with another MAIL FROM"
        yield complaint(found.word.span, message, help=way_out, at=At(found.domain, "MX"))


@rule("intent-spf-term-unused", INFO, "RFC 7208 section 4.6.4", when=INTENT, aliases=("intent-spf-serves-nobody",))
def term_unused(facts: Facts) -> Iterator[Complaint]:
    """The terms of a name's own record that no declared sender needs."""
    for mail in declared_mail(facts).entries:
        texts = facts.spf_by_name.get(mail.name.text, ())
        if mail.sends is None or len(texts) != 1 or not texts[0].spf.is_valid:
            continue
        senders = [
            each for each in declared_mail(facts).senders(mail) if each.spf and each.spf.domain == mail.name.text
        ]
        if len(declared_mail(facts).senders(mail)) < len(mail.sends) or any(
            not _is_clear(sender) for sender in senders
        ):
            continue
        yield from _idle(facts, mail, senders)


def _is_clear(sender: Sender) -> bool:
    """Whether each of a sender's terms is known to be covered, and by which terms of the record."""
    return sender.spf is not None and sender.spf.state == PASS and sender.spf.is_told


def _is_a_vendors(facts: Facts, mail: Mail, term: Mechanism) -> bool:
    """Whether a term includes a record of the vendor of a system that the name declares."""
    if term.domain is None or term.name != "include":
        return False
    name = f"{term.domain.text.lower().rstrip('.')}."
    vendors = (needs.vendor for needs in declared_mail(facts).involved(mail))
    return any(vendor is not None and vendor.owns_spf(name) for vendor in vendors)


def _idle(facts: Facts, mail: Mail, senders: list[Sender]) -> Iterator[Complaint]:
    text = facts.spf_by_name[mail.name.text][0]
    serving = {(each.term.start, each.term.end) for sender in senders if sender.spf for each in sender.spf.by}
    stop = text.spf.all_term
    for term in text.spf.mechanisms:
        if term.qualifier != "+" or term.name == "all" or (stop is not None and term.start > stop.start):
            continue
        if _is_a_vendors(facts, mail, term):
            continue  # it is theirs, whatever is known of how they send
        if (term.start, term.end) not in serving and not _is_own(facts, mail, term):
            message = f"{quoted(term.text)} serves no declared sender of {shown(mail.name.text)}"
            way_out = "take it out, or declare who sends from there"
            span = text.value.part(term.start, term.end)
            word = mail.sends[0] if mail.sends else mail.name
            yield complaint(span, message, help=way_out, at=At(mail.name.text, "TXT"), related=(origin(word, mail),))


def _is_own(facts: Facts, mail: Mail, term: Mechanism) -> bool:
    """Whether `mx` means the hosts of a declared sender, which receives here as well and sends from them."""
    own = term.domain is None or f"{term.domain.text.lower().rstrip('.')}." == mail.name.text
    names = {word.text for word in mail.sends or ()}
    edge = mail.edge
    return term.name == "mx" and own and edge is not None and edge.text in names


@rule("intent-dkim-missing", WARNING, "RFC 6376 section 6.1.2", when=INTENT)
def dkim_missing(facts: Facts) -> Iterator[Complaint]:
    """Senders whose declared selectors are missing; where mail fails for that, another rule speaks."""
    for mail in declared_mail(facts).entries:
        for sender in declared_mail(facts).senders(mail):
            if sender.needs.system.dkim and sender.signing.missing and not sender.is_unaligned:
                yield _about_missing_key(sender)
            elif sender.lacks_given_keys and not sender.is_unaligned:
                yield _about_given_keys(sender)


def _about_missing_key(sender: Sender) -> Complaint:
    missing = sender.signing.missing
    names = [key.name.rstrip(".") for key in missing]
    are = "is" if len(names) == 1 else "are"
    message = f"{_all_of(names)} {are} not there, where verifiers look for the DKIM key of {sender.needs.label}"
    target = missing[0].selector.target
    way_out = "publish the key that the system signs with, or take the selector out of `dkim:`"
    if target is not None:
        way_out = f"publish a CNAME to {shown(target.text)}"
    return complaint(sender.word.span, message, help=way_out, at=At(missing[0].name, "TXT"))


def _about_given_keys(sender: Sender) -> Complaint:
    vendor = sender.needs.vendor
    assert vendor is not None
    count = vendor.gives_selectors
    what = f"{count} selectors of its own" if count > 1 else "a selector of its own"
    none = "none of them" if count > 1 else "it"
    is_there = "is there" if count > 1 else "is not there"
    message = f"{sender.needs.label} gives {shown(sender.signing.domain)} {what} to sign with, and {none} {is_there}"
    return complaint(sender.word.span, message, help=_given(sender), at=At(sender.name))


def _given(sender: Sender) -> str:
    """What to publish where only the vendor can say it."""
    vendor = sender.needs.vendor
    hint = vendor.where_keys_are_shown if vendor is not None else ""
    return f"publish the keys that the vendor shows{f' ({hint})' if hint else ''}, or name them under `dkim:`"


def _all_of(names: list[str]) -> str:
    return one_of(names).replace(" or ", " and ")
