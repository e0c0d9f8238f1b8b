"""A mail host has no SPF record for its own name, which receivers check when it says HELO.

Receivers are advised to check the name in HELO as well (RFC 7208 section 2.3), and bounces, whose sender is empty, have
nothing else to check (section 2.4). `v=spf1 a -all` at the host's name says that only the host itself uses it (section
10.1.3).

## Bad

```yaml
'':
  - type: MX
    values:
      - preference: 10
        exchange: mail.example.com.
      - preference: 20
        exchange: mx2.mail.example.net.
  - type: TXT
    value: v=spf1 mx -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@example.com
mail:
  type: A
  value: 192.0.2.25  # <- has no SPF record of its own
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
    value: v=spf1 mx -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@example.com
mail:
  - type: A
    value: 192.0.2.25
  - type: TXT
    value: v=spf1 a -all
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```
"""

from collections.abc import Iterator

from linter.facts.targets import mail_hosts
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.lookup.answer import FOUND
from linter.records.spf import is_spf
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Hosts of MX whose addresses a zone declares, at the first address: there the record is missing."""
    seen = set()
    if facts.is_internal:
        return
    for record, target in mail_hosts(facts.targets):
        if target.name in seen:
            continue
        seen.add(target.name)
        answers = [facts.resolver.lookup(target.name, kind) for kind in ("A", "AAAA")]
        declared = [answer for answer in answers if answer.spans and not answer.origin and not answer.steps]
        texts = facts.resolver.lookup(target.name, "TXT")
        if not declared or not (texts.is_empty or texts.status == FOUND) or texts.steps:
            continue
        if any(is_spf(value.lstrip(" \"'")) for value in texts.values if isinstance(value, str)):
            continue
        message = f"`{target.name.rstrip('.')}` receives mail and has no SPF record of its own"
        related = (Related(target.span, f"the MX of `{record.name.rstrip('.')}`"),)
        way_out = "publish `v=spf1 a -all` as TXT at this name"
        yield Complaint(declared[0].spans[0], message, way_out, related, target.name, "TXT")


RULE = Rule("spf-missing-for-mail-host", "off", check, __doc__, "RFC 7208 section 10.1.3", needs=("known-mx",))
