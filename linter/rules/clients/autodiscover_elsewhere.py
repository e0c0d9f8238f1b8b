"""Autodiscover leads Outlook to a system that does not hold the mailboxes.

Outlook asks `autodiscover.<domain>`, and by SRV after that, where a mailbox lives (MS-OXDISCO section 3.1.5). Where the
answer is the former system's, or whatever a wildcard answers, people get password prompts, certificate warnings, or
a mailbox that no longer gets mail. What belongs to a system is known where it is declared or in the catalogue. Where
all mailboxes are in Microsoft 365, every other host is another's; a host that does not exist, or that only the inside
of a network knows (`exch01.contoso.local`), is nobody's.

## Bad

```yaml
zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example}
mail:
  example.com: {receives: webhost, sends: [webhost]}
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: v=spf1 include:_spf.webhost.example -all}
  autodiscover: {type: CNAME, value: autodiscover.outlook.com.}  # <- leads to Microsoft 365
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Bad

```yaml
zone: example.com
systems:
  office: {provider: microsoft-365, tenant: contoso}
mail:
  example.com: {receives: office, sends: [office]}
records:
  '':
    - {type: MX, value: {preference: 0, exchange: example-com.mail.protection.outlook.com.}}
    - {type: TXT, value: v=spf1 include:spf.protection.outlook.com -all}
  autodiscover: {type: CNAME, value: autodiscover.webhost.example.}  # <- let it lead to `autodiscover.outlook.com.`
  selector1._domainkey: {type: CNAME, value: selector1-example-com._domainkey.contoso.onmicrosoft.com.}
  selector2._domainkey: {type: CNAME, value: selector2-example-com._domainkey.contoso.onmicrosoft.com.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Good

```yaml
zone: example.com
systems:
  exchange: {receives: [mail.example.com, mx2.example.net], spf: mx, clients: {autodiscover: mail.example.com}}
mail:
  example.com: {receives: exchange, sends: [exchange]}
records:
  '':
    - type: MX
      values:
        - {preference: 10, exchange: mail.example.com.}
        - {preference: 20, exchange: mx2.example.net.}
    - {type: TXT, value: v=spf1 mx -all}
  mail:
    - {type: A, value: 198.51.100.25}
    - {type: TXT, value: v=spf1 a -all}
  autodiscover: {type: CNAME, value: mail.example.com.}
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Fix

While mailboxes are moving from Exchange to Microsoft 365, Autodiscover leads to Exchange until the last one has moved:
Exchange knows where each mailbox is.
"""

from collections.abc import Iterator

from linter.facts.required import holders
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.fault import one_of, quoted
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Autodiscover at names that public DNS does not have; and, of declared mailboxes, known to lead to others."""
    unseen = []
    for record, target in facts.autodiscover_targets:
        found = facts.not_public(target.name)
        if found is not None:
            unseen.append(target.span)
            message = f"{quoted(target.name.rstrip('.'), 80)} {found.why}: nobody outside finds Autodiscover there"
            way_out = "name what public DNS has, or take it out"
            yield Complaint(target.span, message, way_out, (), record.name, record.type, "", found.reference)
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
            yield Complaint(place.spans[0], message, way_out, (), where, is_firm=place.is_sure)


NEEDS = ("intent", "autodiscover-odd-host")
RULE = Rule("autodiscover-elsewhere", "error", check, __doc__, "MS-OXDISCO section 3.1.5", needs=NEEDS)
