"""A name has mail records though it is declared to have no mail.

Either the declaration is out of date, or the records are leftovers: an MX that still accepts mail for a name that
nobody reads, an SPF record that lets a former vendor's customers send as it. A record that says "no mail" (a
null MX, `v=spf1 -all`) is none of these, and a host may authorise its own addresses for its HELO name
(RFC 7208 section 10.1.3).

## Bad

```yaml
zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example}
mail:
  example.com: {receives: webhost, sends: [webhost]}
  '*': none
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: v=spf1 include:_spf.webhost.example -all}
  shop:
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}  # <- is declared to have no mail
    - {type: TXT, value: v=spf1 -all}
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Good

```yaml
zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example}
mail:
  example.com: {receives: webhost, sends: [webhost]}
  shop.example.com: {receives: webhost, sends: []}
  '*': none
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: v=spf1 include:_spf.webhost.example -all}
  shop:
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: v=spf1 -all}
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.intent.model import Mail
from linter.rules.rule import Rule
from linter.source.text import Span

from .places import bare, origin


def check(facts: Facts) -> Iterator[Complaint]:
    """Names with MX or SPF that says there is mail, where the declaration says there is none."""
    names = dict.fromkeys((*facts.mail_hosts, *facts.spf_by_name))
    for name in names:
        mail = None if "_" in name else facts.mail.of(name)
        if mail is None or not mail.is_none or facts.mail.expects(name):
            continue
        hosts = [host for host in facts.mail_hosts.get(name, ()) if not host.is_null]
        if hosts:
            yield _complaint(mail, hosts[0].exchange.span, f"an MX to {bare(hosts[0].exchange.name)}", "MX")
        if len(hosts) == len(facts.mail_hosts.get(name, ())):
            yield from _sending(facts, mail)


def _sending(facts: Facts, mail: Mail) -> Iterator[Complaint]:
    """A name whose SPF lets others send; beside a null MX that is reported by itself."""
    term = facts.mail.foreign_term(mail.name.text)
    if term is not None:
        text = facts.spf_by_name[mail.name.text][0]
        span = text.value.part(term.start, term.end)
        yield _complaint(mail, span, f"an SPF term that lets others send, `{term.text}`", "TXT")


def _complaint(mail: Mail, span: Span, what: str, kind: str) -> Complaint:
    name = mail.name.text
    message = f"{bare(name)} is declared to have no mail, but has {what}"
    way_out = "take it out, or declare who receives and sends for this name"
    return Complaint(span, message, way_out, (origin(mail.name, mail),), name, kind)


RULE = Rule("intent-undeclared-mail", "warning", check, __doc__, "RFC 7505 section 3", needs=("intent",))
