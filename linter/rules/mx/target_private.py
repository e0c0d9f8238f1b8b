"""An MX names a host whose addresses cannot be reached from the Internet.

Private, loopback and link-local addresses (RFC 6890) mean something else in every network: a sender outside tries to
deliver to a machine of his own, or to none. The public zone then holds an address of the internal view.

## Bad

```yaml
'':
  - type: MX
    values:
      - preference: 10
        exchange: mail.example.com.  # <- has private addresses only
      - preference: 20
        exchange: mx2.mail.example.net.
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
mail:
  - type: A
    value: 10.1.2.25
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
        exchange: mail.example.com.
      - preference: 20
        exchange: mx2.mail.example.net.
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
mail:
  - type: A
    value: 192.0.2.25
  - type: TXT
    value: v=spf1 a -all
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Fix

Publish the public address. Where the zone is an internal view on purpose, switch the rule off for it.
"""

from collections.abc import Iterator

from linter.facts.special_networks import is_unreachable
from linter.facts.targets import mail_hosts
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.lookup.answer import UNKNOWN
from linter.records.address import network
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Every MX of which all addresses are known and none can be reached."""
    if facts.is_inside:
        return
    for record, target in mail_hosts(facts.targets):
        answers = [facts.resolver.lookup(target.name, kind) for kind in ("A", "AAAA")]
        addresses = [value for each in answers for value in each.values if isinstance(value, str)]
        known = not any(answer.status == UNKNOWN for answer in answers)
        if known and addresses and all(map(_is_unreachable, addresses)) and not facts.not_public(target.name):
            spans = [span for answer in answers for span in answer.spans]
            related = tuple(Related(span, "the address") for span in spans)
            message = f"`{target.name.rstrip('.')}` has private addresses only, which no sender outside can reach"
            yield Complaint(target.span, message, "publish its public address", related, record.name, "MX")


def _is_unreachable(text: str) -> bool:
    address = network(6 if ":" in text else 4, text)
    return address is not None and is_unreachable(address)


RULE = Rule("mx-target-private", "error", check, __doc__, "RFC 6890", needs=("known-mx",))
