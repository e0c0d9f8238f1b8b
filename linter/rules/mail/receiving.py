"""Whether the records say of receiving mail what is declared."""

from collections.abc import Iterator

from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.flow import Flow, Host
from linter.facts.mail.required import Required, required
from linter.facts.mail.vendor_view import of_mail_hosts
from linter.facts.witnesses import of_lookups, of_policy
from linter.intent.model import Mail
from linter.records.text.name import shown
from linter.source.text import Span
from mailzone import ERROR, INTENT, WARNING, At, Complaint, Facts, Related, complaint, rule

from .spans import declared, name_place, origin

_MOST_NAMED = 4


@rule("intent-mx-differs", ERROR, "RFC 5321 section 5.1", when=INTENT)
def mx_differs(facts: Facts) -> Iterator[Complaint]:
    """Names whose MX is known and holds another system's hosts, or that have none."""
    for mail in declared_mail(facts).entries:
        if mail.edge is None:
            continue
        flow = declared_mail(facts).flow(mail)
        if flow.edge is None or not flow.edge.is_receiver:
            continue
        # Of a host that nobody outside finds, `mx-target-not-a-host` speaks.
        strangers = tuple(host for host in flow.strangers if not _is_unfit(facts, host))
        if strangers:
            yield _strange(facts, flow._replace(strangers=strangers))
        elif flow.answer.is_empty and not flow.answer.steps:
            message = f"{shown(mail.name.text)} has no MX, so its mail does not reach {flow.edge.label}"
            at, evidence = At(mail.name.text, "MX"), flow.answer.witnesses
            yield complaint(mail.edge.span, message, help=_wanted(facts, flow), at=at, evidence=evidence)


def _is_unfit(facts: Facts, host: Host) -> bool:
    return host.name != "." and host.span is not None and facts.not_public(host.name) is not None


def _strange(facts: Facts, flow: Flow) -> Complaint:
    """One finding for a name, at the first host that is not the system's."""
    host, edge, mail = flow.strangers[0], flow.edge, flow.mail
    assert edge is not None
    assert mail.edge is not None
    if host.name == ".":
        message = f"a null MX refuses all mail for {shown(mail.name.text)}, which {edge.label} is declared to receive"
    else:
        whose = declared_mail(facts).flows.whose(host.name)
        does = "receive" if mail.behind is None else "receive mail first"
        is_same = edge.vendor is not None and whose in (edge.vendor.name, edge.label)
        whose = f"another cloud of {whose}" if is_same else whose
        belongs = f"belongs to {whose}, not to {edge.label}" if whose else f"is not a host of {edge.label}"
        message = f"{shown(host.name)} {belongs}, which is declared to {does} for {shown(mail.name.text)}"
    others = [Related(each.span, f"so does {shown(each.name)}") for each in flow.strangers[1:5] if each.span]
    related = (*others, Related(mail.edge.span, declared(mail)))
    is_firm = host.name == "." or edge.is_sure_of_hosts
    if not is_firm:
        message = f"{message}; which hosts it has is not confirmed"
    span = host.span or mail.edge.span
    by_vendor = (*edge.host_witnesses, *of_mail_hosts(*(each.name for each in flow.strangers)))
    return complaint(
        span,
        message,
        help=_wanted(facts, flow),
        at=At(mail.name.text, "MX"),
        related=related,
        is_firm=is_firm,
        evidence=(*flow.answer.witnesses, *by_vendor),
    )


def _wanted(facts: Facts, flow: Flow) -> str:
    """What the MX is to name: what `mailzone records` asks for, or to look up first."""
    own = [host.name for host in flow.hosts if host not in flow.strangers]
    asked = next((each for each in required(facts, flow.mail) if each.purpose == "receive"), None)
    hosts = [value.split()[1] for value in asked.values] if asked is not None else []
    if flow.edge is not None and flow.edge.hosts:
        hosts, own = list(flow.edge.hosts), []
    if hosts and not set(hosts) <= set(own):
        return f"point the MX to {' and '.join(f'`{host}`' for host in hosts[:_MOST_NAMED])}"
    kept = [shown(host) for host in own[:_MOST_NAMED]]
    if kept:
        return f"keep {' and '.join(kept)} alone"
    return f"publish the host that the vendor shows ({asked.hint})" if asked is not None and asked.hint else ""


_PARTS = {"receive": "null MX", "send": "SPF `v=spf1 -all`", "policy": "DMARC `p=reject`"}


@rule("intent-no-mail-incomplete", WARNING, "RFC 7208 section 10.1.2", when=INTENT)
def no_mail_incomplete(facts: Facts) -> Iterator[Complaint]:
    """One finding for each name that is declared without mail, with the parts that are known to be missing."""
    for mail in declared_mail(facts).entries:
        if mail.is_none and not declared_mail(facts).is_open(mail.name.text):
            missing = [each for each in required(facts, mail) if _is_lacking(each)]
            if missing:
                yield _about_no_mail(facts, mail, missing)


def _is_lacking(part: Required) -> bool:
    """A part that is not there; what stands there and says that there is mail is reported as such."""
    return part.state == "missing" or (part.purpose == "policy" and part.state == "differs")


def _about_no_mail(facts: Facts, mail: Mail, missing: list[Required]) -> Complaint:
    name = mail.name.text
    parts = [_PARTS[each.purpose] for each in missing]
    listed = " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else parts[0]
    message = f"{shown(name)} is declared to have no mail, but {listed} {'are' if len(parts) > 1 else 'is'} missing"
    way_out = f"publish {'; '.join(f'{each.type} `{each.values[0]}` at {shown(each.name)}' for each in missing)}"
    place = name_place(facts, name)
    related = (origin(mail.name, mail),) if place else ()
    evidence = (*of_lookups(facts, name, "MX", "TXT"), *of_policy(declared_mail(facts).policies.by_tree_walk(name)))
    return complaint(place or mail.name.span, message, help=way_out, at=At(name), related=related, evidence=evidence)


@rule("intent-undeclared-mail", WARNING, "RFC 7505 section 3", when=INTENT)
def undeclared_mail(facts: Facts) -> Iterator[Complaint]:
    """Names with MX or SPF that says there is mail, where the declaration says there is none."""
    names = dict.fromkeys((*facts.mail_hosts, *facts.spf_by_name))
    for name in names:
        mail = None if "_" in name else declared_mail(facts).of(name)
        if mail is None or not mail.is_none or declared_mail(facts).expects(name):
            continue
        hosts = [host for host in facts.mail_hosts.get(name, ()) if not host.is_null]
        if hosts:
            yield _about_undeclared(mail, hosts[0].exchange.span, f"an MX to {shown(hosts[0].exchange.name)}", "MX")
        if len(hosts) == len(facts.mail_hosts.get(name, ())):
            yield from _sending(facts, mail)


def _sending(facts: Facts, mail: Mail) -> Iterator[Complaint]:
    """A name whose SPF lets others send; beside a null MX that is reported by itself."""
    term = declared_mail(facts).foreign_term(mail.name.text)
    if term is not None:
        text = facts.spf_by_name[mail.name.text][0]
        span = text.value.place(term)
        yield _about_undeclared(mail, span, f"an SPF term that authorises senders, `{term.text}`", "TXT")


def _about_undeclared(mail: Mail, span: Span, what: str, kind: str) -> Complaint:
    name = mail.name.text
    message = f"{shown(name)} is declared to have no mail, but has {what}"
    way_out = "remove it, or declare who receives and sends for this name"
    return complaint(span, message, help=way_out, at=At(name, kind), related=(origin(mail.name, mail),))
