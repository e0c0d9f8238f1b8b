"""Mail clients of declared systems: what they need to find their servers."""

from collections.abc import Iterator

from linter.facts.mail.autodiscover import discovery
from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.required import Required, required
from linter.facts.witnesses import ADDRESSES, of_lookups
from linter.intent.model import Mail
from linter.records.text.name import dotless, shown
from mailzone import INFO, INTENT, WARNING, At, Complaint, Facts, complaint, rule


@rule("autodiscover-missing", WARNING, "MS-OXDISCO section 3.1.5", when=INTENT)
def autodiscover_missing(facts: Facts) -> Iterator[Complaint]:
    """Names received by a system with Autodiscover, where none of its records is there."""
    for mail in declared_mail(facts).entries:
        holder = declared_mail(facts).receiver(mail)
        if holder is None or mail.receives is None or not holder.autodiscover:
            continue
        if discovery(declared_mail(facts), mail).state == "missing":
            name = dotless(mail.name.text)
            wanted = next(each.values[0] for each in required(facts, mail) if each.purpose == "autodiscover")
            message = f"`autodiscover.{name}` is missing, by which Outlook finds the mailboxes on {holder.label}"
            way_out = f"publish it as a CNAME to `{wanted}`"
            at = At(f"autodiscover.{mail.name.text}", "CNAME")
            evidence = (*of_lookups(facts, at.name, "CNAME", *ADDRESSES), *holder.autodiscover_witnesses)
            yield complaint(mail.receives.span, message, help=way_out, at=at, evidence=evidence)


_BY_AUTOCONFIG = ("imap", "imaps", "pop3", "pop3s", "submission", "submissions")


@rule("client-service-missing", INFO, "RFC 6186 section 3", when=INTENT)
def client_service_missing(facts: Facts) -> Iterator[Complaint]:
    """One finding for each name whose mailboxes have services without records."""
    for mail in declared_mail(facts).entries:
        missing = [each for each in required(facts, mail) if each.purpose == "client" and each.state == "missing"]
        if missing and mail.receives is not None:
            found_otherwise = declared_mail(facts).has_autoconfig(mail)
            missing = [each for each in missing if not (found_otherwise and _service(each) in _BY_AUTOCONFIG)]
        if missing:
            yield _complaint(facts, mail, missing)


def _service(record: Required) -> str:
    return record.name.partition(".")[0].removeprefix("_")


def _complaint(facts: Facts, mail: Mail, missing: list[Required]) -> Complaint:
    names = [f"`_{_service(each)}._tcp`" for each in missing]
    listed = " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    needs = declared_mail(facts).systems[missing[0].system]
    are, them = ("are", "them") if len(names) > 1 else ("is", "it")
    message = f"{listed} of {shown(mail.name.text)} {are} missing; mail programs need {them} to find {needs.label}"
    way_out = f"publish SRV `{missing[0].values[0]}` at {shown(missing[0].name)}{', and so on' * (len(names) > 1)}"
    word = mail.receives or mail.name
    evidence = [witness for each in missing for witness in of_lookups(facts, each.name, "SRV")]
    return complaint(word.span, message, help=way_out, at=At(missing[0].name, "SRV"), evidence=evidence)
