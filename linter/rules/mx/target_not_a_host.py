"""An MX names what no mail host of the Internet can be called.

Senders ask public DNS for the host of an MX (RFC 5321 section 5.1). Names such as `localhost.`, a single label, or
what lies below `.local`, `.internal`, `.invalid` and `.onion` are not there, or mean the sender's own machine (RFC
6761): no mail arrives. Mostly it is the name that the server has inside the company, or a null MX gone wrong: that is
one dot, not `0.`. A host name has letters, digits and hyphens alone (RFC 1123 section 2.1), and some senders refuse any
other. Where the zone itself has a name for examples, or is declared not to be public, names from inside are in order.

## Bad

```yaml
# file: contoso.com.yaml
'':
  - type: MX
    values:
      - preference: 10
        exchange: exch01.contoso.local.  # <- ends in `.local`
      - preference: 20
        exchange: mx2.contoso.net.
  - type: TXT
    value: v=spf1 include:_spf.contoso.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@contoso.net
s1._domainkey:
  type: CNAME
  value: s1.keys.contoso.net.
```

## Bad

```yaml
'':
  - type: MX
    value:
      preference: 0
      exchange: '0.'  # <- write `.`
  - type: TXT
    value: v=spf1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject
```

## Bad

```yaml
'':
  - type: MX
    values:
      - preference: 10
        exchange: mail_1.example.com.  # <- is not a host name
      - preference: 20
        exchange: mx2.mail.example.net.
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
mail_1:
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
    value:
      preference: 0
      exchange: .
  - type: TXT
    value: v=spf1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject
```
"""

from collections.abc import Iterator

from linter.facts.targets import mail_hosts
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.lookup.answer import FOUND
from linter.providers.mail_hosts import host_sign
from linter.records.fault import quoted
from linter.records.name import is_host_name
from linter.rules.rule import Rule
from linter.zone.model import Target

_NONE = ("0.", "localhost.", "null.", "none.", "invalid.")
"""What is written where a null MX was meant."""


def check(facts: Facts) -> Iterator[Complaint]:
    """Every host that public DNS cannot have, and every one that is there under what is not a host name."""
    for record, target in mail_hosts(facts.targets):
        found, shown = facts.not_public(target.name), quoted(target.name.rstrip("."), 80)
        is_odd = not is_host_name(target.name) and not facts.is_inside
        if found is None and is_odd and _is_there(facts, target.name):
            message = f"{shown} is not a host name, and some senders refuse it"
            way_out = "name the host with letters, digits and hyphens alone"
            yield Complaint(target.span, message, way_out, (), record.name, "MX", "warning", "RFC 1123 section 2.1")
        sign = host_sign(target.name)
        if found is not None and (sign is None or sign.takes_mail):
            message = f"{shown} {found.why}: no sender outside finds such a mail host"
            yield Complaint(target.span, message, _way_out(target), (), record.name, "MX", "", found.reference)


def _is_there(facts: Facts, name: str) -> bool:
    answers = [facts.resolver.lookup(name, kind) for kind in ("A", "AAAA")]
    return any(answer.status == FOUND for answer in answers)


def _way_out(target: Target) -> str:
    if target.name in _NONE:
        return "write `.` to refuse all mail (RFC 7505), or the full name of the host that takes it"
    return "write the name by which senders outside find the host"


RULE = Rule("mx-target-not-a-host", "error", check, __doc__, "RFC 5321 section 5.1", needs=("mx-odd-host",))
