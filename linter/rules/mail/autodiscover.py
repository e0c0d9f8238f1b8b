"""Where Outlook is led for a name, and to whom."""

from collections.abc import Iterator

from linter.finding import Witness
from linter.records.text.fault import one_of, quoted
from linter.records.text.name import dotless
from linter.source.typed import TYPE_CHECKING
from mailzone import AUTODISCOVER, ERROR, INTENT, At, Complaint, Facts, complaint, rule

if TYPE_CHECKING:
    from linter.facts.mail.declared_mail import DeclaredMail
    from linter.intent.model import Mail


@rule("autodiscover-elsewhere", ERROR, "MS-OXDISCO section 3.1.5", when=(INTENT, AUTODISCOVER))
def autodiscover_elsewhere(facts: Facts) -> Iterator[Complaint]:
    """Autodiscover at names that public DNS does not have; and, of declared mailboxes, known to lead to others."""
    unseen = []
    for record, target in facts.autodiscover_targets:
        found = facts.not_public(target.name)
        if found is not None:
            unseen.append(target.span)
            message = (
                f"{quoted(dotless(target.name), 80)} {found.why}: mail programs outside find no Autodiscover there"
            )
            way_out = "write a name in public DNS, or remove it"
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
        if place.spans and place.spans[0] not in unseen and _is_to_tell(declared, mail, place.stranger):
            name = dotless(mail.name.text)
            leading = leaders(declared, mail)
            labels = " and ".join(needs.label for needs in leading)
            hold = "hold" if len(leading) > 1 else "holds"
            what = "its mailboxes" if len(leading) == len(own) else "mailboxes still, and knows where the others are"
            message = f"Autodiscover of `{name}` points to {place.stranger}, but {labels} {hold} {what}"
            hosts = [needs.autodiscover for needs in leading if needs.autodiscover]
            way_out = f"point it to {one_of(hosts)}" if hosts else "take it out"
            if place.found[0] in hosts:
                way_out = "publish an address there, or point to a host that has one"
            where = place.name or f"autodiscover.{mail.name.text}"
            evidence = _witnesses(facts, declared, where, place.found)
            yield complaint(
                place.spans[0], message, help=way_out, at=At(where), is_firm=place.is_sure, evidence=evidence
            )


def _is_to_tell(declared: "DeclaredMail", mail: "Mail", stranger: str) -> bool:
    """Whether mail programs alone are led to others: where mail goes there as well, `intent-mx-differs` tells of it."""
    flow = declared.flow(mail)
    strangers = flow.strangers if flow.edge is not None and flow.edge.is_receiver else ()
    return bool(stranger) and all(declared.flows.whose(host.name) != stranger for host in strangers)


def _witnesses(facts: Facts, declared: "DeclaredMail", name: str, found: tuple[str, ...]) -> Iterator[Witness]:
    """Who says where a name leads, and who that is."""
    from linter.facts.mail.vendor_view import of_autodiscover
    from linter.facts.witnesses import ADDRESSES, of_lookups

    yield from of_lookups(facts, name, "CNAME", *ADDRESSES)
    led = [each for each in found if each.endswith(".")]
    for each in led:
        yield from of_lookups(facts, each, *ADDRESSES)
    yield from of_autodiscover(*led)
    for needs in declared.systems.values():
        yield from needs.autodiscover_witnesses
