"""The MX of a name does not lead to the system that is declared to receive for it.

Senders deliver to the hosts of the MX (RFC 5321 section 5.1) and to nothing else: where these are not the declared
system's, its mailboxes stay empty or get part of the mail only. Behind a gateway the MX names the gateway's hosts
alone, whatever system holds the mailboxes; a split is made by the system that receives, never by a second MX.

## Bad

```yaml
zone: example.com
systems:
  filter: {receives: [mx1.filter.example, mx2.filter.example]}
  exchange: {receives: [mail.office.example], spf: include:_spf.office.example}
mail:
  example.com: {receives: exchange, behind: filter, sends: [exchange]}
records:
  '':
    - type: MX
      values:
        - {preference: 10, exchange: mx1.filter.example.}
        - {preference: 20, exchange: mail.office.example.}  # <- belongs to `exchange`, not to `filter`
    - {type: TXT, value: v=spf1 include:_spf.office.example -all}
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Good

```yaml
zone: example.com
systems:
  filter: {receives: [mx1.filter.example, mx2.filter.example]}
  exchange: {receives: [mail.office.example], spf: include:_spf.office.example}
mail:
  example.com: {receives: exchange, behind: filter, sends: [exchange]}
records:
  '':
    - type: MX
      values:
        - {preference: 10, exchange: mx1.filter.example.}
        - {preference: 20, exchange: mx2.filter.example.}
    - {type: TXT, value: v=spf1 include:_spf.office.example -all}
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```
"""

from collections.abc import Iterator

from linter.facts.mail_flow import Flow, Host
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule

from .places import bare, declared

_MOST_NAMED = 4


def check(facts: Facts) -> Iterator[Complaint]:
    """Names whose MX is known and holds another system's hosts, or that have none."""
    for mail in facts.mail.entries:
        if mail.edge is None:
            continue
        flow = facts.mail.flow(mail)
        if flow.edge is None or not flow.edge.is_receiver:
            continue
        # Of a host that nobody outside finds, `mx-target-not-a-host` speaks.
        strangers = tuple(host for host in flow.strangers if not _is_unfit(facts, host))
        if strangers:
            yield _strange(facts, flow._replace(strangers=strangers))
        elif flow.answer.is_empty and not flow.answer.steps:
            message = f"{bare(mail.name.text)} has no MX, so its mail does not reach {flow.edge.label}"
            yield Complaint(mail.edge.span, message, _wanted(flow), (), mail.name.text, "MX")


def _is_unfit(facts: Facts, host: Host) -> bool:
    return host.name != "." and host.span is not None and facts.not_public(host.name) is not None


def _strange(facts: Facts, flow: Flow) -> Complaint:
    """One finding for a name, at the first host that is not the system's."""
    host, edge, mail = flow.strangers[0], flow.edge, flow.mail
    assert edge is not None
    assert mail.edge is not None
    if host.name == ".":
        message = f"a null MX refuses all mail for {bare(mail.name.text)}, which {edge.label} is declared to receive"
    else:
        whose = facts.mail.flows.whose(host.name)
        does = "receive" if mail.behind is None else "take mail first"
        belongs = f"belongs to {whose}, not to {edge.label}" if whose else f"is no host of {edge.label}"
        message = f"{bare(host.name)} {belongs}, which is declared to {does} for {bare(mail.name.text)}"
    others = [Related(each.span, f"so does {bare(each.name)}") for each in flow.strangers[1:5] if each.span]
    related = (*others, Related(mail.edge.span, declared(mail)))
    is_firm = host.name == "." or edge.is_sure_of_hosts
    span = host.span or mail.edge.span
    return Complaint(span, message, _wanted(flow), related, mail.name.text, "MX", is_firm=is_firm)


def _wanted(flow: Flow) -> str:
    edge = flow.edge
    hosts = edge.hosts or (edge.vendor.mail_hosts if edge.vendor else ()) if edge else ()
    if hosts:
        return f"let the MX name {' and '.join(f'`{host}`' for host in hosts[:_MOST_NAMED])}"
    own = [host.name.rstrip(".") for host in flow.hosts if host not in flow.strangers]
    if own:
        return f"keep {' and '.join(f'`{host}`' for host in own[:_MOST_NAMED])} alone"
    hint = edge.vendor.mx_hint if edge and edge.vendor else ""
    return f"publish the host that the vendor shows ({hint})" if hint else ""


RULE = Rule("intent-mx-differs", "error", check, __doc__, "RFC 5321 section 5.1", needs=("intent",))
