"""Where Outlook is led for a name, and to whom."""

from collections.abc import Iterator

from linter.records.text.fault import one_of, quoted
from mailzone import AUTODISCOVER, ERROR, INTENT, At, Complaint, Facts, complaint, rule


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
    from linter.facts.mail.autodiscover import discovery, leaders  # what is declared is loaded where something is
    from linter.facts.mail.declared_mail import declared_mail

    declared = declared_mail(facts)

    for mail in declared.entries:
        own = declared.holders(mail)
        if mail.receives is None or len(own) < 1 + len(mail.splits):
            continue
        place = discovery(declared, mail)
        if place.stranger and place.spans and place.spans[0] not in unseen:
            name = mail.name.text.rstrip(".")
            leading = leaders(declared, mail)
            labels = " and ".join(needs.label for needs in leading)
            hold = "hold" if len(leading) > 1 else "holds"
            what = "its mailboxes" if len(leading) == len(own) else "mailboxes still, and knows where the others are"
            message = f"Autodiscover of `{name}` leads to {place.stranger}, but {labels} {hold} {what}"
            hosts = [needs.autodiscover for needs in leading if needs.autodiscover]
            way_out = f"let it lead to {one_of(hosts)}" if hosts else "take it out"
            if place.found[0] in hosts:
                way_out = "publish an address there, or lead to the host that has one"
            where = place.name or f"autodiscover.{mail.name.text}"
            yield complaint(place.spans[0], message, help=way_out, at=At(where), is_firm=place.is_sure)
