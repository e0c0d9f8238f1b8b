"""An MX names a host in one of the zones that does not exist or has no address.

The host of an MX must have an A or AAAA record (RFC 5321 section 5.1). Where it has none, senders have nowhere to
connect to: mail waits at the sender and comes back after days. Usually the host was renamed and the MX forgotten.

## Bad

```yaml
'':
  - type: MX
    values:
      - preference: 10
        exchange: mx1.example.com.
      - preference: 20
        exchange: mx2.example.com.  # <- does not exist
  - type: TXT
    value: v=spf1 mx -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
mx1:
  - type: A
    value: 192.0.2.25
  - type: TXT
    value: v=spf1 a -all
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Good

```yaml
'':
  - type: MX
    values:
      - preference: 10
        exchange: mx1.example.com.
      - preference: 20
        exchange: mx2.example.com.
  - type: TXT
    value: v=spf1 mx -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
mx1:
  - type: A
    value: 192.0.2.25
  - type: TXT
    value: v=spf1 a -all
mx2:
  - type: A
    value: 192.0.2.26
  - type: TXT
    value: v=spf1 a -all
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.elsewhere import lacking
from linter.facts.targets import mail_hosts, readings, without_second_origin
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.lookup.answer import NO_NAME, Answer, Resolver
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Every MX whose host is known to have no address, however its name is read."""
    for record, target in mail_hosts(facts.targets):
        answers = [answer for name in readings(target, facts.zone.name) for answer in _addresses(facts.resolver, name)]
        if any(answer.steps or not answer.is_empty for answer in answers):
            continue
        if without_second_origin(target, facts.index) or facts.not_public(target.name):
            continue
        shown = target.name.rstrip(".")
        what = "does not exist" if answers[0].status == NO_NAME else "has no A or AAAA record"
        message = f"`{shown}` {what}, so mail for `{record.name.rstrip('.')}` cannot be delivered to it"
        way_out = "add its address, or name the right host"
        yield Complaint(target.span, message, way_out, lacking(facts, target.name), record.name, "MX")


def _addresses(resolver: Resolver, name: str) -> tuple[Answer, Answer]:
    return resolver.lookup(name, "A"), resolver.lookup(name, "AAAA")


RULE = Rule("mx-target-missing", "error", check, __doc__, "RFC 5321 section 5.1", needs=("known-mx",))
