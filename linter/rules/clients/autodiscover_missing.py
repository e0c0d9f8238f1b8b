"""Outlook cannot find the mailboxes of a name: it has no Autodiscover record.

Exchange and Microsoft 365 are set up by Autodiscover alone: Outlook, phones and other programs ask
`autodiscover.<domain>` and then the SRV record `_autodiscover._tcp` (MS-OXDISCO section 3.1.5). A recent Outlook finds
Microsoft 365 without it; older ones, phones and everything that speaks ActiveSync do not. Mailboxes below a
domain need the record below that domain: `autodiscover.office.example.com`.

## Bad

```yaml
zone: example.com
systems:
  exchange: {receives: [mail.example.com, mx2.example.net], spf: mx, clients: {autodiscover: mail.example.com}}
mail:
  example.com: {receives: exchange, sends: [exchange]}  # <- `autodiscover.example.com` is not there
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
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
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
  _autodiscover._tcp: {type: SRV, value: {priority: 0, weight: 0, port: 443, target: mail.example.com.}}
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```
"""

from collections.abc import Iterator

from linter.facts.required import MISSING
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Names received by a system with Autodiscover, where none of its records is there."""
    for mail in facts.mail.entries:
        holder = facts.mail.system(mail.receives)
        if holder is None or mail.receives is None or not holder.autodiscover:
            continue
        if facts.mail.autodiscover(mail).state == MISSING:
            name = mail.name.text.rstrip(".")
            message = f"`autodiscover.{name}` is not there, by which Outlook finds the mailboxes on {holder.label}"
            way_out = f"publish it as a CNAME to `{holder.autodiscover}`"
            yield Complaint(mail.receives.span, message, way_out, (), f"autodiscover.{mail.name.text}", "CNAME")


RULE = Rule("autodiscover-missing", "warning", check, __doc__, "MS-OXDISCO section 3.1.5", needs=("intent",))
