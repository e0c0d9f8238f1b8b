"""What DMARC policies ask receivers to do, and what that comes to."""

from collections.abc import Iterator

from linter.facts.dmarc.places import dmarc_places, policies_outside_apex
from linter.facts.dmarc.policy import Governing, dmarc_policies
from linter.facts.dmarc.unsigned import unsigned_senders
from linter.facts.mail.declared_names import (
    has_strange_policy,
    has_unsigned_sender,
    is_return_path,
    lacks_declared_keys,
    lacks_rejection,
)
from linter.facts.mail_names import mail_names
from linter.facts.texts import DmarcText
from linter.facts.witnesses import of_policy
from linter.records.dmarc.tag import POLICIES
from linter.records.text.name import dotless, shown
from linter.records.text.tags import Tag
from mailzone import (
    DMARC,
    DMARC_LAX,
    DMARC_ODD,
    ERROR,
    INFO,
    OFF,
    SPF_TERMS,
    WARNING,
    At,
    Complaint,
    Facts,
    Related,
    complaint,
    rule,
)


@rule("dmarc-policy-none", INFO, "RFC 9989 section 3.2.9", when=DMARC_LAX)
def policy_none(facts: Facts) -> Iterator[Complaint]:
    """The policies `none` that ask for reports; without, another rule has more to say."""
    for text in dmarc_places(facts).single():
        tag = text.policy_tag
        domain = text.record.name.removeprefix("_dmarc.")
        if lacks_rejection(facts, domain) or has_strange_policy(facts, domain):
            continue
        if tag and text.dmarc.p == "none" and text.dmarc.tag("rua"):
            message = "`p=none` asks for reports and does not stop forged mail"
            stricter = "reject" if facts.demands.policy == "reject" else "quarantine"
            way_out = f"change to `p={stricter}` when the reports show that your own mail passes"
            yield complaint(text.value.place(tag), message, help=way_out, at=text.record)


@rule("dmarc-policy-not-reject", OFF, "RFC 9989 section 4.7", when=DMARC_LAX)
def policy_not_reject(facts: Facts) -> Iterator[Complaint]:
    """The policies `quarantine`; one that is `none` is another rule's."""
    for text in dmarc_places(facts).single():
        tag = text.policy_tag
        domain = text.record.name.removeprefix("_dmarc.")
        if lacks_rejection(facts, domain) or has_strange_policy(facts, domain):
            continue
        if tag and text.dmarc.p == "quarantine":
            message = "`p=quarantine` delivers forged mail to the junk folder, but `reject` is required"
            way_out = "write `p=reject` when the reports show that your own mail passes"
            yield complaint(text.value.place(tag), message, help=way_out, at=text.record)


_WHOSE = {"sp": "all subdomains without their own record", "np": "all subdomains that do not exist"}


@rule("dmarc-subdomains-weaker", WARNING, "RFC 9989 section 4.7", when=DMARC_LAX)
def subdomains_weaker(facts: Facts) -> Iterator[Complaint]:
    """One complaint for each record with weaker tags, where these have any effect."""
    for text in dmarc_places(facts).single():
        weaker = _weaker(text)
        domain = text.record.name.removeprefix("_dmarc.")
        if weaker and not dmarc_policies(facts).subdomains_follow(domain):
            yield _complaint(text, weaker)


def _weaker(text: DmarcText) -> list[Tag]:
    dmarc = text.dmarc
    found = []
    for name, policy in (("sp", dmarc.sp), ("np", dmarc.np)):
        tag = dmarc.tag(name)
        if tag and policy and dmarc.p and POLICIES.index(policy) < POLICIES.index(dmarc.p):
            found.append(tag)
    return found


def _complaint(text: DmarcText, weaker: list[Tag]) -> Complaint:
    first, *others = weaker
    name, p = first.name.lower(), text.dmarc.p
    message = f"`{name}={first.value}` is weaker than `p={p}` and applies to {_WHOSE[name]}"
    way_out = f"remove `{name}`, or write `{name}={p}`"
    related = tuple(Related(text.value.place(tag), f"`{tag.name}` is weaker too") for tag in others)
    return complaint(text.value.place(first), message, help=way_out, at=text.record, related=related)


