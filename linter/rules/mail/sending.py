"""Whether the records let send who is declared, and nobody else."""

from collections.abc import Iterator

from linter.facts.mail.bounces import lost_bounces
from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.idle_terms import idle_terms, own_senders
from linter.facts.mail.required import required
from linter.facts.mail.sender_spf import NO_RECORD, NOT_COVERED, PASS
from linter.facts.mail.senders import FAILS, Sender
from linter.facts.mail.signing import NONE_DECLARED, UNSIGNED
from linter.facts.texts import SpfText
from linter.facts.witnesses import ADDRESSES, of_lookups, of_sender, of_spf
from linter.intent.model import Mail
from linter.records.spf.placeholder import placeholder
from linter.records.spf.record import Mechanism
from linter.records.text.fault import one_of, quoted
from linter.records.text.name import dotless, shown
from mailzone import ERROR, INFO, INTENT, WARNING, At, Complaint, Facts, complaint, rule

from .spans import origin, spf_end


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
                # What a name lacks that has MX or is to be an alias, or whose mail fails DMARC for it, other rules say.
                is_said = sender.is_unaligned or declared_mail(facts).awaits_alias(sender)
                yield from () if is_said else (_without_record(facts, sender, sender.spf.domain),)


def _about_unauthorised(facts: Facts, sender: Sender) -> Complaint:
    spf = sender.spf
    assert spf is not None
    known = [term for term in spf.uncovered if placeholder(term) is None]
    terms = " ".join(known)
    why = f"`{terms}` is not covered" if known else "none of its terms is in the record"
    message = f"SPF of {shown(spf.domain)} does not authorise {sender.needs.label}: {why}"
    if sender.verdict == FAILS and sender.policy in ("quarantine", "reject"):
        message = f"{message}, and DMARC says `p={sender.policy}`"
    what = f"`{terms}`" if known else "its term"
    span, way_out = sender.word.span, f"add {what} to its SPF record"
    end = spf_end(facts, spf.domain)
    if end is not None:
        span, way_out = end, f"add {what} before it"
    asked = (each for each in required(facts, sender.mail) if each.name == spf.domain and each.purpose == "send")
    in_vain = next((each.hint for each in asked if each.in_vain), "")
    if in_vain:
        way_out = in_vain
    elif sender.needs.spf_to_look_up:
        way_out = f"{way_out}; not known: {sender.needs.spf_to_look_up}"
    at, related = At(spf.domain, "TXT"), (origin(sender.word, sender.mail),)
    return complaint(span, message, help=way_out, at=at, related=related, evidence=of_spf(facts, sender))


def _without_record(facts: Facts, sender: Sender, domain: str) -> Complaint:
    """A domain of its own for the MAIL FROM, at which nothing stands; its mail may still pass by its signature."""
    message = f"{shown(domain)}, the MAIL FROM domain of {sender.needs.label}, has no SPF record"
    way_out = f"publish {_proposed(sender)} there"
    span = sender.needs.system.envelope.span if sender.needs.system.envelope else sender.word.span
    related, evidence = (origin(sender.word, sender.mail),), of_lookups(facts, domain, "TXT")
    at = At(domain, "TXT")
    return complaint(span, message, help=way_out, at=at, related=related, severity="warning", evidence=evidence)


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
                yield _about_unaligned(facts, sender)


def _about_unaligned(facts: Facts, sender: Sender) -> Complaint:
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
        what = "the CNAME that the vendor asks for" if declared_mail(facts).awaits_alias(sender) else _proposed(sender)
        way_out = f"publish {what} at {shown(sender.spf.domain)}{also}"
    severity = "warning" if sender.policy == "none" else ""
    at, evidence = At(sender.name, "TXT"), of_sender(facts, sender)
    return complaint(sender.word.span, message, help=way_out, at=at, severity=severity, evidence=evidence)


def _spf(sender: Sender) -> str:
    if sender.falls_back:
        since = ", since the return path is incomplete" if sender.needs.system.envelope else ""
        return f"SPF passes for the vendor's own domain{since}"
    if sender.spf is None or sender.spf_aligned:
        missing = sender.spf is not None and sender.spf.state == NO_RECORD
        return f"{shown(sender.spf.domain)} has no SPF record" if sender.spf and missing else "SPF does not pass"
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
            at, evidence = At(sender.name, "TXT"), of_sender(facts, sender)
            yield complaint(sender.word.span, message, help=way_out, at=at, evidence=evidence)


