"""The hosts of an MX set have IPv6 addresses only, so most of the world cannot deliver.

Many senders still have no IPv6. They find no address they can reach, keep the mail for days and give it back (RFC 5321
section 5.1 leaves it at that). One host with an A record in the set is enough; where another has one, a host
without is of no use to these senders, and that is only worth knowing.

## Bad

```yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mx1.example.com.  # <- has no A record
  - type: TXT
    value: v=spf1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
mx1:
  - type: AAAA
    value: 2a00:1450:4001::25
  - type: TXT
    value: v=spf1 a -all
```

## Good

```yaml
'':
  - type: MX
    values:
      - preference: 10
        exchange: mx1.example.com.
      - preference: 20
        exchange: mx2.mail.example.net.
  - type: TXT
    value: v=spf1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
mx1:
  - type: A
    value: 11.22.33.44
  - type: AAAA
    value: 2a00:1450:4001::25
  - type: TXT
    value: v=spf1 a -all
```
"""

from collections.abc import Iterator

from linter.facts.elsewhere import lacking
from linter.facts.special_networks import is_unreachable
from linter.facts.targets import mail_hosts, readings
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.lookup.answer import Answer
from linter.records.address import network
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Every host with AAAA and without A; milder where another of the set may have an A."""
    by_name: dict[str, list[tuple[bool, bool, Complaint]]] = {}
    for record, target in mail_hosts(facts.targets):
        names = readings(target, facts.zone.name)
        if facts.not_public(target.name):
            continue
        lacks = all(facts.resolver.lookup(name, "A").is_empty for name in names)
        has_new = any(_is_reachable(facts.resolver.lookup(name, "AAAA")) for name in names)
        message = f"`{target.name.rstrip('.')}` has no A record, and senders without IPv6 cannot reach it"
        related = lacking(facts, target.name) if lacks and has_new else ()
        complaint = Complaint(target.span, message, "give it an IPv4 address too", related, record.name, "MX")
        by_name.setdefault(record.name, []).append((lacks, has_new, complaint))
    for found in by_name.values():
        severity = "" if all(lacks for lacks, _, _ in found) else "info"
        for lacks, has_new, complaint in found:
            if lacks and has_new:
                yield complaint._replace(severity=severity)


def _is_reachable(answer: Answer) -> bool:
    """Whether some address lies in no private space: mx-target-private and internal zones speak of those."""
    networks = [network(6, value) for value in answer.values if isinstance(value, str)]
    return any(each is not None and not is_unreachable(each) for each in networks)


RULE = Rule("mx-target-ipv6-only", "warning", check, __doc__, "RFC 5321 section 5.1", needs=("mx-without-a",))
