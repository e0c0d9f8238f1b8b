"""Mail clients of declared systems: what they need to find their servers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.records.text.fault import one_of, quoted
from mailzone import AUTODISCOVER, ERROR, INFO, INTENT, WARNING, At, Complaint, Facts, complaint, rule

if TYPE_CHECKING:
    from linter.facts.mail.required import Required
    from linter.intent.model import Mail


@rule("autodiscover-elsewhere", ERROR, "MS-OXDISCO section 3.1.5", when=(INTENT, AUTODISCOVER))
def autodiscover_elsewhere(facts: Facts) -> Iterator[Complaint]:
    """Autodiscover at names that public DNS does not have; and, of declared mailboxes, known to lead to others."""
    unseen = []
    for record, target in facts.autodiscover_targets:
        found = facts.not_public(target.name)
        if found is not None:
            unseen.append(target.span)
            message = f"{quoted(target.name.rstrip('.'), 80)} {found.why}: nobody outside finds Autodiscover there"
            way_out = "name what public DNS has, or take it out"
            yield complaint(target.span, message, help=way_out, at=record, reference=found.reference)
    if facts.intent is None:
        return
    from linter.facts.mail.required import holders  # what is declared is loaded where something is

    for mail in facts.mail.entries:
        own = holders(facts.mail, mail)
        if mail.receives is None or len(own) < 1 + len(mail.splits):
            continue
        place = facts.mail.autodiscover(mail)
        if place.stranger and place.spans and place.spans[0] not in unseen:
            name = mail.name.text.rstrip(".")
            labels = " and ".join(needs.label for needs in own)
            hold = "hold" if len(own) > 1 else "holds"
            message = f"Autodiscover of `{name}` leads to {place.stranger}, but {labels} {hold} its mailboxes"
            hosts = [needs.autodiscover for needs in own if needs.autodiscover]
            way_out = f"let it lead to {one_of(hosts)}" if hosts else "take it out"
            if place.found[0] in hosts:
                way_out = "publish an address there, or lead to the host that has one"
            where = place.name or f"autodiscover.{mail.name.text}"
            yield complaint(place.spans[0], message, help=way_out, at=At(where), is_firm=place.is_sure)


@rule("autodiscover-missing", WARNING, "MS-OXDISCO section 3.1.5", when=INTENT)
def autodiscover_missing(facts: Facts) -> Iterator[Complaint]:
    """Names received by a system with Autodiscover, where none of its records is there."""
    for mail in facts.mail.entries:
        holder = facts.mail.system(mail.receives)
        if holder is None or mail.receives is None or not holder.autodiscover:
            continue
        if facts.mail.autodiscover(mail).state == "missing":
            name = mail.name.text.rstrip(".")
            message = f"`autodiscover.{name}` is not there, by which Outlook finds the mailboxes on {holder.label}"
            way_out = f"publish it as a CNAME to `{holder.autodiscover}`"
            yield complaint(mail.receives.span, message, help=way_out, at=At(f"autodiscover.{mail.name.text}", "CNAME"))


_BY_AUTOCONFIG = ("imap", "imaps", "pop3", "pop3s", "submission", "submissions")


@rule("client-service-missing", INFO, "RFC 6186 section 3", when=INTENT)
def client_service_missing(facts: Facts) -> Iterator[Complaint]:
    """One finding for each name whose mailboxes have services without records."""
    for mail in facts.mail.entries:
        missing = [each for each in facts.mail.required(mail) if each.purpose == "client" and each.state == "missing"]
        if missing and mail.receives is not None:
            found_otherwise = facts.mail.has_autoconfig(mail)
            missing = [each for each in missing if not (found_otherwise and _service(each) in _BY_AUTOCONFIG)]
        if missing:
            yield _complaint(facts, mail, missing)


def _service(record: "Required") -> str:
    return record.name.partition(".")[0].removeprefix("_")


def _complaint(facts: Facts, mail: "Mail", missing: "list[Required]") -> Complaint:
    names = [f"`_{_service(each)}._tcp`" for each in missing]
    listed = " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    needs = facts.mail.systems[missing[0].system]
    are = "are" if len(names) > 1 else "is"
    message = f"{listed} of `{mail.name.text.rstrip('.')}` {are} not there, by which mail programs find {needs.label}"
    way_out = (
        f"publish SRV `{missing[0].values[0]}` at `{missing[0].name.rstrip('.')}`{', and so on' * (len(names) > 1)}"
    )
    word = mail.receives or mail.name
    return complaint(word.span, message, help=way_out, at=At(missing[0].name, "SRV"))
