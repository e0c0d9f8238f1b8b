"""A domain's mail goes to one host of its own with one address, and nobody else queues it.

While that machine is away, mail waits at those who sent it: for days at the careful ones, not at all at many programs
that send a confirmation and forget it (RFC 5321 section 4.5.4.1 asks for four to five days). A provider that asks
for one host has many machines behind it and is not meant; nor is a host whose addresses are not declared here.

## Bad

```yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mail.example.com.  # <- the only host
  - type: TXT
    value: v=spf1 mx -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
mail:
  - type: A
    value: 192.0.2.25
  - type: TXT
    value: v=spf1 a -all
```

## Good

```yaml
'':
  - type: MX
    values:
      - preference: 10
        exchange: mail.example.com.
      - preference: 20
        exchange: mail2.example.com.
  - type: TXT
    value: v=spf1 mx -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
mail:
  - type: A
    value: 192.0.2.25
  - type: TXT
    value: v=spf1 a -all
mail2:
  - type: A
    value: 198.51.100.25
  - type: TXT
    value: v=spf1 a -all
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Every MX set of one host that is known to have one address of a family at most.

    A host whose MX is itself is seldom a mail domain: mx-misplaced.
    """
    for name, values in facts.mail_hosts.items():
        exchange = values[0].exchange
        if len(values) > 1 or values[0].is_null or exchange.fault or exchange.name == name:
            continue
        answers = [facts.resolver.lookup(exchange.name, kind) for kind in ("A", "AAAA")]
        if any(len(answer.values) > 1 for answer in answers) or not answers[0].values:
            continue
        message = (
            f"`{exchange.name.rstrip('.')}` is the only host for mail: while it is away, mail waits with its senders"
        )
        way_out = "add a second host that takes mail for the same mailboxes, or let a service queue for you"
        yield Complaint(exchange.span, message, way_out, (), name, "MX")


RULE = Rule("mx-single-host", "off", check, __doc__, "RFC 5321 section 5.1", needs=("mx:single",))