@rule("intent-envelope-unreachable", WARNING, "RFC 5321 section 4.4", when=INTENT)
def envelope_unreachable(facts: Facts) -> Iterator[Complaint]:
    """Domains in a MAIL FROM that take no bounces: null MX, or neither MX nor address."""
    for found in lost_bounces(facts):
        label = found.sender.needs.label
        message = f"bounces to {shown(found.domain)}, which {label} has in its MAIL FROM, are lost: {found.why}"
        way_out = "publish an MX there that accepts them, or send with another MAIL FROM"
        at, evidence = At(found.domain, "MX"), of_lookups(facts, found.domain, "MX", *ADDRESSES)
        yield complaint(found.word.span, message, help=way_out, at=at, evidence=evidence)


@rule("intent-spf-term-unused", INFO, "RFC 7208 section 4.6.4", when=INTENT, aliases=("intent-spf-serves-nobody",))
def term_unused(facts: Facts) -> Iterator[Complaint]:
    """The terms of a name's own record that no declared sender needs."""
    for mail in declared_mail(facts).entries:
        texts = facts.spf_by_name.get(mail.name.text, ())
        if mail.sends is None or len(texts) != 1 or not texts[0].spf.is_valid:
            continue
        senders = own_senders(facts, mail)
        if len(declared_mail(facts).senders(mail)) < len(mail.sends) or any(
            not _is_clear(sender) for sender in senders
        ):
            continue
        for idle in idle_terms(facts, mail, texts[0], senders):
            yield _about_idle(facts, mail, texts[0], idle, senders)


def _is_clear(sender: Sender) -> bool:
    """Whether each of a sender's terms is known to be covered, and by which terms of the record."""
    return sender.spf is not None and sender.spf.state == PASS and sender.spf.is_told


def _about_idle(
    facts: Facts, mail: Mail, text: SpfText, idle: tuple[Mechanism, str], senders: list[Sender]
) -> Complaint:
    term, reason = idle
    message = f"{quoted(term.text)} authorises no declared sender of {shown(mail.name.text)}"
    message = f"{message}: {reason}" if reason else message
    way_out = "remove it" if reason else "remove it, or declare who sends from there"
    word = mail.sends[0] if mail.sends else mail.name
    at, related = At(mail.name.text, "TXT"), (origin(word, mail),)
    evidence = [witness for sender in senders for witness in of_spf(facts, sender)]
    span = text.value.place(term)
    return complaint(span, message, help=way_out, at=at, related=related, evidence=evidence)


@rule("intent-dkim-missing", WARNING, "RFC 6376 section 6.1.2", when=INTENT)
def dkim_missing(facts: Facts) -> Iterator[Complaint]:
    """Senders whose declared selectors are missing; where mail fails for that, another rule speaks."""
    for mail in declared_mail(facts).entries:
        for sender in declared_mail(facts).senders(mail):
            if sender.needs.system.dkim and sender.signing.missing and not sender.is_unaligned:
                yield _about_missing_key(facts, sender)
            elif sender.lacks_given_keys and not sender.is_unaligned:
                yield _about_given_keys(facts, sender)


def _about_missing_key(facts: Facts, sender: Sender) -> Complaint:
    missing = sender.signing.missing
    names = [dotless(key.name) for key in missing]
    are = "is" if len(names) == 1 else "are"
    message = f"{_all_of(names)} {are} missing; receivers look there for the DKIM key of {sender.needs.label}"
    target = missing[0].selector.target
    way_out = "publish the key that the system signs with, or remove the selector from `dkim:`"
    if target is not None:
        way_out = f"publish a CNAME to {shown(target.text)}"
    evidence = [witness for key in missing for witness in of_lookups(facts, key.name, "TXT")]
    return complaint(sender.word.span, message, help=way_out, at=At(missing[0].name, "TXT"), evidence=evidence)


def _about_given_keys(facts: Facts, sender: Sender) -> Complaint:
    vendor = sender.needs.vendor
    assert vendor is not None
    count = vendor.gives_selectors
    what = f"{count} separate selectors" if count > 1 else "a separate selector"
    none = "none of them" if count > 1 else "it"
    is_there = "is there" if count > 1 else "is not there"
    message = f"{sender.needs.label} gives {shown(sender.signing.domain)} {what} to sign with, and {none} {is_there}"
    evidence = of_sender(facts, sender)
    return complaint(sender.word.span, message, help=_given(sender), at=At(sender.name), evidence=evidence)


def _given(sender: Sender) -> str:
    """What to publish where only the vendor can say it."""
    vendor = sender.needs.vendor
    hint = vendor.where_keys_are_shown if vendor is not None else ""
    return f"publish the keys that the vendor shows{f' ({hint})' if hint else ''}, or name them under `dkim:`"


def _all_of(names: list[str]) -> str:
    return one_of(names).replace(" or ", " and ")