@rule("dmarc-sp-without-effect", INFO, "RFC 9989 section 4.10.1", when=DMARC)
def sp_without_effect(facts: Facts) -> Iterator[Complaint]:
    """The first such tag of each record that is certainly below an organisational domain with a record."""
    for text in dmarc_places(facts).single():
        tag = text.dmarc.tag("sp") or text.dmarc.tag("np")
        domain = text.record.name.removeprefix("_dmarc.")
        if tag is None or domain == text.record.name:
            continue
        org_domain = dmarc_policies(facts).subdomains_follow(domain)
        if org_domain:
            name = tag.name.lower()
            message = f"`{name}` has no effect here: names below {shown(domain)} follow {shown(org_domain)}"
            way_out = f"remove `{name}`, and publish records at those names where they need another policy"
            evidence = of_policy(dmarc_policies(facts).by_tree_walk(domain))
            yield complaint(text.value.place(tag), message, help=way_out, at=text.record, evidence=evidence)


@rule("dmarc-psd-misused", ERROR, "RFC 9989 section 5.2", when=DMARC_ODD)
def psd_misused(facts: Facts) -> Iterator[Complaint]:
    """The records with `psd=y` at `_dmarc` of a name that the public suffix list does not have."""
    for text in dmarc_places(facts).policies:
        tag, name = text.dmarc.tag("psd"), text.record.name
        domain = name.removeprefix("_dmarc.")
        if tag is None or text.dmarc.psd != "y" or domain == name or facts.estate.public_suffix(domain) == domain:
            continue
        message = f"{shown(domain)} is not a public suffix, and `psd=y` cuts every subdomain off from it"
        way_out = "remove `psd=y`; `psd=n` is for a domain that must not be joined to the one above it"
        yield complaint(text.value.place(tag), message, help=way_out, at=At(name, "TXT"))


@rule("dmarc-enforced-without-dkim", WARNING, "RFC 9989 section 7.4", when=SPF_TERMS)
def enforced_without_dkim(facts: Facts) -> Iterator[Complaint]:
    """Every name that sends under such a policy and that no known key could sign for."""
    own = {text.record.name: text for text in dmarc_places(facts).single()}
    for sender in unsigned_senders(facts):
        name, found = sender.text.record.name, sender.governing
        if lacks_declared_keys(facts, name) or has_unsigned_sender(facts, name) or is_return_path(facts, name):
            continue
        message = f"{shown(name)} sends under {_policy_shown(found)} and has no DKIM selector"
        way_out = "sign with DKIM and publish the selectors; without it forwarded mail is lost"
        span = sender.text.value.span
        policy = own.get(f"_dmarc.{name}")
        tag = policy.policy_tag if policy else None
        if policy and tag:
            yield complaint(policy.value.place(tag), message, help=way_out, at=policy.record, evidence=of_policy(found))
        else:
            yield complaint(span, message, help=way_out, at=At(name, "TXT"), evidence=of_policy(found))


def _policy_shown(found: Governing) -> str:
    own = found.domain == found.name
    return f"`{found.tag}={found.policy}`" if own else f"the policy `{found.policy}` of {shown(found.domain)}"


@rule("dmarc-receiver-generations-differ", INFO, "RFC 9989 section 4.10", when=DMARC)
def receiver_generations_differ(facts: Facts) -> Iterator[Complaint]:
    """The names that take part in mail and for which both generations are known to find something else."""
    policies = dmarc_policies(facts)
    if not policies_outside_apex(facts.texts, facts.zone.name):
        return
    for name, kind, span in mail_names(facts):
        if not policies.may_differ(name, facts.zone.name):
            continue
        old, new = policies.by_suffix_list(name), policies.by_tree_walk(name)
        if old.is_unknown or new.is_unknown or old.policy == new.policy:
            continue
        message = f"receivers of RFC 7489 apply {_policy_of(old)} to {shown(name)}, those of RFC 9989 {_policy_of(new)}"
        way_out = f"publish a record at `_dmarc.{dotless(name)}`, which all of them find"
        evidence = (*of_policy(old), *of_policy(new))
        yield complaint(span, message, help=way_out, at=At(name, kind), evidence=evidence)


def _policy_of(found: Governing) -> str:
    if found.policy is None:
        return "no DMARC"
    return f"`{found.policy}` of {shown(found.domain)}"
